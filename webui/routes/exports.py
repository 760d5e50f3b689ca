"""Results to take along: a table for a spreadsheet, a feed for a reader of feeds."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request, url_for

from indexer.model import MAX_PAGE_SIZE, SearchRequest
from indexer.schema import EXTRACTED
from indexer.search.results import Result, SearchPage
from webui import language, params
from webui.citing import STYLES, reference
from webui.params import Note
from webui.service import service

#: More than this is a copy of the archive, not a list to work through.
MOST_ROWS = 1000
FEED_SIZE = 50
_COLUMNS = (
    *("id", "title", "date", "source", "author", "url"),
    *EXTRACTED,
    *("copies", "full", "missing", "by"),
)

bp = Blueprint("exports", __name__)


@bp.get("/search.csv")
def table() -> Response:
    """The results of a search as CSV, the first thousand; opens rightly in spreadsheets.

    Articles that hold a part of the query only come with «full=0», those that are found by meaning
    with «meaning=1».
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_COLUMNS)
    lang = language.current()
    wanted, notes = params.read(request.args)
    page, notes = _answer(replace(wanted, page=1, size=MAX_PAGE_SIZE), notes)
    rows.writerows(_row(result, lang) for result in _results(page))
    # Excel takes a table for UTF-8 only with this mark at its beginning.
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="rasad.csv"'
    # A table has no place for remarks.
    for note in params.noted(notes, page):
        answer.headers.add("X-Rasad-Note", " ".join(part for part in note if part))
    return answer


@bp.get("/search.atom")
def feed() -> Response:
    """The newest results of a search, to be told of what comes in; switches as in the table."""
    wanted, notes = params.read(request.args)
    page, notes = _answer(replace(wanted, sort="newest", page=1, size=FEED_SIZE), notes)
    dated = [result for result in page.results if result.record.article.date]
    return Response(
        render_template(
            "feed.xml",
            results=dated,
            request_=wanted,
            notes=params.noted(notes, page),
            partial=not page.request.full,
            meaning=page.request.meaning,
            root=url_for("pages.start"),
        ),
        mimetype="application/atom+xml",
    )


@bp.get(f"/cite/<any({','.join(STYLES)}):style>/<article:id>")
def citation(style: str, id: str) -> Response:
    """The reference to an article as a file."""
    found = service().article(id)
    if found is None:
        abort(404)
    lang = language.current()
    cited = reference(found.article)
    kind = STYLES[style]
    answer = Response(cited.written(style, lang), mimetype=kind.mimetype)
    answer.headers["Content-Type"] = f"{kind.mimetype}; charset=utf-8"
    name = f"{cited.file_name}.{kind.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _answer(wanted: SearchRequest, notes: Sequence[Note]) -> tuple[SearchPage, tuple[Note, ...]]:
    """The page for a request, and what is to be said of it.

    Nobody looks at a list that a program fetches, so what holds only a part of the query, or is
    found by meaning, is left out of it unless it is asked for.
    """
    meaning = request.args.get("meaning", "").strip() == "1"
    # What is found by meaning holds other words than the query's.
    partial = request.args.get("full", "").strip() in (("0", "") if meaning else ("0",))
    page = service().page(replace(wanted, full=not partial, meaning=meaning))
    if partial and page.relaxed:
        return page, (*notes, Note("full", page.relaxed))
    if not page.total:
        notes = (*notes, *_left_out(replace(page.request, size=0)))
    return page, tuple(notes)


def _left_out(listed: SearchRequest) -> Iterator[Note]:
    """What an empty list would hold, were the switches of ``listed`` otherwise."""
    if listed.full and service().page(replace(listed, full=False)).total:
        yield Note("full", "left-out")
    elif not listed.meaning and service().page(replace(listed, full=False, meaning=True)).total:
        yield Note("meaning", "left-out")


def _results(page: SearchPage) -> Iterator[Result]:
    """The first results of a request, asked for in large pages."""
    yield from page.results
    for number in range(2, min(page.pages, MOST_ROWS // MAX_PAGE_SIZE) + 1):
        yield from service().page(replace(page.request, page=number)).results


def _row(result: Result, lang: str) -> list[str]:
    article = result.record.article
    cells = (
        article.id,
        article.title,
        article.date.isoformat() if article.date else "",
        language.name_of((article.source or "", result.source_en), "", lang),
        article.author or "",
        article.url or "",
        *(
            "; ".join(language.label(v, lang) for v in result.record.facets.get(facet, ()))
            for facet in EXTRACTED
        ),
        str(result.copies),
        "1" if result.full else "0",
        " ".join(result.missing),
        result.by,
    )
    return [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
