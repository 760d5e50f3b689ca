"""When two articles tell one event: same type, parties of both sides, compatible place and time."""

import calendar
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from indexer.model import EventStatus, Party, Side
from indexer.schema import PEOPLE
from indexer.text.normalize import normalize

#: Days by which articles differ on one event: a visit is told while it lasts.
_APART, _VISIT_APART = 2, 10
_VISIT = "visit"
#: Days in which a plan without a day becomes a fact.
_SOON = 14
#: Days between the first and the last that a month or a plan can mean.
WIDEST = 31
#: Types of which it matters where they took place: two of them in two towns are two.
_PLACED = frozenset({"meeting", "agreement"})
#: Statuses that one event may have: a plan becomes a fact.
_GROUPS: tuple[frozenset[EventStatus], ...] = (
    frozenset({"fact", "planned"}),
    frozenset({"denied"}),
    frozenset({"called-for"}),
)
_ARTICLE = "ال"


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

    def swapped(self) -> "ToldEvent":
        """The same with the sides exchanged."""
        return replace(self, parties=swapped(self.parties))


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
        offices = [office_words(party.role) for party in self.nameless if party.role]
        held = [office_words(party.role) for party in other.named if party.role]
        if not offices or not held or self.people:
            return True
        return any(office & one for office in offices for one in held)


def is_person(party: Party) -> bool:
    """Whether a party is somebody with a name."""
    return party.facet == PEOPLE or bool(party.name and not party.facet)


def identity(party: Party) -> str:
    """What a party is known by in all articles."""
    if party.facet:
        return f"{party.facet}:{party.id}"
    if party.name:
        return f"name:{folded(party.name)}"
    return f"countries:{party.country}" if party.country else f"org:{folded(party.org)}"


def bodies_of(party: Party) -> frozenset[str]:
    """The state and the body that act in a party: those that its minister speaks for."""
    if party.country:
        return frozenset({f"countries:{party.country}"})
    found = {f"org:{folded(party.org)}"} if party.org else set()
    if party.facet and party.facet != PEOPLE:
        found.add(f"{party.facet}:{party.id}")
    return frozenset(found)


def office_words(role: str) -> frozenset[str]:
    """The words of an office, without articles."""
    return frozenset(word.removeprefix(_ARTICLE) for word in normalize(role).split())


def folded(text: str) -> str:
    """A printed name as names are compared."""
    return " ".join(normalize(text).split())


def swapped(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties with their sides exchanged."""
    return tuple(replace(one, side="b" if one.side == "a" else "a") for one in parties)


def likeness(one: ToldEvent, other: ToldEvent, *, mutual: bool) -> float:
    """How surely two tellings are of one event, 0 for not; of ``mutual`` types no side acts."""
    if not any({one.status, other.status} <= group for group in _GROUPS):
        return 0.0
    parties = _parties_likeness(one, other)
    if mutual:
        parties = max(parties, _parties_likeness(one, other.swapped()))
    if not parties or not _at_one_time(one, other) or not _at_one_place(one, other, parties):
        return 0.0
    apart = abs(one.first - other.first) if one.first and other.first else _APART
    same_place = bool(one.place) and folded(one.place) == folded(other.place)
    return parties + same_place / 2 + 1 / (2 + apart)


def _parties_likeness(one: ToldEvent, other: ToldEvent) -> int:
    found = [one.sides[side].likeness(other.sides[side]) for side in ("a", "b")]
    return sum(found) if all(found) else 0


def _at_one_time(one: ToldEvent, other: ToldEvent) -> bool:
    if one.story and one.story == other.story:
        return True
    if not one.first or not other.first:
        return False
    apart = apart_by(one.type)
    return one.first - apart <= _latest(other, one) and other.first - apart <= _latest(one, other)


def _latest(one: ToldEvent, other: ToldEvent) -> int:
    """The last day that a telling can mean: a plan without a day is one of the next ones."""
    soon = one.status == "planned" and not one.stated and other.status == "fact"
    return one.last + (_SOON if soon else 0)


def apart_by(type: str) -> int:
    """How many days lie at most between what two articles say of an event of this type."""
    return _VISIT_APART if type == _VISIT else _APART


def _at_one_place(one: ToldEvent, other: ToldEvent, parties: int) -> bool:
    """Whether the places allow it; people on both sides are at one place a day, however called."""
    if one.type not in _PLACED or not one.place or not other.place:
        return True
    here, there = folded(one.place), folded(other.place)
    if here in there or there in here or (one.story and one.story == other.story):
        return True
    return parties > len("ab") and abs(one.first - other.first) <= 1


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
    written = [[astuple(party) for party in some] for some in (parties, others)]
    return json.dumps(written, ensure_ascii=False)


def read_parties(text: str, *, others: bool = True) -> tuple[Party, ...]:
    """The parties that were written, those of side a first."""
    known, rest = json.loads(text)
    parties = [Party(*fields) for fields in (known + rest if others else known)]
    return tuple(sorted(parties, key=lambda party: party.side))
