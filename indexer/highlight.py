"""The words of a text that answer a query, and the piece of the text to show them in.

A mark is always a whole word as printed: marks are the offsets of tokens, never of letters.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.clauses import All, Any, Clause, Exact, Match, Phrase, Prefix
from indexer.model import Token

Span = tuple[int, int]
TextPart = Literal["title", "body"]

#: How many characters of an article a result shows: two to three lines.
SIZE = 240
# A sentence ends with its closing quotation mark or bracket; a dot inside «أ.ف.ب» ends none.
_SENTENCE_END = re.compile(r'[.!?؟…]+["”»)\]]*(?=\s)|(?=\n)')


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to show and the spans of it to mark: whole printed words, in order, apart.

    ``before`` and ``after`` say that the text was cut there.
    """

    text: str
    marks: tuple[Span, ...] = ()
    before: bool = False
    after: bool = False


def spans(clause: Clause, tokens: Sequence[Token], part: TextPart) -> tuple[Span, ...]:
    """The words of a title or body that answer the query, each a span of its own, in order.

    Excluded clauses, dates and facet values mark nothing; a phrase marks only where it stands.
    """
    stems: set[str] = set()
    lemmas: set[str] = set()
    forms: set[str] = set()
    beginnings: list[str] = []
    found: set[int] = set()
    for answer in _answers(clause, part):
        match answer:
            case Match(word):
                stems.add(word.stem)
                lemmas.add(word.lemma)
            case Exact():
                forms.update(answer.forms)
            case Prefix(text):
                beginnings.append(text)
            case Phrase():
                found.update(_near(answer, tokens) if answer.slop else _in_order(answer, tokens))
    begins = tuple(beginnings)
    found.update(
        n
        for n, (_, _, word) in enumerate(tokens)
        if word.stem in stems
        or word.lemma in lemmas
        or word.exact in forms
        or word.exact.startswith(begins)
    )
    return tuple((tokens[n].start, tokens[n].end) for n in sorted(found))


def passage(text: str, tokens: Sequence[Token], spans: Sequence[Span], size: int = SIZE) -> Passage:
    """The piece of about ``size`` characters that holds most of the query, with its marks.

    Most different words first, then most words, then what comes first. It begins and ends with a
    sentence where one is in reach, else between words. Without spans: how the text begins.
    """
    first, last = _densest(tokens, spans, size)
    start = _start(text, tokens, first, last, size)
    end = _end(text, tokens, start, last, size)
    return Passage(
        text[start:end],
        tuple((s - start, e - start) for s, e in spans if start <= s and e <= end),
        before=bool(text[:start].strip()),
        after=bool(text[end:].strip()),
    )


def _answers(clause: Clause, part: TextPart) -> Iterator[Match | Exact | Prefix | Phrase]:
    """The clauses about words of this part that an article may match by holding them."""
    match clause:
        case All(clauses) | Any(clauses):
            for inner in clauses:
                yield from _answers(inner, part)
        case Match() | Exact() | Prefix() | Phrase():
            if clause.part in (None, part):
                yield clause


def _in_order(phrase: Phrase, tokens: Sequence[Token]) -> Iterator[int]:
    """The places of words that follow one another as in the phrase."""
    first, *rest = phrase.forms
    for n in range(len(tokens) - len(rest)):
        if tokens[n].word.exact == first and all(
            tokens[n + offset].word.exact == form for offset, form in enumerate(rest, 1)
        ):
            yield from range(n, n + len(phrase.forms))


def _near(phrase: Phrase, tokens: Sequence[Token]) -> Iterator[int]:
    """The places of the phrase's words where they all stand near enough, in any order."""
    needed = Counter(phrase.forms)
    width = len(phrase.forms) + phrase.slop
    places = [n for n, token in enumerate(tokens) if token.word.exact in needed]
    inside: Counter[str] = Counter()
    missing = len(phrase.forms)
    end = marked = 0
    for start, place in enumerate(places):
        while end < len(places) and places[end] < place + width:
            form = tokens[places[end]].word.exact
            inside[form] += 1
            missing -= inside[form] <= needed[form]
            end += 1
        if not missing:
            yield from places[max(start, marked) : end]
            marked = end
        form = tokens[place].word.exact
        missing += inside[form] <= needed[form]
        inside[form] -= 1


def _densest(tokens: Sequence[Token], spans: Sequence[Span], size: int) -> Span:
    """From where to where the marks stand that are shown together."""
    if not spans:
        return 0, 0
    kinds = _kinds(tokens, spans)
    inside: Counter[int] = Counter()
    best = (0, 0)
    chosen = spans[0]
    end = 0
    for n, span in enumerate(spans):
        while end < len(spans) and (end == n or spans[end][1] - span[0] <= size):
            inside[kinds[spans[end]]] += 1
            end += 1
        merit = (len(inside), end - n)
        if merit > best:
            best, chosen = merit, (span[0], spans[end - 1][1])
        inside[kinds[span]] -= 1
        if not inside[kinds[span]]:
            del inside[kinds[span]]
    return chosen


def _kinds(tokens: Sequence[Token], spans: Sequence[Span]) -> dict[Span, int]:
    """A number for each marked word; words that share a stem or a lemma have the same one."""
    marked = set(spans)
    stems: dict[str, int] = {}
    lemmas: dict[str, int] = {}
    kinds: dict[Span, int] = {}
    for start, end, word in tokens:
        if (start, end) in marked:
            kind = stems.get(word.stem, lemmas.get(word.lemma, len(kinds)))
            stems.setdefault(word.stem, kind)
            lemmas.setdefault(word.lemma, kind)
            kinds[start, end] = kind
    return kinds


def _start(text: str, tokens: Sequence[Token], first: int, last: int, size: int) -> int:
    """Where to begin: with the text, with the nearest sentence in reach, or some words before."""
    if last <= size:
        return len(text) - len(text.lstrip())
    spare = max(0, size - (last - first))
    ends = [found.end() for found in _SENTENCE_END.finditer(text, first - spare, first)]
    if ends:
        return first - len(text[ends[-1] : first].lstrip())
    return tokens[bisect_left(tokens, first - spare // 2, key=lambda token: token.start)].start


def _end(text: str, tokens: Sequence[Token], start: int, last: int, size: int) -> int:
    """Where to end: with the text, with the last sentence in reach, or with a word."""
    limit = max(start + size, last)
    whole = len(text.rstrip())
    if whole <= limit:
        return whole
    early = max(start + size // 2, last)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, early, limit + 1)]
    if ends and ends[-1] <= limit:
        return ends[-1]
    after = bisect_right(tokens, limit, key=lambda token: token.end)
    if after and tokens[after - 1].end > start:
        return tokens[after - 1].end
    # No word ends here: the one that begins is longer than a passage, or there is none.
    return tokens[after].end if after < len(tokens) and tokens[after].start < limit else limit
