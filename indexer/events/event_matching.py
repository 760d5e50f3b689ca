"""When two articles tell one event: same type, parties of both sides, compatible place and time."""

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from indexer.events.place_states import place_state
from indexer.model import EventStatus, Party, Side
from indexer.schema import PEOPLE
from indexer.text.normalize import normalize
from indexer.text.tables import rows

#: Days by which articles differ on one event: a visit is told while it lasts.
_APART, _VISIT_APART = 2, 10
_VISIT, _MEETING, _AGREEMENT = "visit", "meeting", "agreement"
#: Days in which a plan without a day becomes a fact.
_SOON = 14
#: Days for which an agreement is told of without its day.
_REMEMBERED = 31
#: Days between the first and the last that a telling can mean.
_WIDEST = 31
#: Types of which it matters where they took place: two of them in two towns are two.
_PLACED = frozenset({_MEETING, _AGREEMENT})
#: Statuses that one event may have: a plan becomes a fact.
_GROUPS: tuple[frozenset[EventStatus], ...] = (
    frozenset({"fact", "planned"}),
    frozenset({"denied"}),
    frozenset({"called-for"}),
)
_ARTICLE = "ال"
_SIGNS = re.compile(r"[^\w\s]+")
#: An office that says only whose it is like.
_COUNTERPART = "نظير"
#: An office that is told by its portfolio; an adjective in its place is that of the state.
_MINISTER = "وزير"
_ADJECTIVE = "ي"
#: How the plural of an office ends: «the officials» are nobody by name.
_SEVERAL = ("ين", "ون", "اء")


@dataclass(frozen=True)
class ToldEvent:
    """An event as one article, or all so far, tell it; days are ordinals, 0 for unknown ones.

    ``stated`` tells that the text says when it was; else it is known by the article's date.
    """

    type: str
    status: EventStatus
    first: int
    last: int
    stated: bool
    place: str
    parties: tuple[Party, ...]
    story: str = ""

    @cached_property
    def sides(self) -> "dict[Side, SideParties]":
        """The parties of each side."""
        return {side: SideParties.of(self.parties, side) for side in ("a", "b")}

    @cached_property
    def swapped(self) -> "ToldEvent":
        """The same with the sides exchanged."""
        turned = (replace(one, side="b" if one.side == "a" else "a") for one in self.parties)
        return replace(self, parties=tuple(turned))


@dataclass(frozen=True)
class SideParties:
    """Who stands on one side: people, and the states and bodies that act or are spoken for."""

    people: frozenset[str]
    bodies: frozenset[str]
    nameless: tuple[Party, ...]
    named: tuple[Party, ...]

    @classmethod
    def of(cls, parties: Iterable[Party], side: Side) -> "SideParties":
        """Those of a side."""
        ours = [party for party in parties if party.side == side]
        named = tuple(party for party in ours if is_person(party))
        nameless = tuple(party for party in ours if not is_person(party))
        bodies = frozenset(body for party in ours for body in bodies_of(party))
        return cls(frozenset(map(identity, named)), bodies, nameless, named)

    @property
    def empty(self) -> bool:
        """Whether nobody stands there."""
        return not (self.named or self.nameless)

    def likeness(self, other: "SideParties") -> int:
        """How surely two sides are the same: 0 for not at all, 2 for a person of both."""
        if self.empty or other.empty:
            return int(self.empty and other.empty)
        if self.people and other.people:
            return 2 if self.people & other.people else 0
        if not self.bodies & other.bodies:
            return 0
        return int(self._may_be(other) and other._may_be(self))

    def _may_be(self, other: "SideParties") -> bool:
        """Whether an office without its holder here may be one of those there."""
        offices = [words for party in self.nameless if (words := office_words(party.role))]
        if not offices or not other.named or self.people:
            return True
        if any(words[0].endswith(_SEVERAL) for words in offices):
            return False
        held = [words for party in other.named if (words := office_words(party.role))]
        if not held:
            return True
        return any(_may_hold(office, one) for office in offices for one in held)


def is_person(party: Party) -> bool:
    """Whether a party is somebody with a name."""
    return party.facet == PEOPLE or bool(party.name and not party.facet)


def identity(party: Party) -> str:
    """What a party is known by in all articles."""
    if party.facet:
        return f"{party.facet}:{party.id}"
    if party.name:
        return f"name:{folded(party.name)}"
    return f"countries:{party.country}" if party.country else _body(party.org)


def bodies_of(party: Party) -> frozenset[str]:
    """The state and the body that act in a party: those that its minister speaks for."""
    if party.country:
        return frozenset({f"countries:{party.country}"})
    found = {_body(party.org)} if party.org else set()
    if party.facet and party.facet != PEOPLE:
        found.add(f"{party.facet}:{party.id}")
    return frozenset(found)


def _body(org: str) -> str:
    """A printed body as it is compared: a group of states however it is called, else its name."""
    plain = " ".join(_SIGNS.sub(" ", folded(org)).split())
    block = _blocks().get(plain)
    return f"organisations:{block}" if block else f"org:{plain}"


@cache
def _blocks() -> dict[str, str]:
    """The groups of states by what they are called, folded."""
    table = rows(__package__, "block_names.tsv", ("id", "forms"))
    return {folded(form): id for id, forms in table for form in forms.split("|")}


def office_words(role: str) -> tuple[str, ...]:
    """The words of an office, without articles; of «his counterpart» none."""
    words = tuple(word.removeprefix(_ARTICLE) for word in normalize(role).split())
    return () if words and words[0].startswith(_COUNTERPART) else words


