"""Records as JSON text, the form in which engines keep them."""

import json
from dataclasses import asdict
from datetime import date

from indexer.model import Article, FacetValue, Mention, Record, Removed


def dumps(record: Record) -> str:
    """Return the record as one line of JSON."""
    article = asdict(record.article)
    article["date"] = record.article.date.isoformat() if record.article.date else None
    facets = {facet: [list(_fields(v)) for v in values] for facet, values in record.facets.items()}
    return json.dumps({"article": article, "facets": facets}, ensure_ascii=False)


def loads(text: str) -> Record:
    """Return the record that ``dumps`` wrote."""
    data = json.loads(text)
    article = data["article"]
    article["date"] = date.fromisoformat(article["date"]) if article["date"] else None
    article["removed"] = tuple(Removed(**piece) for piece in article["removed"])
    facets = {
        facet: tuple(
            FacetValue(id, name, name_en, score, tuple(roles), tuple(Mention(*m) for m in mentions))
            for id, name, name_en, score, roles, mentions in values
        )
        for facet, values in data["facets"].items()
    }
    return Record(Article(**article), facets)


def _fields(value: FacetValue) -> tuple[object, ...]:
    return (value.id, value.name, value.name_en, value.score, value.roles, value.mentions)
