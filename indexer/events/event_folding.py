"""One event told several times in an article, by its title and its sentences, is one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.events.event_reader import Telling
from indexer.model import Event, Party

#: Events of an article that another is compared with: what is told so often is no news.
_MOST_COMPARED = 60


def folded(tellings: Iterable[Telling], mutual: frozenset[str]) -> list[Telling]:
    """The events in the order of the text, each once; ``mutual`` are the types without a side."""
    kept: list[Telling] = []
    for telling in tellings:
        event = telling.event
        same = next(
            (at for at, one in enumerate(kept[:_MOST_COMPARED]) if _same(one.event, event, mutual)),
            None,
        )
        if same is None:
            kept.append(telling)
        else:
            kept[same] = Telling(_joined(kept[same].event, event), kept[same].number)
    return kept


def _same(one: Event, other: Event, mutual: frozenset[str]) -> bool:
    if one.type != other.type or _apart(one, other):
        return False
    if one.type in mutual:
        return _covers(one.parties, other.parties) or _covers(other.parties, one.parties)
    return all(
        _covers(_side(one, side), _side(other, side))
        or _covers(_side(other, side), _side(one, side))
        for side in ("a", "b")
    )


def _apart(one: Event, other: Event) -> bool:
    """Whether the days of two events differ."""
    days = one.when, other.when
    return all(days) and not days[0].startswith(days[1]) and not days[1].startswith(days[0])


def _side(event: Event, side: str) -> Sequence[Party]:
    return [party for party in event.parties if party.side == side]


def _covers(many: Sequence[Party], few: Sequence[Party]) -> bool:
    return all(any(same_party(one, party) for one in many) for party in few)


def same_party(one: Party, other: Party) -> bool:
    """Whether two parties may be one: a state and who acts for it are."""
    if one.id and one.id == other.id:
        return True
    if one.name and other.name:
        return False
    if one.country or other.country:
        return one.country == other.country
    return bool(one.org) and one.org == other.org


def _joined(one: Event, other: Event) -> Event:
    """Two tellings of one event: the better evidence, all parties, what either knows."""
    best, rest = (one, other) if one.certainty >= other.certainty else (other, one)
    parties = list(best.parties)
    for party in rest.parties:
        at = next((n for n, known in enumerate(parties) if same_party(known, party)), None)
        if at is None:
            parties.append(party)
        elif not parties[at].name and party.name:
            parties[at] = replace(party, side=parties[at].side)
    status = best.status if best.told.part == "body" else rest.status
    return replace(
        best,
        parties=tuple(parties),
        status=status,
        place=best.place or rest.place,
        when=max((best.when, rest.when), key=len),
        teller=best.teller if rest.teller else None,
    )
