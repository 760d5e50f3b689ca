"""Results as a table for spreadsheets and for programs that read tables."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from indexer.model import FacetValue
from indexer.schema import EXTRACTED
from indexer.search.highlight import Passage
from indexer.search.results import Result
from webui import language
from webui.exporting.listing import Format, Listing, in_pieces

#: Excel takes a table for UTF-8 only with this mark at its beginning.
_BOM = "\ufeff"
_BETWEEN = "; "
_COLUMNS = (
    *("id", "title", "date", "source", "source_en", "author", "url", "language"),
    *(
        column
        for facet in EXTRACTED
        for column in (facet, f"{facet}_ids", f"{facet}_ar", f"{facet}_en")
    ),
    *("copies", "full", "missing", "by", "snippet", "rasad_url"),
)


def lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Rows as CSV that opens rightly in spreadsheets and holds no formula."""
    return in_pieces(_lines(rows))


def write(listing: Listing) -> Iterator[bytes]:
    """All results, one a row."""
    return lines(_rows(listing))


FORMAT = Format("CSV", "text/csv", "csv", write)


def _rows(listing: Listing) -> Iterator[Sequence[object]]:
    yield _COLUMNS
    for result in listing.results:
        yield _row(result, listing)


def _row(result: Result, listing: Listing) -> list[object]:
    article = result.record.article
    cells: list[object] = [
        article.id,
        article.title,
        article.date or "",
        listing.source(result),
        result.source_en,
        article.author or "",
        article.url or "",
        article.language,
    ]
    for facet in EXTRACTED:
        values = result.record.facets.get(facet, ())
        cells += _joined(values, listing.lang) if values else ("", "", "", "")
    cells += (
        result.copies,
        int(result.full),
        " ".join(result.missing),
        result.by,
        excerpt(result.snippet),
        listing.address(result),
    )
    return cells


def _joined(values: Sequence[FacetValue], lang: str) -> tuple[str, str, str, str]:
    """Values as the language calls them, their ids, their Arabic and their Latin names."""
    return (
        _BETWEEN.join([language.label(value, lang) for value in values]),
        _BETWEEN.join([value.id for value in values]),
        _BETWEEN.join([value.name for value in values]),
        _BETWEEN.join([value.name_en for value in values]),
    )


def excerpt(passage: Passage) -> str:
    """A piece of a text on one line, with signs where it was cut."""
    text = " ".join(passage.text.split())
    return f"{'… ' if passage.before else ''}{text}{' …' if passage.after else ''}"


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text)
    yield _BOM
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def harmless(cell: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell
