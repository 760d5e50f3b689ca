"""The first reading of a query: brackets, operators, phrases, and words with what hangs on them."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from indexer.schema import FACETS
from indexer.text.normalize import normalize

Kind = Literal["open", "close", "or", "and", "not", "phrase", "word"]

#: Fields by their normalised name: «title», the facet whose values are asked for, «before» or
#: «after» a day, «all-title» for all that follows, or «hosts» of sources.
FIELDS = {
    "title": "title",
    "intitle": "title",
    "عنوان": "title",
    **{name: facet.id for facet in FACETS for name in (facet.keyword, *facet.aliases)},
    "before": "before",
    "قبل": "before",
    "after": "after",
    "بعد": "after",
    "allintitle": "all-title",
    "inurl": "hosts",
}
_OPERATORS: dict[str, Kind] = {"OR": "or", "AND": "and", "NOT": "not", "&&": "and"}
# «أو», «ليس», «وليس», normalised.
_ARABIC_OPERATORS: dict[str, Kind] = {
    "او": "or",
    "ليس": "not",
    "وليس": "not",
}
#: Letters of the longest Arabic operator, with up to two vowel marks on each.
_LONGEST_OPERATOR = 12
# A field that some search engine has, and Rasad has not: «lang:ar». With capitals («CNN:») it is
# rather the name of who speaks, and before «//» the kind of an address.
_UNKNOWN_FIELD = re.compile(r"[a-z][a-z_]+")
_ADDRESSES = frozenset({"http", "https", "ftp", "mailto", "urn", "doi"})
#: Signs that exclude what follows: the hyphen, and those into which editors and keyboards turn it.
_SIGNS = "+-‐‑‒–—―−﹣－"

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
    | (?P<bars> \|+ )
    | (?<![^\s(|]) (?P<bang> ! ) (?=[^\s!،؛؟?|)])
    | (?<![^\s(]) (?P<before> \d{{1,3}}~ | ~\d{{1,3}} ) (?=[{_MARKS}])
    | (?: [{STRAIGHT}] (?P<straight>[^{STRAIGHT}]*) [{STRAIGHT}]
        | [{ANGLED}] (?P<angled>[^{ANGLED}]*) [{ANGLED}] )
      (?P<after> ~\d{{1,3}} | \d{{1,3}}~ )?
    | (?P<word>
        (?: [^\s(){_MARKS},،;؛?؟!|]
          | (?<=[^\W\d_]) [?؟]+ (?=[^\W\d_])
          | (?<=\d) [,،] (?=\d{{3}}(?!\d))
        )+
      )
      (?P<glued> (?=[({_MARKS}]) )?
    """,
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """One piece of a query, with the prefixes that stand before it.

    ``run`` is how many brackets stand together, ``slop`` belongs to phrases, ``name`` is the
    field's name as typed and ``field`` what it means: None also where there is no such field.
    """

    kind: Kind
    text: str = ""
    run: int = 1
    slop: int = 0
    negate: bool = False
    require: bool = False
    exact: bool = False
    field: str | None = None
    name: str = ""


_BARE = Lexeme("word")


def operator(word: str) -> Kind | None:
    """What a word means when it stands between clauses; None for all but a few words.

    >>> operator("أو"), operator("OR"), operator("or")
    ('or', 'or', None)
    """
    if len(word) > _LONGEST_OPERATOR:
        return None
    return _OPERATORS.get(word) or _ARABIC_OPERATORS.get(normalize(word))


def is_arabic_not(piece: Lexeme) -> bool:
    """Whether this is «ليس» or «وليس», which is an operator in some places only."""
    return piece.kind == "not" and piece.text not in _OPERATORS


def lexemes(text: str) -> Iterator[Lexeme]:
    """Read a query into pieces, in time linear in its length; what means nothing is left out."""
    text = text.translate(_DIRECTION)
    waiting, slop = _BARE, 0  # prefixes and nearness that belong to what follows
    for found in _LEXEME.finditer(text):
        if near := found["before"]:
            slop = int(near.strip("~"))
            continue
        if found["bang"]:
            waiting = waiting._replace(negate=not waiting.negate)
            continue
        if found["word"]:
            signed = _may_have_sign(text, found.start())
            glued = found["glued"] is not None
            piece = _word(found["word"], waiting, signed=signed, glued=glued)
            if not piece.text and glued:
                waiting = piece
                continue
            if piece.text or piece.field == "all-title":
                yield piece
            else:
                yield piece._replace(text=found["word"], field=None, name="")
        elif bars := found["bars"]:
            yield Lexeme("or", bars)
        elif brackets := found["brackets"]:
            kind: Kind = "open" if brackets[0] == "(" else "close"
            yield waiting._replace(kind=kind, run=len(brackets))
        else:
            slop = int((found["after"] or "").strip("~") or slop)
            quoted = found["straight"] or found["angled"] or ""
            yield waiting._replace(kind="phrase", text=quoted, slop=slop)
        waiting, slop = _BARE, 0


def _may_have_sign(text: str, start: int) -> bool:
    """Whether a sign here can exclude or require: right behind a phrase or bracket it joins."""
    return start == 0 or text[start - 1] not in f"){_MARKS}"


def _word(printed: str, waiting: Lexeme, *, signed: bool, glued: bool) -> Lexeme:
    """A word without its prefixes, which are added to those that ``waiting`` has; or an operator.

    The text is empty when there is nothing but prefixes.
    """
    if kind := operator(printed):
        return Lexeme(kind, printed)
    sign, text = _without_sign(printed) if signed else ("", printed)
    name, colon, value = text.partition(":")
    field = FIELDS.get(normalize(name)) if colon else None
    if field or (colon and (value or glued) and _is_unknown(name, value)):
        inner, text = _without_sign(value)
        waiting = waiting._replace(field=field, name=name)
        sign += inner
    exact = text.startswith("=")
    return waiting._replace(
        text=text.removeprefix("="),
        negate=waiting.negate ^ (len(sign.replace("+", "")) == 1),
        require=waiting.require or "+" in sign,
        exact=waiting.exact or exact,
    )


def _is_unknown(name: str, value: str) -> bool:
    """Whether this is a field that Rasad does not have, and not text with a colon in it."""
    return (
        _UNKNOWN_FIELD.fullmatch(name) is not None
        and name not in _ADDRESSES
        and not value.startswith("//")
    )


def _without_sign(text: str) -> tuple[str, str]:
    """The one minus or «+» that the text begins with, and the rest; «--» is a dash."""
    sign = text[:1]
    if not sign or sign not in _SIGNS or text[1:2] == sign:
        return "", text
    return sign, text[1:]
