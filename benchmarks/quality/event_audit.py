"""Events drawn from an index of SaudiNewsNet, judged by the verdicts of those who read them.

    python benchmarks/quality/event_audit.py INDEX [--many 100] [--seed 20261201] [--unread]

``event_audit.tsv`` beside it holds the verdicts, by where the sentence stands. Prints how many of
those drawn are true, and with ``--unread`` those that nobody has read, to be judged.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from indexer.index import Index
from indexer.model import Article, Event

TABLE = Path(__file__).with_suffix(".tsv")
BATCH = 500
#: The verdicts of events that are true, with or without their day.
TRUE = ("true", "date")


class Place(NamedTuple):
    """Where an event is told, and of which type it is."""

    article: str
    part: str
    start: int
    end: int
    type: str


def verdicts() -> dict[Place, str]:
    """What readers said."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {
        Place(article, part, int(start), int(end), type): verdict
        for article, part, start, end, type, verdict in rows
    }


def told(index: Index) -> Iterator[tuple[Place, Article, Event]]:
    """Every event that an article of the index tells."""
    ids = sorted(index.engine.ids())
    for start in range(0, len(ids), BATCH):
        for record in index.engine.records(ids[start : start + BATCH]):
            for event in record.events:
                part, begin, end, _ = event.told
                place = Place(record.article.id, part, begin, end, event.type)
                yield place, record.article, event


def main() -> None:
    """Draw, count, and print what is to be read."""
    from_line = argparse.ArgumentParser(description=__doc__)
    from_line.add_argument("index", type=Path)
    from_line.add_argument("--many", type=int, default=100)
    from_line.add_argument("--seed", type=int, default=20261201)
    from_line.add_argument("--unread", action="store_true", help="print what nobody has read")
    asked = from_line.parse_args()
    with closing(Index.open(asked.index)) as index:
        every = list(told(index))
    random.Random(asked.seed).shuffle(every)
    known = verdicts()
    drawn = every[: asked.many]
    judged = Counter(known[place] for place, _, _ in drawn if place in known)
    true = sum(judged[verdict] for verdict in TRUE)
    print(f"{true} of {judged.total()} that were read are true; {dict(judged.most_common())}")
    print(f"{len(drawn) - judged.total()} of those drawn are not read")
    still = Counter(known[place] for place in {place for place, _, _ in every} & known.keys())
    true = sum(still[verdict] for verdict in TRUE)
    print(f"{still.total()} of the {len(known)} that were read are still told, {true} of them true")
    for place, article, event in drawn if asked.unread else ():
        if place not in known:
            text = article.title if place.part == "title" else article.body
            parties = "; ".join(f"{p.side}: {p.name or p.org or p.country}" for p in event.parties)
            print(*place, event.status, event.when, parties, sep="\t")
            print(f"\t{' '.join(text[place.start : place.end].split())}")


if __name__ == "__main__":
    main()
