"""How fast facets are read: CPU milliseconds an article, and the time in which the tables load.

usage: python benchmarks/facets_speed.py ARTICLES.jsonl.gz [HOW_MANY]
"""

import sys
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


def main(path: Path, many: int) -> None:
    """Read articles, then time extraction alone."""
    analyzer = default_analyzer()
    analyzer.analyze("كلمة")
    started = time.process_time()
    extractor = default_extractor(analyzer)
    load = time.process_time() - started
    articles = list(islice(_articles(path), many))
    seconds = words = 0.0
    for article in articles:
        title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
        words += len(title) + len(body)
        started = time.process_time()
        extractor.extract(article, title, body)
        seconds += time.process_time() - started
    print(f"tables load in {1000 * load:.0f} ms")
    print(
        f"{1000 * seconds / len(articles):.2f} ms CPU an article of {words / len(articles):.0f} "
        f"words: {len(articles) / seconds:.0f} articles a second and core"
    )


def _articles(path: Path) -> Iterator[Article]:
    for raw in walk([path]):
        with suppress(SourceError):
            if not isinstance(raw, Skipped):
                yield read(raw)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
