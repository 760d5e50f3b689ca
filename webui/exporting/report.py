"""Results as one page to read, to print and to keep: it needs nothing beside it."""

from collections.abc import Iterator

from flask import current_app

from indexer.schema import N_
from webui.exporting.listing import Format, Listing, in_pieces
from webui.params import noted


def write(listing: Listing) -> Iterator[bytes]:
    """All results below what was asked for."""
    template = current_app.jinja_env.get_template("report.html")
    context: dict[str, object] = {}
    current_app.update_template_context(context)
    notes = noted(listing.notes, listing.page)
    parts = template.generate(context, listing=listing, page=listing.page, notes=notes)
    return in_pieces(parts)


FORMAT = Format(N_("page to print"), "text/html", "html", write)
