"""Which articles a clause matches and how well, by array arithmetic over posting lists.

BM25 as in Robertson & Zaragoza, «The Probabilistic Relevance Framework» (2009), with the inverse
document frequency that Lucene uses (never negative). Clauses answer with one array entry for every
article of the index, so and, or, not are the arrays' own operators.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.clauses import (
    All,
    Any,
    Between,
    Clause,
    Exact,
    Fuzzy,
    HasValue,
    Match,
    Named,
    Not,
    Part,
    Phrase,
    Prefix,
)
from indexer.engines.columns import Columns, Mask
from indexer.engines.ranking import Ranking
from indexer.engines.whoosh_postings import Postings, joined

Floats = NDArray[np.float64]

#: The posting list of a form over title and body.
Lookup = Callable[[str], Postings]


class Answer(NamedTuple):
    """What a clause says of every article: whether it matches, and its score (0 elsewhere)."""

    matches: Mask
    scores: Floats


class Scorer:
    """Answers clauses over one state of an index."""

    def __init__(self, lookup: Lookup, columns: Columns, ranking: Ranking) -> None:
        self._lookup = lookup
        self._columns = columns
        self._ranking = ranking
        self._size = len(columns)
        self._norms = {
            "words": self._norm(columns.lengths),
            "title": self._norm(columns.title_lengths),
        }

    def answer(self, clause: Clause) -> Answer:
        """Return which articles match the clause, and how well."""
        match clause:
            case Match():
                return self._match(clause)
            case Exact(forms, part):
                return self._exact(forms, part)
            case Phrase(forms, slop, part):
                return self._phrase(forms, slop, part)
            case HasValue(facet, values):
                return self._plain(self._columns.facets[facet].holding(values, self._size))
            case Between(start, end):
                return self._plain(self._columns.between(start, end))
            case Not(inner):
                return self._plain(~self.answer(inner).matches)
            case All(clauses):
                answers = [self.answer(c) for c in clauses]
                matches = np.logical_and.reduce([np.ones(self._size, bool), *_masks(answers)])
                return Answer(matches, np.where(matches, self._sum(answers), 0.0))
            case Any(clauses):
                answers = [self.answer(c) for c in clauses]
                matches = np.logical_or.reduce([np.zeros(self._size, bool), *_masks(answers)])
                return Answer(matches, self._sum(answers))
            case Prefix() | Fuzzy() | Named():
                raise TypeError(f"{clause} was not resolved")

    def _match(self, clause: Match) -> Answer:
        weights = self._ranking
        layers = (
            (clause.stem_forms, weights.stem),
            (clause.lemma_forms, weights.lemma),
            (clause.root_forms, weights.root),
            ((clause.word.exact,), weights.exact),
        )
        matches = np.zeros(self._size, bool)
        scores = np.zeros(self._size)
        for field, share in self._fields(clause.part):
            for forms, weight in layers:
                frequencies = self._frequencies(field, forms)
                if field == (clause.part or "words"):
                    matches |= frequencies > 0
                self._add_bm25(scores, frequencies, field, weight * share)
        return Answer(matches, scores)

    def _exact(self, forms: Sequence[str], part: Part) -> Answer:
        scores = np.zeros(self._size)
        for field, share in self._fields(part):
            frequencies = self._frequencies(field, forms)
            if field == (part or "words"):
                matches = frequencies > 0
            self._add_bm25(scores, frequencies, field, share * self._ranking.whole)
        return Answer(matches, scores)

    def _phrase(self, forms: Sequence[str], slop: int, part: Part) -> Answer:
        scores = np.zeros(self._size)
        for field, share in self._fields(part):
            lists = {form: self._postings(field, form) for form in forms}
            found = _near(forms, lists, slop) if slop else _in_order(forms, lists)
            frequencies = self._total(found)
            if field == (part or "words"):
                matches = frequencies > 0
            idf = sum(self._idf(len(np.unique(one.articles))) for one in lists.values())
            self._add_bm25(scores, frequencies, field, share * self._ranking.whole, idf)
        return Answer(matches, scores)

    def _fields(self, part: Part) -> tuple[tuple[str, float], ...]:
        if part == "title":
            return (("title", 1.0),)
        return (("words", 1.0), ("title", self._ranking.title))

    def _frequencies(self, field: str, forms: Sequence[str]) -> Floats:
        """How often any of the forms stands in each article."""
        lists = [one for form in forms if len((one := self._lookup(form)).articles)]
        if not lists:
            return np.zeros(self._size)
        one = lists[0] if len(lists) == 1 else joined(lists)
        return self._total((self._in_title(one) if field == "title" else one).articles)

    def _postings(self, field: str, form: str) -> Postings:
        one = self._lookup(form)
        return self._in_title(one) if field == "title" else one

    def _in_title(self, one: Postings) -> Postings:
        """What of a posting list lies in titles; they come first in an article's positions."""
        return one.select(one.positions < self._columns.title_lengths[one.articles])

    def _total(self, articles: NDArray[np.int64]) -> Floats:
        """How often each article of the index is among these."""
        return np.bincount(articles, minlength=self._size).astype(np.float64)

    def _add_bm25(
        self,
        scores: Floats,
        frequencies: Floats,
        field: str,
        weight: float,
        idf: float | None = None,
    ) -> None:
        at = np.flatnonzero(frequencies > 0)  # of truth values: five times as fast as of numbers
        if not len(at) or not weight:
            return
        tf = frequencies[at]
        k1 = self._ranking.k1
        idf = self._idf(len(at)) if idf is None else idf
        scores[at] += weight * idf * tf * (k1 + 1) / (tf + self._norms[field][at])

    def _idf(self, holding: int) -> float:
        return float(np.log1p((self._size - holding + 0.5) / (holding + 0.5)))

    def _norm(self, lengths: NDArray[np.int64]) -> Floats:
        """BM25's k1 · (1 - b + b · length / average length), for every article."""
        average = lengths.mean() if self._size and lengths.any() else 1.0
        k1, b = self._ranking.k1, self._ranking.b
        norm: Floats = k1 * (1 - b + b * lengths / average)
        return norm

    def _plain(self, matches: Mask) -> Answer:
        return Answer(matches, np.zeros(self._size))

    def _sum(self, answers: Sequence[Answer]) -> Floats:
        scores = np.zeros(self._size)
        for answer in answers:
            scores += answer.scores
        return scores


