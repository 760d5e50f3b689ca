"""The offices of a person as a page prints them: in its language, each with its time."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from indexer.search.results import OfficeSpan, Role
from webui import language

#: How many offices stand in a line, and what part of the articles of the first one they have.
_IN_LINE, _LEADING = 2, 0.25
#: How many a profile lists, and how many roles that are not understood.
LISTED, AS_PRINTED = 12, 30


class HeldLine(NamedTuple):
    """An office, when articles print it («» where none is dated), and how many do."""

    name: str
    when: str
    articles: int
    lang: str


def in_line(offices: Sequence[OfficeSpan], lang: str) -> list[HeldLine]:
    """The offices that tell most; the time of several is told once where it is the same."""
    most = offices[0].articles if offices else 0
    lines = listed([o for o in offices if o.articles >= _LEADING * most][:_IN_LINE], lang)
    return [
        line._replace(when="") if line.when in [other.when for other in lines[n:]] else line
        for n, line in enumerate(lines, 1)
    ]


def listed(offices: Sequence[OfficeSpan], lang: str) -> list[HeldLine]:
    """All of these offices."""
    arabic = language.in_arabic_letters(lang)
    return [
        HeldLine(
            office.label_ar if arabic else office.label_en,
            _months(office.first, office.last, lang),
            office.articles,
            "ar" if arabic else "en",
        )
        for office in offices
    ]


def as_printed(roles: Sequence[Role], lang: str) -> list[HeldLine]:
    """Roles in the words of the articles."""
    return [
        HeldLine(role, _months(first, last, lang), articles, "ar")
        for role, first, last, articles in roles
    ]


def _months(first: dt.date | None, last: dt.date | None, lang: str) -> str:
    return language.months(first, last, lang) if first and last else ""
