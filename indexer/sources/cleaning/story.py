"""From the lines of a page to the paragraphs of its story.

Every line that goes is kept with the name of the rule that took it. Rules are of two kinds:
phrases that sites print around stories (``tables/boilerplate.tsv``), and the shape of a page: a
story begins after its title and dateline, and nothing follows the comment form. A line that no rule
knows stays.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indexer.model import Removed
from indexer.sources.cleaning import boilerplate, dates
from indexer.sources.cleaning.datelines import Dateline, is_person, is_place, read_dateline
from indexer.sources.cleaning.lines import PARAGRAPH, Line, lines
from indexer.text.normalize import normalize

#: How many lines at either end of a page may be title, dateline and page tools.
HEAD, TAIL = 12, 16
LONGEST_TITLE = 230
#: So many lines in another script may be captions and tools; more of them belong to the story.
FEW_LATIN = 3
#: A label of a date, «موعد المباراة», is no longer than this.
FEW_LETTERS = 40
#: The title as it stands among the lines: no part of the body, and not lost either.
TITLE = "title"
#: Words that another line must share with the story before it is taken for the title instead.
LEAST_SHARED = 5
_PARTICLES = re.compile(r"^[وف]?(?:[بكل]?ال|لل|[بل](?=\w{4}))?")
_PATH = re.compile(r"\s*[/\\|»›>←]\s*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page in its parts. ``dates`` are those of its head and foot, the likeliest first."""

    title: str | None
    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...]
    dates: tuple[dt.date, ...]
    datelines: tuple[Dateline, ...]


def clean(text: str, title: str | None = None) -> Cleaned:
    """Take a page's text apart; ``title`` is given where the page's format names it."""
    return _Cleaning(text, title).cleaned()


