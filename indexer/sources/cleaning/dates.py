"""Dates as the Arabic press prints them, and never a guess.

A date is read where a page states it: in metadata, in an address, on a line that holds nothing
else, in a dateline. Dates inside sentences tell when something happened, not when it was published.
Day comes before month unless the numbers or the weekday say otherwise.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import accumulate, chain, pairwise

from hijridate import Hijri

from indexer.sources.tables import rows
from indexer.text.normalize import normalize

EARLIEST, LATEST = 1900, 2100
#: What programs write where no date was given: their zero, in time zones west of it the day before.
ZEROS = frozenset((dt.date(1900, 1, 1), dt.date(1969, 12, 31), dt.date(1970, 1, 1)))
HIJRI_YEARS = range(1343, 1501)
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:(?!\d)|\d{4,6}$)")
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")
#: Every form of a date has a year in it, and most lines with figures have none.
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d\s*[-/.\\]\s*\d\d(?!\d)")
_ERA = re.compile(r"\s*(?:هـ|ه|مـ|م)(?!\w)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
#: The year that programs write for none, where the rules of mail take it for 2001.
_ZERO_YEAR = re.compile(r"(?<![\d:.+])0001(?!\d)")
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[/\-_.](\d{1,2})[/\-_.](\d{1,2})(?!\d)")
_IN_URL_GLUED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


class _Calendar:
    """The words of dates, from the table, and the patterns made of them."""

    def __init__(self) -> None:
        self.months: dict[str, int] = {}
        self.hijri: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        kinds = {"month": self.months, "hijri": self.hijri, "weekday": self.weekdays}
        cues: dict[str, list[str]] = {"publish": [], "update": [], "count": [], "cue": []}
        cues["label"] = []
        for kind, number, names in rows("calendar.tsv"):
            for name in map(normalize, names.split("|")):
                if kind in cues:
                    cues[kind].append(name)
                else:
                    kinds[kind][name] = int(number)
        month, hijri, weekday = map(_any_of, (self.months, self.hijri, self.weekdays))
        sep = r"\s*[-/.,،\\ـ]?\s*"
        year = r"(?P<y>\d{4})"
        of_year = r"(?:\s*(?:من\s+)?(?:عام|سنه|لعام)\s*)?"
        also = rf"(?:\s*[-/\\(]?\s*{month}\)?)?"
        self.forms = tuple(
            re.compile(rf"(?<!\d)(?:{form})(?!\d)")
            for form in (
                r"(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})",
                r"(?P<d>\d{1,2})\s*[-/.\\]\s*(?P<m>\d{1,2})\s*[-/.\\]\s*(?P<y>\d{4}|\d\d)",
                rf"(?P<d>\d{{1,2}}){sep}(?:من\s+)?(?:شهر\s+)?(?P<month>{month}){also}"
                rf"{sep}{of_year}{year}",
                rf"(?P<month>{month}){also}\s*(?P<d>\d{{1,2}})\s*[,،]?\s*{year}",
                rf"{year}{sep}(?P<month>{month}){sep}(?P<d>\d{{1,2}})",
                rf"(?P<d>\d{{1,2}}){sep}(?:من\s+)?(?:شهر\s+)?(?P<hijri>{hijri})"
                rf"{sep}{of_year}{year}",
            )
        )
        self.weekday = re.compile(rf"(?<!\w)(?P<w>{weekday})(?!\w)")
        self.today = re.compile(rf"(?<!\w)اليوم[\s،,(\[]+{self.weekday.pattern}")
        self.publish, self.update = (
            re.compile(rf"(?<!\w){_any_of(cues[kind])}(?!\w)") for kind in ("publish", "update")
        )
        self.label = re.compile(rf"{_any_of(cues.pop('label'))}(?!\w)")
        # «العدد: 4521», «1,204 مشاهدة», «(3) تعليقات»
        count, number = _any_of(cues.pop("count")), r"\d+(?:[.,٬]\d+)*k?"
        self.count = re.compile(
            rf"(?<!\w)(?:{count}\s*[:(]?\s*{number}|\(?{number}\)?\s*{count})(?!\w)"
        )
        # What may stand beside a date on its line: the day, the time, «published on», eras.
        self.around = re.compile(
            rf"{self.count.pattern}|(?<!\w)(?:{weekday}|ب?توقيت\s+\w+(?:\s+\w+)?"
            rf"|{_any_of([*chain(*cues.values())])}|{hijri}\s*\d{{4}})(?!\w)"
            r"|(?<!\w)\d{1,2}\s*[:.]\s*\d\d(?:\s*[:.]\s*\d\d)?(?:[ap]m)?(?!\w)|(?<!\w)[+-]?\d{1,2}(?!\d)"
            r"|[^\w]"
        )


@cache
def _calendar() -> _Calendar:
    return _Calendar()


def _any_of(names: object) -> str:
    """A pattern for any of these names, the longest first."""
    words = sorted(names, key=len, reverse=True)  # type: ignore[call-overload]
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + ")"


def stated(text: str) -> dt.date | None:
    """The date that a short text states, in any form; of two calendars the Gregorian one.

    Of publication and update it is publication.

    >>> stated("آخر تحديث: 5 يناير 2024 | نشر: 1 يناير 2024")
    datetime.date(2024, 1, 1)
    """
    first = _first(text)
    return first[0] if first else None


def is_update(text: str) -> bool:
    """Whether a text states when something was changed, and not when it was published."""
    first = _first(text)
    return first is not None and first[1]


def says_published(text: str) -> bool:
    """Whether a text says of its date that it is of publication: «تم نشره», «تاريخ الإضافة»."""
    return bool(_calendar().publish.search(normalize(text)))


def alone(line: str) -> dt.date | None:
    """The date of a line that holds a date and nothing else but its day, its time and its cue.

    >>> alone("الأربعاء 9 يونيو 2021")
    datetime.date(2021, 6, 9)
    """
    if _ISO_TIME.fullmatch(line):
        return metadata(line)
    date = stated(line)
    return None if date is None or without(line) else date


def without(line: str) -> str:
    """What is left of a line when its dates, and the words that belong to dates, are taken out."""
    folded = normalize(line)
    rest = list(folded)
    for _, start, end in _found(folded):
        rest[start:end] = " " * (end - start)
    return _calendar().around.sub("", "".join(rest))


def only_beside(text: str) -> bool:
    """Whether a text holds only words that belong to dates: «الموافق», «هـ», «الأربعاء»."""
    return not _calendar().around.sub("", normalize(text))


def is_label(text: str) -> bool:
    """Whether a line says that the date below it is of something else: «موعد المباراة»."""
    return bool(_calendar().label.match(normalize(text))) and bool(without(text))


def parted(line: str) -> list[str]:
    """The line, parted before and after each of its dates and counts («العدد 4521»)."""
    if not _YEAR.search(line):
        return [line]
    folded = [normalize(letter) for letter in line]
    ends = list(accumulate(map(len, folded)))
    cuts = {0, len(line)}
    for _, start, end in _found("".join(folded)):
        behind = _ERA.match(line, bisect_left(ends, end) + 1)
        cuts |= {bisect_right(ends, start), behind.end() if behind else bisect_left(ends, end) + 1}
    for match in _calendar().count.finditer("".join(folded)):
        cuts |= {bisect_right(ends, match.start()), bisect_left(ends, match.end()) + 1}
    return [line[one:other] for one, other in pairwise(sorted(cuts)) if line[one:other].strip()]


def metadata(value: str) -> dt.date | None:
    """The date of a metadata field: ISO 8601, RFC 822, seconds since 1970, or as printed."""
    value = value.strip()
    if _ZERO_YEAR.search(value):
        return None
    if (match := _ISO.match(value)) and (date := _date(*map(int, match.groups()))):
        return date
    if _EPOCH.fullmatch(value):
        seconds = int(value[:10])
        return _real(dt.datetime.fromtimestamp(seconds, dt.UTC).date())
    try:
        return _real(parsedate_to_datetime(value).date())
    except (ValueError, TypeError):
        return stated(value)


def relative(text: str, anchor: dt.date) -> dt.date | None:
    """The day that a story calls today, by its weekday («اليوم الأربعاء»), up to ``anchor``.

    The anchor is when the page was fetched, so the day is one of the week before it.
    """
    calendar = _calendar()
    if match := calendar.today.search(normalize(text)):
        weekday = calendar.weekdays[" ".join(match["w"].split())]
        return anchor - dt.timedelta(days=(anchor.weekday() - weekday) % 7)
    return None


def in_url(url: str) -> dt.date | None:
    """The date that an address carries, «/2021/06/10/» or «-20210610-»."""
    path = url.split("://", 1)[-1].partition("/")[2].split("?")[0]
    for pattern in (_IN_URL, _IN_URL_GLUED):
        for match in pattern.finditer(path):
            if date := _date(*map(int, match.groups())):
                return date
    return None


def _first(text: str) -> tuple[dt.date, bool] | None:
    """The date that a text states, and whether it is of an update, as none is of publication."""
    if not _YEAR.search(text):
        return None
    folded = normalize(text)
    found = list(_found(folded))
    ends = [end for _, _, end in found]
    for date, start, _ in found:
        before = folded[max((end for end in ends if end <= start), default=0) : start]
        if not _changed(before):
            return date, False
    return (found[0][0], True) if found else None


def _changed(before: str) -> bool:
    """Whether the last cue before a date says that it is of an update."""
    update = [match.end() for match in _calendar().update.finditer(before)]
    publish = [match.end() for match in _calendar().publish.finditer(before)]
    return bool(update) and update[-1] >= max(publish, default=0)


def _found(folded: str) -> Iterator[tuple[dt.date, int, int]]:
    """Dates with their places, Gregorian ones first."""
    calendar = _calendar()
    hijri = []
    weekday = calendar.weekday.search(folded)
    day = calendar.weekdays[" ".join(weekday["w"].split())] if weekday else None
    for form in calendar.forms:
        for match in form.finditer(folded):
            date = _from(match, day)
            if date is None:
                continue
            if _is_hijri(match):
                hijri.append((date, *match.span()))
            else:
                yield date, *match.span()
    yield from hijri


def _is_hijri(match: re.Match[str]) -> bool:
    return "hijri" in match.re.groupindex or int(match["y"]) in HIJRI_YEARS


def _from(match: re.Match[str], weekday: int | None) -> dt.date | None:
    calendar, groups = _calendar(), match.groupdict()
    year, day = int(groups["y"]), int(groups["d"])
    if name := groups.get("month") or groups.get("hijri"):
        months = calendar.hijri if groups.get("hijri") else calendar.months
        month = months[" ".join(name.split())]
    else:
        month = int(groups["m"])
    if len(groups["y"]) == 2:
        year += 2000 if year < 70 else 1900
    if year in HIJRI_YEARS:
        return _from_hijri(year, month, day)
    if groups.get("hijri"):
        return None
    date, swapped = _date(year, month, day), None
    if "m" in groups and match["y"] != match[1]:
        swapped = _date(year, day, month)
    if date is None or (swapped and date.weekday() != weekday == swapped.weekday()):
        return swapped
    return date


def _from_hijri(year: int, month: int, day: int) -> dt.date | None:
    """By the Umm al-Qura calendar; sighting of the moon may differ by a day."""
    try:
        there = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(there.year, there.month, there.day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return _real(dt.date(year, month, day))
    except ValueError:
        return None


def _real(date: dt.date) -> dt.date | None:
    """A date, unless it is the zero of some program or from another age."""
    return date if EARLIEST <= date.year <= LATEST and date not in ZEROS else None
