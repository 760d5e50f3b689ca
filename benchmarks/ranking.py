"""Which weights rank best: what Rasad scores by, mixed in many ways, on judged queries.

    python benchmarks/ranking.py ../shared/data --index FOLDER

DATA holds folders with corpus.jsonl, queries.jsonl and qrels.tsv, which are indexed here. FOLDER is
an index of the news archive, for the queries of news.py and for the key phrases of keyphrases.py;
without it only the folders are measured. The product's own scorer scores every query, each time
with one weight at 1 and the others at 0: a score is the sum of these times the weights in
indexer/engines/ranking.py, so that mixing is a product of matrices.

Prints MRR@10 (of the news: nDCG@10) as shipped, of the ten best mixtures by the mean of the sets,
and of the best when chosen on four fifths of the queries and measured on the other, five times;
then what was tried and left out: words near each other, articles with all words before the others,
and scores times the share of the query that an article holds.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from keyphrases import known_items
from news import dcg, read_grades, read_queries
from numpy.typing import NDArray

from indexer.clauses import EVERYTHING, All, Clause, Match, Most
from indexer.engines.ranking import RANKING, Ranking
from indexer.engines.scoring import Layer, Scorer
from indexer.index import Index, writable
from indexer.pipeline import index_pages
from indexer.search import SearchService
from indexer.text import default_analyzer

GRID = {
    "exact": (0.25, 0.5, 0.75),
    "title": (0.25, 0.5, 0.75),
    "roots": (
        (2.0, 2.0, 2.0, 2.0),
        (0.5, 1.0, 1.5, 2.0),
        (0.25, 0.5, 1.5, 2.0),
        (0.0, 0.5, 1.0, 2.0),
        (0.0, 0.0, 0.5, 1.0),
        (0.0, 0.0, 0.0, 0.0),
    ),
    "held": (0.0, 0.5, 1.0, 2.0),
    "kin": (0.0, 0.5, 1.0, 1.5, 2.0),
    "row": (0.0, 1.0, 2.0),
}
BEFORE = RANKING._replace(roots=(2.0,), held=0.0, kin=0.0, row=0.0)
NOTHING = BEFORE._replace(exact=0.0, stem=0.0, lemma=0.0, roots=(0.0,), whole=0.0, title=0.0)
#: Each kind of evidence by itself: in title and body together, and with the title once more.
WHERE = {
    "exact": NOTHING._replace(exact=1.0),
    "stem": NOTHING._replace(stem=1.0),
    "lemma": NOTHING._replace(lemma=1.0),
    "root": NOTHING._replace(roots=(1.0,)),
    "row": NOTHING._replace(row=1.0),
    "rest": NOTHING._replace(whole=RANKING.whole),  # other spellings, names
}
WHETHER = {"held": NOTHING._replace(held=1.0), "kin": NOTHING._replace(kin=1.0)}
LENGTHS = len(RANKING.roots)
DISTANCE = 3  # two words are near when they stand at most so many positions apart
SHOWN = 10
FOLDS = 5

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


Scores = Callable[[Asked, Floats], Floats]


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

    def find(self, clause: Clause, **_: object) -> SimpleNamespace:
        """Keep the clause."""
        self.clause = clause
        return SimpleNamespace(hits=())


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the archive, made with Whoosh")
    given = parser.parse_args()
    sets = {
        path.parent.name: folder(path.parent) for path in sorted(given.data.glob("*/qrels.tsv"))
    }
    if given.index:
        index = Index.open(given.index)
        grades = read_grades()
        queries = {id: (text, grades[id]) for id, text in read_queries()[0].items()}
        sets["news"] = list(evidence(index, queries, discounted=True))
        phrases, among = known_items(index)
        sets["keyphrases"] = list(evidence(index, phrases, among=among))
    print(" " * 58, *(f"{name[:13]:>13}" for name in sets), f"{'mean':>7}")
    print(" " * 58, *(f"{len(queries):13}" for queries in sets.values()))
    report("as shipped", sets, RANKING)
    report("layers alone, roots 2", sets, BEFORE)
    rankings = [
        RANKING._replace(**dict(zip(GRID, one, strict=True))) for one in product(*GRID.values())
    ]
    measured = {name: measures(queries, rankings) for name, queries in sets.items()}
    means = np.mean([one.mean(axis=0) for one in measured.values()], axis=0)
    for at in np.argsort(-means, kind="stable")[:10]:
        report(shown(rankings[at]), sets, rankings[at])
    cross_validate(measured, rankings)
    for name, scores in left_out():
        report(name, sets, RANKING, scores)


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
        writable(Path(temporary) / "index", "whoosh") as index,
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
        service.ranked(text, SHOWN)
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
        titles = [both - words for both, words in zip(twice, plain, strict=True)]
        whether = [scorer.under(one, clause)[at] for one in WHETHER.values()]
        words = most(clause)
        yield Asked(
            len(words),
            np.column_stack([*plain, *titles, *whether]),
            scorer.nearness([word for word in words if isinstance(word, Match)])[at],
            answer.held[:, at].all(axis=0) if answer.held is not None else np.ones(len(at), bool),
            whether[0] / max(1e-9, float(whether[0].max(initial=0))),
            np.array([grades.get(ids[n], 0) for n in at], np.int64),
            dcg(sorted(grades.values(), reverse=True)) if discounted else 0.0,
        )


def most(clause: Clause) -> tuple[Clause, ...]:
    """The words of a query."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    return next((part.clauses for part in parts if isinstance(part, Most)), ())


