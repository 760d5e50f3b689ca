"""How fast facets are read: processor time of an article, and the time in which the tables load.

python benchmarks/speed/facets.py ARTICLES.jsonl.gz [--many 3000]
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from indexer.errors import SourceError
from indexer.facets.extractor import default_extractor
from indexer.model import Article
from indexer.sources import Skipped, read, walk
from indexer.text import default_analyzer


def main() -> None:
    """Read articles, then time extraction alone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--many", type=int, default=3000)
    given = parser.parse_args()
    analyzer = default_analyzer()
    analyzer.analyze("كلمة")
    started = time.process_time()
    extractor = default_extractor(analyzer)
    load = time.process_time() - started
    articles = list(islice(_articles(given.articles), given.many))
    seconds = words = 0.0
    for article in articles:
        title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
        words += len(title) + len(body)
        started = time.process_time()
        extractor.extract(article, title, body)
        seconds += time.process_time() - started
    print(f"tables load in {1000 * load:.0f} ms")
    print(
        f"{1000 * seconds / len(articles):.2f} ms of the processor an article of "
        f"{words / len(articles):.0f} words: "
        f"{len(articles) / seconds:.0f} articles a second and core"
    )


def _articles(path: Path) -> Iterator[Article]:
    for raw in walk([path]):
        with suppress(SourceError):
            if not isinstance(raw, Skipped):
                yield read(raw)


if __name__ == "__main__":
    main()
