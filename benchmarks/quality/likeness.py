"""Which share of the articles so like a query is right: where the floors of meaning come from.

    python benchmarks/quality/likeness.py INDEX

For the queries of news_queries.tsv in both languages, over the articles graded in news_grades.tsv:
how many lie in each step of likeness, which share of them was graded 1 or 2, and how many articles
of the archive a query finds from there on (median).
"""

import argparse
from pathlib import Path

import numpy as np
from results_page import read_grades, read_queries

from indexer.index import Index
from indexer.meaning.encoder import encoders_of
from indexer.model import SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer

STEPS = np.arange(0.1, 0.85, 0.05)


def main() -> None:
    """Print a table for each language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    index = Index.open(parser.parse_args().index)
    service = SearchService(index, default_analyzer(), encoders_of(index.settings.meaning))
    snapshot = index.engine._current()  # type: ignore[attr-defined]
    grades = read_grades()
    for language, queries in zip(("Arabic", "English", "French"), read_queries(), strict=True):
        found, right, above = [], [], []
        for id, text in queries.items():
            near = service._nearness(SearchRequest(text), service._plan(SearchRequest(text)))
            if not near:
                continue
            column = snapshot._columns.vectors.of(len(near[-1].vector))
            likeness = column.likeness(near[-1].vector, len(snapshot._alive))
            above.append([np.count_nonzero(likeness >= step) for step in STEPS])
            for article, grade in grades[id].items():
                if article in snapshot.rows:
                    found.append(likeness[snapshot.rows[article]])
                    right.append(grade > 0)
        at = np.digitize(found, STEPS)
        print(
            f"{language}: {len(above)} queries searched by meaning\nlikeness  graded  right  found"
        )
        for number, step in enumerate(STEPS, 1):
            inside = np.array(right)[at == number]
            share = f"{inside.mean():5.2f}" if len(inside) else "    -"
            median = np.median(above, axis=0)[number - 1]
            print(f"  {step:.2f} +  {len(inside):6}  {share}  {median:5.0f}")


if __name__ == "__main__":
    main()
