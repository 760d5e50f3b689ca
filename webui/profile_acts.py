"""What profiles say of acts: whom somebody met and when, every event, and what they said."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.events.frames import frames
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
    """The meetings of a profile, its other events, and its quotations, each with the way to all.

    ``met`` are those whom it met most often.
    """

    meetings: EventPage
    meetings_address: str
    met: tuple[Companion, ...]
    timeline: Timeline | None
    others: EventPage
    others_address: str
    said: QuotationPage
    said_address: str


def acts(search: SearchService, facet: str, id: str, to: EventLinks, lang: str) -> Acts | None:
    """The acts of a profile; None where no article tells or quotes any."""
    own, speaker = of_profile(facet, id), PartyId(facet, id)
    met = replace(own, types=MET)
    other = replace(own, types=tuple(type for type in frames() if type not in ENCOUNTERS))
    meetings, others = (
        search.events(EVERYTHING, replace(asked, sort="newest", size=LATEST))
        for asked in (met, other)
    )
    said = search.quotations(EVERYTHING, speaker, size=QUOTED)
    if not meetings.total and not others.total and not said.total:
        return None
    return Acts(
        meetings,
        to.events(EVERYTHING, met),
        tuple(_met(meetings, met, speaker, to, lang)),
        events_over_time(replace(meetings, asked=met), to, lang),
        others,
        to.events(EVERYTHING, other),
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
