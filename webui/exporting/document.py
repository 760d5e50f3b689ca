"""Results as a list for word processors, as Office Open XML.

python-docx makes the document with its styles. It would keep every paragraph until the end: these
are written here, one after another, so that the memory stays flat.
"""

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from markupsafe import escape

from indexer.schema import N_
from indexer.search.highlight import Passage
from indexer.search.results import Result
from webui import language
from webui.exporting.listing import Format, Listing, in_pieces
from webui.language import translated as _
from webui.links import web_address
from webui.marking import ELLIPSIS, printable

_TEXT = "word/document.xml"
_NOT_IN_FIELD = {ord('"'): "%22", ord("\\"): "%5C"}


def write(listing: Listing) -> Iterator[bytes]:
    """All results below what was asked for."""
    made = _Made()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        with ZipFile(io.BytesIO(_frame(listing))) as frame:
            for name in frame.namelist():
                if name != _TEXT:
                    file.writestr(name, frame.read(name))
            before, body, after = frame.read(_TEXT).partition(b"<w:body>")
        with file.open(_TEXT, "w", force_zip64=True) as text:
            text.write(before + body)
            for piece in in_pieces(_paragraphs(listing)):
                text.write(piece)
                yield made.taken()
            text.write(after)
    yield made.taken()


FORMAT = Format(
    N_("Word document"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    write,
)


class _Made(io.RawIOBase):
    """A file that is handed on as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: Any, /) -> int:
        """Take one more piece of it."""
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        taken, self._pieces, self.size = b"".join(self._pieces), [], 0
        return taken


def _frame(listing: Listing) -> bytes:
    """A document with styles and without any text."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    core = document.core_properties
    core.title, core.author, core.comments = _heading(listing), "", ""
    core.created = core.modified = datetime.combine(listing.day, time())
    document.styles["Normal"].font.size = Pt(11)
    frame = io.BytesIO()
    document.save(frame)
    return frame.getvalue()


def _paragraphs(listing: Listing) -> Iterator[str]:
    yield _line(_heading(listing), style="Title")
    for name, text in listing.asked:
        yield _line(f"{name}: {text}")
    for number, result in enumerate(listing.results, 1):
        yield from _of(number, result, listing)


def _heading(listing: Listing) -> str:
    return printable(listing.page.request.q) or _("Rasad")


def _of(number: int, result: Result, listing: Listing) -> Iterator[str]:
    article = result.record.article
    yield _line(f"{number}. {article.title or _('Untitled')}", style="Heading2")
    day = language.day(article.date, listing.lang) if article.date else ""
    origin = (listing.source(result), day, article.author or "")
    yield _line(" · ".join(part for part in origin if part))
    if result.snippet.text:
        yield _passage(result.snippet)
    for address in filter(None, (web_address(article.url), listing.address(result))):
        yield _link(address)


def _line(text: str, style: str = "Normal") -> str:
    return _paragraph(text, _run(text), style)


def _passage(passage: Passage) -> str:
    at = 0
    runs = [_run(f"{ELLIPSIS} " if passage.before else "")]
    for start, end in passage.marks:
        runs += _run(passage.text[at:start]), _run(passage.text[start:end], bold=True)
        at = end
    runs.append(_run(passage.text[at:] + (f" {ELLIPSIS}" if passage.after else "")))
    return _paragraph(passage.text, "".join(runs))


def _link(address: str) -> str:
    """A field, which needs no entry in a list of all links."""
    led_to = escape(f'HYPERLINK "{printable(address).translate(_NOT_IN_FIELD)}"')
    return _paragraph("", f'<w:fldSimple w:instr="{led_to}">{_run(address)}</w:fldSimple>')


def _paragraph(text: str, runs: str, style: str = "Normal") -> str:
    side = "<w:bidi/>" if text and language.side(text) == "rtl" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    if not text:
        return ""
    kind = "<w:b/><w:bCs/>" if bold else ""
    if language.side(text) == "rtl":
        kind += "<w:rtl/>"
    shown = escape(" ".join(printable(text).splitlines()))
    return f'<w:r><w:rPr>{kind}</w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'
