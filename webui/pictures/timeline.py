"""What a request finds over time: a bar for each month, or for each year of a long time."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.schema import YEARS
from indexer.search.event_search import EventPage
from indexer.search.results import Facet
from indexer.search.service import SearchService
from webui import language, links
from webui.event_links import EventLinks, during
from webui.service import EVERY

#: More months than this are shown as years.
MOST_MONTHS = 144
#: The picture's own units; it is stretched to the width that there is.
WIDTH, HEIGHT = 1000, 100
_LEAST_HEIGHT = 3  # one article is seen, too
#: So much of all events may lie, with more months than this between, before those that are drawn.
_FEW_EARLIER, _LONG_BEFORE = 0.05, 24
#: Fewer bars than this are not stretched over the whole width.
FEW = 12


class Bar(NamedTuple):
    """A month or year; ``period`` names it as a query string does, ``address`` narrows to it."""

    period: str
    label: str
    total: int
    chosen: bool
    address: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in the order of time, empty ones left out; ``earlier`` is what lies long before them."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    highest: int
    few: bool
    earlier: int = 0
    earlier_address: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether a stretch is chosen, so that some bars are out of it."""
        return not all(bar.chosen for bar in self.bars)


def times(search: SearchService, request: SearchRequest, months: Facet | None = None) -> Facet:
    """When a request, without its own stretch of time, finds something: months, or many years.

    Years are counted for themselves, as a story may have been printed in several months of one.
    ``months`` are those of the request, where they are known.
    """
    undated = links.undated(request)
    months = months or search.facet("dates", undated, size=EVERY)
    if are_many((value.id for value in months.values if value.count), MOST_MONTHS):
        return search.facet(YEARS, _without_months(undated), size=EVERY)
    return months


def timeline(times: Facet, request: SearchRequest, to: links.Links, lang: str) -> Timeline | None:
    """The months or years that ``times`` gives as bars; None where there are no two of them."""
    counts = {
        value.id: value.count for value in times.values if value.count and is_period(value.id)
    }

    def address(first: dt.date, last: dt.date) -> str:
        return to.search(stretched(request, first, last))

    return _bars(counts, address, partial(_chosen, request), lang)


def events_over_time(page: EventPage, to: EventLinks, lang: str) -> Timeline | None:
    """When the events of a page took place, likewise.

    News tells of a few that are long past: those are counted beside the bars.
    """
    asked = page.asked
    months = [(month, count) for month, count in page.months if is_period(month)]
    kept = _recent(months)
    earlier = sum(count for _, count in months) - sum(count for _, count in kept)
    years = are_many((month for month, _ in kept), MOST_MONTHS)
    counts: Counter[str] = Counter()
    for month, count in kept:
        counts[month[:4] if years else month] += count

    def address(first: dt.date, last: dt.date) -> str:
        return to.events(page.request, during(asked, first, last))

    def chosen(first: dt.date, last: dt.date, _period: str) -> bool:
        return (asked.since or first) <= last and first <= (asked.until or last)

    found = _bars(counts, address, chosen, lang)
    if not found or not earlier:
        return found
    last = days(min(counts))[0] - dt.timedelta(days=1)
    before = to.events(page.request, during(asked, None, last))
    return replace(found, earlier=earlier, earlier_address=before)


def _recent(months: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The months without the few events that lie years before all others."""
    few = _FEW_EARLIER * sum(count for _, count in months)
    passed = first = 0
    for place, ((month, count), (following, _)) in enumerate(pairwise(months), 1):
        passed += count
        if passed > few:
            break
        if len(list(periods_between(month, following))) > _LONG_BEFORE:
            first = place
    return months[first:]


def _bars(
    counts: Mapping[str, int],
    address: Callable[[dt.date, dt.date], str],
    chosen: Callable[[dt.date, dt.date, str], bool],
    lang: str,
) -> Timeline | None:
    if len(counts) < 2:
        return None
    periods = list(periods_between(min(counts), max(counts)))
    slots = len(periods)
    highest = max(counts.values())
    bars = []
    for place, period in enumerate(periods):
        count = counts.get(period, 0)
        if not count:
            continue
        start, end = days(period)
        slot = place if language.direction(lang) == "ltr" else slots - 1 - place
        height = max(_LEAST_HEIGHT, HEIGHT * count / highest)
        bars.append(
            Bar(
                period,
                label_of(period, lang),
                count,
                chosen(start, end, period),
                address(start, end),
                round(WIDTH * slot / slots, 1),
                round(HEIGHT - height, 1),
                round(WIDTH / slots, 1),
                round(height, 1),
            )
        )
    return Timeline(tuple(bars), bars[0].label, bars[-1].label, highest, slots < FEW)


def stretched(request: SearchRequest, start: dt.date, end: dt.date) -> SearchRequest:
    """``request`` from ``start`` to ``end`` and with no month chosen, from page one."""
    return replace(_without_months(request), date_from=start, date_to=end, page=1)


def _without_months(request: SearchRequest) -> SearchRequest:
    kept = frozenset(f for f in request.filters if f.facet != "dates" or f.exclude)
    return replace(request, filters=kept)


def within(request: SearchRequest, start: dt.date, end: dt.date) -> SearchRequest:
    """``request`` in what of its own time lies between two days, from page one."""
    first, last = max(start, request.date_from or start), min(end, request.date_to or end)
    return replace(request, date_from=first, date_to=last, page=1)


def _chosen(request: SearchRequest, start: dt.date, end: dt.date, period: str) -> bool:
    months = request.chosen("dates")
    if months and not any(month.startswith(period) for month in months):
        return False
    return (request.date_from or start) <= end and start <= (request.date_to or end)


def is_period(id: str) -> bool:
    """Whether a value of the facet is a month or a year; a filter may hold anything."""
    return len(id) in (4, 7) and id[:4].isdigit() and id[:4] != "0000"


def are_many(months: Iterable[str], most: int) -> bool:
    """Whether there are more than so many months from the first of these to the last."""
    some = [month for month in months if is_period(month)]
    return bool(some) and len(list(periods_between(min(some), max(some)))) > most


def periods_between(first: str, last: str) -> Iterator[str]:
    """Every month, or every year, from one to the other."""
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    year, month = int(first[:4]), int(first[5:])
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def days(period: str) -> tuple[dt.date, dt.date]:
    """The first and last day of a month or year."""
    year = int(period[:4])
    if len(period) == 4:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = int(period[5:])
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def label_of(period: str, lang: str) -> str:
    """A month or year in words."""
    return period if len(period) == 4 else language.month(period, lang)
