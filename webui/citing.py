"""An article as a reference: for a text, for BibTeX (and biblatex), for other programs as RIS."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.model import Article
from webui import language, links
from webui.service import service

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_"}
_NO_KEY = re.compile(r"[^A-Za-z0-9_-]+")
#: What would end the address in BibTeX, as an address may also write it.
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
#: What biblatex calls the languages of articles.
_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "tr": "turkish",
}


class Style(NamedTuple):
    """A way to write references: its name, the type of its files and their ending."""

    name: str
    mimetype: str
    ending: str


STYLES = {
    "text": Style("text", "text/plain", "txt"),
    "bibtex": Style("BibTeX", "application/x-bibtex", "bib"),
    "ris": Style("RIS", "application/x-research-info-systems", "ris"),
}


class Reference(NamedTuple):
    """An article and what only the page knows of it: its source's name and its address."""

    article: Article
    source: str
    address: str

    def written(self, style: str, lang: str) -> str:
        """The reference in one of ``STYLES``; ``lang`` is that of the page."""
        match style:
            case "bibtex":
                return self._bibtex()
            case "ris":
                return self._ris()
        return self._text(lang)

    @property
    def file_name(self) -> str:
        """A name for a file without its ending, which is a key in BibTeX as well."""
        return f"rasad-{_NO_KEY.sub('-', self.article.id).strip('-')[:80] or 'article'}"

    def _text(self, lang: str) -> str:
        article = self.article
        arabic = language.in_arabic_letters(lang)
        opening, closing, comma = ("«", "»", "،") if arabic else ("“", "”", ",")
        day = language.day(article.date, lang) if article.date else ""
        where = f"{comma} ".join(part for part in (self.source, day) if part)
        title = f"{opening}{article.title}{closing}"
        if article.language not in (lang, language.UNKNOWN):
            name = language.name_in(article.language, lang)
            title += f" [ب{name}]" if arabic else f" [in {name}]"
        parts = (article.author, title, where)
        return _line(". ".join(part for part in parts if part)) + f". {self.address}"

    def _bibtex(self) -> str:
        article = self.article
        fields = {
            "title": f"{{{_escaped(article.title)}}}",
            "author": f"{{{_escaped(article.author)}}}" if article.author else "",
            "organization": f"{{{_escaped(self.source)}}}" if self.source else "",
            "date": article.date.isoformat() if article.date else "",
            "year": f"{article.date:%Y}" if article.date else "",
            "url": "".join(_IN_ADDRESS.get(sign, sign) for sign in self.address),
            "langid": _LANGUAGES.get(article.language, ""),
        }
        lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
        return "\n".join([f"@online{{{self.file_name},", *lines, "}", ""])

    def _ris(self) -> str:
        return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in self._tags())

    def _tags(self) -> Iterator[tuple[str, str]]:
        article = self.article
        yield "TY", "NEWS"
        yield "TI", article.title
        if article.author:
            yield "AU", article.author
        if self.source:
            yield "T2", self.source
        if article.date:
            yield "PY", f"{article.date:%Y}"
            yield "DA", f"{article.date:%Y/%m/%d}"
        yield "LA", article.language
        yield "UR", self.address
        yield "ER", ""


def reference(article: Article) -> Reference:
    """An article as it is cited: with the address of the original page, else with ours."""
    to, lang = links.Links(), language.current()
    source = article.source or ""
    return Reference(
        article,
        language.name_of(service().labels("sources", source), source, lang) if source else "",
        links.web_address(article.url) or to.absolute(to.article(article.id)),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in _line(text))
