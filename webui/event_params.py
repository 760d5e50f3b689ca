"""What is asked of events, read from the query string and written into it.

It stands beside the parameters of the search whose articles tell them (``webui.params``). ``sort``,
``page`` and ``size`` are those of the events there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar, get_args

from werkzeug.datastructures import MultiDict

from indexer.events.frames import frames
from indexer.model import MAX_PAGE_SIZE, EventStatus, SearchRequest
from indexer.schema import NAMED
from indexer.search.event_search import EventFacetName, EventRequest, EventSort, PartyId
from webui import params
from webui.params import Note, Query

EVENT_SORTS: tuple[EventSort, ...] = get_args(EventSort)
STATUSES: tuple[EventStatus, ...] = get_args(EventStatus)
#: What the values of a facet of events are called in addresses.
PARAMETERS: dict[EventFacetName, str] = {
    "types": "type",
    "statuses": "status",
    "parties": "party",
    "countries": "country",
    "places": "place",
}
#: Nobody chooses more; each is looked for in every event.
MAX_CHOSEN = 20
_DEFAULT = EventRequest()
_COUNTRY = re.compile("[A-Z]{2}")
Known = TypeVar("Known", bound=str)


class Asked(NamedTuple):
    """A query string as it was understood: the articles, and what is asked of their events."""

    search: SearchRequest
    events: EventRequest
    notes: tuple[Note, ...]


def read(args: MultiDict[str, str]) -> Asked:
    """What a query string asks for, and a note on each parameter that was ignored or changed."""
    search, notes = params.read(args)
    said = [note for note in notes if note.parameter not in ("sort", "page", "size")]
    since, until = params.day(args, "since", said), params.day(args, "until", said)
    if since and until and since > until:
        said.append(Note("until", "range"))
    asked = EventRequest(
        types=tuple(_known(args, "type", tuple(frames()), said)),
        statuses=tuple(_known(args, "status", STATUSES, said)),
        parties=tuple(_parties(args, said)),
        countries=tuple(_countries(args, "country", said)),
        places=tuple(_values(args, "place", said)),
        actors=tuple(_countries(args, "actor", said)),
        targets=tuple(_countries(args, "target", said)),
        since=since,
        until=until,
        sort=next(_known(args, "sort", EVENT_SORTS, said), _DEFAULT.sort),
        page=params.number(args, "page", _DEFAULT.page, params.MAX_PAGE, said),
        size=params.number(args, "size", _DEFAULT.size, MAX_PAGE_SIZE, said),
    )
    return Asked(unsorted(search), asked, tuple(said))


def dump(search: SearchRequest, asked: EventRequest) -> Query:
    """The parameters that ``read`` reads back into both, defaults left out."""
    query = params.dump(unsorted(search))
    for facet, name in PARAMETERS.items():
        if chosen := asked.chosen(facet):
            query[name] = list(chosen)
    for name, countries in (("actor", asked.actors), ("target", asked.targets)):
        if countries:
            query[name] = list(countries)
    for name, day in (("since", asked.since), ("until", asked.until)):
        if day:
            query[name] = [day.isoformat()]
    if asked.sort != _DEFAULT.sort:
        query["sort"] = [asked.sort]
    if asked.page != _DEFAULT.page:
        query["page"] = [str(asked.page)]
    if asked.size != _DEFAULT.size:
        query["size"] = [str(asked.size)]
    return query


def unsorted(search: SearchRequest) -> SearchRequest:
    """The articles of a search, in no order of their own and on no page."""
    return replace(search, sort="relevance", page=1, size=SearchRequest().size)


def _known(
    args: MultiDict[str, str], name: str, known: Sequence[Known], notes: list[Note]
) -> Iterator[Known]:
    for written in _values(args, name, notes):
        found = [one for one in known if one == written]
        if not found:
            notes.append(Note(name, "ignored"))
        yield from found


def _parties(args: MultiDict[str, str], notes: list[Note]) -> Iterator[PartyId]:
    for written in _values(args, "party", notes):
        party = PartyId.parse(written)
        if party.facet in NAMED and party.id:
            yield party
        else:
            notes.append(Note("party", "ignored"))


def _countries(args: MultiDict[str, str], name: str, notes: list[Note]) -> Iterator[str]:
    for written in _values(args, name, notes):
        if _COUNTRY.fullmatch(written):
            yield written
        else:
            notes.append(Note(name, "ignored"))


def _values(args: MultiDict[str, str], name: str, notes: list[Note]) -> list[str]:
    """What is written under a name, each once, no longer and no more than sensible."""
    cleaned = (params.clean(written)[: params.MAX_VALUE].strip() for written in args.getlist(name))
    found = list(dict.fromkeys(filter(None, cleaned)))
    if len(found) > MAX_CHOSEN:
        notes.append(Note("filters", "cut"))
    return found[:MAX_CHOSEN]
