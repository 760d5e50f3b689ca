"""Measure the events on articles of SaudiNewsNet that were read by hand.

The articles themselves are not part of the project; their path is given. ``events.jsonl`` has an
article a line: its id, and each event that a reader found with where its sentence stands; rules
were made on these, and on none of ``events_unseen.jsonl``. A file of one's own may have
the sentence itself («evidence»), or be one object of events by article.

    python benchmarks/quality/events.py SAUDINEWSNET.jsonl.gz [--gold GOLD] [--differences]
"""

import argparse
import datetime as dt
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indexer.events.frames import frames
from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.model import Article, Event
from indexer.text.normalize import normalize

GOLD = Path(__file__).with_suffix(".jsonl")
#: The share of the shorter text's words that two texts have together where they say one thing.
ALIKE = 0.5
ARTICLE = "ال"
Told = dict[str, Any]


def gold_events(path: Path) -> dict[str, list[Told]]:
    """The events that readers found, by article id."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    try:
        by_line = [json.loads(line) for line in lines if line.strip()]
    except json.JSONDecodeError:
        return dict(json.loads(text))
    if len(by_line) == 1 and "events" not in by_line[0]:
        return dict(by_line[0])
    return {one["id"]: one["events"] for one in by_line}


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file of records with id, title, text and date, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            day = (record.get("date") or "")[:10]
            yield Article(
                str(record["id"]),
                record["title"],
                record["text"],
                dt.date.fromisoformat(day) if day else None,
                source=record.get("source"),
                url=record.get("url"),
            )


def found_event(article: Article, event: Event) -> Told:
    """An event of ours in the form of the readers'."""
    text = getattr(article, event.told.part)
    return {
        "type": event.type,
        "status": event.status,
        "when": event.when,
        "parties": [
            {"side": p.side, "name": p.name, "role": p.role, "country": p.country, "org": p.org}
            for p in event.parties
        ],
        "evidence": text[event.told.start : event.told.end],
        "rule": event.told.rule,
    }


def evidence(article: Article, event: Told) -> str:
    """The sentence that tells a reader's event."""
    if "told" not in event:
        return str(event["evidence"])
    part, start, end = event["told"]
    return str(getattr(article, part)[start:end])


def words(text: str | None) -> set[str]:
    """The words of a text, without articles."""
    found = re.findall(r"\w+", normalize(text or ""))
    return {word.removeprefix(ARTICLE) if len(word) > 4 else word for word in found}


def alike(one: str | None, other: str | None) -> bool:
    """Whether two texts share enough words."""
    a, b = words(one), words(other)
    return bool(a and b) and len(a & b) >= ALIKE * min(len(a), len(b))


def same_party(one: Told, other: Told) -> bool:
    """Whether two parties are one: by name, else by country, else by body or office."""
    if one.get("name") and other.get("name"):
        return alike(one["name"], other["name"])
    if one.get("country") and other.get("country"):
        return bool(one["country"] == other["country"])
    return any(alike(one.get(key), other.get(key)) for key in ("org", "role"))


def shared_parties(gold: Told, found: Told) -> int:
    """How many of the parties are the same, each counted once; 0 where that is too few."""
    if gold["type"] != found["type"]:
        return 0
    taken: set[int] = set()
    for party in gold["parties"]:
        others = (at for at, other in enumerate(found["parties"]) if at not in taken)
        same = next((at for at in others if same_party(party, found["parties"][at])), None)
        if same is not None:
            taken.add(same)
    return len(taken) if len(taken) >= min(2, len(gold["parties"])) else 0


def paired(gold: Sequence[Told], found: Sequence[Told]) -> dict[int, int]:
    """Which of our events is which of the readers', those that share most parties first."""
    scores = sorted(
        (-score, at, other)
        for at, one in enumerate(gold)
        for other, event in enumerate(found)
        if (score := shared_parties(one, event))
    )
    pairs: dict[int, int] = {}
    for _, at, other in scores:
        if at not in pairs and other not in pairs.values():
            pairs[at] = other
    return pairs


def sides(event: Told, side: str) -> list[Told]:
    return [party for party in event["parties"] if party["side"] == side]


class Measure:
    """Counts what is right, wrong and missed."""

    def __init__(self) -> None:
        self.by_type: dict[str, Counter[str]] = {}
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def add(self, article: Article, gold: list[Told], found: list[Told], show: bool) -> None:
        """Compare the events of one article."""
        pairs = paired(gold, found)
        for at, one in enumerate(gold):
            if one.get("optional"):
                continue
            self._count(one["type"], "right" if at in pairs else "missed")
            if at in pairs:
                self._compare(article, one, found[pairs[at]])
            elif show:
                print(article.id, "missed", one["type"], evidence(article, one))
        for other, event in enumerate(found):
            if other not in pairs.values():
                self._count(event["type"], "wrong")
                if show:
                    print(article.id, "wrong", event["rule"], event["evidence"])

    def _count(self, type: str, what: str) -> None:
        for kind in (type, "events"):
            self.by_type.setdefault(kind, Counter())[what] += 1

    def _compare(self, article: Article, gold: Told, found: Told) -> None:
        self._share("status", gold["status"] == found["status"])
        if gold.get("when"):
            days = str(gold["when"]), found["when"] or "-"
            self._share("date", days[0].startswith(days[1]) or days[1].startswith(days[0]))
        if not frames()[gold["type"]].mutual and sides(gold, "b"):
            pairs = ((p, q) for p in sides(gold, "a") for q in sides(found, "a"))
            self._share("direction", any(same_party(p, q) for p, q in pairs))
        self._share("evidence", alike(evidence(article, gold), found["evidence"]))

    def _share(self, what: str, right: bool) -> None:
        self.right[what] += right
        self.all[what] += 1

    def print(self) -> None:
        """Print precision, recall and F1 of each type and of all, and the shares."""
        by_size = sorted(self.by_type.items(), key=lambda item: item[1].total())
        for type, count in by_size:
            right, wrong, missed = (count[what] for what in ("right", "wrong", "missed"))
            precision = right / (right + wrong) if right + wrong else 0.0
            recall = right / (right + missed) if right + missed else 0.0
            f1 = 2 * right / (2 * right + wrong + missed)
            print(f"{type:13} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}", end=" ")
            print(f"({right} right, {wrong} wrong, {missed} missed)")
        for what, all_ in self.all.items():
            print(f"{what:13} {self.right[what] / all_:.3f} of {all_}")


def main() -> None:
    """Print how many of the events that readers found are found, and how rightly."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    wanted = gold_events(options.gold)
    builder, measure = document_builder(IndexSettings()), Measure()
    for article in articles(options.articles):
        if article.id in wanted:
            events = builder.of(article).record.events
            found = [found_event(article, event) for event in events]
            measure.add(article, wanted[article.id], found, options.differences)
    measure.print()


if __name__ == "__main__":
    main()
