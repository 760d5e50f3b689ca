"""Slips of the hand, and words spelled otherwise than the archive spells them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from math import log
from typing import NamedTuple

from indexer.catalogue import Catalogue
from indexer.query.ast import All, Clause, Match, Phrase
from indexer.search.repair.known_words import KnownWords
from indexer.search.spelling import MAX_LETTERS, around, likely, neighbours
from indexer.text import Analyzer

#: How many times as much an offer must find as what was typed, in those very forms.
FAR_MORE = 20
_FAR_MORE_OF_A_NAME = 3  # where the archive knows what was typed for a spelling of a name
#: How many times as much it must find in any forms: else the reader finds it as it is.
_MORE = 1.5
_TOGETHER = 5  # articles in which an offered word stands beside its neighbour in the query
_AT_HOME = 20  # articles in which a word as typed does, which is then meant
_NEAR = 2  # words that may stand between neighbours
_MOST_WORDS = 6  # of a query that are looked at
_MOST_SUSPECTS = 3  # of those, words that have choices
_MOST_CHOICES = 6  # for one of them
_SHORTEST = 3  # letters of a word that can be a slip
_SHORT = 3  # letters of a word that has too many neighbours to be a slip by its rarity alone
_LONG = 6  # letters of a word that may be two slips away
_USUAL = 5  # articles that make a word that stands alone one that is meant
_COMMON = 150  # a word that one article in so many has is no slip

#: Tells how many articles hold what a clause asks for.
Count = Callable[[Clause], int]


class Suspect(NamedTuple):
    """A word that may be a slip, and what it may be a slip for, likeliest first.

    ``beside`` is its neighbour in the query, None where it stands alone; ``times`` how many times
    as often a choice must be found; ``unknown`` tells that the archive has it in no form.
    """

    match: Match
    beside: Match | None
    choices: tuple[str, ...]
    times: int
    unknown: bool


class Slips(NamedTuple):
    """What is asked for the other spellings of words."""

    catalogue: Catalogue
    analyzer: Analyzer
    known: KnownWords

    def suspect(self, match: Match, beside: Match | None) -> Suspect:
        """What may have been meant by a word."""
        form, times = match.word.exact, FAR_MORE
        unknown = not self.has(match)
        if not _SHORTEST <= len(form) <= MAX_LETTERS or form.isdigit():
            choices = []
        elif form in self.known.spellings:
            choices, times = [self.known.spellings[form]], _FAR_MORE_OF_A_NAME
        elif form.isascii():
            choices = self._latin(form, alone=beside is None)
        elif unknown:
            choices = self._for_unknown(form)
        else:
            choices = self._for_rare(form, alone=beside is None)
        return Suspect(match, beside, tuple(choices), times, unknown)

    def has(self, match: Match) -> bool:
        """Whether the archive has a word in any form."""
        return any(self.catalogue.forms(match.word))

    def _latin(self, form: str, *, alone: bool) -> list[str]:
        """Names: a Latin word of an Arabic archive is hardly meant otherwise, but by itself."""
        known = self.known.latin
        if form in known or len(form) <= _SHORT:
            return []
        near = {one: known[one] for one in neighbours(form) if known.get(one)}
        if not near and alone and len(form) >= _LONG:
            near = self.catalogue.known(neighbours(form))
        return _best(form, near)

    def _for_unknown(self, form: str) -> list[str]:
        near = self.catalogue.known(neighbours(form))
        if not near and len(form) >= _LONG:
            near = around(form, 2, self.known.frequent)
        return _best(form, near)

    def _for_rare(self, form: str, *, alone: bool) -> list[str]:
        articles = self.known.frequent.articles
        own = articles.get(form, 0)
        if own * _COMMON > self.known.articles + _COMMON:
            return []
        if alone and (len(form) <= _SHORT or own >= _USUAL or form in self.known.names):
            return []
        least = FAR_MORE * max(own, 1) if alone else _TOGETHER
        near = {one: articles[one] for one in neighbours(form) if articles.get(one, 0) >= least}
        return _best(form, near)

    def offer(self, suspect: Suspect, count: Count) -> str | None:
        """The choice that stands where the word stands, far more often; None where none does."""
        form, beside = suspect.match.word.exact, suspect.beside
        if beside is None or form.isascii():
            return suspect.choices[0]
        own = 0 if suspect.unknown else count(_together(beside, form))
        if own >= _AT_HOME:
            return None
        found = {one: count(_together(beside, one)) for one in suspect.choices}
        best = max(found, key=lambda one: likely(form, one, found[one]))
        if suspect.unknown and not found[best]:
            return suspect.choices[0]
        least = 1 if suspect.unknown else max(_TOGETHER, own * suspect.times)
        return best if found[best] >= least else None


def better(
    clause: Clause, slips: Slips, taken: Collection[str], count: Count
) -> dict[Match, Match] | None:
    """The words of a query that are slips, with what was meant; None where it is best as it is.

    ``taken`` are words that were understood otherwise.
    """
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    suspects = list(islice(_suspects(parts, slips, taken), _MOST_SUSPECTS))
    offers = {suspect: slips.offer(suspect, count) for suspect in suspects}
    changed = {
        suspect.match: _spelled(suspect.match, form, slips)
        for suspect, form in offers.items()
        if form
    }
    if not changed:
        return None
    offered = All(
        tuple(changed.get(part, part) if isinstance(part, Match) else part for part in parts)
    )
    unknown = any(suspect.unknown for suspect in suspects)
    found = 0 if unknown else count(clause)
    alone = len(parts) == 1
    least = max(1, found * (suspects[0].times if alone and not unknown else _MORE))
    return changed if count(offered) >= least else None


def are_common(clause: Clause, catalogue: Catalogue, articles: int | None) -> bool:
    """Whether all words of a query are common, so that none of them is a slip.

    ``articles`` is about how many there are; None asks the catalogue, which takes longer.
    """
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    forms = {part.word.exact for part in parts if isinstance(part, Match) and not part.word.stop}
    commonest = catalogue.frequent_forms(1) if articles is None else ()
    found = catalogue.known({*forms, *commonest})
    most = max(found.values(), default=0) if articles is None else articles
    return all(found.get(form, 0) * _COMMON > most + _COMMON for form in forms)


def _suspects(parts: Sequence[Clause], slips: Slips, taken: Collection[str]) -> Iterator[Suspect]:
    """The words that may be slips."""
    words = [part for part in parts if isinstance(part, Match) and not part.word.stop]
    words = words[:_MOST_WORDS]
    for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False):
        if word.word.exact not in taken:
            suspect = slips.suspect(word, before or after)
            if suspect.choices:
                yield suspect


def _together(beside: Match, form: str) -> Clause:
    """Both words near one another, in either order."""
    return Phrase((beside.word.exact, form), _NEAR)


def weight(articles: int) -> float:
    """How much the number of articles speaks for a word."""
    return log(1 + articles)


def _spelled(match: Match, form: str, slips: Slips) -> Match:
    printed = slips.known.printed(form)
    if match.printed[:1].isupper():
        printed = printed.capitalize()
    return Match(slips.analyzer.word(printed), match.part, related=match.related, printed=printed)


def _best(form: str, near: dict[str, int]) -> list[str]:
    return sorted(near, key=lambda one: (-likely(form, one, near[one]), one))[:_MOST_CHOICES]
