"""Texts that a regular expression matches, near the longest that it allows.

Patterns are read as ``re`` itself reads them, so that no second opinion comes in.
"""

import re
from re import _constants as kinds
from re import _parser as parser
from typing import Any

LETTERS = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_WORD: "م",
    kinds.CATEGORY_NOT_WORD: "!",
    kinds.CATEGORY_NOT_SPACE: "م",
}


def longest(pattern: str, most: int) -> str:
    r"""A text that ``pattern`` matches as a whole, of ``most`` letters where it allows so many.

    >>> longest(r"(?:read|look)(?: on)?: \d{3,20}", 20)
    'read on: 11111111111'
    """
    texts = (_text(parser.parse(pattern), times) for times in range(most, -1, -1))
    return next(text for text in texts if len(text) <= most and re.fullmatch(pattern, text))


def _text(items: Any, times: int) -> str:
    """A match whose pieces are repeated so many times, as far as they may and must be."""
    return "".join(_piece(kind, value, times) for kind, value in items)


def _piece(kind: Any, value: Any, times: int) -> str:
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.ANY:
        return " "
    if kind is kinds.IN:
        return _of_set(value)
    if kind is kinds.BRANCH:
        return max((_text(branch, times) for branch in value[1]), key=len)
    if kind is kinds.SUBPATTERN:
        return _text(value[-1], times)
    if kind is kinds.MAX_REPEAT:
        least, most, items = value
        count = max(least, min(most, times))
        anything = [kind for kind, _ in items] == [kinds.ANY]
        return (" م" * count)[:count] if anything else _text(items, times) * count
    assert kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT), kind
    return ""


def _of_set(members: Any) -> str:
    kind, value = members[0]
    if kind is kinds.NEGATE:
        pattern = _excluded(members[1:])
        return next(letter for letter in "مa" if not re.match(pattern, letter))
    if kind is kinds.CATEGORY:
        return LETTERS[value]
    return chr(value[0] if kind is kinds.RANGE else value)


def _excluded(members: Any) -> str:
    """A pattern for the letters, ranges and kinds that a negated set names."""
    spaces = r"\s" if (kinds.CATEGORY, kinds.CATEGORY_SPACE) in members else ""
    named = [(v, v) if k is kinds.LITERAL else v for k, v in members if k is not kinds.CATEGORY]
    return "[" + spaces + "".join(rf"\u{a:04x}-\u{b:04x}" for a, b in named) + "]"
