"""What is to be said of a list that holds all of a query alone, unless more was asked for."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.model import SearchRequest
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from webui.params import Note


def of_switches(search: SearchService, page: SearchPage) -> Iterator[Note]:
    """What of the query was given up in a list and, if it is empty, what it leaves out."""
    if page.relaxed:
        yield Note("full", page.relaxed)
    elif not page.total:
        yield from _left_out(search, replace(page.request, size=0))


def _left_out(search: SearchService, listed: SearchRequest) -> Iterator[Note]:
    """What an empty list would hold, were the switches of ``listed`` otherwise."""
    if listed.full and search.page(replace(listed, full=False)).total:
        yield Note("full", "left-out")
    elif not listed.meaning and search.page(replace(listed, full=False, meaning=True)).total:
        yield Note("meaning", "left-out")
