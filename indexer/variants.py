"""Other spellings of a query's words, as the archive has them: joined, apart, transcribed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.catalogue import Catalogue
from indexer.clauses import Any, Clause, Exact, Match, Phrase
from indexer.text.compounds import PARTICLES, bare_forms, halves, may_be_one
from indexer.text.foreign import are_spellings, skeleton

_PER_WORD = 12  # phrases that one joined word may stand for
_PER_FORM = 2  # pairs that one word of a phrase may stand for
_PER_PHRASE = 16  # spellings of one phrase
_PER_QUERY = 64  # phrases that are added to one query, the cost of each being one more to find

Row = tuple[str, ...]


class Variants:
    """Finds the spellings for one query; when there are very many, the first words have theirs."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._room = _PER_QUERY

    def of_word(self, match: Match) -> tuple[Exact | Phrase, ...]:
        """How else the index writes a loose word."""
        forms = dict.fromkeys((*self._transcribed(match), *self._joined(match)))
        known = {*match.stem_forms, *match.lemma_forms, match.word.exact}
        others = tuple(form for form in forms if form not in known)
        apart = self._taken(self._apart(match))
        found = [Exact(others, match.part)] if others else []
        return (*found, *(Phrase(pair, 0, match.part) for pair in apart))

    def of_phrase(self, phrase: Phrase) -> Clause:
        """The phrase with its words joined and apart, where the index has them so."""
        spellings = [phrase.forms]
        most = min(_PER_PHRASE, 1 + self._room)
        for pair, other in self._respellings(phrase.forms):
            changed = (_replaced(one, pair, other) for one in spellings)
            spellings = [*dict.fromkeys((*spellings, *changed))][:most]
        self._room -= len(spellings) - 1
        clauses = tuple(
            replace(phrase, forms=forms) if len(forms) > 1 else Exact(forms, phrase.part)
            for forms in spellings
        )
        return clauses[0] if len(clauses) == 1 else Any(clauses)

    def _respellings(self, forms: Sequence[str]) -> Iterator[tuple[Row, Row]]:
        """Words of a phrase, one or two, and two or one that the index has in their place."""
        pairs = [pair for pair in pairwise(forms) if may_be_one(*pair)]
        wholes = self._catalogue.known({"".join(pair) for pair in pairs})
        yield from ((pair, (whole,)) for pair in pairs if (whole := "".join(pair)) in wholes)
        for form in dict.fromkeys(forms):
            yield from (((form,), pair) for pair in self._both_known(halves(form))[:_PER_FORM])

    def _transcribed(self, match: Match) -> Iterator[str]:
        word = match.word
        bones = skeleton(word)
        if bones:
            for form, lemma in self._catalogue.of_skeleton(bones):
                if lemma != word.lemma and are_spellings(word.lemma, lemma):
                    yield form

    def _joined(self, match: Match) -> Sequence[str]:
        """The forms in which the word and one beside it are written as one."""
        before, behind = match.beside
        form = match.word.exact
        pairs = [pair for pair in ((before, form), (form, behind)) if all(pair)]
        wholes = {
            bare + second
            for first, second in pairs
            if may_be_one(first, second)
            for bare in bare_forms(first)
            if may_be_one(bare, second)
        }
        return tuple(self._catalogue.known(_with_particles(wholes))) if wholes else ()

    def _apart(self, match: Match) -> list[tuple[str, str]]:
        """The pairs of words as which the index has the word, perhaps behind particles."""
        word = match.word
        wholes = {word.exact, *(one for one in word[1:3] if word.exact.endswith(one))}
        splits = {pair for whole in wholes for pair in halves(whole)}
        return self._both_known(
            (first, second) for bare, second in splits for first in _with_particles((bare,))
        )

    def _both_known(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the pairs of which the index has both words, the more frequent ones first."""
        pairs = list(pairs)
        seconds = self._catalogue.known({second for _, second in pairs})
        pairs = [pair for pair in pairs if pair[1] in seconds]
        firsts = self._catalogue.known({first for first, _ in pairs})
        rated = {
            pair: min(firsts[pair[0]], seconds[pair[1]]) for pair in pairs if pair[0] in firsts
        }
        return sorted(rated, key=lambda pair: (-rated[pair], pair))[:_PER_WORD]

    def _taken(self, pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
        taken = pairs[: self._room]
        self._room -= len(taken)
        return taken


def _with_particles(words: Iterable[str]) -> list[str]:
    return [particle + word for word in words for particle in ("", *PARTICLES)]


def _replaced(row: Row, old: Row, new: Row) -> Row:
    """The row with the first run of words that is ``old`` put right; as it is, if it has none."""
    for at in range(len(row) - len(old) + 1):
        if row[at : at + len(old)] == old:
            return row[:at] + new + row[at + len(old) :]
    return row
