"""Make the table of roots from what farahidi says of wordfreq's words.

    python -m indexer.generate.root_table --analyses analyses.jsonl.gz

The analyses are those that ``indexer.generate.lexicon_table`` keeps. A lemma's root is the one that
its forms have in their likeliest readings, each form counted by its share of running words.

Proper names keep out of the families of words that are spelt like them: «سعودي» is no relative of
«مساعد», nor «رونالد» of any verb. A country and its adjective have a root of their own.

    python -m indexer.generate.root_table --correct

takes names out of the table that is there.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from indexer.facets.tables import rows
from indexer.text import Analyzer, default_analyzer
from indexer.text.nations import shared_stems
from indexer.text.normalize import normalize
from indexer.text.roots import pack, unpack

OUT = Path(__file__).parents[1] / "text" / "roots.bin"
#: Classes of ``lexemes.tsv``: given name, surname, name of another language.
NAMES = frozenset("gsf")
RELATION = "ي"
#: A reading far below the likeliest one says nothing.
_LIKELY = 0.2
#: What a form is worth whose readings all have another lemma than the table.
_OTHERS = 0.1


def main() -> None:
    """Read the analyses, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--analyses", type=Path)
    source.add_argument("--correct", action="store_true", help="only correct what is there")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if given.correct:
        roots = unpack(given.out.read_bytes())
    else:
        roots = roots_of(given.analyses, default_analyzer())
    roots = without_names(roots, set(names()), shared_stems())
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


def without_names(
    roots: Mapping[str, str], names: Collection[str], stems: Mapping[str, str]
) -> dict[str, str]:
    """The roots without those of names, and with one for the words of each country.

    That is the adjective, which is the root of nothing else: «قطري», not «قطر».
    """
    kept = {lemma: root for lemma, root in roots.items() if lemma not in names}
    adjectives: dict[str, str] = {}
    for lemma in sorted(stems, key=len, reverse=True):
        if lemma.endswith(RELATION) or stems[lemma] not in adjectives:
            adjectives[stems[lemma]] = lemma
    return kept | {lemma: adjectives[stem] for lemma, stem in stems.items()}


def names() -> Iterator[str]:
    """Words that are names of people and nothing else."""
    for classes, words in rows("lexemes.tsv"):
        if set(classes) <= NAMES:
            yield from words.split()


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
