"""Lines that a site prints around every story, found by their being repeated.

No table knows every site. When a whole source is read, what stands at the ends of many of its pages
is no part of any story: slogans, offers, addresses. Sentences are never taken: stories repeat those
too, as background.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.model import Article, Removed
from indexer.sources.lines import SENTENCE, Line

#: Lines of a story's beginning and of its end that are looked at.
HEAD, TAIL = 3, 6
#: A line is furniture on this share of a source's pages, and on so many of them at least.
SHARE, LEAST = 0.05, 8
#: Lines of a source that are remembered; the rarest are forgotten beyond it.
REMEMBERED = 50_000
_SENTENCE_END = (".", "؟", "!", "»", "”")
WHY = "repeated on many pages"


@dataclass
class _Source:
    """What was seen of one source. A line counts once for each title: copies are one page."""

    pages: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    last: dict[str, str] = field(default_factory=dict)


class Furniture:
    """Counts the lines of articles as they come, then takes the repeated ones out of each."""

    def __init__(self) -> None:
        self._sources: dict[str | None, _Source] = {}

    def see(self, article: Article) -> None:
        """Remember the lines at the ends of one article."""
        source = self._sources.setdefault(article.source, _Source())
        source.pages += 1
        for line in {letters for _, letters in _edges(article)}:
            if source.last.get(line) != article.title:
                source.lines[line] += 1
                source.last[line] = article.title
        if len(source.lines) > REMEMBERED:
            source.lines = Counter(dict(source.lines.most_common(REMEMBERED // 2)))
            source.last = {line: source.last[line] for line in source.lines}

    def without(self, article: Article) -> Article:
        """The article without lines that its source repeats; they are among the removed."""
        source = self._sources.get(article.source, _Source())
        least = max(LEAST, SHARE * source.pages)
        repeated = {n for n, letters in _edges(article) if source.lines[letters] >= least}
        if not repeated:
            return article
        paragraphs = article.body.split("\n")
        return replace(
            article,
            body="\n".join(text for n, text in enumerate(paragraphs) if n not in repeated),
            removed=(*article.removed, *(Removed(paragraphs[n], WHY) for n in sorted(repeated))),
        )


def _edges(article: Article) -> Iterator[tuple[int, str]]:
    """The short lines at both ends of a story, by number, as their letters."""
    paragraphs = article.body.split("\n")
    for number, text in enumerate(paragraphs):
        near = number < HEAD or number >= len(paragraphs) - TAIL
        short = len(text) <= 2 * SENTENCE and not text.endswith(_SENTENCE_END)
        if near and short and (letters := Line(text).letters):
            yield number, letters
