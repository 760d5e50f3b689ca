"""Make the table of roots from what farahidi says of wordfreq's words.

    python -m indexer.build.roots --analyses analyses.jsonl.gz

The analyses are those that ``indexer.build.lexicon`` keeps. A lemma's root is the one that its
forms have in their likeliest readings, each form counted by its share of running words.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.text import Analyzer, default_analyzer
from indexer.text.normalize import normalize
from indexer.text.roots import pack

OUT = Path(__file__).parents[1] / "text" / "roots.bin"
#: A reading far below the likeliest one says nothing.
_LIKELY = 0.2
#: What a form is worth whose readings all have another lemma than the table.
_OTHERS = 0.1


def main() -> None:
    """Read the analyses, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--analyses", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    roots = roots_of(given.analyses, default_analyzer())
    given.out.write_bytes(pack(roots))
    print(
        f"{len(roots)} lemmas, {len(set(roots.values()))} roots, {given.out.stat().st_size} bytes"
    )


def roots_of(analyses: Path, analyzer: Analyzer) -> dict[str, str]:
    """Lemma → root."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, frequency, readings in _rows(analyses):
        lemma = analyzer.word(word).lemma
        rooted = [one for one in readings if one.root]
        own = [one for one in rooted if one.lemma == lemma]
        likely = own or rooted
        if likely:
            best = max(one.score for one in likely)
            root = next(one.root for one in likely if one.score >= _LIKELY * best)
            votes[lemma][root] += frequency * (1 if own else _OTHERS)
    return {lemma: max(counted, key=counted.__getitem__) for lemma, counted in votes.items()}


class _Reading(NamedTuple):
    lemma: str
    root: str
    score: float


def _rows(path: Path) -> Iterator[tuple[str, float, list[_Reading]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for word, frequency, rows in map(json.loads, lines):
            readings = [_Reading(normalize(r[0] or ""), normalize(r[1] or ""), r[7]) for r in rows]
            yield word, frequency, readings


if __name__ == "__main__":
    main()
