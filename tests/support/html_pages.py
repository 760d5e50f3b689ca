"""A page read back as a browser would: its elements, its links, its visible text."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """Elements as (name, attributes, text inside); ``unclosed`` lists what was opened wrongly."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.unclosed: list[str] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()
        self.unclosed += [element[0] for element in self._open]

    def handle_starttag(self, tag, attrs):
        element = (tag, {name: value or "" for name, value in attrs}, [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.unclosed.append(f"/{tag}")

    def handle_data(self, data):
        for element in self._open:
            element[2].append(data)

    def all(self, tag_name: str, /, **having: str) -> list[tuple[dict[str, str], str]]:
        """Attributes and text of every element of a name that has these attributes."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in having.items()}
        return [
            (attributes, " ".join("".join(text).split()))
            for tag, attributes, text in self.elements
            if tag == tag_name and wanted.items() <= attributes.items()
        ]

    def texts(self, tag_name: str, /, **having: str) -> list[str]:
        return [text for _attributes, text in self.all(tag_name, **having)]

    def link(self, text: str) -> str:
        """The address of the first link whose text holds ``text``."""
        for attributes, shown in self.all("a"):
            if text in shown:
                return attributes["href"]
        raise AssertionError(f"no link says {text!r}")


def query(address: str) -> set[tuple[str, str]]:
    return set(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def read(client: FlaskClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.text)


def rows_of(html: str) -> Iterator[Page]:
    """The rows of two cells in the tables: a link, and a number."""
    for piece in html.split("<tr>")[1:]:
        row = Page("<table><tr>" + piece.split("</tr>")[0] + "</tr></table>")
        if len(row.all("td")) == 1 and row.all("a"):
            yield row


def drawn(page: Page) -> Iterator[tuple[str, int]]:
    """Where the rows and cells of tables behind pictures lead, and the numbers in them."""
    rows = [(row.all("a")[0][0]["href"], int(row.texts("td")[-1])) for row in rows_of(page.html)]
    yield from rows
    named = {address for address, _ in rows}  # a year is a number, too
    for attributes, text in page.all("a", rel="nofollow"):
        if text.isdigit() and "tabindex" not in attributes and attributes["href"] not in named:
            yield attributes["href"], int(text)
