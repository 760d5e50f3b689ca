"""What a request finds over time: a bar for each month, or for each year of a long time."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.search import Facet
from webui import language, links

#: More months than this are shown as years.
MOST_MONTHS = 144
#: The picture's own units; it is stretched to the width that there is.
WIDTH, HEIGHT = 1000, 100
_LEAST_HEIGHT = 3  # one article is seen, too
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
    """Bars in the order of time, empty ones left out."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    highest: int
    few: bool

    @property
    def narrowed(self) -> bool:
        """Whether a stretch is chosen, so that some bars are out of it."""
        return not all(bar.chosen for bar in self.bars)


def timeline(months: Facet, request: SearchRequest, to: links.Links, lang: str) -> Timeline | None:
    """The months of ``months`` as bars, or None where there are no two to tell apart.

    ``months`` are those of the request without its own stretch of time.
    """
    counts = {
        value.id: value.count for value in months.values if value.count and is_month(value.id)
    }
    if len(counts) < 2:
        return None
    periods = list(months_between(min(counts), max(counts)))
    if len(periods) > MOST_MONTHS:
        years: Counter[str] = Counter()
        for month, count in counts.items():
            years[month[:4]] += count
        counts = dict(years)
        periods = [f"{year:04}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    slots = len(periods)
    highest = max(counts.values())
    bars = []
    for place, period in enumerate(periods):
        count = counts.get(period, 0)
        if not count:
            continue
        start, end = days(period)
        slot = place if language.DIRECTIONS[lang] == "ltr" else slots - 1 - place
        height = max(_LEAST_HEIGHT, HEIGHT * count / highest)
        bars.append(
            Bar(
                period,
                label_of(period, lang),
                count,
                _chosen(request, start, end, period),
                to.search(stretched(request, start, end)),
                round(WIDTH * slot / slots, 1),
                round(HEIGHT - height, 1),
                round(WIDTH / slots, 1),
                round(height, 1),
            )
        )
    return Timeline(tuple(bars), bars[0].label, bars[-1].label, highest, slots < FEW)


def stretched(request: SearchRequest, start: dt.date, end: dt.date) -> SearchRequest:
    """``request`` from ``start`` to ``end`` and with no month chosen, from page one."""
    kept = frozenset(f for f in request.filters if f.facet != "dates" or f.exclude)
    return replace(request, filters=kept, date_from=start, date_to=end, page=1)


def within(request: SearchRequest, start: dt.date, end: dt.date) -> SearchRequest:
    """``request`` in what of its own time lies between two days, from page one."""
    first, last = max(start, request.date_from or start), min(end, request.date_to or end)
    return replace(request, date_from=first, date_to=last, page=1)


def _chosen(request: SearchRequest, start: dt.date, end: dt.date, period: str) -> bool:
    months = request.chosen("dates")
    if months and not any(month.startswith(period) for month in months):
        return False
    return (request.date_from or start) <= end and start <= (request.date_to or end)


def is_month(id: str) -> bool:
    """Whether a value of the facet is a month; a filter may hold anything."""
    return len(id) == 7 and id[:4].isdigit() and id[:4] != "0000"


def months_between(first: str, last: str) -> Iterator[str]:
    """Every month from one to the other."""
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
