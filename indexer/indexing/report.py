"""What an indexing run did, as a whole and for each source: for people, and for whoever watches."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from indexer.model import Article
from indexer.sources import Skipped

#: A page skipped for a reason of its own: what follows the colon tells of that page alone.
_DETAIL = ":"


@dataclass
class SourceReport:
    """The new and changed pages of one source."""

    articles: int = 0
    copies: int = 0
    dates: Counter[str] = field(default_factory=Counter)  # by origin, «none» where there is none
    encodings: Counter[str] = field(default_factory=Counter)
    removed_lines: Counter[str] = field(default_factory=Counter)  # by the rule that removed them
    skipped: Counter[str] = field(default_factory=Counter)  # pages, by the reason

    def count(self, article: Article, encoding: str) -> None:
        """Count an article that was read."""
        self.articles += 1
        self.dates[article.date_origin or "none"] += 1
        self.encodings[encoding] += 1
        self.removed_lines.update(piece.why for piece in article.removed)

    def as_data(self) -> dict[str, Any]:
        """The counts as plain data, most frequent first."""
        return {
            "read": self.articles + self.skipped.total(),
            "articles": self.articles,
            "copies": self.copies,
            **{
                name: dict(getattr(self, name).most_common())
                for name in ("dates", "encodings", "removed_lines", "skipped")
            },
        }


@dataclass
class Report:
    """What an indexing run did; counts grow while it runs.

    ``warnings`` tell of pages that are counted among the others: one took the place of another, the
    article of one could not be made anew.
    """

    indexed: int = 0
    unchanged: int = 0
    removed: int = 0
    corrected: int = 0
    expected: int | None = None  # of a run that knows beforehand
    ended_early: bool = False
    seconds: float = 0.0
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[Skipped] = field(default_factory=list)
    sources: dict[str | None, SourceReport] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Pages that were met: each was indexed, was unchanged, or was skipped."""
        return self.indexed + self.unchanged + len(self.skipped)

    @property
    def rate(self) -> float:
        """Articles indexed a second."""
        return self.indexed / self.seconds if self.seconds else 0.0

    @property
    def reasons(self) -> Counter[str]:
        """Why pages were skipped, without what tells of one page alone."""
        return Counter(map(_reason, self.skipped))

    @property
    def whole(self) -> SourceReport:
        """The counts of all sources together."""
        whole = SourceReport()
        for one in self.sources.values():
            whole.articles += one.articles
            whole.copies += one.copies
            whole.dates.update(one.dates)
            whole.encodings.update(one.encodings)
            whole.removed_lines.update(one.removed_lines)
            whole.skipped.update(one.skipped)
        return whole

    def skip(self, skipped: Skipped) -> None:
        """Take in a page that was skipped."""
        self.skipped.append(skipped)
        self.of(skipped.source).skipped[_reason(skipped)] += 1

    def of(self, source: str | None) -> SourceReport:
        """The counts of one source, None for pages that name none."""
        return self.sources.setdefault(source, SourceReport())

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, the sources with most articles first."""
        whole = self.whole.as_data()
        for name in ("read", "articles", "skipped"):  # said in other words below
            del whole[name]
        ordered = sorted(self.sources.items(), key=lambda item: (-item[1].articles, item[0] or ""))
        return {
            "read": self.read,
            "indexed": self.indexed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "corrected": self.corrected,
            "skipped": _told(self.skipped),
            "warnings": _told(self.warnings),
            "reasons": dict(self.reasons.most_common()),
            **whole,
            "sources": [{"source": name, **one.as_data()} for name, one in ordered],
            "seconds": round(self.seconds, 3),
            "articles_a_second": round(self.rate, 1),
        }


def _told(pages: list[Skipped]) -> list[dict[str, str]]:
    return [{"origin": one.origin, "why": one.why} for one in pages]


def _reason(skipped: Skipped) -> str:
    return skipped.why.partition(_DETAIL)[0].rstrip(".")
