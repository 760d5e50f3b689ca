"""Titles without the name of the site that stands before or behind them: «… | الأفق».

A dash is a mark of headlines as well, so a piece of a title goes only for a reason: it is an outlet
of the table or the site's stated name, or the page prints the rest as its title elsewhere.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from indexer.sources.cleaning.lines import Line
from indexer.sources.cleaning.outlets import KINDS, outlets
from indexer.text.normalize import normalize

_MARK = re.compile(r"(\s+(?:[|–—«»•:·-]|::)\s+)")
_KIND = re.compile(rf"(?:{normalize(KINDS)}|{normalize('بوابة|منصة|راديو|إذاعة')})\s+(?=\S)")
#: The rule by which a site's name goes from a title.
OUTLET = "outlet in title"
#: A name that only the rest of the title tells has no more words.
LONGEST_NAME = 5


class Titled(NamedTuple):
    """A title, and the pieces that were taken off it."""

    title: str
    cut: tuple[str, ...]


def without_site(title: str, names: Collection[str] = (), printed: Collection[str] = ()) -> Titled:
    """A title without the site's name; ``printed`` are titles that the page shows elsewhere.

    >>> without_site("وفد يبحث التعاون | الأفق", ["صحيفة الأفق"]).title
    'وفد يبحث التعاون'
    """
    shown = {Line(text).letters for text in printed} - {""}
    pieces = _MARK.split(" ".join(title.split()))
    cut: list[str] = []
    while len(pieces) > 1:
        if _goes(pieces[-1], pieces[-2], pieces[:-2], names, shown, behind=True):
            cut.append(pieces[-1])
            pieces = pieces[:-2]
        elif _goes(pieces[0], pieces[1], pieces[2:], names, shown, behind=False):
            cut.append(pieces[0])
            pieces = pieces[2:]
        elif cut and len(pieces) > 2 and Line(pieces[-1]).is_menu:
            cut.append(pieces[-1])  # «… - سياسة - الأفق»
            pieces = pieces[:-2]
        else:
            break
    return Titled("".join(pieces), tuple(cut))


def _goes(
    name: str,
    mark: str,
    rest: list[str],
    names: Collection[str],
    shown: Collection[str],
    *,
    behind: bool,
) -> bool:
    """Whether a piece at one end of a title is the site's name."""
    if _is_one_of(name, names):
        return True
    if outlet := outlets().named(name):
        several = len(name.split()) > 1
        return mark.strip() == "|" or (not outlet.is_word and (behind or several))
    others = "".join(rest)
    if Line(others).letters not in shown:
        return False
    return len(name.split()) <= min(LONGEST_NAME, len(others.split()))


def _is_one_of(name: str, names: Collection[str]) -> bool:
    """Whether a piece is a stated name, with its kind or without: «صحيفة الأفق», «الأفق».

    With its kind it may also be a part of one: «شركة الأفق للبرمجة» publishes «صحيفة الأفق».
    """
    folded = normalize(name).strip()
    bare = _KIND.sub("", folded, count=1)
    for stated in map(normalize, names):
        if bare and bare == _KIND.sub("", stated.strip(), count=1):
            return True
        if bare != folded and f" {bare} " in f" {stated} ":
            return True
    return False
