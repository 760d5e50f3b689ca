"""Whether the offices that profiles tell are those that articles print, by verdicts read by eye.

    python benchmarks/quality/offices.py INDEX [--draw 60] [--of 500] [--seed 5]

Draws people among the most frequent ones: those whose ids come first in an order that the seed
decides, so that nearly the same are drawn when an index is made anew. The verdicts in
office_verdicts.tsv belong to saudinewsnet's 31,030 articles. Offices without a verdict are counted
apart and listed. ``--show`` prints what is to be judged: the roles as printed behind each office.
"""

import argparse
import hashlib
from pathlib import Path

from indexer.entities.office_spans import OfficeSpan, default_office_reader
from indexer.index import Index

VERDICTS = Path(__file__).with_name("office_verdicts.tsv")


def main() -> None:
    """Judge the offices of people drawn from an index."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--draw", type=int, default=60)
    parser.add_argument("--of", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    lines = VERDICTS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    verdicts = {tuple(key): verdict for *key, verdict in rows}
    index = Index.open(given.index)
    try:
        frequent = index.catalogue.frequent("people", given.of)
        drawn = sorted(frequent, key=lambda one: order(one.id, given.seed))[: given.draw]
        told = {one.id: offices(index, one.id) for one in drawn}
        print(f"{coverage(index, [one.id for one in drawn]):.3f} of their roles as printed")
        print(f"{coverage(index, [one.id for one in frequent]):.3f} of those of the {given.of}")
    finally:
        index.close()
    keys = [(id, one.id, one.country or "-") for id, found in told.items() for one in found]
    read = [key for key in keys if key in verdicts]
    right = sum(verdicts[key] == "right" for key in read)
    print(
        f"{right / max(len(read), 1):.3f} of {len(read)} offices of {given.draw} people are right"
    )
    print(len(keys) - len(read), "have no verdict:")
    for key in keys:
        if key not in verdicts:
            print("", *key, sep="\t")
    for id, found in told.items() if given.show else ():
        for one in found:
            print(id, one.id, one.country or "-", one.label_en, one.label_ar, one.printed, sep="\t")


def order(id: str, seed: int) -> str:
    """What people are sorted by to draw some."""
    return hashlib.sha256(f"{seed} {id}".encode()).hexdigest()


def offices(index: Index, id: str) -> tuple[OfficeSpan, ...]:
    """The offices of a person."""
    return default_office_reader().spans(index.catalogue.sightings("people", id))


def coverage(index: Index, ids: list[str]) -> float:
    """How many of the roles as printed are part of an office, or are known to be none."""
    read = printed = 0
    for id in ids:
        known = {role for one in offices(index, id) for role in one.printed}
        for sighting in index.catalogue.sightings("people", id):
            printed += len(sighting.roles)
            read += sum(
                role in known or default_office_reader().is_none(role) for role in sighting.roles
            )
    return read / max(printed, 1)


if __name__ == "__main__":
    main()
