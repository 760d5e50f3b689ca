"""How names in Arabic letters are written in Latin ones.

The names of ``latin_names.tsv``, each with the spellings that a reader would search for: those of
which every part stands in a table, and guesses, of which a part is written by the letter model.
Case, accents, hyphens and the space behind «al» count for nothing. Similarity is 1 - edit
distance / the longer length, to the nearest accepted spelling.

With ``--held-out``, how parts of names are written by a model of letters that was trained without
them: a 32nd of the words of the gazetteers, to the nearest form that labels have for them.

usage: python -m benchmarks.quality.latin_names [--errors] [--held-out GAZETTEERS]
"""

import argparse
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

from rapidfuzz.distance import Levenshtein

from indexer.facets.ner.romanise import latin_name
from indexer.generate.latin_letters import taught, trained
from indexer.generate.latin_pairs import NamePairs, aligned
from indexer.text.normalize import normalize

NAMES = Path(__file__).with_suffix(".tsv")
#: One word of so many is held out.
HELD = 32


def fold(text: str) -> str:
    """A Latin name without what readers don't tell apart."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(r"\bal[- ]", "al", re.sub("[\u0300-\u036f'’`]", "", plain))
    return re.sub(r"[^a-z]+", " ", plain).strip()


def similarity(latin: str, accepted: Iterable[str]) -> float:
    """How near a Latin name is to the nearest accepted one, 1 where it is one of them."""
    shown = fold(latin)
    return max(Levenshtein.normalized_similarity(shown, fold(one)) for one in accepted)


def held_out(gazetteers: Path) -> list[float]:
    """How near words are written by letters alone that the model has not seen."""
    pairs = list(aligned(NamePairs(gazetteers).plain))
    forms: dict[str, set[str]] = {}
    for pair in pairs:
        if crc32(normalize(pair.arabic).encode()) % HELD == 0:
            forms.setdefault(pair.arabic, set()).add(pair.latin)
    model = trained(list(taught([pair for pair in pairs if pair.arabic not in forms])))
    return [similarity(model.spellings(word)[0][0], own) for word, own in forms.items()]


def told(what: str, scores: Sequence[float]) -> str:
    """The figures of some names as a line."""
    exact = sum(score == 1 for score in scores)
    return f"{len(scores)} {what}: exact {exact}, similarity {sum(scores) / len(scores):.3f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is not as accepted")
    parser.add_argument("--held-out", type=Path, metavar="GAZETTEERS")
    options = parser.parse_args()
    if options.held_out:
        print(told("parts of names, held out", held_out(options.held_out)))
        return
    scores: dict[bool, list[float]] = {True: [], False: []}
    for line in NAMES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, accepted = line.split("\t")
        latin, guessed = latin_name(name)
        scores[guessed].append(similarity(latin, accepted.split("|")))
        if options.errors and scores[guessed][-1] < 1:
            print(f"{name} | {accepted} | {latin}")
    print(told("names", scores[True] + scores[False]))
    print(told("of them known by their parts", scores[False]))
    print(told("of them guesses", scores[True]))


if __name__ == "__main__":
    main()
