"""Which articles a clause matches and how well, by array arithmetic over posting lists.

BM25 as in Robertson & Zaragoza, «The Probabilistic Relevance Framework» (2009), with the inverse
document frequency that Lucene uses (never negative). Clauses answer with one array entry for every
article of the index, so and, or, not are the arrays' own operators.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer import deadline
from indexer.deadline import OutOfTime
from indexer.engines.columnar.columns import Columns, Mask
from indexer.engines.columnar.minimum_match import covering, full, rarity
from indexer.engines.ranking import Ranking
from indexer.engines.whoosh.postings import Postings, joined
from indexer.engines.whoosh.shelves import root_term
from indexer.query.ast import (
    All,
    Any,
    Between,
    Clause,
    Exact,
    Fuzzy,
    HasValue,
    Match,
    Most,
    Named,
    Not,
    Part,
    Pattern,
    Phrase,
    Prefix,
    has_root,
)

Floats = NDArray[np.float64]

#: The posting list of a form over title and body.
Lookup = Callable[[str], Postings]


class ScoredMatches(NamedTuple):
    """What a clause says of every article: whether it matches, and its score (0 elsewhere).

    ``held`` is a mask for each clause of the query's ``Most``: who matches it.
    """

    matches: Mask
    scores: Floats
    held: NDArray[np.bool_] | None = None


class Layer(NamedTuple):
    """Where any of some forms stands: how often in each article, in all and in its title."""

    words: Floats
    title: Floats

    def of(self, field: str) -> Floats:
        """The frequencies in a field."""
        return self.title if field == "title" else self.words


class Scorer:
    """Answers clauses over one snapshot of an index."""

    def __init__(self, lookup: Lookup, columns: Columns, alive: Mask, ranking: Ranking) -> None:
        self._lookup = lookup
        self._columns = columns
        self._alive = alive
        self._ranking = ranking
        self._size = len(columns)
        self._norms = {
            "words": self._norm(columns.lengths),
            "title": self._norm(columns.title_lengths),
        }

    def answer(self, clause: Clause) -> ScoredMatches:
        """Return which articles match the clause, and how well.

        Where the time is up, words that are still to be looked for find nothing; raises
        ``OutOfTime`` where without them too much would be found.
        """
        deadline.check()
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
                out = self.answer(inner).matches
                deadline.check()
                return self._plain(~out)
            case All(clauses):
                answers = [self.answer(c) for c in clauses]
                matches = np.logical_and.reduce([np.ones(self._size, bool), *_masks(answers)])
                held = next((one.held for one in answers if one.held is not None), None)
                return ScoredMatches(matches, np.where(matches, self._sum(answers), 0.0), held)
            case Most():
                return self._most(clause)
            case Any(clauses):
                answers = self._in_time(clauses)
                matches = np.logical_or.reduce([np.zeros(self._size, bool), *_masks(answers)])
                return ScoredMatches(matches, self._sum(answers))
            case Prefix() | Pattern() | Fuzzy() | Named():
                raise TypeError(f"{clause} was not looked up")

    def _most(self, clause: Most) -> ScoredMatches:
        """The clauses' scores, and what ``Ranking`` gives for each that is matched at all."""
        root = self._ranking.root(len(clause.clauses))
        answers = self._in_time(clause.clauses, root)
        held = np.array([answer.matches for answer in answers], bool)
        held = held.reshape(len(answers), self._size)
        living = int(np.count_nonzero(self._alive))
        weights = rarity(np.count_nonzero(held & self._alive, axis=1), living)
        matches = full(held) if clause.strict else covering(held, self._alive, self._ranking)
        rootless = np.array([not has_root(one) for one in clause.clauses], bool)
        scores = self._sum(answers) + self._ranking.kin * ((weights * rootless) @ held)
        scores += self._ranking.all_words(len(answers)) * weights.sum() * held.all(axis=0)
        if len(clause.phrase) > 1:
            with suppress(OutOfTime):  # it only ranks
                scores += self._phrase(clause.phrase, 0, None, self._ranking.row).scores
        return ScoredMatches(matches, np.where(matches, scores, 0.0), held)

    def _in_time(self, clauses: Sequence[Clause], root: float | None = None) -> list[ScoredMatches]:
        """An answer for each clause: that nothing matches it, once the time is up."""
        answers = []
        for one in clauses:
            try:
                deadline.check()
                answers.append(
                    self._match(one, root) if isinstance(one, Match) else self.answer(one)
                )
            except OutOfTime:
                answers.append(self.nothing())
        return answers

    def nothing(self) -> ScoredMatches:
        """What a clause says that no article matches."""
        return self._plain(np.zeros(self._size, bool))

    def _match(self, clause: Match, root: float | None = None) -> ScoredMatches:
        """A loose word. With ``root``, the weight of words of its root, these only rank."""
        weights = self._ranking
        layers = [
            (self._layer(clause.stem_forms), weights.stem),
            (self._layer(clause.lemma_forms), weights.lemma),
            (self._layer((clause.word.exact,)), weights.exact),
        ]
        root_terms = [root_term(clause.word.root)] if has_root(clause) else []
        kin = self._layer(root_terms)
        if root is None:
            layers.append((kin, weights.roots[-1]))
        main = clause.part or "words"
        matches: Mask = np.logical_or.reduce([layer.of(main) > 0 for layer, _ in layers])
        scores = np.zeros(self._size)
        if root is not None:
            layers.append((kin, root))
            related = kin.of(main) > 0
            scores += weights.kin * self._idf(int(np.count_nonzero(related))) * related
        for field, share in self._fields(clause.part):
            for layer, weight in layers:
                self._add_bm25(scores, layer.of(field), field, weight * share)
        for answer in self._in_time(clause.variants):
            matches |= answer.matches
            scores += answer.scores * weights.variant
        return ScoredMatches(matches, scores)

    def _exact(self, forms: Sequence[str], part: Part) -> ScoredMatches:
        layer = self._layer(forms)
        scores = np.zeros(self._size)
        for field, share in self._fields(part):
            self._add_bm25(scores, layer.of(field), field, share * self._ranking.whole)
        return ScoredMatches(layer.of(part or "words") > 0, scores)

    def _phrase(
        self, forms: Sequence[str], slop: int, part: Part, weight: float | None = None
    ) -> ScoredMatches:
        weight = self._ranking.whole if weight is None else weight
        scores = np.zeros(self._size)
        for field, share in self._fields(part):
            lists = {}
            for form in forms:
                deadline.check()
                lists[form] = self._postings(field, form)
            found = _near(forms, lists, slop) if slop else _in_order(forms, lists)
            frequencies = self._total(found)
            if field == (part or "words"):
                matches = frequencies > 0
            idf = sum(self._idf(_holding(one)) for one in lists.values())
            self._add_bm25(scores, frequencies, field, share * weight, idf)
        return ScoredMatches(matches, scores)

    def _fields(self, part: Part) -> tuple[tuple[str, float], ...]:
        if part == "title":
            return (("title", 1.0),)
        return (("words", 1.0), ("title", self._ranking.title))

    def _layer(self, forms: Sequence[str]) -> Layer:
        """How often any of the forms stands in each article."""
        lists = []
        for form in forms:
            if deadline.is_over():
                break
            if len((one := self._lookup(form)).articles):
                lists.append(one)
        if not lists:
            return Layer(np.zeros(self._size), np.zeros(self._size))
        one = lists[0] if len(lists) == 1 else joined(lists)
        return Layer(self._total(one.articles), self._total(self._in_title(one).articles))

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
        return float(rarity(holding, self._size))

    def _norm(self, lengths: NDArray[np.int64]) -> Floats:
        """BM25's k1 · (1 - b + b · length / average length), for every article."""
        average = lengths.mean() if self._size and lengths.any() else 1.0
        k1, b = self._ranking.k1, self._ranking.b
        norm: Floats = k1 * (1 - b + b * lengths / average)
        return norm

    def _plain(self, matches: Mask) -> ScoredMatches:
        return ScoredMatches(matches, np.zeros(self._size))

    def _sum(self, answers: Sequence[ScoredMatches]) -> Floats:
        scores = np.zeros(self._size)
        for answer in answers:
            scores += answer.scores
        return scores


