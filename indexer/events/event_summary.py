"""One event out of all that is told of it: its parties, day, place, status and certainty."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.catalogue import EventParty, EventRow, ReportRow
from indexer.events.event_matching import (
    ToldEvent,
    bodies_of,
    folded,
    identity,
    is_person,
    parties_likeness,
    read_parties,
    span,
    write_parties,
)
from indexer.events.place_states import place_state
from indexer.model import EventStatus, Party, Side

#: A party that fewer of the stories name is taken for a slip, and by one that not more of them
#: name an event is not known again: two visits that one article tells as one tour stay two.
_NAMED_BY, _KNOWN_BY = 0.25, 0.5
#: Of several statuses the first that is told holds.
_STATUSES: tuple[EventStatus, ...] = ("fact", "denied", "planned", "called-for")


@dataclass(frozen=True, slots=True)
class EventSummary:
    """What the reports of an event come to."""

    telling: ToldEvent
    others: tuple[Party, ...]
    when: tuple[str, str]
    certainty: float

    def row(self, number: int, id: str, tellers: tuple[int, int]) -> EventRow:
        """The event as the catalogue keeps it; ``tellers`` are its stories and its sources."""
        told = self.telling
        articles, sources = tellers
        return EventRow(
            number,
            id,
            told.type,
            told.status,
            told.first,
            *self.when,
            told.place,
            write_parties(told.parties, self.others),
            self.certainty,
            articles,
            sources,
            round(self.certainty * sources, 4),
        )

    def parties(self) -> Iterator[EventParty]:
        """What the event is found by."""
        for party in (*self.telling.parties, *self.others):
            for key in dict.fromkeys((identity(party), *sorted(bodies_of(party)))):
                yield EventParty(party.side, *key.split(":", 1))


def telling(type: str, report: ReportRow) -> ToldEvent:
    """One report, as it is compared."""
    first, last, stated = span(report.told_when, report.date)
    parties = read_parties(report.parties)
    return ToldEvent(type, report.status, first, last, stated, report.place, parties, report.story)


@lru_cache(1 << 13)
def telling_of(row: EventRow) -> ToldEvent:
    """An event so far, as reports are compared with it."""
    first, last, stated = span(row.first, "")
    if first == last:  # a month is meant as a whole; of several days that which most state
        first = last = row.day
    parties = read_parties(row.parties, others=False)
    return ToldEvent(row.type, row.status, first, last, stated, row.place, parties)


def summary(type: str, reports: Sequence[ReportRow], *, mutual: bool) -> EventSummary:
    """All reports of an event together; the surest come first."""
    tellings = _turned([telling(type, report) for report in reports], mutual=mutual)
    status = _status([one.status for one in tellings])
    whole = [one for one in tellings if one.status == status]
    if not any(one.stated for one in whole):  # the day is that of the plan, if of any
        whole = [one for one in tellings if one.stated] or whole
    first, last, stated = _days(whole)
    doubt = 1.0
    for certainty in _surest(reports).values():
        doubt *= 1.0 - min(certainty, 0.99)
    place = _most_told((one.place, one.story) for one in tellings if _may_be_at(one))
    parties, others = _parties(_at_home(tellings) if mutual else tellings)
    told = ToldEvent(type, status, first, last, stated, place, parties)
    return EventSummary(told, others, _when(whole, told), round(1.0 - doubt, 4))


def _turned(tellings: Sequence[ToldEvent], *, mutual: bool) -> list[ToldEvent]:
    """The tellings with the sides as the first of them has them."""
    if not mutual:
        return list(tellings)
    surest = tellings[0]
    return [
        one.swapped
        if parties_likeness(surest, one.swapped) > parties_likeness(surest, one)
        else one
        for one in tellings
    ]


def _at_home(tellings: Sequence[ToldEvent]) -> list[ToldEvent]:
    """The tellings with each party on the side where most have it: of three any two may be one.

    A state is where its people are.
    """
    sides: dict[str, Counter[Side]] = defaultdict(Counter)
    states: dict[str, Counter[Side]] = defaultdict(Counter)
    for party in (party for one in tellings for party in one.parties):
        sides[identity(party)][party.side] += 1
        if is_person(party):
            for body in bodies_of(party):
                states[body][party.side] += 1

    def home(party: Party) -> Party:
        counted = [states[body] for body in sorted(bodies_of(party)) if body in states]
        if is_person(party) or not counted:
            counted = [sides[identity(party)]]
        return replace(party, side=counted[0].most_common(1)[0][0])

    return [replace(one, parties=tuple(map(home, one.parties))) for one in tellings]


def _status(told: Iterable[EventStatus]) -> EventStatus:
    every = set(told)
    return next((status for status in _STATUSES if status in every), "fact")


def _days(tellings: Sequence[ToldEvent]) -> tuple[int, int, bool]:
    """The day that most stories state, else a month that is stated, else the first article's."""
    exact = [one for one in tellings if one.stated and one.first == one.last]
    if exact:
        stories: dict[int, set[str]] = defaultdict(set)
        for one in exact:
            stories[one.first].add(one.story)
        day = min(stories, key=lambda day: (-len(stories[day]), day))
        return day, day, True
    dated = [one for one in tellings if one.first]
    if not dated:
        return 0, 0, False
    best = min(dated, key=lambda one: (not one.stated, one.first, one.last))
    return best.first, best.last, best.stated


