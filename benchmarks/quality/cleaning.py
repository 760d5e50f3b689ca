"""What cleaning takes away from real pages, for a reader of Arabic to judge; and how fast it reads.

    python benchmarks/quality/cleaning.py DATA/saudinewsnet.jsonl.gz [--sample N] [--list]

Takes pages spread evenly over the file, prints how many lines each rule removed, and with --list
the lines themselves with their page's id. Lines judged wrong are kept, by id and rule, in
cleaning_verdicts.tsv beside this script; they are counted here.
"""

import argparse
import platform
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from indexer.errors import SourceError
from indexer.model import Article
from indexer.sources import Raw, read, walk

VERDICTS = Path(__file__).with_name("cleaning_verdicts.tsv")


def articles(raws: list[Raw]) -> list[Article]:
    """The articles of those pages that can be read."""
    found = []
    for raw in raws:
        try:
            found.append(read(raw))
        except SourceError as error:
            print(f"{raw.origin}: {error}")
    return found


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--sample", type=int, default=300)
    arguments.add_argument("--list", action="store_true")
    options = arguments.parse_args()
    raws = [raw for raw in walk([options.path]) if isinstance(raw, Raw)]
    sample = articles(list(islice(raws, 0, None, max(1, len(raws) // options.sample))))

    removed = Counter(line.why for article in sample for line in article.removed)
    words = sum(len(f"{article.title} {article.body}".split()) for article in sample)
    print(f"{len(sample)} pages, {words} words kept, {sum(removed.values())} lines removed")
    for rule, count in removed.most_common():
        print(f"{count:6} {rule}")
    if options.list:
        for article in sample:
            for line in article.removed:
                print(article.id, line.why, line.text, sep="\t")
    wrong = Counter(row.split("\t")[1] for row in VERDICTS.read_text("utf-8").splitlines()[1:])
    print("judged wrong:", ", ".join(f"{n} {rule}" for rule, n in wrong.items()) or "none")

    read(raws[0])  # tables are loaded once
    some = raws[:4000]
    started = time.process_time()
    articles(some)
    rate = len(some) / (time.process_time() - started)
    print(f"{rate:.0f} pages a second of processor time; Python {platform.python_version()}")


if __name__ == "__main__":
    main()
