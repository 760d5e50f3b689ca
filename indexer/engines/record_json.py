"""Records as JSON text, the form in which engines keep them."""

import json
from dataclasses import fields
from datetime import date

from indexer.model import Article, FacetValue, Mention, Record, Removed

_ARTICLE = fields(Article)


def dumps(record: Record) -> str:
    """Return the record as one line of JSON."""
    article = {field.name: getattr(record.article, field.name) for field in _ARTICLE}
    article["date"] = record.article.date.isoformat() if record.article.date else None
    article["removed"] = [(piece.text, piece.why) for piece in record.article.removed]
    facets = {facet: list(map(_fields, values)) for facet, values in record.facets.items()}
    return json.dumps({"article": article, "facets": facets}, ensure_ascii=False)


def loads(text: str, *, mentions: bool = True) -> Record:
    """Return the record that ``dumps`` wrote; without ``mentions`` in half the time."""
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
    return Record(Article(**article), facets)


def _fields(value: FacetValue) -> tuple[object, ...]:
    return (value.id, value.name, value.name_en, value.score, value.roles, value.mentions)