def _when(tellings: Sequence[ToldEvent], told: ToldEvent) -> tuple[str, str]:
    """The first and the last day that are stated, or the month, or nothing; a visit has several."""
    if not told.stated:
        return "", ""
    if told.first != told.last:
        month = dt.date.fromordinal(told.first).isoformat()[: len("2015-07")]
        return month, month
    days = [told.first]
    if told.type == "visit":
        days += [one.first for one in tellings if one.stated and one.first == one.last]
    first, last = (dt.date.fromordinal(day).isoformat() for day in (min(days), max(days)))
    return first, last


def _surest(reports: Iterable[ReportRow]) -> dict[str, float]:
    """The certainty of each story, by its surest report."""
    surest: dict[str, float] = {}
    for report in reports:
        surest[report.story] = max(report.certainty, surest.get(report.story, 0.0))
    return surest


def _parties(tellings: Sequence[ToldEvent]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who takes part, best named first: those of whom an event is known, and others.

    An office without its holder is counted to the holder.
    """
    told: dict[tuple[str, str], list[tuple[Party, str]]] = defaultdict(list)
    for one in tellings:
        for party in one.parties:
            told[party.side, identity(party)].append((party, one.story))
    named = _folded_in(told)
    stories = {key: len({story for _, story in found}) for key, found in named.items()}
    most = {
        side: max((stories[key] for key in named if key[0] == side), default=0) for side in "ab"
    }
    known, others = [], []
    for key in sorted(named, key=lambda key: (key[0], -stories[key])):
        party = _joined([party for party, _ in named[key]])
        if stories[key] > _KNOWN_BY * most[key[0]]:
            known.append(party)
        elif stories[key] >= _NAMED_BY * most[key[0]]:
            others.append(party)
    return tuple(known), tuple(others)


def _folded_in(
    told: Mapping[tuple[str, str], list[tuple[Party, str]]],
) -> dict[tuple[str, str], list[tuple[Party, str]]]:
    """Parties without a name counted to the person of their state or body, if there is one."""
    people = {key: found for key, found in told.items() if is_person(found[0][0])}
    named = {key: list(found) for key, found in people.items()}
    for key, found in told.items():
        if key in people:
            continue
        bodies = {body for party, _ in found for body in bodies_of(party)}
        holders = [
            other
            for other, held in people.items()
            if other[0] == key[0] and any(bodies & bodies_of(party) for party, _ in held)
        ]
        if holders:
            most = max(holders, key=lambda other: len(people[other]))
            named[most] += found
        else:
            named[key] = found
    return named


def _joined(parties: Sequence[Party]) -> Party:
    """One party as most reports have it; the name is that of a report that has one."""
    best = next((party for party in parties if is_person(party)), parties[0])
    own = [party for party in parties if identity(party) == identity(best)]
    return replace(
        best,
        name=_usual(party.name for party in own),
        role=_usual(party.role for party in own) or _usual(party.role for party in parties),
        country=_usual(party.country for party in own),
        org=_usual(party.org for party in own),
    )


def _usual(texts: Iterable[str]) -> str:
    counted = Counter(text for text in texts if text)
    return max(counted, key=lambda text: (counted[text], len(text), text)) if counted else ""


def _may_be_at(told: ToldEvent) -> bool:
    """Whether the place is one: of a visit a town of the state visited, not what it was about."""
    state = place_state(told.place) if told.type == "visit" and told.place else None
    visited = {party.country for party in told.parties if party.side == "b"}
    return not state or (not state.whole and state.country in visited)


def _most_told(places: Iterable[tuple[str, str]]) -> str:
    """The place that most stories name, as it is mostly printed."""
    stories: dict[str, set[str]] = defaultdict(set)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for place, story in places:
        if place:
            stories[folded(place)].add(story)
            printed[folded(place)][place] += 1
    if not stories:
        return ""
    best = max(stories, key=lambda place: (len(stories[place]), place))
    return printed[best].most_common(1)[0][0]
