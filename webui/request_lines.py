"""What was asked for and when, line by line, as it stands on paper and in files of results."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from indexer.search.results import SearchPage
from webui import language, links, wording
from webui.language import looked_up_for
from webui.language import translated as _
from webui.rows import Rows
from webui.service import service


class RequestLine(NamedTuple):
    """Something that was asked for, and what it is called."""

    name: str
    text: str


def request_lines(
    page: SearchPage, to: links.Links, lang: str, day: dt.date
) -> Iterator[RequestLine]:
    """The query, each filter, the stretch of time, what was found, the day and the address."""
    request = page.request
    if request.q:
        yield RequestLine(_("Search"), request.q)
    for chip in Rows(request, to, lang).chips(service()):
        text = _("without: %(what)s", what=chip.name) if chip.exclude else chip.name
        yield RequestLine(wording.facet_name(chip.facet), text)
    if request.date_from:
        yield RequestLine(_("from"), language.day(request.date_from, lang))
    if request.date_to:
        yield RequestLine(_("until"), language.day(request.date_to, lang))
    yield RequestLine(_("Found"), _found(page, lang))
    yield RequestLine(_("Accessed on"), language.day(day, lang))
    yield RequestLine(_("Address"), to.absolute(to.search(links.turned(request, 1))))


def _found(page: SearchPage, lang: str) -> str:
    total = {"n": language.number(page.total, lang)}
    if page.request.copies:
        return looked_up_for("%(n)s article", "%(n)s articles", page.total) % total
    stories = looked_up_for("%(n)s story", "%(n)s stories", page.total) % total
    if page.articles <= page.total:
        return stories
    articles = {"n": language.number(page.articles, lang)}
    within = looked_up_for("in %(n)s article", "in %(n)s articles", page.articles) % articles
    return f"{stories} {within}"
