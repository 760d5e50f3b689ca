"""What searching by meaning adds to a page of results: the same queries with and without, in turn.

    python benchmarks/speed/meaning.py INDEX [--times 5]

Prints the median and the 95th percentile in milliseconds of either, and of the differences.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from results_page import read_queries

from indexer.index import Index
from indexer.meaning.encoder import encoders_of
from indexer.model import SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    index = Index.open(given.index)
    service = SearchService(index, default_analyzer(), encoders_of(index.settings.meaning))
    service.prepare()
    for language, queries in zip(("Arabic", "English", "French"), read_queries(), strict=True):
        took = np.array([asked(service, q, given.times) for q in queries.values()])
        without, meaning = took.T
        for name, values in (
            ("words alone", without),
            ("with meaning", meaning),
            ("difference", meaning - without),
        ):
            p50, p95 = np.percentile(values, (50, 95))
            print(f"{language:8} {name:13} p50 {p50:6.1f}  p95 {p95:6.1f} ms")


def asked(service: SearchService, q: str, times: int) -> tuple[float, float]:
    """The least time of a page by words alone and of one with meaning, in milliseconds."""
    took: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(times):
        for meaning, each in took.items():
            started = time.perf_counter()
            service.page(SearchRequest(q, meaning=meaning))
            each.append(1000 * (time.perf_counter() - started))
    return min(took[False]), min(took[True])


if __name__ == "__main__":
    main()
