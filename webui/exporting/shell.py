"""All results of a request as a file without a server: as a site would send it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.search.service import SearchService
from webui import create_app, links, params
from webui.exporting import FORMATS
from webui.exporting.listing import Listing
from webui.exporting.switches import of_switches
from webui.request_lines import request_lines
from webui.wording import note_text


class ExportedFile(NamedTuple):
    """A file piece by piece, the number of results in it, and what is to be said of them."""

    pieces: Iterator[bytes]
    total: int
    said: list[str]


@contextmanager
def exported(
    search: SearchService, request: SearchRequest, name: str, lang: str, site: str
) -> Iterator[ExportedFile]:
    """All results in one of ``FORMATS``, in the language ``lang``; ``site`` serves the archive."""
    app = create_app(search)
    with (
        app.test_request_context(f"/?lang={lang}", base_url=site),
        closing(search.export(request)) as found,
    ):
        to, notes = links.Links(), tuple(of_switches(search, found.page))
        asked = tuple(request_lines(found.page, to, lang, dt.date.today()))
        listing = Listing(found.page, found, to, lang, dt.date.today(), asked, notes)
        said = [note_text(note) for note in params.noted(notes, found.page)]
        yield ExportedFile(FORMATS[name].write(listing), found.page.total, said)
