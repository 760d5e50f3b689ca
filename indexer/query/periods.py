"""Periods as readers write them: a year, a month, a day, or from one to another."""

import re
from calendar import monthrange
from datetime import date, timedelta

from indexer.query.ast import Between
from indexer.text.normalize import normalize

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_TO = re.compile(r"\.{2,}")  # also «…», into which keyboards turn dots: normalised it is three


def read_period(text: str) -> Between | None:
    """The days that ``text`` speaks of, or None where it is no date.

    Sides in the wrong order, as happens where text runs from right to left, are exchanged.

    >>> read_period("2021-06..2021-07")
    Between(start=datetime.date(2021, 6, 1), end=datetime.date(2021, 7, 31))
    >>> read_period("..٢٠٢١")
    Between(start=None, end=datetime.date(2021, 12, 31))
    """
    sides = _TO.split(normalize(text).strip(), maxsplit=1)
    days = [_days(side) for side in sides]
    if not any(sides) or any(side and not found for side, found in zip(sides, days, strict=True)):
        return None
    first, last = days[0], days[-1]
    if first and last:
        return Between(min(first[0], last[0]), max(first[1], last[1]))
    return Between(first[0] if first else None, last[1] if last else None)


def read_before(text: str) -> Between | None:
    """The days before a day, month or year; None where the text is no date.

    >>> read_before("2021-06")
    Between(start=None, end=datetime.date(2021, 5, 31))
    """
    days = _days(normalize(text).strip())
    if days is None or days[0] == date.min:
        return None
    return Between(None, days[0] - timedelta(days=1))


def read_after(text: str) -> Between | None:
    """The days from the first one of a day, month or year on; None where the text is no date.

    >>> read_after("2021-06")
    Between(start=datetime.date(2021, 6, 1), end=None)
    """
    days = _days(normalize(text).strip())
    return Between(days[0], None) if days else None


def write_period(period: Between) -> str:
    """The shortest way to write a period; ``read_period`` reads the same out of it.

    >>> write_period(Between(date(2021, 1, 1), date(2021, 6, 30)))
    '2021-01..2021-06'
    """
    start, end = period.start, period.end
    from_month = start is None or start.day == 1
    to_month = end is None or end.day == monthrange(end.year, end.month)[1]
    length = len("2021-06-10")
    if from_month and to_month:
        length = len("2021-06")
        if (start is None or start.month == 1) and (end is None or end.month == 12):
            length = len("2021")
    first = start.isoformat()[:length] if start else ""
    last = end.isoformat()[:length] if end else ""
    return first if first == last else f"{first}..{last}"


def _days(text: str) -> tuple[date, date] | None:
    """First and last day of a year, month or day."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # a thirteenth month, the year 0
        return None
    if day:
        return first, first
    last_month = int(month or 12)
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
