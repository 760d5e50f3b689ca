"""What speaks for each article that a query finds, kept apart so that it can be mixed anew.

The product's own scorer scores every query, each time with one weight at 1 and the others at 0. A
score is the sum of these times the weights in indexer/engines/ranking.py, because the engines add
nothing else up; which articles are found does not depend on the weights.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Search
from indexer.engines.columnar.minimum_match import rarity
from indexer.engines.ranking import RANKING, Ranking
from indexer.engines.whoosh.scoring import Layer, Scorer
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.query.ast import EVERYTHING, All, Clause, Match, Most
from indexer.search.service import SearchService
from indexer.text import default_analyzer

NOTHING = RANKING._replace(
    **dict.fromkeys(("exact", "stem", "lemma", "whole", "title", "kin", "row"), 0.0),
    roots=(0.0,),
    full=(0.0,),
)
#: Each kind of evidence by itself: in title and body together, and with the title once more.
WHERE = {
    "exact": NOTHING._replace(exact=1.0),
    "stem": NOTHING._replace(stem=1.0),
    "lemma": NOTHING._replace(lemma=1.0),
    "root": NOTHING._replace(roots=(1.0,)),
    "row": NOTHING._replace(row=1.0),
    "rest": NOTHING._replace(whole=RANKING.whole),  # other spellings, names
}
WHETHER = {
    "kin": NOTHING._replace(kin=1.0),
    "full": NOTHING._replace(full=(1.0,)),
}
SHOWN = 10
DISTANCE = 3  # two words are near when they stand at most so many positions apart

Floats = NDArray[np.float64]


class Asked(NamedTuple):
    """One query: what speaks for each article found, articles in the order that breaks ties."""

    words: int
    evidence: Floats  # articles by weights
    near: Floats
    full: NDArray[np.bool_]
    share: Floats  # of the query's rarity that an article holds
    grades: NDArray[np.int64]  # of each article
    ideal: float  # the best discounted gain; 0 where the first right article counts


class Evidence(Scorer):
    """The product's scorer under changing weights; a query's posting lists are counted once."""

    def under(self, ranking: Ranking, clause: Clause) -> Floats:
        """The scores of a clause with these weights."""
        self._ranking = ranking
        return self.answer(clause).scores

    def nearness(self, words: Sequence[Match]) -> Floats:
        """BM25 of neighbours in the query, each pair as if it were one word where it is near."""
        scores = np.zeros(self._size)
        for one, other in pairwise(map(self._places, words)):
            if len(one) and len(other):
                at = np.searchsorted(other, one - DISTANCE)
                near = np.abs(other[np.minimum(at, len(other) - 1)] - one) <= DISTANCE
                self._add_bm25(scores, self._total(one[near] >> 32), "words", 1.0)
        return scores

    def _places(self, word: Match) -> NDArray[np.int64]:
        forms = dict.fromkeys((word.word.exact, *word.stem_forms, *word.lemma_forms))
        lists = [self._lookup(form) for form in forms]
        return np.sort(np.concatenate([(one.articles << 32) | one.positions for one in lists]))

    def start(self) -> None:
        """Forget the query before."""
        self._layers: dict[tuple[str, ...], Layer] = {}

    def _layer(self, forms: Sequence[str]) -> Layer:
        key = tuple(forms)
        if key not in self._layers:
            self._layers[key] = super()._layer(forms)
        return self._layers[key]


class Listening:
    """An engine that finds nothing, but keeps what it was asked."""

    clause: Clause = EVERYTHING

    def find(self, search: Search) -> SimpleNamespace:
        """Keep the clause."""
        self.clause = search.clause
        return SimpleNamespace(hits=())

    def vectors(self) -> dict[int, int]:
        """None: likeness is no evidence of words."""
        return {}


def folder(path: Path) -> list[Asked]:
    """The queries of a set that is a folder."""
    right: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (path / "qrels.tsv").read_text("utf-8").splitlines():
        query, document = line.split("\t")[:2]
        right[query][document] = 1
    lines = (path / "queries.jsonl").read_text("utf-8").splitlines()
    asked = [query for query in map(json.loads, lines) if query["id"] in right]
    own = {query["id"]: query["own"] for query in asked if "own" in query}
    queries = {query["id"]: (query["text"], right[query["id"]]) for query in asked}
    with indexed(path / "corpus.jsonl") as index:
        return list(evidence(index, queries, own=own))


@contextmanager
def indexed(corpus: Path) -> Iterator[Index]:
    """An index of the corpus that goes again."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        writable(Path(temporary) / "index") as index,
    ):
        index_pages([corpus], index)
        yield index


def evidence(
    index: Index,
    queries: Mapping[str, tuple[str, Mapping[str, int]]],
    *,
    own: Mapping[str, str] | None = None,
    among: frozenset[str] | None = None,
    discounted: bool = False,
) -> Iterator[Asked]:
    """What speaks for the articles that each query finds, of those that count."""
    state = index.engine._current()  # type: ignore[attr-defined]
    columns, ids = state._columns, state._columns.ids
    scorer = Evidence(state._postings, columns, state._alive, RANKING)
    counts = state._alive & (np.isin(ids, list(among)) if among else True)
    ranks = columns.ranks()
    listening = Listening()
    service = SearchService(replace(index, engine=listening), default_analyzer())
    for id, (text, grades) in queries.items():
        service.ranked(text, 1)
        clause = listening.clause
        scorer.start()
        answer = scorer.answer(clause)
        found = answer.matches & counts
        if own and id in own:
            found[state.rows[own[id]]] = False
        at = np.flatnonzero(found)
        at = at[np.argsort(ranks[at])]
        plain = [scorer.under(one, clause)[at] for one in WHERE.values()]
        twice = [scorer.under(one._replace(title=1.0), clause)[at] for one in WHERE.values()]
        titles = [both - once for both, once in zip(twice, plain, strict=True)]
        whether = [scorer.under(one, clause)[at] for one in WHETHER.values()]
        words = most(clause)
        yield Asked(
            len(words),
            np.column_stack([*plain, *titles, *whether]),
            scorer.nearness([word for word in words if isinstance(word, Match)])[at],
            answer.held[:, at].all(axis=0) if answer.held is not None else np.ones(len(at), bool),
            share(answer.held, len(state._alive))[at],
            np.array([grades.get(ids[n], 0) for n in at], np.int64),
            dcg(sorted(grades.values(), reverse=True)) if discounted else 0.0,
        )


def dcg(grades: Sequence[int]) -> float:
    """The discounted gain of the first ten of these grades."""
    gains = 2.0 ** np.array(grades[:SHOWN]) - 1
    return float(np.sum(gains / np.log2(np.arange(len(gains)) + 2)))


def share(held: NDArray[np.bool_] | None, articles: int) -> Floats:
    """How much of a query each article holds, by rarity."""
    if held is None:
        return np.ones(articles)
    rare = rarity(np.count_nonzero(held, axis=1), articles)
    return rare @ held / max(1e-9, float(rare.sum()))


def most(clause: Clause) -> tuple[Clause, ...]:
    """The words of a query."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    return next((part.clauses for part in parts if isinstance(part, Most)), ())


def weights(ranking: Ranking, words: int) -> list[float]:
    """What a ranking gives for each column of the evidence, in a query of so many words."""
    layers = [ranking.exact, ranking.stem, ranking.lemma, ranking.root(words), ranking.row, 1.0]
    whether = [ranking.kin, ranking.all_words(words)]
    return [*layers, *(ranking.title * one for one in layers), *whether]