class _Cleaning:
    """The work on one page: each step says of lines why they go, none deletes any."""

    def __init__(self, text: str, title: str | None) -> None:
        self._lines = list(lines(text))
        self._title = Line(title) if title else None
        self._crumbs: list[Removed] = []
        self._dates: list[dt.date] = []
        self._early: list[dt.date] = []
        self._updates: list[dt.date] = []
        self._datelines: list[Dateline] = []

    def cleaned(self) -> Cleaned:
        self._boilerplate()
        self._twice()
        self._glued()
        self._below()
        self._head()
        self._tail()
        self._lists()
        self._tail()
        self._glued()
        return Cleaned(
            self._title.text if self._title else None,
            tuple(line.text for line in self._left()),
            (*self._removed(), *self._crumbs),
            # What stands above the title is often the day on which the page was fetched.
            (*self._dates, *self._early, *self._updates),
            tuple(self._datelines),
        )

    def _left(self) -> list[Line]:
        return [line for line in self._lines if line.why is None]

    def _removed(self) -> Iterator[Removed]:
        for line in self._lines:
            if line.why and line.why != TITLE:
                yield Removed(line.text, line.why)

    def _boilerplate(self) -> None:
        """Lines that are no story wherever they stand, and what is glued to the first line."""
        for line in self._lines:
            line.why = boilerplate.rule("line", line.folded or line.text.casefold())
        if self._lines and (crumb := boilerplate.crumb_before(self._lines[0].text)):
            self._take(crumb, self._lines[0])

    def _twice(self) -> None:
        """Long paragraphs that a page holds twice, and captions in its head, twice in a row.

        A short line may be meant twice: a refrain, or the last sentence on each of two meetings.
        """
        seen: set[str] = set()
        before = ""
        for number, line in enumerate(self._left()):
            caption = number < HEAD and line.text == before and " " in before
            if caption or (line.text in seen and len(line.text) > 1.5 * PARAGRAPH):
                line.why = "said twice"
            seen.add(line.text)
            before = line.text

    def _below(self) -> None:
        """The comment form ends the page, once some of the story came before it."""
        story = False
        for number, line in enumerate(self._lines):
            story = story or line.is_paragraph
            if story and (rule := boilerplate.rule("below", line.folded)):
                for rest in self._lines[number:]:
                    rest.why = rest.why or rule
                return

    def _head(self) -> None:
        """Title, menus, dates, datelines and captions before the story.

        One paragraph may stand between title and dateline: it says the story in short.
        """
        paragraphs = 0
        for line in self._left()[:HEAD]:
            if self._title and line.repeats(self._title):
                line.why = "title again"
            elif why := self._before_the_story(line, in_story=paragraphs > 0):
                line.why = why
            elif self._title is None and self._is_title(line):
                self._title = self._without_path(line)
                self._title.why = TITLE
            elif line.is_paragraph:
                paragraphs += 1
            if paragraphs > 1:
                return

    def _tail(self) -> None:
        """From the end upwards, until a line of the story."""
        left = self._left()
        for before, line in reversed(list(pairwise(left))[-TAIL:]):
            line.why = self._behind_the_story(line, before)
            if line.why is None:
                return

    def _lists(self) -> None:
        """«Related articles» and the headlines under it; in the middle of a story, one headline."""
        left = self._left()
        last = max((n for n, line in enumerate(left) if line.is_paragraph), default=0)
        for number, line in enumerate(left):
            in_story = number < last
            rule = boilerplate.rule("list", line.folded)
            if rule is None and not in_story:
                rule = boilerplate.rule("last", line.folded)
            if rule is None:
                continue
            line.why = rule
            for headline in left[number + 1 : number + 2 if in_story else None]:
                if headline.is_paragraph:
                    break
                headline.why = rule

    def _before_the_story(self, line: Line, *, in_story: bool) -> str | None:
        """The rule by which a line belongs to the head of a page; a deck before it is in_story."""
        if not in_story and (why := _shape(line) or _head_phrase(line)):
            return why
        why = self._dateline(line)
        if why or in_story:
            return why
        return "other script" if self._is_foreign(line) else self._name(line)

    def _name(self, line: Line) -> str | None:
        """The rule by which a line before the story is only a name: a place's or a person's."""
        if self._title is None:
            if _is_section_of_place(line.text):
                return "menu"
            before = self._lines[self._lines.index(line) - 1]
            return "masthead" if before.why == "masthead" and is_person(line.text) else None
        if is_place(line.text):
            self._datelines.append(Dateline(place=line.text))
            return "dateline"
        if is_person(line.text) and not self._tells_of(line.text):
            self._datelines.append(Dateline(author=line.text))
            return "dateline"
        return None

    def _behind_the_story(self, line: Line, before: Line) -> str | None:
        """The rule by which the last line is not the story's; a colon before it says that it is."""
        if before.text.endswith(":") and not boilerplate.rule("edge", before.folded):
            return None
        if rule := boilerplate.rule("list", line.folded) or boilerplate.rule("last", line.folded):
            return rule
        if self._is_foreign(line):
            return _shape(line) or "other script"
        return _shape(line) or self._dateline(line)

    def _without_path(self, line: Line) -> Line:
        """A title without the menu before it: «الرئيسية / سياسة / …»."""
        path = 0
        for mark in _PATH.finditer(line.text):
            if not Line(line.text[path : mark.start()]).is_menu:
                break
            path = mark.end()
        return self._take(boilerplate.Crumb("menu", 0, path), line) if path else line

    def _is_title(self, line: Line) -> bool:
        """Whether the first line that could be a title is one, by what the story speaks of."""
        if not self._could_be_title(line):
            return False
        story = {word for other in self._lines if other.is_paragraph for word in _words(other)}
        if _words(line) & story or not story:
            return True
        below = self._left()[:HEAD]
        return not any(
            self._could_be_title(other)
            and not other.is_paragraph
            and len(_words(other) & story) >= max(LEAST_SHARED, len(_words(other)) // 2)
            for other in below[below.index(line) + 1 :]
        )

    def _could_be_title(self, line: Line) -> bool:
        right_script = line.is_arabic if self._is_arabic else line.is_latin
        return right_script and len(line.text) <= LONGEST_TITLE

    @cached_property
    def _is_arabic(self) -> bool:
        """Whether the page is written in the Arabic script, so that Latin lines are not its own."""
        if self._title and self._title.is_arabic:
            return True
        return 2 * sum(line.is_arabic for line in self._lines) >= len(self._lines)

    def _tells_of(self, name: str) -> bool:
        """Whether the story speaks of this person, who is then shown on a photo, not its author."""
        last = name.split()[-1].strip("*:")
        told = sum(last in line.text for line in self._left())
        return told > 1 or (self._title is not None and last in self._title.text)

    def _is_foreign(self, line: Line) -> bool:
        return line.is_latin and self._is_arabic and self._latin <= FEW_LATIN

    @cached_property
    def _latin(self) -> int:
        """Lines in Latin letters; where there are many, the story tells of titles or quotes."""
        return sum(line.is_latin for line in self._left())

    def _dateline(self, line: Line) -> str | None:
        if line.is_paragraph:
            return None
        if date := dates.alone(line.text):
            self._dated(line, date)
            return "date"
        if dateline := read_dateline(line.text):
            self._datelines.append(dateline)
            if dateline.date:
                self._dated(line, dateline.date)
            return "dateline"
        return None

    def _dated(self, line: Line, date: dt.date) -> None:
        if self._is_of_a_list(line):
            return
        if dates.is_update(line.text):
            self._updates.append(date)
        else:
            (self._early if self._title is None else self._dates).append(date)

    def _is_of_a_list(self, line: Line) -> bool:
        """Whether a line stands below «related articles» or a label, whose dates are theirs."""
        above = self._lines[: self._lines.index(line)]
        if above and len(above[-1].text) < FEW_LETTERS and dates.is_label(above[-1].text):
            return True
        for before in reversed(above):
            if before.is_paragraph:
                return False
            if boilerplate.rule("list", before.folded):
                return True
        return False

    def _glued(self) -> None:
        """Take off what a site glues to the end of the last paragraph."""
        left = self._left()
        if left and (crumb := boilerplate.crumb_after(left[-1].text)):
            self._take(crumb, left[-1])

    def _take(self, crumb: boilerplate.Crumb, line: Line) -> Line:
        """Take a crumb off a line, and the line away if nothing is left; returns what is left."""
        text = line.text
        self._crumbs.append(Removed(text[crumb.start : crumb.end].strip(), crumb.rule))
        rest = Line((text[: crumb.start] + text[crumb.end :]).strip())
        self._lines[self._lines.index(line)] = rest
        if not rest.text:
            self._lines.remove(rest)
        return rest


def _is_section_of_place(text: str) -> bool:
    """Whether a line is a section that is named for a place: «تركيا», «أخبار تركيا»."""
    first, _, rest = text.partition(" ")
    return is_place(text) or (is_place(rest) and Line(first).is_menu)


def _words(line: Line) -> set[str]:
    """The longer words of a line by their beginnings, behind particles and the article."""
    stems = (_PARTICLES.sub("", word) for word in normalize(line.text).split())
    return {stem[:4] for stem in stems if len(stem) >= 4}


def _head_phrase(line: Line) -> str | None:
    return None if line.is_paragraph else boilerplate.rule("head", line.folded)


def _shape(line: Line) -> str | None:
    """The rule for lines that are known by their phrase at the edge or by their form."""
    if rule := boilerplate.rule("edge", line.folded):
        return rule
    if not line.is_paragraph and not line.letters:
        return "end mark"
    if line.is_menu:
        return "menu"
    return "encoded" if line.is_encoded else None