def _may_hold(office: Sequence[str], held: Sequence[str]) -> bool:
    """Whether an office may be among the words of what somebody holds."""
    if office[0] == _MINISTER and len(office) > 1 and not office[1].endswith(_ADJECTIVE):
        return office[1] in held
    return not set(office).isdisjoint(held)


def folded(text: str) -> str:
    """A printed name as names are compared."""
    return " ".join(normalize(text).split())


def likeness(one: ToldEvent, other: ToldEvent, *, mutual: bool) -> float:
    """How surely two tellings are of one event, 0 for not; of ``mutual`` types no side acts."""
    if not any({one.status, other.status} <= group for group in _GROUPS):
        return 0.0
    if not _at_one_time(one, other):
        return 0.0
    parties = parties_likeness(one, other)
    if mutual:
        parties = max(parties, parties_likeness(one, other.swapped))
    if not parties or not _at_one_place(one, other, parties):
        return 0.0
    if one.type == _MEETING and _has_a_third(one, other):
        return 0.0
    same_place = bool(one.place) and folded(one.place) == folded(other.place)
    return parties + same_place / 2 + _nearness(one, other)


def parties_likeness(one: ToldEvent, other: ToldEvent) -> int:
    """How surely the sides of two tellings are the same, 0 where one is not."""
    found = [one.sides[side].likeness(other.sides[side]) for side in ("a", "b")]
    return sum(found) if all(found) else 0


def _nearness(one: ToldEvent, other: ToldEvent) -> float:
    """How near two tellings are in time, up to a half; the date of an article says little."""
    if not one.first or not other.first:
        return 0.0
    apart = abs(one.first - other.first)
    return 1 / (2 + apart) if one.stated and other.stated else 1 / (4 + apart / 10)


def _has_a_third(one: ToldEvent, other: ToldEvent) -> bool:
    """Whether a state is named in one alone: what three meet for is no talk of two of them."""
    states = [{party.country for party in told.parties if party.country} for told in (one, other)]
    return min(map(len, states)) > 1 and states[0] != states[1]


def _at_one_time(one: ToldEvent, other: ToldEvent) -> bool:
    if one.story and one.story == other.story:
        return True
    if not one.first or not other.first:
        return False
    apart = _apart_by(one.type)
    return _earliest(one) - apart <= _latest(other, one) and _earliest(other) - apart <= _latest(
        one, other
    )


def _earliest(told: ToldEvent) -> int:
    """The first day that a telling can mean: an agreement is told of for weeks."""
    return told.first - (_REMEMBERED if told.type == _AGREEMENT and not told.stated else 0)


def _latest(one: ToldEvent, other: ToldEvent) -> int:
    """The last day that a telling can mean: a plan without a day is one of the next ones."""
    soon = one.status == "planned" and not one.stated and other.status == "fact"
    return one.last + (_SOON if soon else 0)


def reach(told: ToldEvent) -> range:
    """The days under which an event may be kept that is the one told."""
    apart = _apart_by(told.type)
    later = _REMEMBERED if told.type == _AGREEMENT else 0
    return range(max(1, told.first - apart - _WIDEST), told.last + apart + later + 1)


def _apart_by(type: str) -> int:
    """How many days lie at most between what two articles say of an event of this type."""
    return _VISIT_APART if type == _VISIT else _APART


def _at_one_place(one: ToldEvent, other: ToldEvent, parties: int) -> bool:
    """Whether the places allow it; people on both sides are at one place a day, however called."""
    if one.type not in _PLACED or not one.place or not other.place:
        return True
    if one.story and one.story == other.story:
        return True
    if _may_be_one_place(one.place, other.place):
        return True
    return parties > len("ab") and abs(one.first - other.first) <= 1


def _may_be_one_place(here: str, there: str) -> bool:
    """Whether one place may be told by both: a town and its state, a town and some palace."""
    if folded(here) in folded(there) or folded(there) in folded(here):
        return True
    one, other = place_state(here), place_state(there)
    if not one or not other:
        return True
    return one.country == other.country and (one.whole or other.whole)


def span(when: str, date: str) -> tuple[int, int, bool]:
    """The first and the last day that are meant, and whether they are stated.

    >>> span("2015-07", "2015-07-20")
    (735780, 735810, True)
    """
    if len(when) == len("2015-07"):
        year, month = map(int, when.split("-"))
        days = calendar.monthrange(year, month)[1]
        return dt.date(year, month, 1).toordinal(), dt.date(year, month, days).toordinal(), True
    if when or date:
        day = dt.date.fromisoformat(when or date).toordinal()
        return day, day, bool(when)
    return 0, 0, False


def write_parties(parties: Sequence[Party], others: Sequence[Party] = ()) -> str:
    """Parties as JSON, for ``read_parties``; by ``others`` an event is not known again."""
    written = [list(map(_fields, some)) for some in (parties, others)]
    return json.dumps(written, ensure_ascii=False)


def _fields(party: Party) -> tuple[str, ...]:
    return party.side, party.facet, party.id, party.name, party.role, party.country, party.org


def read_parties(text: str, *, others: bool = True) -> tuple[Party, ...]:
    """The parties that were written, those of side a first."""
    known, rest = json.loads(text)
    parties = [Party(*fields) for fields in (known + rest if others else known)]
    return tuple(sorted(parties, key=lambda party: party.side))
