"""Answers as plain data: the shape of the JSON is decided here, for the web and for the shell.

Others rely on these names. Add to them; do not rename them.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from indexer import deadline
from indexer.catalogue import Name
from indexer.model import Article, Event, Mention, Party, Record
from indexer.schema import EXTRACTED
from indexer.search.autocomplete import Suggestion
from indexer.search.name_expansion import Linked
from indexer.search.results import (
    ArticlePage,
    Facet,
    Profile,
    Reprint,
    Result,
    SearchedNear,
    SearchPage,
    Stats,
    Value,
)
from webui.api import event_schemas
from webui.language import Named
from webui.marking import compared, marked
from webui.params import Note, noted

if TYPE_CHECKING:
    from indexer.indexing.report import Report

Json = dict[str, Any]


def search_page(page: SearchPage, notes: Sequence[Note] = ()) -> Json:
    """A page of results. ``notes`` name the parameters that were ignored or changed."""
    return {
        "query": page.request.q,
        "parsed": page.parsed,
        "total": page.total,
        "total_full": page.total_full,
        "articles": page.articles,
        "counted": "articles" if page.request.copies else "stories",
        "page": page.request.page,
        "pages": page.pages,
        "size": page.request.size,
        "sort": page.request.sort,
        "copies": page.request.copies,
        "full": page.request.full,
        "meaning": page.request.meaning,
        "near": _near(page.near) if page.near else None,
        "relaxed": page.relaxed is not None,
        "relaxation": page.relaxed,
        "suggestion": page.suggestion,
        "repaired": page.repaired._asdict() if page.repaired else None,
        "linked": [_taken(taken) for taken in page.linked],
        "took_ms": round(page.took_ms, 1),
        "partial": page.partial,
        "notes": [_note(note) for note in noted(notes, page)],
        "hits": [hit(result) for result in page.results],
        "facets": {name: values(facet) for name, facet in page.facets.items()},
        "distinct": {name: facet.distinct for name, facet in page.facets.items()},
        "modes": {name: facet.mode for name, facet in page.facets.items()},
    }


def hit(result: Result) -> Json:
    """One result: what a list shows of an article."""
    article = result.record.article
    return {
        "id": article.id,
        "title": article.title,
        "title_html": str(marked(result.title)),
        "snippet_html": str(marked(result.snippet)),
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "source_en": result.source_en or None,
        "url": article.url,
        "score": round(result.score, 4),
        "full": result.full,
        "missing": list(result.missing),
        "by": result.by,
        "copies": result.copies,
        "copy_sources": result.sources,
        **{
            facet: [_named(value) for value in result.record.facets.get(facet, ())]
            for facet in EXTRACTED
        },
    }


def article_page(page: ArticlePage, similar: Sequence[Record]) -> Json:
    """A whole article, with what was removed from its page and why, and ``similar`` articles."""
    article = page.article
    return {
        "id": article.id,
        "title": article.title,
        "title_html": str(marked(page.title)),
        "text": article.body,
        "text_html": str(marked(page.body)),
        "date": article.date.isoformat() if article.date else None,
        "date_origin": article.date_origin,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        **_extracted(page.record),
        "removed": _removed(article),
        "events": [event_schemas.told_event(one) for one in page.events],
        "quotations": [event_schemas.said(one) for one in page.quotations],
        "copies": [_reprint(copy) for copy in page.copies],
        "similar": [_listed(record.article) for record in similar],
        "partial": deadline.was_missed(),
    }


def inspected(record: Record) -> Json:
    """All that is read out of a page, and where each value of a facet was found."""
    from indexer.sources import quoted  # here: whoever serves articles reads no pages

    article = record.article
    shown = {
        "id": article.id,
        "title": article.title,
        "text": article.body,
        "date": article.date.isoformat() if article.date else None,
        "date_origin": article.date_origin,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        **_extracted(record),
    }
    for facet in EXTRACTED:
        for value, written in zip(record.facets.get(facet, ()), shown[facet], strict=True):
            written["found"] = [mention._asdict() for mention in value.mentions]
    shown["events"] = [_event(article, event) for event in record.events]
    shown["quotations"] = [
        {
            "text": _printed(article, one.said),
            "speaker": _party(one.speaker),
            "evidence": _printed(article, one.told),
            "found": one.told._asdict(),
        }
        for one in record.quotations
    ]
    shown["quoted"] = [
        {"text": article.body[start:end], "language": tag}
        for start, end, tag in quoted(article.body, article.language)
    ]
    shown["removed"] = _removed(article)
    return shown


def index_report(report: "Report", articles: int) -> Json:
    """What a run of the indexer did, and how many articles there are now."""
    return {**report.as_data(), "articles": articles}


def frequent(name: Name) -> Json:
    """A facet value with the number of articles that name it."""
    return {**_named(name), "articles": name.articles}


def profile(found: Profile) -> Json:
    """What all articles say of a facet value."""
    return {
        "facet": found.facet,
        **_named(found),
        "articles": found.articles,
        "stories": found.stories,
        "wikidata": found.wikidata,
        "partial": deadline.was_missed(),
        "variants": [{"text": text, "articles": articles} for text, articles in found.variants],
        "roles": [
            {
                "role": role,
                "first": first.isoformat() if first else None,
                "last": last.isoformat() if last else None,
                "articles": articles,
            }
            for role, first, last, articles in found.roles
        ],
        "offices": [
            {
                "id": one.id,
                "country": one.country or None,
                "label_en": one.label_en,
                "label_ar": one.label_ar,
                "first": one.first.isoformat() if one.first else None,
                "last": one.last.isoformat() if one.last else None,
                "articles": one.articles,
                "printed": list(one.printed),
            }
            for one in found.offices
        ],
    }


def facet(found: Facet) -> Json:
    """One facet by itself; ``distinct`` is how many values there are in all."""
    return {
        "name": found.name,
        "mode": found.mode,
        "distinct": found.distinct,
        "partial": deadline.was_missed(),
        "values": values(found),
    }


def values(found: Facet) -> list[Json]:
    """The values of a facet with their counts; months need no names."""
    return [_month(v) if found.name == "dates" else _value(v) for v in found.values]


def suggestions(q: str, offered: Iterable[Suggestion]) -> Json:
    """What is offered for an unfinished query."""
    return {"query": q, "suggestions": [_suggestion(one) for one in offered]}


def _suggestion(offered: Suggestion) -> Json:
    """A text to offer and the query that it stands for; a name also tells its facet value."""
    written = {"text": offered.text, "kind": offered.kind, "query": offered.query}
    if offered.arabic:
        written["arabic"] = offered.arabic
    if offered.facet:
        written |= {"facet": offered.facet, "id": offered.id, "name_en": offered.name_en}
    return written


def stats(numbers: Stats) -> Json:
    """What is in the index."""
    return {
        "articles": numbers.articles,
        "stories": numbers.stories,
        "engine": numbers.engine,
        "first": numbers.first,
        "last": numbers.last,
        "distinct": dict(numbers.distinct),
    }


def health(numbers: Stats) -> Json:
    """That the index answers, and how much is in it."""
    return {
        "status": "ok",
        "articles": numbers.articles,
        "stories": numbers.stories,
        "engine": numbers.engine,
    }


def problem(status: HTTPStatus, detail: str, instance: str) -> Json:
    """Why a request has no other answer, as RFC 9457 has it."""
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": instance,
    }


def _near(near: SearchedNear) -> Json:
    return {
        "total": near.total,
        "floor": near.floor,
        "words": [{"text": one.text, "words": list(one.words)} for one in near.words],
    }


def _value(value: Value) -> Json:
    return {
        "id": value.id,
        "name": value.name,
        "name_en": value.name_en,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _month(value: Value) -> Json:
    return {
        "id": value.id,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _taken(linked: Linked) -> Json:
    """English words that Arabic was added to. What is no facet's value has no facet and no id."""
    return {
        "text": linked.text,
        "kind": linked.kind,
        "facet": linked.facet or None,
        **_named(linked.name),
        "id": linked.name.id or None,
    }


