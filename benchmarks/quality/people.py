"""How many of the most frequent people of an archive are one person each, by verdicts read by eye.

    python benchmarks/quality/people.py ARTICLES.jsonl.gz|INDEX [--many 300]

The verdicts in people_verdicts.tsv belong to saudinewsnet's 31,030 articles, which are indexed
first unless an index of them is given. Profiles without a verdict are listed, and count as wrong.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from indexer.index import Index, writable
from indexer.indexing.run import index_pages

VERDICTS = Path(__file__).with_name("people_verdicts.tsv")


def main() -> None:
    """Judge the people of an index that is there, or of one made for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--many", type=int, default=300)
    given = parser.parse_args()
    if given.path.is_dir():
        judge(given.path, given.many)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        with writable(folder) as index:
            index_pages([given.path], index)
        judge(folder, given.many)


def judge(folder: Path, many: int) -> None:
    """Print the precision, the number of people in two profiles, and what has no verdict."""
    lines = VERDICTS.read_text("utf-8").splitlines()
    verdicts = dict(line.split("\t") for line in lines if not line.startswith("#"))
    index = Index.open(folder)
    try:
        frequent = [name.id for name in index.catalogue.frequent("people", many)]
    finally:
        index.close()
    judged = Counter(verdicts.get(id, "no verdict").split()[0] for id in frequent)
    right = judged["person"] + judged["same"]
    print(f"{right / len(frequent):.3f} of {len(frequent)} profiles are one person each")
    print(f"{judged['same']} people in two profiles; {dict(judged)}")
    print("no verdict:", " ".join(id for id in frequent if id not in verdicts))


if __name__ == "__main__":
    main()
