"""Which weights rank best: what Rasad scores by, mixed in many ways, on judged queries.

    python benchmarks/quality/ranking.py DATA --index FOLDER

DATA holds folders with corpus.jsonl, queries.jsonl and qrels.tsv, which are indexed here. FOLDER is
an index of the news archive, for the queries of results_page.py and for the key phrases of
key_phrases.py; without it only the folders are measured. What is mixed is what the product scores
by, see ranking_evidence.py.

Prints MRR@10 (of the news: nDCG@10) as shipped, of the ten best mixtures by the mean of the sets,
and of the best when chosen on four fifths of the queries and measured on the other, five times;
then what was tried and left out: words near each other, articles with all words before the others,
and scores times the share of the query that an article holds.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from key_phrases import known_items
from ranking_evidence import SHOWN, Asked, Floats, dcg, evidence, folder, weights
from results_page import read_grades, read_queries

from indexer.engines.ranking import RANKING, Ranking
from indexer.index import Index

GRID = {
    "exact": (0.25, 0.5, 0.75),
    "title": (0.25, 0.35, 0.5),
    "roots": (
        (2.0, 2.0, 2.0, 2.0),
        (0.5, 1.0, 1.5, 2.0),
        (0.25, 0.5, 1.0, 2.0),
        (0.0, 0.5, 1.0, 2.0),
        (0.0, 0.0, 0.0, 0.0),
    ),
    "kin": (0.0, 0.5, 1.0, 1.5, 2.0),
    "full": ((0.0,), (0.0, 1.0, 0.5, 0.2, 0.0)),
    "row": (0.0, 1.0),
}
BEFORE = RANKING._replace(title=0.5, roots=(2.0,), kin=0.0, full=(0.0,), row=0.0)
LENGTHS = max(len(RANKING.roots), len(RANKING.full))
FOLDS = 5

Scores = Callable[[Asked, Floats], Floats]


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
    print(" " * 64, *(f"{name[:13]:>13}" for name in sets), f"{'mean':>7}")
    print(" " * 64, *(f"{len(queries):13}" for queries in sets.values()))
    report("as shipped", sets, RANKING)
    report("the layers alone", sets, BEFORE)
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
        yield f"* share of the words ** {power}", lambda q, m, p=power: mixed(q, m) * q.share**p


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
        f"{name:64}", *(f"{one:13.4f}" for one in figures), f"{np.mean(figures):7.4f}", flush=True
    )


def shown(ranking: Ranking) -> str:
    values = (
        "/".join(f"{one:g}" for one in value) if isinstance(value, tuple) else f"{value:g}"
        for value in (getattr(ranking, name) for name in GRID)
    )
    return " ".join(f"{name} {value}" for name, value in zip(GRID, values, strict=True))


if __name__ == "__main__":
    main()
