"""The query string, read into a ``SearchRequest`` and written from one.

Reading never fails: what makes no sense is left out or brought into range, and a ``Note`` says so
on the page. ``parse(dump(request))`` is ``request`` for every request that ``parse`` can give.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from werkzeug.datastructures import MultiDict

from indexer import deadline
from indexer.model import MAX_PAGE_SIZE, Filter, SearchRequest, Sort
from indexer.schema import FACET_IDS, SEVERAL
from indexer.search.event_search import QueryReading
from indexer.search.results import SearchPage

SORTS: tuple[Sort, ...] = get_args(Sort)
#: Longer queries are cut: nobody types them, and a parser need not chew 100 kB of brackets.
MAX_QUERY = 2000
MAX_VALUE = 300
MAX_FILTERS = 200
MAX_PAGE = 1_000_000
_DEFAULT = SearchRequest()
_PLACES = {facet: place for place, facet in enumerate(FACET_IDS)}
_NAMES = (
    "q",
    *FACET_IDS,
    "any",
    "from",
    "to",
    "sort",
    "copies",
    "full",
    "meaning",
    "page",
    "size",
    "contains",
    "order",
    *("type", "status", "party", "country", "place", "actor", "target"),  # webui/event_params.py
    *("since", "until", "speaker"),
    *("kind", "id", "other", "what", "name", "latin", "corrected"),  # webui/corrections.py
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")

Query = dict[str, list[str]]


class Note(NamedTuple):
    """A parameter that was not taken as it stands; ``problem`` is «ignored», «cut» or «range».

    Of the query it is a code of ``Query.notes`` or of how it was read, or «unknown» with a field's
    name as ``value``; of ``time`` it is «over», when not all was looked at.
    """

    parameter: str
    problem: str
    value: str = ""


def parse(args: MultiDict[str, str]) -> SearchRequest:
    """Return the request that a query string stands for.

    >>> parse(MultiDict([("q", "وزير"), ("countries", "-EG"), ("page", "-1")])).filters
    frozenset({Filter(facet='countries', value='EG', exclude=True, either=False)})
    """
    return read(args)[0]


def read(args: MultiDict[str, str]) -> tuple[SearchRequest, tuple[Note, ...]]:
    """Return the request, and a note on each parameter that was ignored or changed."""
    notes: list[Note] = []
    q = clean(args.get("q", ""))
    if len(q) > MAX_QUERY:
        q = q[:MAX_QUERY].rstrip()
        notes.append(Note("q", "cut"))
    filters = sorted(set(_filters(args)))
    if len(filters) > MAX_FILTERS:
        notes.append(Note("filters", "cut"))
    start = day(args, "from", notes)
    end = day(args, "to", notes)
    if start and end and start > end:
        notes.append(Note("to", "range"))
    request = SearchRequest(
        q=q,
        filters=frozenset(filters[:MAX_FILTERS]),
        date_from=start,
        date_to=end,
        sort=_sort(args, notes),
        page=number(args, "page", _DEFAULT.page, MAX_PAGE, notes),
        size=number(args, "size", _DEFAULT.size, MAX_PAGE_SIZE, notes),
        copies=_switch(args, "copies", notes),
        full=_switch(args, "full", notes),
        any_of=_any_of(args, notes),
        meaning=_switch(args, "meaning", notes, default=_DEFAULT.meaning),
    )
    return request, tuple(notes)


def noted(notes: Sequence[Note], page: SearchPage | QueryReading) -> tuple[Note, ...]:
    """The notes on the parameters, and those on how the query was read and what was left out."""
    if page.partial or deadline.was_missed():
        notes = (*notes, Note("time", "over"))
    codes = (*page.notes, page.repaired.kind) if page.repaired else page.notes
    said = (Note("q", code) for code in codes)
    return (*notes, *said, *(Note("q", "unknown", name) for name in page.unknown))


def dump(request: SearchRequest) -> Query:
    """Return the parameters that ``parse`` reads back into ``request``, defaults left out."""
    query: Query = {}
    if request.q:
        query["q"] = [request.q]
    for chosen in sorted(request.filters, key=_place):
        query.setdefault(chosen.facet, []).append(_written(chosen))
    if request.any_of:
        query["any"] = sorted(request.any_of, key=_PLACES.__getitem__)
    if request.date_from:
        query["from"] = [request.date_from.isoformat()]
    if request.date_to:
        query["to"] = [request.date_to.isoformat()]
    if request.sort != _DEFAULT.sort:
        query["sort"] = [request.sort]
    if request.copies:
        query["copies"] = ["1"]
    if request.full:
        query["full"] = ["1"]
    if not request.meaning:
        query["meaning"] = ["0"]
    if request.page != _DEFAULT.page:
        query["page"] = [str(request.page)]
    if request.size != _DEFAULT.size:
        query["size"] = [str(request.size)]
    return query


def known(args: MultiDict[str, str]) -> Query:
    """The parameters that some page of ours reads, as they stand but no longer than sensible."""
    return {
        name: [clean(value)[:MAX_QUERY] for value in args.getlist(name)[:MAX_FILTERS]]
        for name in _NAMES
        if name in args
    }


def clean(text: str) -> str:
    """Return ``text`` without control characters and without blanks at its ends."""
    return _CONTROL.sub(" ", text).strip()


def _filters(args: MultiDict[str, str]) -> Iterator[Filter]:
    for facet in FACET_IDS:
        for written in args.getlist(facet):
            text = clean(written)
            exclude = text.startswith("-")
            value = text[1:].strip() if text[:1] in ("-", "+") else text
            if value:
                yield Filter(facet, value[:MAX_VALUE].strip(), exclude)


def _any_of(args: MultiDict[str, str], notes: list[Note]) -> frozenset[str]:
    """The facets of which any chosen value will do; of the other ones it always does."""
    written = {clean(facet) for facet in args.getlist("any")} - {""}
    if not written <= set(FACET_IDS):
        notes.append(Note("any", "ignored"))
    return frozenset(written & set(SEVERAL))


def _place(chosen: Filter) -> tuple[int, str, bool]:
    return (_PLACES[chosen.facet], chosen.value, chosen.exclude)


def _written(chosen: Filter) -> str:
    """«-» excludes; «+» is written only before a value that itself begins with a sign."""
    if chosen.exclude:
        return f"-{chosen.value}"
    return f"+{chosen.value}" if chosen.value[0] in "+-" else chosen.value


def _sort(args: MultiDict[str, str], notes: list[Note]) -> Sort:
    written = clean(args.get("sort", ""))
    for sort in SORTS:
        if sort == written:
            return sort
    if written:
        notes.append(Note("sort", "ignored"))
    return _DEFAULT.sort


def number(args: MultiDict[str, str], name: str, default: int, most: int, notes: list[Note]) -> int:
    """A number of at least 1, brought down to ``most``."""
    written = clean(args.get(name, ""))
    if not written:
        return default
    # 20 digits are beyond every limit; Python refuses to read more than some thousand.
    if not re.fullmatch(r"[+-]?\d+", written) or (found := int(written[:20])) < 1:
        notes.append(Note(name, "ignored"))
        return default
    if found > most:
        notes.append(Note(name, "cut"))
    return min(found, most)


def _switch(
    args: MultiDict[str, str], name: str, notes: list[Note], *, default: bool = False
) -> bool:
    """Whether a switch is on: «1»; «0» is off, anything else leaves it as it is by default."""
    written = clean(args.get(name, ""))
    if written not in ("", "0", "1"):
        notes.append(Note(name, "ignored"))
    return written == "1" if written in ("0", "1") else default


def day(args: MultiDict[str, str], name: str, notes: list[Note]) -> dt.date | None:
    """A day, or the first or last day of a month or year: «from=2021» is the 1st of January."""
    written = clean(args.get(name, ""))
    if not written:
        return None
    try:
        return _date(written, last=name in ("to", "until"))
    except ValueError:
        notes.append(Note(name, "ignored"))
        return None


def _date(written: str, *, last: bool) -> dt.date:
    match = _DATE.fullmatch(written)
    if not match:
        raise ValueError(written)
    year = int(match["year"])
    month = int(match["month"] or (12 if last else 1))
    if match["day"]:
        return dt.date(year, month, int(match["day"]))
    return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
