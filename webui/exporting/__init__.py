"""All results of a request as a file: a format is a module, and a line here."""

from webui.exporting import document, json_lines, references, report, table
from webui.language import translated as _

#: By what stands in their addresses, in the order of a menu.
FORMATS = {
    "csv": table.FORMAT,
    "jsonl": json_lines.FORMAT,
    "ris": references.RIS,
    "bibtex": references.BIBTEX,
    "csl": references.CSL,
    "html": report.FORMAT,
    "docx": document.FORMAT,
}


def format_name(name: str) -> str:
    """What a format is called on the page."""
    return _(FORMATS[name].name)