def _masks(answers: Sequence[ScoredMatches]) -> list[Mask]:
    return [answer.matches for answer in answers]


def _places(one: Postings) -> NDArray[np.int64]:
    """Every occurrence as one sortable number: article above, position below 32 bits."""
    return (one.articles << 32) | one.positions


def _in_order(forms: Sequence[str], lists: Mapping[str, Postings]) -> NDArray[np.int64]:
    """The article of each place where the forms follow each other."""
    rarest = sorted(enumerate(forms), key=lambda one: len(lists[one[1]].articles))
    starts: NDArray[np.int64] | None = None
    for offset, form in rarest:
        places = _places(lists[form]) - offset
        starts = places if starts is None else starts[_among(starts, places)]
        if not len(starts):
            break
    return np.zeros(0, np.int64) if starts is None else starts >> 32


def _among(some: NDArray[np.int64], places: NDArray[np.int64]) -> Mask:
    """Which of some places are among others, which ascend as posting lists do."""
    if not len(places):
        return np.zeros(len(some), bool)
    at = np.minimum(np.searchsorted(places, some), len(places) - 1)
    found: Mask = places[at] == some
    return found


def _holding(one: Postings) -> int:
    """In how many articles the form stands; its occurrences in one are neighbours."""
    return int(np.count_nonzero(np.diff(one.articles))) + 1 if len(one.articles) else 0


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
