"""How much likeness of meaning should count beside words: the shipped weights, lighter and heavier.

    python benchmarks/quality/meaning_weights.py INDEX

INDEX is one of the news archive. For the queries of news_queries.tsv in three languages: nDCG@10
where the weights of either encoder are multiplied by each of ``FACTORS``, of all articles that
words or likeness put first; then where the factors are chosen on four fifths of the queries and
measured on the others, ten times five.
"""

import argparse
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ranking_evidence import dcg
from results_page import read_grades, read_queries

from indexer.engines.base import RANKED, Search
from indexer.index import Index
from indexer.meaning.encoder import encoders_of
from indexer.search.service import SearchService
from indexer.text import default_analyzer

FACTORS = (0.0, 0.5, 1.0, 1.5, 2.0)
NEAREST = 200  # articles that are looked at for their likeness
FOLDS, TIMES = 5, 10


class Evidence(NamedTuple):
    """What is known of the articles that may answer a query; a row of ``near`` an encoder."""

    words: NDArray[np.float64]
    near: NDArray[np.float64]
    grades: NDArray[np.int64]
    ideal: float

    def ndcg(self, factors: tuple[float, ...]) -> float:
        """The discounted gain of the first ten against the best there is."""
        scores = self.words + np.array(factors[: len(self.near)]) @ self.near
        return dcg(self.grades[np.argsort(-scores, kind="stable")]) / self.ideal


def main() -> None:
    """Print a table and the figures of the folds for each language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    index = Index.open(parser.parse_args().index)
    encoders = encoders_of(index.settings.meaning)
    service = SearchService(index, default_analyzer(), encoders)
    grades = read_grades()
    choices = list(product(FACTORS, repeat=len(encoders)))
    for language, queries in zip(("Arabic", "English", "French"), read_queries(), strict=True):
        every = [evidence(service, text, grades[id]) for id, text in queries.items()]
        gains = np.array([[one.ndcg(factors) for one in every] for factors in choices])
        print(f"{language}: {len(every)} queries; times the weights of {index.settings.meaning}")
        for factors, mean in zip(choices, gains.mean(axis=1), strict=True):
            print("  " + " ".join(f"{one:4.1f}" for one in factors) + f"  {mean:.4f}")
        shipped = gains[choices.index((1.0,) * len(encoders))].mean()
        print(f"  as shipped {shipped:.4f}, chosen on other queries {held_out(gains):.4f}")


def evidence(service: SearchService, text: str, grades: Mapping[str, int]) -> Evidence:
    """The scores by words and the weighed likenesses for one query, of equal rows."""
    plan = service._planner.plan(text)
    snapshot = service._engine._current()  # type: ignore[attr-defined]
    words = np.zeros(len(snapshot._alive))
    for step in plan.steps:
        hits = service._engine.find(Search(step.clause, limit=RANKED, facets=())).hits
        for hit in hits:
            words[snapshot.rows[hit.id]] = hit.score
        if hits:
            break
    words /= words.max() or 1.0
    near = [
        one.weight * likeness / max(likeness.max(), one.clear)
        for one in service._meanings.nearness(plan.query.clause, plan.linked)
        for likeness in [
            np.where(snapshot._alive, column.likeness(one.vector, len(snapshot._alive)), 0.0)
            for column in [snapshot._columns.vectors.of(len(one.vector))]
        ]
    ]
    rows = np.unique([*np.flatnonzero(words), *(r for n in near for r in np.argsort(-n)[:NEAREST])])
    rows = rows.astype(np.int64)
    ids = [snapshot._columns.ids[row] for row in rows]
    return Evidence(
        words[rows],
        np.array([one[rows] for one in near]).reshape(len(near), len(rows)),
        np.array([grades.get(id, 0) for id in ids], np.int64),
        dcg(sorted(grades.values(), reverse=True)),
    )


def held_out(gains: NDArray[np.float64]) -> float:
    """The mean of queries by the choice that is best for the queries of the other folds."""
    chance = np.random.default_rng(5)
    found = []
    for _ in range(TIMES):
        fold = chance.permutation(gains.shape[1]) % FOLDS
        for number in range(FOLDS):
            best = gains[:, fold != number].mean(axis=1).argmax()
            found += gains[best, fold == number].tolist()
    return float(np.mean(found))


if __name__ == "__main__":
    main()
