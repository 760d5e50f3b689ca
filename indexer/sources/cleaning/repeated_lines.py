"""Lines that a site prints around every story, found by their being repeated.

No table knows every site. When a whole source is read, what stands at the ends of many of its pages
is no part of any story: slogans, offers, addresses. Sentences are never taken: stories repeat those
too, as background.

Pages come as a stream, so lines are counted as they pass; which are repeated is known after some
pages, and those that came before are named, to be looked at again.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from indexer.model import Article, Removed
from indexer.sources.cleaning.lines import SENTENCE, Line

#: Lines of a story's beginning and of its end that are looked at.
HEAD, TAIL = 3, 6
#: A line is taken out on this share of a source's pages, and on so many of them at least. Of the
#: 31,030 articles of SaudiNewsNet no cleaned line is: the most frequent, a columnist's subheading,
#: stands on 0.7 %.
SHARE, LEAST = 0.05, 8
#: Lines of a source that are counted; the rarest are forgotten beyond it.
REMEMBERED = 1000
#: Of them, those that a later run goes on counting.
KEPT = 100
#: Articles that a later run knows a line to stand in, to look at them again.
NAMED = 500
_SENTENCE_END = (".", "؟", "!", "»", "”")
WHY = "repeated on many pages"


def without(article: Article, repeated_lines: Set[int]) -> Article:
    """The article without lines that its source repeats; they are among the removed."""
    if not repeated_lines:
        return article
    repeated = {
        n for n, letters in _edges(article) if _key(article.source, letters) in repeated_lines
    }
    if not repeated:
        return article
    paragraphs = article.body.split("\n")
    return replace(
        article,
        body="\n".join(text for n, text in enumerate(paragraphs) if n not in repeated),
        removed=(*article.removed, *(Removed(paragraphs[n], WHY) for n in sorted(repeated))),
    )


@dataclass
class _Seen:
    """One line of a source. It counts once for each title: copies are one page."""

    pages: int = 0
    title: str = ""  # of the last page
    articles: list[str] = field(default_factory=list)  # that have it


@dataclass
class _Source:
    pages: int = 0
    lines: dict[str, _Seen] = field(default_factory=dict)


class RepeatedLines:
    """Counts the lines of articles as they come; ``known`` are those found to be repeated.

    ``affected`` are the articles that came before one of their lines was known.
    """

    def __init__(self) -> None:
        self._sources: dict[str | None, _Source] = {}
        self.known: set[int] = set()
        self.affected: set[str] = set()

    @classmethod
    def loads(cls, text: str) -> "RepeatedLines":
        """What ``dumps`` wrote: the memory of earlier runs."""
        lines = cls()
        data = json.loads(text)
        lines.known.update(data["known"])
        for source, pages, seen_lines in data["sources"]:
            seen = {line: _Seen(count, articles=articles) for line, count, articles in seen_lines}
            lines._sources[source] = _Source(pages, seen)
        return lines

    def dumps(self) -> str:
        """What a later run must know, as text."""
        sources = [
            (
                name,
                one.pages,
                [(line, seen.pages, seen.articles[:NAMED]) for line, seen in _frequent(one, KEPT)],
            )
            for name, one in self._sources.items()
        ]
        data = {"known": sorted(self.known), "sources": sources}
        return json.dumps(data, ensure_ascii=False)

    def see(self, article: Article) -> None:
        """Count the lines at the ends of one article."""
        source = self._sources.setdefault(article.source, _Source())
        source.pages += 1
        for letters in {letters for _, letters in _edges(article)}:
            self._see(source, letters, article)
        if len(source.lines) > REMEMBERED:
            source.lines = dict(_frequent(source, REMEMBERED // 2))

    def _see(self, source: _Source, letters: str, article: Article) -> None:
        key = _key(article.source, letters)
        if key in self.known:  # the article was read before its line was known
            self.affected.add(article.id)
            return
        line = source.lines.setdefault(letters, _Seen())
        line.articles.append(article.id)
        if line.title != article.title:
            line.title = article.title
            line.pages += 1
        if line.pages >= max(LEAST, SHARE * source.pages):
            self.known.add(key)
            self.affected.update(line.articles)
            del source.lines[letters]


def _frequent(source: _Source, most: int) -> Collection[tuple[str, _Seen]]:
    """The lines of a source that stand on most pages."""
    counts = Counter({line: seen.pages for line, seen in source.lines.items()})
    return [(line, source.lines[line]) for line, _ in counts.most_common(most)]


def _key(source: str | None, letters: str) -> int:
    text = f"{source}\0{letters}".encode(errors="replace")
    return int.from_bytes(blake2b(text, digest_size=7).digest())


def _edges(article: Article) -> Iterator[tuple[int, str]]:
    """The short lines at both ends of a story, by number, as their letters."""
    paragraphs = article.body.split("\n")
    for number, text in enumerate(paragraphs):
        near = number < HEAD or number >= len(paragraphs) - TAIL
        short = len(text) <= 2 * SENTENCE and not text.endswith(_SENTENCE_END)
        if near and short and (letters := Line(text).letters):
            yield number, letters
