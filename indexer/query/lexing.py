"""The first reading of a query: brackets, operators, phrases, and words with what hangs on them."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from indexer.text.normalize import normalize

Kind = Literal["open", "close", "or", "and", "not", "phrase", "word"]

#: Fields by their normalised name: «title», or the facet whose values are asked for.
FIELDS = {
    "title": "title",
    "عنوان": "title",
    "person": "people",
    "شخص": "people",
    "country": "countries",
    "دوله": "countries",
    "org": "organisations",
    "منظمه": "organisations",
    "topic": "topics",
    "موضوع": "topics",
    "source": "sources",
    "مصدر": "sources",
    "date": "dates",
    "تاريخ": "dates",
}
_OPERATORS: dict[str, Kind] = {"OR": "or", "AND": "and", "NOT": "not"}
_OR = "او"  # «أو», normalised

# The quotation marks of a family open and close alike: keyboards and pages mix them up, and in
# right-to-left text the closing mark is often typed first.
STRAIGHT = '"“”„‟＂'
ANGLED = "«»"
_MARKS = STRAIGHT + ANGLED
# Direction marks come along when text is copied; inside a query they carry no meaning.
_DIRECTION = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
)
_LEXEME = re.compile(
    rf"""
      (?P<brackets> \(+ | \)+ )
    | (?<![^\s(]) (?P<before> \d{{1,3}}~ | ~\d{{1,3}} ) (?=[{_MARKS}])
    | (?: [{STRAIGHT}] (?P<straight>[^{STRAIGHT}]*) [{STRAIGHT}]
        | [{ANGLED}] (?P<angled>[^{ANGLED}]*) [{ANGLED}] )
      (?P<after> ~\d{{1,3}} | \d{{1,3}}~ )?
    | (?P<word> (?: [^\s(){_MARKS},،;؛?؟!] | (?<=\d) [,،] (?=\d{{3}}(?!\d)) )+ )
      (?P<glued> (?=[({_MARKS}]) )?
    """,
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """One piece of a query, with the prefixes that stand before it.

    ``run`` is how many brackets stand together, ``slop`` belongs to phrases, ``name`` is the
    field's name as typed and ``field`` what it means.
    """

    kind: Kind
    text: str = ""
    run: int = 1
    slop: int = 0
    negate: bool = False
    exact: bool = False
    field: str | None = None
    name: str = ""


_BARE = Lexeme("word")


def operator(word: str) -> Kind | None:
    """What a word means when it stands between clauses; None for all but a few words.

    >>> operator("أو"), operator("OR"), operator("or")
    ('or', 'or', None)
    """
    if len(word) > 3 * len(_OR):  # «أو» with vowel marks is shorter
        return None
    return _OPERATORS.get(word) or ("or" if normalize(word) == _OR else None)


def lexemes(text: str) -> Iterator[Lexeme]:
    """Read a query into pieces, in time linear in its length; what means nothing is left out."""
    text = text.translate(_DIRECTION)
    waiting, slop = _BARE, 0  # prefixes and nearness that belong to what follows
    for found in _LEXEME.finditer(text):
        if near := found["before"]:
            slop = int(near.strip("~"))
            continue
        if found["word"]:
            piece = _word(found["word"], waiting, signed=_may_have_sign(text, found.start()))
            if not piece.text and found["glued"] is not None:
                waiting = piece
                continue
            yield piece if piece.text else piece._replace(text=found["word"], field=None, name="")
        elif brackets := found["brackets"]:
            kind: Kind = "open" if brackets[0] == "(" else "close"
            yield waiting._replace(kind=kind, run=len(brackets))
        else:
            slop = int((found["after"] or "").strip("~") or slop)
            quoted = found["straight"] or found["angled"] or ""
            yield waiting._replace(kind="phrase", text=quoted, slop=slop)
        waiting, slop = _BARE, 0


def _may_have_sign(text: str, start: int) -> bool:
    """Whether a «-» here can exclude: not right behind a phrase or bracket, where it joins."""
    return start == 0 or text[start - 1] not in f"){_MARKS}"


def _word(printed: str, waiting: Lexeme, *, signed: bool) -> Lexeme:
    """A word without its prefixes, which are added to those that ``waiting`` has; or an operator.

    The text is empty when there is nothing but prefixes.
    """
    if kind := operator(printed):
        return Lexeme(kind, printed)
    negate, text = _without_minus(printed) if signed else (False, printed)
    name, colon, value = text.partition(":")
    field = FIELDS.get(normalize(name)) if colon else None
    if field:
        inner, text = _without_minus(value)
        waiting = waiting._replace(field=field, name=name)
        negate ^= inner
    exact = text.startswith("=")
    return waiting._replace(
        text=text.removeprefix("="),
        negate=waiting.negate ^ negate,
        exact=waiting.exact or exact,
    )


def _without_minus(text: str) -> tuple[bool, str]:
    """Whether the text begins with one «-», and the rest; «--» is a dash."""
    minus = text.startswith("-") and not text.startswith("--")
    return minus, text[minus:]