def weights(ranking: Ranking, words: int) -> list[float]:
    """What a ranking gives for each column of the evidence, in a query of so many words."""
    layers = [ranking.exact, ranking.stem, ranking.lemma, ranking.root(words), ranking.row, 1.0]
    return [*layers, *(ranking.title * one for one in layers), ranking.held, ranking.kin]


def measures(queries: Sequence[Asked], rankings: Sequence[Ranking]) -> Floats:
    """How well each query is answered (rows) under each ranking (columns)."""
    mixtures = [np.array([weights(r, n) for r in rankings]).T for n in range(LENGTHS + 1)]
    return np.array([quality(q, q.evidence @ mixtures[min(q.words, LENGTHS)]) for q in queries])


def quality(asked: Asked, scores: Floats) -> Floats:
    """MRR@10, or nDCG@10 where there are grades, for each column of scores."""
    scores = scores.round(4)  # as engines do, so that equal articles tie
    if asked.ideal:
        best = np.argsort(-scores, axis=0, kind="stable")[:SHOWN]
        return np.apply_along_axis(dcg, 0, asked.grades[best]) / asked.ideal
    right = asked.grades > 0
    if not right.any():
        return np.zeros(scores.shape[1])
    top = scores[right].max(axis=0)
    first = np.argmax((scores == top) & right[:, None], axis=0)
    before = np.arange(len(scores))[:, None] < first
    ranks = 1 + np.count_nonzero((scores > top) | ((scores == top) & before), axis=0)
    return np.where(ranks <= SHOWN, 1 / ranks, 0.0)


def mixed(asked: Asked, mixture: Floats) -> Floats:
    """The product's scores."""
    return asked.evidence @ mixture


def left_out() -> Iterator[tuple[str, Scores]]:
    """What else was tried, on top of the weights as shipped."""
    for weight in (0.3, 0.6, 1.0):
        yield f"+ words near each other, {weight}", lambda q, m, w=weight: mixed(q, m) + w * q.near
    yield "+ articles with all words first", lambda q, m: mixed(q, m) + 1e4 * q.full
    for power in (0.25, 0.5, 1.0):
        yield f"* share of the query ** {power}", lambda q, m, p=power: mixed(q, m) * q.share**p


def cross_validate(measured: Mapping[str, Floats], rankings: Sequence[Ranking]) -> None:
    """Choose on four fifths of every set, measure on the other fifth, for every fifth."""
    totals: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        kept = {name: np.arange(len(one)) % FOLDS == fold for name, one in measured.items()}
        means = np.mean([one[~kept[name]].mean(axis=0) for name, one in measured.items()], axis=0)
        best = int(np.argmax(means))
        print(f"  fold {fold}: {shown(rankings[best])}")
        for name, one in measured.items():
            totals[name] += one[kept[name], best].tolist()
    line("cross-validated", [float(np.mean(one)) for one in totals.values()])


def report(
    name: str, sets: Mapping[str, Sequence[Asked]], ranking: Ranking, scores: Scores = mixed
) -> None:
    """Print how well each set is answered under a ranking."""
    figures = []
    for queries in sets.values():
        each = [
            quality(q, scores(q, np.array(weights(ranking, q.words)))[:, None])[0] for q in queries
        ]
        figures.append(float(np.mean(each)))
    line(name, figures)


def line(name: str, figures: Sequence[float]) -> None:
    print(
        f"{name:58}", *(f"{one:13.4f}" for one in figures), f"{np.mean(figures):7.4f}", flush=True
    )


def shown(ranking: Ranking) -> str:
    values = (
        "/".join(f"{one:g}" for one in value) if isinstance(value, tuple) else f"{value:g}"
        for value in (getattr(ranking, name) for name in GRID)
    )
    return " ".join(f"{name} {value}" for name, value in zip(GRID, values, strict=True))


if __name__ == "__main__":
    main()
