"""Other spellings of a query's words, as the archive has them: joined, apart, transcribed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.catalogue import Catalogue
from indexer.query.ast import Any, Clause, Exact, Match, Phrase
from indexer.text.compounds import PARTICLES, bare_forms, halves, may_be_one
from indexer.text.foreign import are_spellings, skeleton

_PER_WORD = 12  # phrases that one joined word may stand for
_PER_FORM = 2  # pairs that one word of a phrase may stand for
_PER_PHRASE = 16  # spellings of one phrase
_PER_QUERY = 64  # phrases that are added to one query, the cost of each being one more to find

_SHARE = 20  # of a word's articles, one in so many must be able to hold it written apart

Row = tuple[str, ...]
Pair = tuple[str, str]


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
            pairs = self._worth_finding(halves(form), (form,))[:_PER_FORM]
            yield from (((form,), pair) for pair in pairs)

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

    def _apart(self, match: Match) -> list[Pair]:
        """The pairs of words as which the index has the word, perhaps behind particles."""
        word = match.word
        wholes = {word.exact, *(one for one in word[1:3] if word.exact.endswith(one))}
        splits = {pair for whole in wholes for pair in halves(whole)}
        return self._worth_finding(splits, wholes, ("", *PARTICLES))[:_PER_WORD]

    def _worth_finding(
        self, splits: Iterable[Pair], wholes: Collection[str], particles: Sequence[str] = ("",)
    ) -> list[Pair]:
        """Those of the pairs that may stand for a good part of the articles, frequent ones first.

        Of a word of thousands of articles a pair whose rarer half is in three is a slip of the hand
        that once was made; to look for it would take the time of a word more.
        """
        splits = list(splits)
        seconds = self._catalogue.known({second for _, second in splits})
        splits = [split for split in splits if split[1] in seconds]
        if not splits:
            return []
        asked = {particle + first for first, _ in splits for particle in particles}
        counts = self._catalogue.known({*wholes, *asked})
        least = max(counts.get(whole, 0) for whole in wholes) / _SHARE
        rated: dict[Pair, int] = {}
        for first, second in splits:
            firsts = {one: counts[one] for p in particles if (one := p + first) in counts}
            if min(firsts.get(first) or sum(firsts.values()), seconds[second]) >= least:
                rated |= {(one, second): min(n, seconds[second]) for one, n in firsts.items()}
        return sorted(rated, key=lambda pair: (-rated[pair], pair))

    def _taken(self, pairs: Sequence[Pair]) -> Sequence[Pair]:
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
