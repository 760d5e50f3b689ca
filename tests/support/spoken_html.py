"""What a page says in which language: its texts and spoken attributes, each with its ``lang``."""

from html.parser import HTMLParser
from typing import NamedTuple

from html_pages import VOID

#: Attributes that are shown or read out; those that begin with «data-» are shown by the script.
SPOKEN = {
    "alt",
    "aria-label",
    "data-copied",
    "data-hint",
    "data-label",
    "data-most",
    "placeholder",
    "title",
}


class Said(NamedTuple):
    """A text; ``inserted`` where an element of its own says which language it is in."""

    where: str
    lang: str
    inserted: bool
    text: str


class SpokenPage(HTMLParser):
    """Collects what is said, in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open: list[tuple[str, str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        _, lang, own = self._open[-1] if self._open else ("", "", False)
        lang, own = attributes.get("lang", lang), own or ("lang" in attributes and tag != "html")
        for name in SPOKEN & attributes.keys():
            if name == "placeholder" and attributes.get("value"):
                continue  # it is not shown
            self._say(f"{tag} {name}", lang, own, attributes[name])
        if tag == "meta" and attributes.get("property") in ("og:title", "og:description"):
            self._say(attributes["property"], lang, own, attributes["content"])
        if tag not in VOID:
            self._open.append((tag, lang, own))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1][0] not in ("script", "style"):
            self._say(*self._open[-1], data)

    def _say(self, where, lang, inserted, text):
        if text.strip():
            self.said.append(Said(where, lang, inserted, text.strip()))
