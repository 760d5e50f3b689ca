"""Texts with their marked spans, as HTML: the only code of Rasad that makes markup.

Everything is escaped here, so that a template or a reader of the JSON can print it as it is. What
comes out holds ``<mark>`` and nothing else; only the paragraphs of an article may hold links, the
comparison of two prints ``<ins>`` and ``<del>``, and a sentence ``<bdi>`` around what it quotes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.search.highlight import Passage, Span
from indexer.search.word_diff import Piece
from webui import language

ELLIPSIS = "…"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Stretches of letters, with what stands between them but letters of the other kind.
_LATIN = re.compile("[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff]*[A-Za-z\u00c0-\u024f])?")
_ARABIC = re.compile("[\u0620-\u06ff](?:[^A-Za-z\u00c0-\u024f]*[\u0620-\u06ff])?")
_PARAGRAPH = re.compile(r"[^\r\n]+")


def marked(passage: Passage) -> Markup:
    """Return the passage with its spans in ``<mark>``, and dots where it was cut.

    >>> marked(Passage("a < b", marks=((0, 1),), after=True))
    Markup('<mark>a</mark> &lt; b …')
    """
    return Markup("").join(
        [
            f"{ELLIPSIS} " if passage.before else "",
            *_pieces(passage.text, passage.marks, 0, len(passage.text)),
            f" {ELLIPSIS}" if passage.after else "",
        ]
    )


def lang_and_dir(text: str, known: str = "") -> Markup:
    """The attributes of an element that holds a text in whatever language, not the page's own.

    ``known`` is the language of an article that the text is from; see ``language.tongue``.

    >>> lang_and_dir("سفير")
    Markup(' lang="ar" dir="rtl"')
    """
    return _attributes(text[: language.ENOUGH], known)


@lru_cache(maxsize=4096)  # a page repeats its names
def _attributes(beginning: str, known: str) -> Markup:
    lang = language.tongue(beginning, known)
    side = language.side(beginning)
    return Markup(' lang="{}" dir="{}"').format(lang, side) if lang else Markup("")


def mixed(text: str, lang: str) -> Markup:
    """A sentence of a page in ``lang``, with what it quotes in other letters marked as such.

    >>> mixed("any form of “سفير”", "en")
    Markup('any form of “<bdi lang="ar" dir="rtl">سفير</bdi>”')
    """
    foreign = _LATIN if language.in_arabic_letters(lang) else _ARABIC
    pieces, at = [], 0
    for stretch in foreign.finditer(text):
        pieces.append(escape(text[at : stretch.start()]))
        pieces.append(quoted(stretch[0]))
        at = stretch.end()
    return Markup("").join([*pieces, escape(text[at:])])


def quoted(text: str) -> Markup:
    """A text in whatever language, kept apart from what stands around it."""
    return Markup("<bdi{}>{}</bdi>").format(lang_and_dir(text), text)


def assembled(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """A line of words of the page, and of names put into it, each of which is kept apart.

    >>> assembled([("met ", False), ("كيري", True)])
    Markup('met <bdi lang="ar" dir="rtl">كيري</bdi>')
    """
    return Markup("").join(quoted(text) if name else escape(text) for text, name in pieces)


def printable(text: str) -> str:
    """``text`` without the characters that XML does not allow at all."""
    return _NOT_XML.sub(" ", text)


class Paragraph(NamedTuple):
    """One line of a long text: as it was printed, as HTML, and whether a mark begins in it."""

    text: str
    html: Markup
    marked: bool


class Linked(NamedTuple):
    """A stretch of a text that leads somewhere: a name, of a kind, with what is said on it.

    ``lang`` is the language in which that is said.
    """

    start: int
    end: int
    kind: str
    address: str
    title: str
    lang: str = ""


def paragraphs(
    passage: Passage,
    linked: Sequence[Linked] = (),
    known: str = "",
    told: Mapping[str, Span] | None = None,
) -> list[Paragraph]:
    """Return a long passage, in the ``known`` language, line by line, empty lines left out.

    With ``linked`` names are links as well; where two overlap, the earlier and longer one is. With
    ``told`` pages may point at sentences by these names.
    """
    names = _apart(linked)
    pointed = _stretches(told or {})
    return [
        Paragraph(
            line[0],
            Markup("").join(_pointed(passage, names, known, pointed, line.start(), line.end())),
            _begins_within(passage.marks, line.start(), line.end()),
        )
        for line in _PARAGRAPH.finditer(passage.text)
        if line[0].strip()
    ]


class _Stretch(NamedTuple):
    """What is pointed at, as one where several overlap, and the names of what is in it."""

    start: int
    end: int
    names: tuple[str, ...]


def _stretches(told: Mapping[str, Span]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for name, (start, end) in sorted(told.items(), key=lambda item: item[1]):
        last = found[-1] if found else None
        if last and start < last.end:
            found[-1] = _Stretch(last.start, max(last.end, end), (*last.names, name))
        elif start < end:
            found.append(_Stretch(start, end, (name,)))
    return found


def _pointed(
    passage: Passage,
    names: Sequence[Linked],
    known: str,
    stretches: Sequence[_Stretch],
    start: int,
    end: int,
) -> Iterator[Markup]:
    """A piece of a text, in which each stretch that begins in it can be pointed at."""
    at = start
    for number in range(bisect_left(stretches, start, key=_start), len(stretches)):
        stretch = stretches[number]
        if stretch.start >= end:
            break
        until = min(stretch.end, end)
        yield from _linked(passage, names, known, at, stretch.start)
        yield Markup('<span class="told">')
        yield from (Markup('<span id="{}"></span>').format(name) for name in stretch.names)
        yield from _linked(passage, names, known, stretch.start, until)
        yield Markup("</span>")
        at = until
    yield from _linked(passage, names, known, at, end)


def _begins_within(marks: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(marks, start, key=_start)
    return at < len(marks) and marks[at][0] < end


def compared(pieces: Sequence[Piece]) -> Markup:
    """Return two prints of a text as one: what only the left has in ``<del>``, the right in <ins>.

    >>> compared([Piece("same", "a"), Piece("left", "<b>"), Piece("right", "c")])
    Markup('a <del>&lt;b&gt;</del> <ins>c</ins>')
    """
    return Markup(" ").join(_compared(piece) for piece in pieces)


def _compared(piece: Piece) -> Markup:
    match piece.kind:
        case "left":
            return Markup("<del>{}</del>").format(piece.text)
        case "right":
            return Markup("<ins>{}</ins>").format(piece.text)
    return escape(f"{ELLIPSIS} {piece.text}" if piece.cut else piece.text)


def _apart(linked: Sequence[Linked]) -> list[Linked]:
    kept: list[Linked] = []
    for name in sorted(linked, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _linked(
    passage: Passage, names: Sequence[Linked], known: str, start: int, end: int
) -> Iterator[Markup]:
    text, marks = passage.text, passage.marks
    at = start
    for number in range(bisect_left(names, start, key=_start), len(names)):
        name = names[number]
        if name.start >= end:
            break
        if name.start < name.end <= end:
            yield from _pieces(text, marks, at, name.start)
            pieces = Markup("").join(_pieces(text, marks, name.start, name.end))
            if name.lang not in ("", language.tongue(text[name.start : name.end], known)):
                # The title is in the link's language, what the link holds in that of the text.
                own = lang_and_dir(text[name.start : name.end], known)
                pieces = Markup("<span{}>{}</span>").format(own, pieces)
                spoken = Markup(' lang="{}"').format(name.lang)
            else:
                spoken = Markup("")
            yield Markup('<a class="{}" href="{}" title="{}"{}>{}</a>').format(
                name.kind, name.address, name.title, spoken, pieces
            )
            at = name.end
    yield from _pieces(text, marks, at, end)


def _pieces(text: str, marks: Sequence[Span], start: int, end: int) -> Iterator[Markup]:
    """``text[start:end]``, escaped; a mark that runs over the border is cut there."""
    at = start
    for number in range(bisect_right(marks, start, key=_end), len(marks)):
        mark_start, mark_end = marks[number]
        if mark_start >= end:
            break
        left, right = max(mark_start, at), min(mark_end, end)
        if left < right:
            yield escape(text[at:left])
            yield Markup("<mark>{}</mark>").format(text[left:right])
            at = right
    yield escape(text[at:end])


def _start(span: Span | Linked | _Stretch) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]
