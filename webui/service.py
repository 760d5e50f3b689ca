"""What is behind the pages: whatever the application that answers now was made over."""

from contextlib import ExitStack

from flask import current_app, g, request

from indexer.indexing.editing import ProfileEditor
from indexer.search.service import SearchService

EXTENSION = "rasad"
EDITOR = "rasad editor"
#: More values than a facet of months or countries has: all of them.
EVERY = 10_000
#: Who corrects a profile is shown what has become of it, by the request that did.
READING = ("GET", "HEAD")


def service() -> SearchService:
    """The service of the application that answers now, the same all through a request.

    Who only reads is answered from one commit to the end of the request; for an answer that
    streams, that is where ``stream_with_context`` ends.
    """
    if "service" not in g:
        g.service = current_app.extensions[EXTENSION]
        if request.method in READING:
            g.reading = ExitStack()
            g.reading.enter_context(g.service.reading())
    found: SearchService = g.service
    return found


def let_go(_: BaseException | None) -> None:
    """End what ``service`` began for a request."""
    reading: ExitStack | None = g.pop("reading", None)
    if reading:
        reading.close()
    g.pop("service", None)


def editor() -> ProfileEditor | None:
    """What corrects profiles, None where readers may not."""
    found: ProfileEditor | None = current_app.extensions.get(EDITOR)
    return found
