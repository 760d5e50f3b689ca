"""What sites print around stories: the phrases of ``tables/boilerplate.tsv``.

A phrase belongs to a place on the page, and counts there only. Phrases are written in plain Arabic
and folded as the lines that they meet. All are tried on every line: to look for telling words first
takes longer than the patterns do.
"""

import re
from functools import cache
from typing import Literal, NamedTuple, get_args

from indexer.sources.tables import rows
from indexer.text.normalize import normalize

Where = Literal["line", "head", "edge", "below", "list", "last"]
PLACES: tuple[Where, ...] = get_args(Where)
#: How far back from its end a paragraph is searched for what a site glued to it.
REACH = 500
_ARABIC = re.compile("[\u0600-\u06ff]+")
_SENTENCE_END = r"(?:^|(?<=[.!؟?»”\"…)]))\s*"


class Crumb(NamedTuple):
    """What is glued to a story: the name of the rule, and its place in the line."""

    rule: str
    start: int
    end: int


def rule(where: Where, folded: str) -> str | None:
    """The name of the rule that a folded line falls under at this place of a page."""
    phrases = _phrases()
    match = phrases.lines[where].fullmatch(folded)
    return phrases.names[str(match.lastgroup)] if match else None


def crumb_after(text: str) -> Crumb | None:
    """What is glued to the end of a printed line, behind its last sentence."""
    return _crumb(_phrases().after, text, max(0, len(text) - REACH))


def crumb_before(text: str) -> Crumb | None:
    """What is glued to the beginning of a printed line."""
    return _crumb(_phrases().before, text, 0)


def _crumb(pattern: re.Pattern[str], text: str, start: int) -> Crumb | None:
    match = pattern.search(text, start)
    return Crumb(_phrases().names[str(match.lastgroup)], *match.span()) if match else None


def _fold(phrase: str) -> str:
    """A pattern that meets folded text: its Arabic letters are folded, its syntax is left alone."""
    return _ARABIC.sub(lambda letters: normalize(letters[0]), phrase)


class _Phrases(NamedTuple):
    names: dict[str, str]
    lines: dict[str, re.Pattern[str]]
    after: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    names: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for number, (name, where, phrase) in enumerate(rows("boilerplate.tsv")):
        names[f"r{number}"] = name
        folded = phrase if where in ("after", "before") else _fold(phrase)
        groups.setdefault(where, []).append(f"(?P<r{number}>{folded})")
    one = {where: "|".join(phrases) for where, phrases in groups.items()}
    return _Phrases(
        names,
        {where: re.compile(one[where]) for where in PLACES},
        re.compile(rf"{_SENTENCE_END}(?:{one['after']})\s*$"),
        re.compile(rf"^(?:{one['before']})(?:\s+|$)", re.IGNORECASE),
    )
