"""What searching by meaning adds: to a page of results, and to the making of an article's document.

    python benchmarks/speed/meaning.py INDEX [--times 5] [--articles 500]

Prints for the judged queries, with and without in turn, the median and the 95th percentile in
milliseconds of either, and of the differences; then the processor time of an article that is read
out of the index and made anew with no encoder, with that of words, and with that of the whole model
where it is installed.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from results_page import read_queries

from indexer.errors import ConfigError
from indexer.facets.extractor import default_extractor
from indexer.index import Index
from indexer.indexing.documents import DocumentBuilder
from indexer.meaning.encoder import encoders_of
from indexer.model import Article, SearchRequest
from indexer.schema import MODEL, WORDS
from indexer.search.service import SearchService
from indexer.text import default_analyzer


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--articles", type=int, default=500)
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
    some = sorted(index.engine.ids())[:: max(1, len(index.engine.ids()) // given.articles)]
    articles = [record.article for record in index.engine.records(some, mentions=False)]
    print(f"making documents of {len(articles)} articles: {making(articles)}")


def making(articles: Sequence[Article]) -> str:
    """The processor time of an article by what is made of it, as text."""
    analyzer = default_analyzer()
    extractor = default_extractor(analyzer)
    builders = {
        "no vector": DocumentBuilder(analyzer, extractor, ()),
        "vectors of words": DocumentBuilder(analyzer, extractor, encoders_of(WORDS)),
    }
    with suppress(ConfigError):
        both = encoders_of(MODEL, threads=1)
        builders["and of the whole model"] = DocumentBuilder(analyzer, extractor, both)
    took = dict.fromkeys(builders, 0.0)
    for article in articles:
        builders["no vector"].of(article)  # its words are remembered from here on
        for name, builder in builders.items():
            started = time.process_time()
            builder.of(article)
            took[name] += time.process_time() - started
    each = {name: 1000 * seconds / len(articles) for name, seconds in took.items()}
    return ", ".join(f"{name} {ms:.2f} ms" for name, ms in each.items())


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
