"""Articles of two weeks that tell events, for a site and for searches."""

from dataclasses import replace
from typing import Any

from event_factories import make_event, person, said_by, state, telling
from factories import make_value
from indexer.model import Event, Record

KERRY = person("kerry", "US", role="وزير الخارجية الأمريكي")
ZARIF = person("zarif", "IR", role="وزير الخارجية الإيراني")
SHOUKRY = person("shoukry", "EG")
UN = replace(state(""), facet="organisations", id="UN", name="الأمم المتحدة")
MEETING = make_event("meeting", KERRY, ZARIF, when="2015-07-07", place="فيينا", certainty=0.9)


def _record(id: str, *events: Event, people: str = "", **fields: Any) -> Record:
    record = telling(id, *events, **fields).record
    countries = {party.country for one in events for party in one.parties if party.country}
    facets = {
        **record.facets,
        "people": tuple(map(make_value, people.split())),
        "countries": tuple(map(make_value, sorted(countries))),
    }
    return replace(record, facets=facets)


EVENT_RECORDS = (
    _record("vienna", MEETING, people="kerry zarif", quotations=[said_by(ZARIF)]),
    _record(
        "talks",
        make_event("meeting", state("IR"), state("US"), when="2015-07-07"),
        date="2015-07-08",
        source="الغد",
    ),
    _record("visit", make_event("visit", SHOUKRY, state("FR"), status="planned"), people="shoukry"),
    _record(
        "paris",
        make_event("visit", SHOUKRY, state("FR"), when="2015-07-12", place="باريس"),
        make_event("condemnation", UN, state("IL"), when="2015-07"),
        people="shoukry",
        date="2015-07-13",
        body="زار الوزير باريس أمس",
        quotations=[said_by(SHOUKRY), said_by(ZARIF)],
    ),
    _record("nothing", date="2015-07-13", source="الغد", body="طقس معتدل"),
)
