"""For each topic, articles that the extractor gives it: how many fit, by verdicts read beforehand.

The articles themselves are not part of the project. Which articles stand for a topic depends on the
seed and on the topic alone, so that most verdicts last when the topics change. What is extracted is
kept in a file that is given, outside of the repository; a changed topic needs a new one.

    python benchmarks/quality/topic_fit.py SAUDINEWSNET.jsonl.gz --cache FILE [--seed 2] [--each 30]
    python benchmarks/quality/topic_fit.py SAUDINEWSNET.jsonl.gz --cache FILE --unread

Prints the share of each topic; ``--unread`` prints what has no verdict yet, to be read and judged.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from topics import articles

from indexer.facets.extractor import default_extractor
from indexer.model import Article, FacetValue
from indexer.text import default_analyzer

VERDICTS = Path(__file__).with_name("topic_verdicts.tsv")
#: As many letters of the beginning are read.
LEAD = 250
FIT, AMISS = "fit", "no"


class Given(NamedTuple):
    """An article that has a topic, and the words that speak for it."""

    id: str
    title: str
    lead: str
    score: float
    words: str


def verdicts() -> dict[tuple[str, str], str]:
    """What was read, by topic and article."""
    lines = VERDICTS.read_text("utf-8").splitlines() if VERDICTS.exists() else []
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(topic, id): verdict for topic, id, verdict in rows}


def extracted(path: Path, many: int) -> Iterator[tuple[str, Given]]:
    """The topics of ``many`` articles, always the same, with each article once a topic."""
    analyzer = default_analyzer()
    extractor = default_extractor(analyzer)
    everything = sorted(articles(path), key=lambda article: article.id)
    for article in random.Random(1).sample(everything, min(many, len(everything))):
        title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
        for value in extractor.extract(article, title, body)["topics"]:
            yield value.id, _given(article, value)


def _given(article: Article, value: FacetValue) -> Given:
    texts = {"title": article.title, "body": article.body}
    words = Counter(texts[mention.part][mention.start : mention.end] for mention in value.mentions)
    spoke = " ".join(f"{word}×{many}" if many > 1 else word for word, many in words.items())
    lead = " ".join(article.body[:LEAD].split())
    return Given(article.id, " ".join(article.title.split()), lead, value.score, spoke)


def drawn(given: Mapping[str, list[Given]], seed: int, each: int) -> dict[str, list[Given]]:
    """At most ``each`` articles of each topic, by chance but the same for a seed."""

    def place(topic: str, article: Given) -> bytes:
        return sha256(f"{seed}:{topic}:{article.id}".encode()).digest()

    return {
        topic: sorted(rows, key=lambda row, topic=topic: place(topic, row))[:each]  # type: ignore[misc]
        for topic, rows in sorted(given.items())
    }


def main() -> None:
    """Print the share of articles that fit, topic by topic, or those that nobody judged."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--many", type=int, default=14000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--unread", action="store_true")
    options = parser.parse_args()
    if not options.cache.exists():
        rows = list(extracted(options.articles, options.many))
        options.cache.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    given: dict[str, list[Given]] = {}
    for topic, row in json.loads(options.cache.read_text("utf-8")):
        given.setdefault(topic, []).append(Given(*row))
    read = verdicts()
    total: Counter[str] = Counter()
    for topic, rows in drawn(given, options.seed, options.each).items():
        judged = Counter(read.get((topic, row.id), "unread") for row in rows)
        total += judged
        if not options.unread:
            print(f"{topic:22} {_share(judged)} of {len(given[topic])} articles")
            continue
        for row in rows:
            if (topic, row.id) not in read:
                print(f"{topic}\t{row.id}\t{row.score} {row.title} | {row.lead} | {row.words}")
    if not options.unread:
        print(f"{'all':22} {_share(total)}")


def _share(judged: Counter[str]) -> str:
    many = judged[FIT] + judged[AMISS]
    share = f"{judged[FIT] / many:.2f}" if many else "  –"
    return f"{share} fit ({judged[FIT]} of {many} read, {judged['unread']} unread)"


if __name__ == "__main__":
    main()
