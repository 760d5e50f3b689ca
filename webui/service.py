"""The search behind the pages: whatever the application that answers now was made over."""

from flask import current_app

from indexer.search.service import SearchService

EXTENSION = "rasad"
#: More values than a facet of months or countries has: all of them.
EVERY = 10_000


def service() -> SearchService:
    """The service of the application that answers now."""
    found: SearchService = current_app.extensions[EXTENSION]
    return found
