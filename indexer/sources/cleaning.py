"""From the lines of a page to the paragraphs of its story.

Every line that goes is kept with the name of the rule that took it. Rules are of two kinds:
phrases that sites print around stories (``tables/boilerplate.tsv``), and the shape of a page: a
story begins after its title and dateline, and nothing follows the comment form. A line that no rule
knows stays.
"""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.model import Removed
from indexer.sources import dates
from indexer.sources.datelines import Dateline, read_dateline
from indexer.sources.tables import rows
from indexer.text.normalize import normalize

#: Lines at either end of a page where titles, datelines and page tools stand.
HEAD, TAIL = 10, 14
#: Letters from which a line with a full stop is taken for a paragraph of the story.
PARAGRAPH = 60
LONGEST_TITLE = 230
#: What may be said of a line that is still part of the article.
KEPT = (None, "title")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z]")
_SENTENCE_END = re.compile(r"[.!?؟…:؛،,»”\"')\]]\s*$")
_ENCODED = re.compile(r"(?<![\w/+])(?=\S*[0-9])(?=\S*[A-Z])(?=\S*[a-z])[A-Za-z0-9+/]{16,}={0,2}")


class Rule(NamedTuple):
    """A phrase of ``boilerplate.tsv``."""

    name: str
    where: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page in its parts. ``dates`` are those of lines that hold nothing else, in order."""

    title: str | None
    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...]
    dates: tuple[dt.date, ...]
    datelines: tuple[Dateline, ...]


class _Line:
    """One line, and what has been found out about it."""

    __slots__ = ("folded", "text", "why")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = normalize(text) if len(text) <= 700 else ""
        self.why: str | None = None

    @property
    def is_paragraph(self) -> bool:
        """Whether this looks like running text of the story rather than a line around it."""
        return len(self.text) >= 2 * PARAGRAPH or (
            len(self.text) >= PARAGRAPH and bool(_SENTENCE_END.search(self.text))
        )


def clean(text: str, title: str | None = None) -> Cleaned:
    """Take a page's text apart; ``title`` is given where the page's format names it."""
    return _Cleaning(text, title).cleaned()


class _Cleaning:
    """The work on one page; each step marks lines, none deletes any."""

    def __init__(self, text: str, title: str | None) -> None:
        self.crumbs: list[Removed] = []
        self.lines = [_Line(line) for line in self._lines(text)]
        self.title = title
        self.dates: list[dt.date] = []
        self.datelines: list[Dateline] = []

    def cleaned(self) -> Cleaned:
        self._phrases()
        self._below()
        self._head()
        self._tail()
        self._lists()
        return Cleaned(
            self.title,
            tuple(line.text for line in self.lines if line.why is None),
            (*(Removed(x.text, x.why) for x in self.lines if x.why not in KEPT), *self.crumbs),
            tuple(self.dates),
            tuple(self.datelines),
        )

    def _lines(self, text: str) -> Iterator[str]:
        for line in text.splitlines():
            if line := " ".join(line.split()):
                yield line

    def _phrases(self) -> None:
        """Lines that are furniture wherever they stand."""
        for line in self.lines:
            line.why = _matching("line", line)
        if self.lines:
            self._cut_crumb(self.lines[-1])
            self._cut_start(self.lines[0])

    def _below(self) -> None:
        """The comment form ends the page, once some of the story came before it."""
        story = False
        for number, line in enumerate(self.lines):
            if story and (rule := _matching("below", line)):
                for rest in self.lines[number:]:
                    rest.why = rest.why or rule
                return
            story = story or line.is_paragraph

    def _head(self) -> None:
        """Title, menus, dates, datelines and captions before the story."""
        given = normalize(self.title) if self.title else None
        for number, line in enumerate(self._left()[:HEAD]):
            if given is not None and _same(line.folded, given):
                line.why = "title again"
            elif why := self._at_the_edge(line):
                line.why = why
            elif self.title is None and _could_be_title(line):
                self.title, line.why = line.text, "title"
                given = line.folded
            elif number > 2 and line.is_paragraph:
                return

    def _tail(self) -> None:
        """From the end upwards, until a line of the story."""
        for line in reversed(self._left()[1:][-TAIL:]):
            line.why = self._at_the_edge(line)
            if line.why is None and not _matching("list", line):
                return

    def _lists(self) -> None:
        """«Related articles» and the headlines under it; in the middle of a story, one headline."""
        left = self._left()
        for number, line in enumerate(left):
            rule = _matching("list", line)
            if rule is None:
                continue
            line.why = rule
            below = left[number + 1 :]
            in_the_middle = any(x.is_paragraph for x in below)
            for headline in below[: 1 if in_the_middle else None]:
                if headline.is_paragraph:
                    break
                headline.why = rule

    def _left(self) -> list[_Line]:
        return [line for line in self.lines if line.why is None]

    def _at_the_edge(self, line: _Line) -> str | None:
        """The rule by which this line is no part of a story that it stands before or after."""
        if rule := _matching("edge", line):
            return rule
        if len(line.text) <= 120 and _is_menu(line.folded):
            return "menu"
        if _is_encoded(line.text):
            return "encoded"
        if _LATIN.search(line.text) and not _ARABIC.search(line.text):
            return "other script"
        if len(line.text) > 120 or line.is_paragraph:
            return None
        if date := dates.alone(line.text):
            self.dates.append(date)
            return "date"
        if dateline := read_dateline(line.text):
            self.datelines.append(dateline)
            return "dateline"
        return None

    def _cut_crumb(self, line: _Line) -> None:
        """Take off what a site glues to the end of the last paragraph."""
        for rule in _rules()["crumb"]:
            if match := rule.pattern.search(line.text):
                self.crumbs.append(Removed(line.text[match.start() :], rule.name))
                line.text = line.text[: match.start()].rstrip()

    def _cut_start(self, line: _Line) -> None:
        for rule in _rules()["start"]:
            if match := rule.pattern.match(line.text):
                self.crumbs.append(Removed(match[0], rule.name))
                line.text = line.text[match.end() :].lstrip()
                line.folded = normalize(line.text)


@cache
def _rules() -> dict[str, list[Rule]]:
    places: dict[str, list[Rule]] = {}
    for name, where, phrase in rows("boilerplate.tsv"):
        folded = re.compile(normalize(phrase))
        places.setdefault(where, []).append(Rule(name, where, folded))
    return places


def _matching(where: str, line: _Line) -> str | None:
    if not line.folded:
        return None
    return next((r.name for r in _rules()[where] if r.pattern.fullmatch(line.folded)), None)


@cache
def _menu() -> re.Pattern[str]:
    words = sorted((re.sub(r"\s", "", normalize(row[0])) for row in rows("sections.txt")), key=len)
    return re.compile(rf"(?:و?(?:ال)?(?:{'|'.join(reversed(words))}))+")


def _is_menu(folded: str) -> bool:
    """Whether a line is made of names of sections, apart or glued: «رئيسيسياسةعربي ودولي»."""
    return bool(_menu().fullmatch(re.sub(r"[\W_]", "", folded)))


def _is_encoded(text: str) -> bool:
    """Whether a line holds something in Base64, as sites leave to trace copies, and little else."""
    match = _ENCODED.search(text)
    if match is None or len(text) - len(match[0]) > PARAGRAPH:
        return False
    try:
        return base64.b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True) != b""
    except binascii.Error:
        return False


def _could_be_title(line: _Line) -> bool:
    return len(line.text) <= LONGEST_TITLE and bool(_ARABIC.search(line.text))


def _same(one: str, other: str) -> bool:
    """Whether two lines are one, but for marks and spaces."""
    return re.sub(r"[\W_]", "", one) == re.sub(r"[\W_]", "", other)
