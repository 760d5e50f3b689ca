"""What is behind the pages: whatever the application that answers now was made over."""

from flask import current_app

from indexer.indexing.editing import ProfileEditor
from indexer.search.service import SearchService

EXTENSION = "rasad"
EDITOR = "rasad editor"
#: More values than a facet of months or countries has: all of them.
EVERY = 10_000


def service() -> SearchService:
    """The service of the application that answers now."""
    found: SearchService = current_app.extensions[EXTENSION]
    return found


def editor() -> ProfileEditor | None:
    """What corrects profiles, None where readers may not."""
    found: ProfileEditor | None = current_app.extensions.get(EDITOR)
    return found
