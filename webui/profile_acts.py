"""What profiles say of acts: whom somebody met and when, every event, and what they said."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import ENCOUNTERS, SearchRequest
from indexer.search.event_search import EventPage, EventRequest, PartyId, QuotationPage
from indexer.search.service import SearchService
from webui import language
from webui.event_links import EventLinks, of_profile
from webui.pictures.timeline import Timeline, events_over_time
from webui.rows import Companion

MET = tuple(sorted(ENCOUNTERS))
LATEST, COMPANIONS, QUOTED = 5, 10, 3
EVERYTHING = SearchRequest()


@dataclass(frozen=True, slots=True)
class Acts:
    """The meetings of a profile, all its events, and its quotations, each with the way to all.

    ``met`` are those whom it met most often.
    """

    meetings: EventPage
    meetings_address: str
    met: tuple[Companion, ...]
    timeline: Timeline | None
    every: EventPage
    every_address: str
    said: QuotationPage
    said_address: str


def acts(search: SearchService, facet: str, id: str, to: EventLinks, lang: str) -> Acts | None:
    """The acts of a profile; None where no article tells or quotes any."""
    own, speaker = of_profile(facet, id), PartyId(facet, id)
    newest = replace(own, sort="newest", size=LATEST)
    every = search.events(EVERYTHING, newest)
    said = search.quotations(EVERYTHING, speaker, size=QUOTED)
    if not every.total and not said.total:
        return None
    met = replace(own, types=MET)
    meetings = search.events(EVERYTHING, replace(newest, types=MET))
    return Acts(
        meetings,
        to.events(EVERYTHING, met),
        tuple(_met(meetings, met, speaker, to, lang)),
        events_over_time(replace(meetings, asked=met), to, lang),
        every,
        to.events(EVERYTHING, own),
        said,
        to.quotations(EVERYTHING, speaker),
    )


def _met(
    meetings: EventPage, met: EventRequest, own: PartyId, to: EventLinks, lang: str
) -> Iterator[Companion]:
    """Whom a profile met most often; of a country the countries."""
    facet = meetings.facets.get("countries" if own.facet == "countries" else "parties")
    others = [
        (value, PartyId(value.facet or "countries", value.id))
        for value in (facet.values if facet else ())
    ]
    for value, party in [one for one in others if one[1] != own][:COMPANIONS]:
        chosen = str(party) if own.facet != "countries" else party.id
        both = met.toggled("countries" if own.facet == "countries" else "parties", chosen)
        yield Companion(
            language.label(value, lang),
            to.profile(*party),
            language.number(value.count, lang),
            to.events(EVERYTHING, both),
        )
