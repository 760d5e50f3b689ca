"""Which weights rank best: BM25 of each layer, mixed, on judged queries, cross-validated.

    python benchmarks/ranking.py ../shared/data [SET…]

DATA holds folders with corpus.jsonl, queries.jsonl and qrels.tsv. Every layer's score of every
query and document is computed once, as the engines compute it; mixing them is then a sum. Prints
MRR@10 of each layer alone, of the weights in indexer/engines/ranking.py, and of the best weights:
chosen on four fifths of the queries of all sets and measured on the other fifth, five times.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.ranking import RANKING
from indexer.model import Token, Word
from indexer.text import default_analyzer

LAYERS = ("exact", "stem", "lemma", "root")
GRID = {
    "exact": (0.0, 0.25, 0.5, 0.75, 1.0),
    "stem": (0.0, 0.5, 1.0),
    "lemma": (0.0, 0.5, 1.0),
    "root": (0.5, 1.0, 1.5, 2.0),
    "near": (0.0, 0.2),
}
WIDTH = 4  # two words are near when they stand at most so many positions apart
FOLDS = 5

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """One test set: every feature's scores, and the number of the right document(s)."""

    name: str
    features: dict[str, Floats]  # queries by documents
    right: list[set[int]]
    own: list[int]  # a query's own document, not to be counted; -1 if none


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*")
    given = parser.parse_args()
    names = given.sets or sorted(p.parent.name for p in given.data.glob("*/qrels.tsv"))
    sets = [judged(given.data / name) for name in names]
    for name in LAYERS:
        report(f"{name} alone", sets, {name: 1.0})
    report("as shipped", sets, {layer: getattr(RANKING, layer) for layer in LAYERS})
    choices = [dict(zip(GRID, values, strict=True)) for values in product(*GRID.values())]
    ranks = {one.name: [reciprocal_ranks(one, choice) for choice in choices] for one in sets}
    means = np.mean([[r.mean() for r in ranks[one.name]] for one in sets], axis=0)
    for at in np.argsort(-means)[:25]:
        report(" ".join(f"{k} {v}" for k, v in choices[at].items()), sets, choices[at])
    cross_validate(sets, ranks, choices)


def cross_validate(
    sets: Sequence[Judged], ranks: dict[str, list[Floats]], choices: Sequence[dict[str, float]]
) -> None:
    """Choose on four fifths, measure on one, for every fifth."""
    totals: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        seen = {one.name: np.arange(len(one.right)) % FOLDS != fold for one in sets}
        means = np.mean(
            [[r[seen[one.name]].mean() for r in ranks[one.name]] for one in sets], axis=0
        )
        best = int(np.argmax(means))
        print(f"fold {fold}: {choices[best]}")
        for one in sets:
            totals[one.name] += ranks[one.name][best][~seen[one.name]].tolist()
    print("cross-validated", {name: round(float(np.mean(r)), 4) for name, r in totals.items()})


def report(name: str, sets: Sequence[Judged], weights: dict[str, float]) -> None:
    """Print MRR@10 of these weights."""
    figures = {one.name: round(float(reciprocal_ranks(one, weights).mean()), 4) for one in sets}
    print(f"{name:60} {figures}", flush=True)


def reciprocal_ranks(one: Judged, weights: dict[str, float]) -> Floats:
    """1 / rank of each query's first right document among ten, else 0."""
    scores = sum(weight * one.features[name] for name, weight in weights.items() if weight)
    found = np.zeros(len(one.right))
    for q, row in enumerate(np.asarray(scores)):
        best = np.argpartition(-row, min(11, len(row) - 1))[:12]
        best = best[np.lexsort((best, -row[best]))]
        hits = [d for d in best if d != one.own[q] and row[d] > 0][:10]
        ranks = [k for k, d in enumerate(hits, 1) if d in one.right[q]]
        found[q] = 1 / ranks[0] if ranks else 0.0
    return found


def judged(folder: Path) -> Judged:
    """Read a test set and score it."""
    analyzer = default_analyzer()
    corpus = list(records(folder / "corpus.jsonl"))
    documents = [analyzer.analyze(f"{d.get('title') or ''} {d['text']}") for d in corpus]
    numbers = {d["id"]: n for n, d in enumerate(corpus)}
    right: dict[str, set[int]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        q, d = line.split("\t")[:2]
        right[q].add(numbers[d])
    asked = [q for q in records(folder / "queries.jsonl") if q["id"] in right]
    queries = [content([t.word for t in analyzer.analyze(q["text"])]) for q in asked]
    features = {
        layer: bm25(documents, [[t for w in q if (t := getattr(w, layer))] for q in queries], layer)
        for layer in LAYERS
    }
    features["near"] = nearness(documents, queries)
    own = [numbers.get(q.get("own", ""), -1) for q in asked]
    return Judged(folder.name, features, [right[q["id"]] for q in asked], own)


def content(words: Sequence[Word]) -> list[Word]:
    """The words of a query that count: not the stop words, unless there are no others."""
    return list(dict.fromkeys(w for w in words if not w.stop)) or list(words)


def bm25(
    documents: Sequence[Sequence[Token]], queries: Sequence[Sequence[str]], layer: str
) -> Floats:
    """Scores of all documents for all queries over one layer."""
    bags = [Counter(getattr(token.word, layer) for token in tokens) for tokens in documents]
    return _bm25(bags, np.array([len(tokens) for tokens in documents]), queries)


def nearness(documents: Sequence[Sequence[Token]], queries: Sequence[Sequence[Word]]) -> Floats:
    """BM25 over neighbours in the query as if each pair were one word that stands near itself."""
    wanted = {pair(a.lemma, b.lemma) for q in queries for a, b in pairwise(q)}
    bags = []
    for tokens in documents:
        lemmas = [token.word.lemma for token in tokens]
        near = (pair(a, b) for n, a in enumerate(lemmas) for b in lemmas[n + 1 : n + 1 + WIDTH])
        bags.append(Counter(p for p in near if p in wanted))
    lengths = np.array([len(tokens) for tokens in documents])
    return _bm25(bags, lengths, [[pair(a.lemma, b.lemma) for a, b in pairwise(q)] for q in queries])


def pair(a: str, b: str) -> str:
    """Two lemmas without their order."""
    return " ".join(sorted((a, b)))


def _bm25(
    bags: Sequence[Counter[str]], lengths: NDArray[np.int64], queries: Sequence[Sequence[str]]
) -> Floats:
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for d, bag in enumerate(bags):
        for term, count in bag.items():
            postings[term].append((d, count))
    norm = RANKING.k1 * (1 - RANKING.b + RANKING.b * lengths / lengths.mean())
    scores = np.zeros((len(queries), len(bags)))
    for q, terms in enumerate(queries):
        for term in terms:
            if term in postings:
                at, tf = np.array(postings[term]).T
                idf = np.log1p((len(bags) - len(at) + 0.5) / (len(at) + 0.5))
                scores[q, at] += idf * tf * (RANKING.k1 + 1) / (tf + norm[at])
    return scores


def records(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
