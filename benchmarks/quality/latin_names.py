"""How names in Arabic letters are written in Latin ones.

The names of ``latin_names.tsv``, each with the spellings that a reader would search for: those of
which every part stands in a table, and those with a part that is written by the letter model.
Case, accents, hyphens and the space behind «al» count for nothing. Similarity is 1 - edit
distance / the longer length, to the nearest accepted spelling.

usage: python -m benchmarks.quality.latin_names [--errors]
"""

import argparse
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from indexer.facets.ner.romanise import romanise

NAMES = Path(__file__).with_suffix(".tsv")


def fold(text: str) -> str:
    """A Latin name without what readers don't tell apart."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(r"\bal[- ]", "al", re.sub("[\u0300-\u036f'’`]", "", plain))
    return re.sub(r"[^a-z]+", " ", plain).strip()


def similarity(latin: str, accepted: Iterable[str]) -> float:
    """How near a Latin name is to the nearest accepted one, 1 where it is one of them."""
    shown = fold(latin)
    return max(Levenshtein.normalized_similarity(shown, fold(one)) for one in accepted)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is not as accepted")
    options = parser.parse_args()
    scores: list[float] = []
    for line in NAMES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, accepted = line.split("\t")
        latin = romanise(name)
        scores.append(similarity(latin, accepted.split("|")))
        if options.errors and scores[-1] < 1:
            print(f"{name} | {accepted} | {latin}")
    exact = sum(score == 1 for score in scores)
    print(f"{len(scores)} names: exact {exact}, similarity {sum(scores) / len(scores):.3f}")


if __name__ == "__main__":
    main()
