"""The words of the tables by which parties are put together."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.events.verb_forms import verb_forms
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_countries import NOWHERE
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.text.tables import lists, rows

_LISTS = ("state-heads", "armed-heads", "people-heads")
_MOST_WORDS = 24


@cache
def event_words(name: str) -> frozenset[str]:
    """A list of ``event_words.tsv``."""
    return lists("indexer.events", "event_words.tsv")[name]


class Heads(NamedTuple):
    """What a word begins: a party of the ``kind`` state, armed or people."""

    kind: str
    particles: str


class HeadWords:
    """Looks up the words that begin a party which is told by the state behind them."""

    @lru_cache(1 << 14)  # noqa: B019 one of it a process
    def of(self, word: str) -> Heads | None:
        """What a word begins, or None."""
        for base, particles in possible_bases(word):
            for name in _LISTS:
                if base in event_words(name):
                    return Heads(name.partition("-")[0], particles)
        return None


HEADS = HeadWords()


@cache
def _told_verbs() -> frozenset[str]:
    forms = set[str]()
    for past, present in rows("indexer.events", "verbs.tsv"):
        forms.update(form.word for form in verb_forms(past, present))
    return frozenset(forms)


def is_told_verb(word: str) -> bool:
    """Whether a word is a verb that news is told with, «و» or «ف» before it or not."""
    verbs = _told_verbs()
    return word in verbs or (word[:1] in ("و", "ف") and word[1:] in verbs)


OFFICE_ADJECTIVES = event_words("office-adjectives")
SENT = event_words("sent")
COURTESIES = event_words("courtesies")
OFFICE_LINKS = event_words("office-links")
OFFICE_SUBJECTS = tuple(event_words("office-subjects"))
HEAD_LINKS = event_words("head-links")
#: Words of a ruler's title that tell his state.
RULERS = dict.fromkeys(event_words("rulers-SA"), "SA")


def is_acting(role: str) -> bool:
    """Whether an office acts without a name."""
    return role in event_words("acting-roles")


def is_sent(role: str) -> bool:
    """Whether who holds an office may be sent to another state."""
    return role in event_words("sent-roles")


def is_sovereign(role: str) -> bool:
    """Whether who holds an office holds no other."""
    return role in event_words("sovereign-roles")


@lru_cache(1 << 12)
def country_of_role(role: str) -> str:
    """The country in a printed role, the first one; «» if none is told."""
    words = split(role)[:_MOST_WORDS]
    forms = _country_forms()
    for start in range(len(words)):
        for base, _ in possible_bases(words[start]):
            for size in (4, 3, 2, 1):
                found = forms.get((base, *words[start + 1 : start + size]))
                if found and len(words) >= start + size:
                    return found
    return ""


@cache
def _country_forms() -> dict[tuple[str, ...], str]:
    return dict(_each_form())


def _each_form() -> Iterator[tuple[tuple[str, ...], str]]:
    for form, entry in known_countries.entries():
        if entry.kind in ("name", "adjective", "faint") and entry.id != NOWHERE:
            yield tuple(split(form)), entry.id