def _masks(answers: Sequence[Answer]) -> list[Mask]:
    return [answer.matches for answer in answers]


def _places(one: Postings) -> NDArray[np.int64]:
    """Every occurrence as one sortable number: article above, position below 32 bits."""
    return (one.articles << 32) | one.positions


def _in_order(forms: Sequence[str], lists: Mapping[str, Postings]) -> NDArray[np.int64]:
    """The article of each place where the forms follow each other."""
    starts = _places(lists[forms[0]])
    for offset, form in enumerate(forms[1:], 1):
        starts = np.intersect1d(starts, _places(lists[form]) - offset, assume_unique=True)
    return starts >> 32


def _near(forms: Sequence[str], lists: Mapping[str, Postings], slop: int) -> NDArray[np.int64]:
    """The article of each place where all forms stand within as many positions as there are forms,
    plus ``slop``.

    A form that is asked for twice must stand there twice. Windows that begin at different
    occurrences count as different ones.
    """
    needed = Counter(forms)
    every = {form: np.sort(_places(lists[form])) for form in needed}
    starts = np.sort(np.concatenate(list(every.values())))
    width = len(forms) + slop
    for form in sorted(needed, key=lambda form: len(every[form])):  # the rarest leaves fewest
        ends = np.searchsorted(every[form], starts + width)
        starts = starts[ends - np.searchsorted(every[form], starts) >= needed[form]]
    return starts >> 32
