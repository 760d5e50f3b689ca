"""Events and the documents that tell them: say what matters, the rest is made up."""

from collections.abc import Sequence
from dataclasses import replace

from factories import make_document
from indexer.events.frames import Frame
from indexer.model import Document, Event, EventStatus, Mention, Party, Quotation, Side

#: Two types of which no side acts, and three of which one does.
FRAMES = {
    id: Frame(id, label, id.title(), "", "04", "{a} – {b}", "{a} – {b}", mutual=mutual)
    for id, label, mutual in (
        ("meeting", "لقاء", True),
        ("agreement", "اتفاق", True),
        ("visit", "زيارة", False),
        ("condemnation", "إدانة", False),
        ("call", "اتصال", True),
    )
}


def person(id: str, country: str = "", *, side: Side = "a", role: str = "") -> Party:
    """Somebody with a profile."""
    return Party(side, "people", id, id, role, country)


def state(country: str, *, side: Side = "a", role: str = "", org: str = "") -> Party:
    """A state that acts, or an office of it without a name."""
    facet, id = ("", "") if role or org else ("countries", country)
    return Party(side, facet, id, "", role, country, org)


def make_event(
    type: str,
    a: Sequence[Party] | Party,
    b: Sequence[Party] | Party = (),
    *,
    when: str = "",
    status: EventStatus = "fact",
    place: str = "",
    certainty: float = 0.8,
) -> Event:
    """An event between the parties of two sides, told by the first word of the body."""
    sides: tuple[tuple[Side, Sequence[Party] | Party], ...] = (("a", a), ("b", b))
    parties = tuple(
        replace(party, side=side)
        for side, given in sides
        for party in ([given] if isinstance(given, Party) else given)
    )
    told = Mention("body", 0, 5, type)
    return Event(type, parties, told, status, place, when, certainty)


def telling(
    id: str,
    *events: Event,
    date: str | None = "2015-07-07",
    source: str | None = "الرأي",
    story: str = "",
    quotations: Sequence[Quotation] = (),
    body: str = "التقى الوزيران أمس في المدينة",
) -> Document:
    """A document of an article that tells events."""
    document = make_document(
        id, title=f"خبر {id}", body=body, date=date, source=source, story=story
    )
    record = replace(document.record, events=events, quotations=tuple(quotations))
    return replace(document, record=record)


def said_by(speaker: Party) -> Quotation:
    """A quotation of the second word of the body."""
    return Quotation(speaker, Mention("body", 6, 14, "verb"), Mention("body", 0, 14, "verb"))
