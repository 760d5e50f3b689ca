"""The numbers of facets and pictures as tables for spreadsheets."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, Response, abort, request

from indexer import deadline
from indexer.model import SearchRequest
from indexer.schema import FACET_IDS
from indexer.search.results import Together, Value
from webui import params
from webui.exporting import table
from webui.exporting.file_names import disposition
from webui.pictures.grid import topics_over_time
from webui.pictures.timeline import times
from webui.routes.pages import ALL
from webui.routes.pictures import KINDS, MOST_NODES
from webui.service import EVERY, service

#: The picture that stands above results.
TIMELINE = "timeline"
_VALUE = ("id", "name", "name_en", "count")
_PAIR = ("id", "name", "name_en", "with_id", "with_name", "with_name_en", "count")

Rows = Iterable[Sequence[object]]

bp = Blueprint("counts", __name__)


@bp.get("/facets/<name>.csv")
def facet(name: str) -> Response:
    """All values of a facet among the results, most frequent first."""
    if name not in FACET_IDS:
        abort(404)
    wanted = params.parse(request.args)
    contains = params.clean(request.args.get("contains", ""))[: params.MAX_VALUE]
    found = service().facet(name, wanted, contains, ALL)
    return _answer(name, wanted, _values(found.values))


@bp.get("/pictures/<kind>.csv")
def picture(kind: str) -> Response:
    """What a picture of the results is drawn from; of pairs those that occur."""
    if kind not in (TIMELINE, *KINDS):
        abort(404)
    wanted = params.parse(request.args)
    return _answer(kind, wanted, _drawn(kind, wanted))


def _drawn(kind: str, wanted: SearchRequest) -> Rows:
    search = service()
    if kind == TIMELINE:
        return _values(sorted(times(search, wanted).values, key=lambda value: value.id))
    if kind == "map":
        return _values(search.facet("countries", wanted, size=EVERY).values)
    if kind == "topics":
        return _pairs(topics_over_time(search, wanted), each_twice=True)
    return _pairs(search.together(wanted, kind, kind, (MOST_NODES, MOST_NODES)), each_twice=False)


def _values(values: Iterable[Value]) -> Iterator[Sequence[object]]:
    yield _VALUE
    for value in values:
        yield (*_named(value), value.count)


def _pairs(found: Together, *, each_twice: bool) -> Iterator[Sequence[object]]:
    """The pairs that occur; of values of one facet each pair once."""
    yield _PAIR
    for place, row in enumerate(found.rows):
        for other, column in enumerate(found.columns):
            count = found.counts[place][other]
            if count and (each_twice or place < other):
                yield (*_named(row), *_named(column), count)


def _named(value: Value) -> tuple[str, str, str]:
    return value.id, value.name, value.name_en


def _answer(what: str, wanted: SearchRequest, rows: Rows) -> Response:
    answer = Response(b"".join(table.lines(rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = disposition(
        wanted, dt.date.today(), table.FORMAT.ending, what=what
    )
    if deadline.was_missed():
        answer.headers.add("X-Rasad-Note", "time over")
    return answer
