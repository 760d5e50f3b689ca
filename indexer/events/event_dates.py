"""The day of an event, from the words of its sentence and the day of the article.

«أمس», «الأربعاء», «الأسبوع المقبل» are counted from the article's day; of a date without a year
the one nearest to it is meant.
"""

import datetime as dt
from collections import defaultdict
from functools import cache

from hijridate import Hijri

from indexer.facets.part import AnnotatedPart
from indexer.text.tables import rows

_WEEK, _YEAR_DIGITS, _LAST_DAY = 7, 4, 31


@cache
def _days() -> dict[str, dict[str, int]]:
    days: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, number, words in rows("indexer.events", "days.tsv"):
        days[kind].update(dict.fromkeys(words.split(), 0 if number == "-" else int(number)))
    return days


def day_told(
    part: AnnotatedPart, span: range, near: int, article: dt.date | None, planned: bool
) -> str:
    """The ISO day or month that the words of ``span`` tell, the one nearest to ``near``; or «»."""
    if article is None:
        return ""
    found = (
        (abs(at - near), told)
        for at in span
        if (told := _told(part, span, at, article, planned)) and _fits(told, article, planned)
    )
    return min(found, default=(0, ""))[1]


def _fits(told: str, article: dt.date, planned: bool) -> bool:
    """Whether what is done lies before the article, and what is planned not before it."""
    day = article.isoformat()[: len(told)]
    return told >= day if planned else told <= day


def _told(part: AnnotatedPart, span: range, at: int, article: dt.date, planned: bool) -> str | None:
    days, word = _days(), part.words[at]
    after = part.words[at + 1] if at + 1 < span.stop else ""
    before = part.words[at - 1] if at > span.start else ""
    if word in days["near"]:
        if before in days["of"] and at - 2 >= span.start:
            before = part.words[at - 2]  # «أول من أمس»
        return _near(days["near"][word], before, after, article)
    if word in days["night"] and after in days["past"]:
        return (article - dt.timedelta(days=1)).isoformat()
    if word in days["weekday"]:
        return _weekday(days["weekday"][word], after, article, planned)
    if word in days["week-word"] and (weeks := _weeks(after)) is not None:
        return _month_of(article + dt.timedelta(days=_WEEK * weeks))
    if word in days["month-word"] and after in days["past"]:
        return _month_of(article.replace(day=1) - dt.timedelta(days=1))
    month = days["month"].get(word)
    if month is not None:
        return _month(part, span, at, month, article, planned)
    if word in days["hijri"]:
        return _hijri(days["hijri"][word], before, after)
    return None


def _weeks(after: str) -> int | None:
    """How many weeks away a week is, by the word behind it."""
    words = _days()
    if after in words["this"]:
        return 0
    return -1 if after in words["past"] else 1 if after in words["coming"] else None


def _near(days: int, before: str, after: str, article: dt.date) -> str | None:
    words = _days()
    if days == 0 and after in words["ordinals"]:
        return None  # «اليوم الأول»
    if days < 0 and (after in words["first"] or before in words["first"]):
        days -= 1
    if days > 0 and before in words["behind"]:
        days += 1
    return (article + dt.timedelta(days=days)).isoformat()


def _weekday(weekday: int, after: str, article: dt.date, planned: bool) -> str:
    words = _days()
    back = (article.weekday() - weekday) % _WEEK
    ahead = (weekday - article.weekday()) % _WEEK
    if after in words["coming"]:
        days = ahead or _WEEK
    elif after in words["past"]:
        days = -(back or _WEEK)
    else:
        days = ahead if planned else -back
    return (article + dt.timedelta(days=days)).isoformat()


def _month(
    part: AnnotatedPart, span: range, at: int, month: int, article: dt.date, planned: bool
) -> str | None:
    months = _days()["month"]
    end = at + 1
    while end < span.stop and part.words[end] in months and months[part.words[end]] == month:
        end += 1  # «يوليو/تموز»
    if at > span.start and months.get(part.words[at - 1]) == month:
        return None
    day = _number(part, at - 1, span)
    after = part.words[end] if end < span.stop else ""
    year = int(after) if after.isdecimal() and len(after) == _YEAR_DIGITS else 0
    if day and day <= _LAST_DAY:
        return _day(year, month, day, article, planned)
    if year:
        return f"{year:04}-{month:02}"
    words = _days()
    if after in words["past"]:
        return f"{article.year - (month >= article.month):04}-{month:02}"
    if after in words["coming"]:
        return f"{article.year + (month < article.month):04}-{month:02}"
    return None


def _number(part: AnnotatedPart, at: int, span: range) -> int:
    word = part.words[at] if at >= span.start else ""
    if word in _days()["of"] and at - 1 >= span.start:
        ordinal = _days()["ordinal"].get(part.words[at - 1], 0)
        if ordinal:
            return ordinal  # «الثالث من أغسطس»
    if not word.isdecimal() and at - 1 >= span.start and len(word) <= 2:
        word = part.words[at - 1]  # «الثالث من»، «3 من»
    return int(word) if word.isdecimal() and len(word) <= 2 else 0


def _day(year: int, month: int, day: int, article: dt.date, planned: bool) -> str | None:
    try:
        if year:
            return dt.date(year, month, day).isoformat()
        told = dt.date(article.year, month, day)
        if planned and told < article:
            told = dt.date(article.year + 1, month, day)
        elif not planned and told > article + dt.timedelta(days=60):
            told = dt.date(article.year - 1, month, day)
    except ValueError:
        return None
    return told.isoformat()


def _hijri(month: int, before: str, after: str) -> str | None:
    if not (before.isdecimal() and after.isdecimal() and len(after) == _YEAR_DIGITS):
        return None
    try:
        there = Hijri(int(after), month, int(before)).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(there.year, there.month, there.day).isoformat()


def _month_of(day: dt.date) -> str:
    return f"{day:%Y-%m}"
