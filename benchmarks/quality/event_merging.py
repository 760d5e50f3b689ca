"""Measures which reports are merged into one event, against pairs that were read.

    python benchmarks/quality/event_merging.py --index DIR [--errors]

DIR is an index of the articles that the verdicts are of: of SaudiNewsNet, 21 July to 3 August 2015
in ``event_merging.tsv``, by which the rules were made, and what came later in
``event_merging_later.tsv``, named by ``--verdicts``. Its events are merged anew in a catalogue of
their own, so that a rule is measured without reading the articles again. Two reports are a pair
where both are in the verdicts and at least one is of an event that was drawn; copies of one story
count once. What the verdicts name and the index does not tell any longer is left out, and counted.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue import Catalogue
from indexer.events.event_merging import EventMerger
from indexer.index import Index
from indexer.model import Document, Event, Record

VERDICTS = Path(__file__).parent / "event_merging.tsv"
#: Begins the name of what stands beside the events that were drawn, to be told apart from them.
OTHER = "other"
_BATCH = 200


class Told(NamedTuple):
    """A report by its place: the type, the article, «body:120», the how many-eth of that type."""

    type: str
    article: str
    place: str
    number: int


class Verdict(NamedTuple):
    """The event that a report tells; ``misread`` where what was read of it is not what it says."""

    event: str
    misread: bool


def verdicts(path: Path = VERDICTS) -> dict[Told, Verdict]:
    """The event that each report tells, as it was read."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            event, type, article, place, number, *misread = line.split("\t")
            found[Told(type, article, place, int(number))] = Verdict(event, bool(misread))
    return found


def merged(index: Index) -> dict[Told, tuple[str, str]]:
    """The event and the story of each report in an index, merged anew."""
    found = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Catalogue.create(Path(folder) / "catalogue.db")) as catalogue,
    ):
        merger = EventMerger(catalogue)
        for documents in _documents(index):
            for document in merger.assign(documents):
                article = document.record.article.id
                seen: Counter[tuple[str, str]] = Counter()
                for event in document.record.events:
                    place = f"{event.told.part}:{event.told.start}"
                    told = Told(event.type, article, place, seen[event.type, place])
                    seen[event.type, place] += 1
                    found[told] = event.id, document.story or article
    return found


def _documents(index: Index) -> Iterator[list[Document]]:
    """The articles in the order of time, their events without ids."""
    ids = sorted(index.catalogue.telling_articles())
    records = [
        record
        for start in range(0, len(ids), _BATCH)
        for record in index.engine.records(ids[start : start + _BATCH])
    ]
    records.sort(key=lambda record: (str(record.article.date), record.article.id))
    for start in range(0, len(records), _BATCH):
        yield [_document(index, record) for record in records[start : start + _BATCH]]


def _document(index: Index, record: Record) -> Document:
    copy = index.catalogue.copy(record.article.id)
    events: tuple[Event, ...] = tuple(replace(event, id="") for event in record.events)
    return Document(replace(record, events=events), (), (), story=copy.story if copy else "")


def pairs(
    read: Mapping[Told, Verdict], told: Mapping[Told, tuple[str, str]]
) -> Iterator[tuple[Told, Told, bool, bool]]:
    """Two reports each, whether they tell one event, and whether they were merged."""
    once: dict[tuple[str, str], Told] = {}
    for one in sorted(read.keys() & told.keys()):
        once.setdefault((told[one][1], read[one].event), one)
    for one, other in combinations(once.values(), 2):
        events = read[one].event, read[other].event
        if one.type == other.type and not all(event.startswith(OTHER) for event in events):
            yield one, other, events[0] == events[1], told[one][0] == told[other][0]


def figures(found: Iterable[tuple[bool, bool]]) -> str:
    """Precision, recall and F1 of pairs."""
    counted = Counter(found)
    both, wrong, missed = counted[True, True], counted[False, True], counted[True, False]
    precision, recall = both / max(1, both + wrong), both / max(1, both + missed)
    score = 2 * both / max(1, 2 * both + wrong + missed)
    return (
        f"{both} right, {wrong} wrong, {missed} missed: "
        f"precision {precision:.3f}, recall {recall:.3f}, F1 {score:.3f}"
    )


def main() -> None:
    """Print the figures, of what was rightly read and of all."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--index", type=Path, required=True)
    asked.add_argument("--verdicts", type=Path, default=VERDICTS)
    asked.add_argument("--errors", action="store_true")
    options = asked.parse_args()
    read = verdicts(options.verdicts)
    with closing(Index.open(options.index)) as index:
        told = merged(index)
    found = list(pairs(read, told))
    if options.errors:
        for one, other, same, joined in found:
            if same != joined:
                print("missed" if same else "wrong", read[one], *one, "/", read[other], *other)
    drawn = {verdict.event for verdict in read.values() if not verdict.event.startswith(OTHER)}
    gone = len(read.keys() - told.keys())
    print(f"{len(read)} reports of {len(drawn)} events and of others; {gone} are not told now")
    right = ((s, j) for one, other, s, j in found if not read[one].misread | read[other].misread)
    print(f"rightly read  {figures(right)}")
    print(f"all           {figures((same, joined) for _, _, same, joined in found)}")


if __name__ == "__main__":
    main()
