"""Whether quotations are somebody's words and the right one's, by verdicts read by eye.

    python benchmarks/quality/quotations.py ARTICLES.jsonl.gz [--of 700] [--draw 100] [--seed 19]
        [--recall 30] [--show]

Draws articles, and quotations among theirs. The verdicts in quotation_verdicts.tsv belong to
saudinewsnet's 31,030 articles; a quotation without one counts as wrong and is listed. Recall is
over the first articles that were drawn, with the seed 17: those marked «missed» are told there with
a speaker that the facets know, and are not found. ``--show`` prints what is to be judged.
"""

import argparse
import gzip
import hashlib
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.model import Article, Document, Quotation
from indexer.sources import Skipped
from indexer.sources.files import walk

VERDICTS = Path(__file__).with_name("quotation_verdicts.tsv")
#: Article, part, start and end of the words, speaker.
Key = tuple[str, ...]


def main() -> None:
    """Judge quotations drawn from a file of articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--of", type=int, default=700)
    parser.add_argument("--draw", type=int, default=100)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--recall", type=int, default=30)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    verdicts = read_verdicts()
    records = [one.record for one in documents(given.articles, given.of, given.seed)]
    found = [(one.article, quotation) for one in records for quotation in one.quotations]
    print(f"{len(found)} quotations in {len(records)} articles")
    drawn = sorted(found, key=lambda one: digest(given.seed, key(*one)))[: given.draw]
    told = Counter(verdicts.get(key(*one), "") for one in drawn)
    print(f"precision {told['right'] / len(drawn):.3f}: {dict(told)}")
    read = {one.article.id for one in records[: given.recall]}
    missed = sum(key[0] in read and verdict == "missed" for key, verdict in verdicts.items())
    right = sum(one.id in read for one, _ in found)
    if missed:
        print(
            f"recall {right / max(right + missed, 1):.3f} over {len(read)} articles: {right} found"
        )
    for one in drawn:
        if given.show or key(*one) not in verdicts:
            show(*one)


def read_verdicts() -> dict[Key, str]:
    """The verdicts by what they judge."""
    lines = VERDICTS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {tuple(row[:5]): row[5] for row in rows}


def documents(path: Path, many: int, seed: int) -> Iterator[Document]:
    """So many articles of a file, drawn at random, with what is read out of them."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    drawn = random.Random(seed).sample(lines, min(many, len(lines)))
    builder = document_builder(IndexSettings())
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "drawn.jsonl"
        sample.write_text("".join(drawn), "utf-8")
        outcomes = (
            one if isinstance(one, Skipped) else builder.outcome(one) for one in walk([sample])
        )
        yield from (one for one in outcomes if isinstance(one, Document))


def key(article: Article, one: Quotation) -> Key:
    """What a verdict is about."""
    return (article.id, one.said.part, str(one.said.start), str(one.said.end), one.speaker.id)


def digest(seed: int, one: Key) -> str:
    """An order by chance, which stays where some quotations come and others go."""
    return hashlib.sha256(f"{seed} {one}".encode()).hexdigest()


def show(article: Article, one: Quotation) -> None:
    """Print a quotation where it stands, with its key."""
    text = article.title if one.said.part == "title" else article.body
    before, said = text[one.told.start : one.said.start], text[one.said.start : one.said.end]
    behind = text[one.said.end : one.said.end + 80]
    line = f"[{one.speaker.role} {one.speaker.country}] {before[-300:]}⟦{said}⟧{behind}"
    print(*key(article, one), " ".join(line.split()), sep="\t")


if __name__ == "__main__":
    main()
