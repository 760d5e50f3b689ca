"""Make the table of roots from what farahidi says of wordfreq's words.

    python -m indexer.build.roots --analyses analyses.jsonl.gz

The analyses are those that ``indexer.build.lexicon`` keeps. A lemma's root is the one that its forms
have in their likeliest readings, each form counted by its share of running words.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from indexer.text import Analyzer, default_analyzer
from indexer.text.normalize import normalize
from indexer.text.roots import pack

OUT = Path(__file__).parents[1] / "text" / "roots.bin"
#: A reading far below the likeliest one says nothing.
_LIKELY = 0.2


def main() -> None:
    """Read the analyses, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--analyses", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    roots = roots_of(given.analyses, default_analyzer())
    given.out.write_bytes(pack(roots))
    print(f"{len(roots)} lemmas, {len(set(roots.values()))} roots, {given.out.stat().st_size} bytes")


def roots_of(analyses: Path, analyzer: Analyzer) -> dict[str, str]:
    """Lemma → root."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for word, frequency, readings in _rows(analyses):
        lemma = analyzer.word(word).lemma
        same = [(normalize(r[0] or ""), r[1], r[7]) for r in readings]
        own = [(root, score) for one, root, score in same if one == lemma]
        rooted = [(root, score) for root, score in own or [r[1:] for r in same] if root]
        best = max((score for _, score in rooted), default=0.0)
        for root, score in rooted:
            if score >= _LIKELY * best:
                votes[lemma][normalize(root)] += frequency * (1 if own else 0.1)
                break
    return {lemma: counted.most_common(1)[0][0] for lemma, counted in votes.items()}


def _rows(path: Path) -> Iterator[tuple[str, float, list[list[str]]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
