"""Results as a list for word processors, as Office Open XML.

python-docx makes the styles and every paragraph. It would keep all of them until the end: here each
is written away when it is made, so that the memory stays flat.
"""

import io
import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from indexer.schema import N_
from indexer.search.highlight import Passage
from indexer.search.results import Result
from webui import language
from webui.exporting.listing import Format, Listing
from webui.language import translated as _
from webui.links import web_address
from webui.marking import ELLIPSIS, printable

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_TEXT = "word/document.xml"
_PIECE = 64 * 1024
#: Each paragraph would declare them once more.
_DECLARED = re.compile(rb' xmlns:\w+="[^"]*"')
_NOT_IN_FIELD = {ord('"'): "%22", ord("\\"): "%5C"}


def write(listing: Listing) -> Iterator[bytes]:
    """All results below what was asked for."""
    paragraphs = _Paragraphs(listing)
    made = _Made()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        with ZipFile(io.BytesIO(paragraphs.empty())) as frame:
            for name in frame.namelist():
                if name != _TEXT:
                    file.writestr(name, frame.read(name))
            before, body, after = frame.read(_TEXT).partition(b"<w:body>")
        with file.open(_TEXT, "w", force_zip64=True) as text:
            text.write(before + body)
            for paragraph in paragraphs:
                text.write(paragraph)
                if made.size >= _PIECE:
                    yield made.taken()
            text.write(after)
    yield made.taken()


FORMAT = Format(
    N_("Word document"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    write,
)


class _Made:
    """A file that is handed on as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Take one more piece of it."""
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        taken, self._pieces, self.size = b"".join(self._pieces), [], 0
        return taken


class _Paragraphs:
    """The paragraphs of a list, each made in one document and taken out of it again."""

    def __init__(self, listing: Listing) -> None:
        from docx import Document
        from docx.oxml.parser import OxmlElement
        from docx.shared import Pt

        self._listing = listing
        self._element = OxmlElement
        self._document = Document()
        core = self._document.core_properties
        core.title, core.author, core.comments = self._heading(), "", ""
        core.created = core.modified = datetime.combine(listing.day, time())
        normal = self._document.styles["Normal"]
        normal.font.size = Pt(11)
        self._empty = io.BytesIO()
        self._document.save(self._empty)

    def empty(self) -> bytes:
        """The document without any text."""
        return self._empty.getvalue()

    def __iter__(self) -> Iterator[bytes]:
        yield self._taken(self._line(self._heading(), style="Title"))
        for name, text in self._listing.asked:
            yield self._taken(self._line(f"{name}: {text}"))
        for number, result in enumerate(self._listing.results, 1):
            yield from map(self._taken, self._of(number, result))

    def _heading(self) -> str:
        return printable(self._listing.page.request.q) or _("Rasad")

    def _of(self, number: int, result: Result) -> Iterator["Paragraph"]:
        article, listing = result.record.article, self._listing
        title = article.title or _("Untitled")
        yield self._line(f"{number}. {title}", style="Heading 2")
        day = language.day(article.date, listing.lang) if article.date else ""
        origin = (listing.source(result), day, article.author or "")
        yield self._line(" · ".join(part for part in origin if part))
        if result.snippet.text:
            yield self._passage(result.snippet)
        original = web_address(article.url)
        for address in filter(None, (original, listing.address(result))):
            yield self._link(address)

    def _line(self, text: str, style: str | None = None) -> "Paragraph":
        paragraph = self._paragraph(text, style)
        self._run(paragraph, text)
        return paragraph

    def _passage(self, passage: Passage) -> "Paragraph":
        paragraph = self._paragraph(passage.text)
        at = 0
        self._run(paragraph, f"{ELLIPSIS} " if passage.before else "")
        for start, end in passage.marks:
            self._run(paragraph, passage.text[at:start])
            self._run(paragraph, passage.text[start:end], bold=True)
            at = end
        self._run(paragraph, passage.text[at:] + (f" {ELLIPSIS}" if passage.after else ""))
        return paragraph

    def _link(self, address: str) -> "Paragraph":
        """A field, which needs no entry in a list of all links."""
        paragraph = self._document.add_paragraph()
        field = self._element("w:fldSimple")
        field.set(_named("instr"), f'HYPERLINK "{printable(address).translate(_NOT_IN_FIELD)}"')
        run = paragraph.add_run(printable(address))
        field.append(run._r)
        paragraph._p.append(field)
        return paragraph

    def _paragraph(self, text: str, style: str | None = None) -> "Paragraph":
        paragraph = self._document.add_paragraph(style=style)
        if language.side(text) == "rtl":
            paragraph._p.get_or_add_pPr().append(self._element("w:bidi"))
        return paragraph

    def _run(self, paragraph: "Paragraph", text: str, *, bold: bool = False) -> None:
        if not text:
            return
        run = paragraph.add_run(" ".join(printable(text).split("\n")))
        run.bold = bold or None
        if language.side(text) == "rtl":
            run.font.rtl = True
            run.font.cs_bold = bold or None

    @staticmethod
    def _taken(paragraph: "Paragraph") -> bytes:
        element = paragraph._p
        element.getparent().remove(element)
        begin, end, rest = etree.tostring(element, encoding="utf-8").partition(b">")
        return _DECLARED.sub(b"", begin) + end + rest


def _named(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
