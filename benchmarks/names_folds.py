"""The sequence model of names on ten folds of ANERcorp's training part, by document order.

Exact words and kind; particles are written onto words and never part what is compared. Needs the
extra «training»; takes minutes.

usage: python benchmarks/names_folds.py ANERCORP_TRAIN.conll
"""

import sys
from collections import deque
from pathlib import Path

from indexer.build.sequence import measure, read

FOLDS = 10


def main(path: Path) -> None:
    """Print the figures after the last fold."""
    (last,) = deque(measure(read(path), FOLDS), maxlen=1)
    print(last)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
