"""Records as JSON text, the form in which engines keep them."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from indexer.model import Article, Event, FacetValue, Mention, Party, Quotation, Record, Removed

_ARTICLE = fields(Article)


def dumps(record: Record) -> str:
    """Return the record as one line of JSON."""
    article = {field.name: getattr(record.article, field.name) for field in _ARTICLE}
    article["date"] = record.article.date.isoformat() if record.article.date else None
    article["removed"] = [(piece.text, piece.why) for piece in record.article.removed]
    facets = {facet: list(map(_fields, values)) for facet, values in record.facets.items()}
    written: dict[str, object] = {"article": article, "facets": facets}
    if record.events:
        written["events"] = list(map(_event, record.events))
    if record.quotations:
        written["quotations"] = [
            (_party(one.speaker), one.said, one.told) for one in record.quotations
        ]
    return json.dumps(written, ensure_ascii=False)


def loads(text: str, *, mentions: bool = True) -> Record:
    """Return the record that ``dumps`` wrote; in half the time without ``mentions``, events and
    quotations."""
    data = json.loads(text)
    article = data["article"]
    article["date"] = date.fromisoformat(article["date"]) if article["date"] else None
    article["removed"] = tuple(Removed(*piece) for piece in article["removed"])
    facets = {
        facet: tuple(
            FacetValue(
                id,
                name,
                name_en,
                score,
                tuple(roles),
                tuple(map(Mention._make, places)) if mentions else (),
            )
            for id, name, name_en, score, roles, places in values
        )
        for facet, values in data["facets"].items()
    }
    if not mentions:
        return Record(Article(**article), facets)
    events = tuple(map(_read_event, data.get("events", ())))
    quotations = tuple(
        Quotation(Party(*speaker), Mention(*said), Mention(*told))
        for speaker, said, told in data.get("quotations", ())
    )
    return Record(Article(**article), facets, events, quotations)


def _fields(value: FacetValue) -> tuple[object, ...]:
    return (value.id, value.name, value.name_en, value.score, value.roles, value.mentions)


def _party(one: Party) -> tuple[str, ...]:
    return (one.side, one.facet, one.id, one.name, one.role, one.country, one.org)


def _event(one: Event) -> tuple[object, ...]:
    return (
        one.type,
        list(map(_party, one.parties)),
        one.told,
        one.status,
        one.place,
        one.when,
        one.certainty,
        _party(one.teller) if one.teller else None,
        one.id,
    )


def _read_event(written: Sequence[Any]) -> Event:
    type, parties, told, status, place, when, certainty, teller, id = written
    return Event(
        type,
        tuple(Party(*one) for one in parties),
        Mention(*told),
        status,
        place,
        when,
        certainty,
        Party(*teller) if teller else None,
        id,
    )
