"""Derive ``latin.tsv``, ``latin_letters.npz`` and ``latin_languages.npz``: Latin forms of names.

The table has those of the parts that labels have; the models say how others are written, by their
letters and by the language of the name.

Sources: Wikidata labels (CC0).

usage: python -m indexer.generate.latin_letters --gazetteers PATH
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.facets.ner.letter_model import (
    END,
    MODEL,
    NOTHING,
    ORDER,
    LetterModel,
    Ngrams,
    logarithms,
    number,
)
from indexer.facets.ner.name_language import MODEL as LANGUAGES
from indexer.generate.latin_forms import LATIN, usual_forms
from indexer.generate.latin_pairs import Graphone, NamePairs, Pair, aligned
from indexer.generate.name_languages import learnt
from indexer.text.normalize import normalize

TABLES = Path(__file__).parents[1] / "facets" / "tables"
#: By how much the count of each row is lessened, for graphones that were never seen behind it.
DISCOUNTS = (0.0, 0.6, 0.75, 0.8, 0.85)
#: Rows seen no more often are left out: two thirds of the file.
RARE = (0, 0, 0, 1, 1)
RARE_GRAPHONE = 1

Row = tuple[int, ...]


def trained(words: Sequence[Sequence[Graphone]]) -> LetterModel:
    """The model of these words; those with a rare graphone are left out."""
    seen = Counter(one for word in words for one in set(word))
    frequent = sorted(one for one, count in seen.items() if count > RARE_GRAPHONE)
    graphones = [("", ""), (END, ""), *frequent]
    numbers = {one: at for at, one in enumerate(graphones)}
    counts = _counts(
        [[numbers[one] for one in word] for word in words if set(word) <= set(numbers)]
    )
    total = sum(counts[0].values())
    odds: list[dict[Row, float]] = [{row: count / total for row, count in counts[0].items()}]
    weights: list[dict[Row, float]] = []
    for size in range(1, ORDER):
        more, rest = _discounted(counts[size], size)
        weights.append(rest)
        odds.append({})
        for row, share in more.items():
            odds[size][row] = share + rest[row[:-1]] * _backed_off(odds, weights, row[1:])
    single = logarithms([odds[0].get((at,), 0.0) for at in range(len(graphones))])
    longer = [_sorted(*one) for one in zip(odds[1:], weights, strict=True)]
    return LetterModel(graphones, single, longer)


def _counts(words: Sequence[Sequence[int]]) -> list[Counter[Row]]:
    """How often rows are seen; of shorter ones, behind how many different graphones."""
    counts: list[Counter[Row]] = [Counter() for _ in range(ORDER)]
    for word in words:
        row = (*[NOTHING] * (ORDER - 1), *word, 1)
        counts[-1].update(tuple(row[at : at + ORDER]) for at in range(len(row) - ORDER + 1))
    for size in range(ORDER - 1, 0, -1):
        for longer, count in counts[size].items():
            begins = longer[:2] == (NOTHING, NOTHING)  # nothing else can stand before it
            counts[size - 1][longer[1:]] += count if begins else 1
    return counts


def _discounted(counts: Counter[Row], size: int) -> tuple[dict[Row, float], dict[Row, float]]:
    """The lessened shares of rows that are kept, and by context what is left for all others."""
    totals: Counter[Row] = Counter()
    for row, count in counts.items():
        totals[row[:-1]] += count
    shares = {
        row: (count - DISCOUNTS[size]) / totals[row[:-1]]
        for row, count in counts.items()
        if count > RARE[size]
    }
    rest: dict[Row, float] = defaultdict(lambda: 1.0)
    for row, share in shares.items():
        rest[row[:-1]] -= share
    return shares, dict(rest)


def _backed_off(
    odds: Sequence[dict[Row, float]], weights: Sequence[dict[Row, float]], row: Row
) -> float:
    found = odds[len(row) - 1].get(row)
    if found is not None or len(row) == 1:
        return found or 0.0
    return weights[len(row) - 2].get(row[:-1], 1.0) * _backed_off(odds, weights, row[1:])


def _sorted(odds: dict[Row, float], weights: dict[Row, float]) -> Ngrams:
    rows = sorted(odds, key=number)
    contexts = sorted(weights, key=number)
    return Ngrams(
        np.array([number(row) for row in rows], np.int64),
        logarithms([odds[row] for row in rows]),
        np.array([number(row) for row in contexts], np.int64),
        logarithms([weights[row] for row in contexts]),
    )


def taught(pairs: Sequence[Pair]) -> Iterator[Sequence[Graphone]]:
    """What the model learns from: each pair, and again as it is where hamza isn't printed."""
    for pair in pairs:
        yield pair.graphones
        if normalize(pair.arabic) != pair.arabic:
            yield [(normalize(letter), latin) for letter, latin in pair.graphones]


def main() -> None:
    """Write the table and the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, required=True)
    names = NamePairs(parser.parse_args().gazetteers)
    pairs = list(aligned(names.plain))
    np.savez_compressed(TABLES / MODEL, allow_pickle=False, **trained(list(taught(pairs))).packed())
    np.savez_compressed(TABLES / LANGUAGES, allow_pickle=False, **learnt(names))
    forms = "".join(f"{word}\t{form}\n" for word, form in usual_forms(names, pairs))
    (TABLES / "latin.tsv").write_text(LATIN.text() + forms, "utf-8")


if __name__ == "__main__":
    main()