def _reprint(copy: Reprint) -> Json:
    article, pieces = copy.article, copy.differences
    return {
        **_listed(article),
        "url": article.url,
        "difference_html": None if pieces is None else str(compared(pieces)),
    }


def _listed(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
    }


def _note(note: Note) -> Json:
    """A note; few have a value."""
    return {name: text for name, text in note._asdict().items() if text}


def _named(value: Named) -> Json:
    return {"id": value.id, "name": value.name, "name_en": value.name_en}


def _event(article: Article, event: Event) -> Json:
    """An event as one article tells it; what is not told is null."""
    return {
        "type": event.type,
        "parties": [_party(party) for party in event.parties],
        "place": event.place or None,
        "when": event.when or None,
        "status": event.status,
        "evidence": _printed(article, event.told),
        "found": event.told._asdict(),
        "certainty": event.certainty,
        "teller": _party(event.teller) if event.teller else None,
        "id": event.id or None,
    }


def _party(party: Party) -> Json:
    return {
        "side": party.side,
        "name": party.name or None,
        "role": party.role or None,
        "country": party.country or None,
        "org": party.org or None,
        "facet": party.facet or None,
        "id": party.id or None,
    }


def _printed(article: Article, mention: Mention) -> str:
    text = article.title if mention.part == "title" else article.body
    return text[mention.start : mention.end]


def _removed(article: Article) -> list[Json]:
    return [{"text": piece.text, "why": piece.why} for piece in article.removed]


def _extracted(record: Record) -> Json:
    """The values of each facet: a topic with its score, the others with how often they stand."""
    return {
        facet: [
            _named(value)
            | ({"score": value.score} if facet == "topics" else {"mentions": int(value.score)})
            | ({"roles": list(value.roles)} if facet == "people" else {})
            for value in record.facets.get(facet, ())
        ]
        for facet in EXTRACTED
    }
