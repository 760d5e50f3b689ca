"""How many people of an archive are one person each, by verdicts read by eye.

    python benchmarks/quality/people.py ARTICLES.jsonl.gz|INDEX [--many 500] [--drawn 500 --seed 99]

The verdicts in people_verdicts.tsv belong to saudinewsnet's 31,030 articles, which are indexed
first unless an index of them is given. Judged are the most frequent profiles, and some drawn from
the rest: those whose ids come first in an order that the seed decides, so that nearly the same
are drawn when names change. Profiles without a verdict are listed, and count as wrong;
``--contexts`` prints of each how it is written and some of the places where it stands.
"""

import argparse
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.catalogue import Name
from indexer.index import Index, writable
from indexer.indexing.run import index_pages

VERDICTS = Path(__file__).with_name("people_verdicts.tsv")
PEOPLE = "people"
#: Letters that are shown on either side of a name.
AROUND = 60


def main() -> None:
    """Judge the people of an index that is there, or of one made for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--many", type=int, default=500, help="the most frequent")
    parser.add_argument("--drawn", type=int, default=500, help="of the rest")
    parser.add_argument("--seed", type=int, default=99, help="which of the rest")
    parser.add_argument("--contexts", type=int, default=0, help="places of each without verdict")
    given = parser.parse_args()
    if given.path.is_dir():
        judge(given.path, given)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        with writable(folder) as index:
            index_pages([given.path], index)
        judge(folder, given)


def judge(folder: Path, given: argparse.Namespace) -> None:
    """Print the precision of both samples, and what has no verdict."""
    lines = VERDICTS.read_text("utf-8").splitlines()
    verdicts = dict(line.split("\t") for line in lines if not line.startswith("#"))
    index = Index.open(folder)
    try:
        names = index.catalogue.frequent(PEOPLE, -1)
        frequent, rest = names[: given.many], names[given.many :]
        rest.sort(key=lambda name: _order(name.id, given.seed))
        for label, sample in (
            ("the most frequent", frequent),
            (f"drawn from {len(rest)} others", rest[: given.drawn]),
        ):
            if sample:
                report(label, sample, verdicts)
                unread = [name for name in sample if name.id not in verdicts]
                for name in unread:
                    print("no verdict", name.articles, name.id, name.name, sep="\t")
                    for context in contexts(index, name.id, given.contexts):
                        print("", context, sep="\t")
    finally:
        index.close()


def report(label: str, sample: Sequence[Name], verdicts: dict[str, str]) -> None:
    """Print how many of a sample are one person each, and what the others are."""
    judged = Counter(verdicts.get(name.id, "no verdict").split()[0] for name in sample)
    right = judged["person"] + judged["same"]
    print(f"{right / len(sample):.3f} of {len(sample)} profiles, {label}, are one person each")
    print(f"{judged['same']} people in two profiles; {dict(judged.most_common())}")


def contexts(index: Index, id: str, many: int) -> Iterator[str]:
    """How a person is written, and what stands around the name in some articles."""
    if not many:
        return
    written = index.catalogue.seen(PEOPLE, [id]).get(id, {})
    yield "; ".join(f"{text} {n}" for text, n in Counter(written).most_common(5))
    sightings = index.catalogue.sightings(PEOPLE, id)
    step = max(1, len(sightings) // many)
    articles = [sighting.article for sighting in sightings[::step]][:many]
    for record in index.engine.records(articles):
        for value in record.facets[PEOPLE]:
            if value.id == id:
                mention = min(value.mentions, key=lambda one: one.start - one.end)
                article = record.article
                text = article.title if mention.part == "title" else article.body
                before = text[max(0, mention.start - AROUND) : mention.start]
                after = text[mention.end : mention.end + AROUND]
                said = f"{before}[{text[mention.start : mention.end]}]{after}"
                yield f"{article.id} {mention.rule}: {' '.join(said.split())}"


def _order(id: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {id}".encode()).digest()


if __name__ == "__main__":
    main()
