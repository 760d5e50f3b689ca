"""Results as JSON, one a line: what «rasad index» reads, among others."""

import json
from collections.abc import Iterator

from indexer.search.results import Result
from webui.api import schemas
from webui.exporting.listing import Format, Listing, in_pieces


def write(listing: Listing) -> Iterator[bytes]:
    """All results with their texts, one a line."""
    return in_pieces(
        json.dumps(_line(result, listing), ensure_ascii=False) + "\n" for result in listing.results
    )


FORMAT = Format("JSON Lines", "application/jsonl", "jsonl", write)


def _line(result: Result, listing: Listing) -> schemas.Json:
    article = result.record.article
    return {
        **schemas.hit(result),
        "author": article.author,
        "language": article.language,
        "date_origin": article.date_origin,
        "text": article.body,
        "rasad_url": listing.address(result),
    }
