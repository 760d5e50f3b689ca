"""The words of the tables by which parties are put together."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.events.verb_forms import Tense, verb_forms
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_countries import NOWHERE
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.tables import rows as facet_rows
from indexer.text.tables import lists, rows

_PACKAGE = "indexer.events"
_LISTS = ("state-heads", "armed-heads", "people-heads", "office-heads")
_MOST_WORDS = 24
_AND = ("و", "ف")
NO_STATE = "-"
#: Bodies that the tables of countries hold as well.
NO_STATES = frozenset({"UN", "EU"})


@cache
def _event_words() -> dict[str, frozenset[str]]:
    return lists(_PACKAGE, "event_words.tsv")


@cache
def event_words(name: str) -> frozenset[str]:
    """A list of ``event_words.tsv``."""
    return _event_words()[name]


@lru_cache(1 << 15)
def particles_before(word: str, name: str) -> str | None:
    """What is written onto a word of a list, «» for nothing; None where it is none of them."""
    words = event_words(name)
    return next((taken for base, taken in possible_bases(word) if base in words), None)


class Head(NamedTuple):
    """What a word begins: a party of the ``kind`` state, armed, people or office; its particles."""

    kind: str
    particles: str


@lru_cache(1 << 14)
def head_of(word: str) -> Head | None:
    """The party that a word begins which is told by the state or body behind it, or None."""
    for base, particles in possible_bases(word):
        for name in _LISTS:
            if base in event_words(name):
                return Head(name.partition("-")[0], particles)
    return None


@cache
def _told_verbs() -> dict[str, Tense]:
    """The forms of verbs, also with an object («بحثها»), with their tense."""
    return {
        form.word + onto: form.tense
        for past, present in rows(_PACKAGE, "verbs.tsv")
        for form in verb_forms(past, present)
        for onto in ("", *(() if form.owned else event_words("objects")))
    }


@lru_cache(1 << 15)
def is_told_verb(word: str) -> bool:
    """Whether a word is a verb that news is told with, «و» or «ف» before it or not."""
    verbs = _told_verbs()
    return word in verbs or (word[:1] in _AND and word[1:] in verbs)


def tense_of(word: str) -> Tense:
    """The tense of a verb that news is told with; «» of another word."""
    verbs = _told_verbs()
    return verbs.get(word) or verbs.get(word[1:] if word[:1] in _AND else "", "")


@cache
def states_of_bodies() -> dict[str, str]:
    """The state for which an organisation acts, by its id; ``NO_STATE`` for a group that fights."""
    return {id: country for country, ids in rows(_PACKAGE, "body_states.tsv") for id in ids.split()}


@cache
def state_ids() -> frozenset[str]:
    """The ids of countries that are states."""
    return frozenset(known_countries.labels()) - NO_STATES


def state_of(body: str) -> str:
    """The state for which an organisation acts, by its id; «» where it acts for none."""
    country = states_of_bodies().get(body, body.rpartition("-")[2])
    return country if country in state_ids() else ""


@cache
def _party_bodies() -> frozenset[str]:
    """The organisations of the tables that can take part in diplomatic acts."""
    idle = {id for _, ids in rows(_PACKAGE, "idle_bodies.tsv") for id in ids.split()}
    return frozenset(id for id, *_ in facet_rows("organisations.tsv")) - idle


def is_party(body: str) -> bool:
    """Whether an organisation can take part in diplomatic acts, by its id."""
    if body in _party_bodies() or state_of(body):
        return True
    return body.partition("-")[0].removeprefix("ال") in event_words("party-bodies")


def is_armed(body: str) -> bool:
    """Whether an organisation is a group that fights."""
    return states_of_bodies().get(body) == NO_STATE


@lru_cache(1 << 13)
def country_of_role(role: str) -> str:
    """The country in a printed role, the first one; «» if none is told."""
    words = split(role)[:_MOST_WORDS]
    forms = _country_forms()
    for start in range(len(words)):
        if words[start] in event_words("sent"):
            break
        for base, _ in possible_bases(words[start]):
            for size in (4, 3, 2, 1):
                found = forms.get((base, *words[start + 1 : start + size]))
                if found and len(words) >= start + size:
                    return found
    return ""


@cache
def collectives() -> dict[str, dict[tuple[str, ...], str]]:
    """The names of states that act together by their first word: all words, and the id."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for id, forms in rows(_PACKAGE, "collectives.tsv"):
        for form in forms.split("|"):
            words = tuple(split(form))
            found.setdefault(words[0], {})[words] = id
    return found


@cache
def _country_forms() -> dict[tuple[str, ...], str]:
    return dict(_each_form())


def _each_form() -> Iterator[tuple[tuple[str, ...], str]]:
    for form, entry in known_countries.entries():
        if entry.kind in ("name", "adjective") and entry.id not in {NOWHERE, *NO_STATES}:
            yield tuple(split(form)), entry.id
    for country, names in rows(_PACKAGE, "region_states.tsv"):
        for name in names.split("|"):
            yield tuple(split(name)), country
