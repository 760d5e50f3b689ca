"""Derive ``name_letters.tsv``: what sort of word a word is by its letters.

A logistic regression over the letters in a row of the words whose sort is clear: names of people by
``lexemes.tsv``, Arab or foreign; cities by ``cities.tsv``; ordinary words. It is trained as a
conditional random field over sequences of one word.

usage: python -m indexer.generate.name_letters
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.facets.ner.letters import ORDINARY, SCALE, clear_sort, pieces
from indexer.facets.tables import rows
from indexer.text.tables import TableHead

TABLE = Path(__file__).parents[1] / "facets" / "tables" / "name_letters.tsv"
HEAD = TableHead(
    "Letters in a row of a word; what they say for a name of Arabs, a foreign name and a place\n"
    "against an ordinary word: ten times the logarithm of the odds.",
    "by indexer.generate.name_letters from lexemes.tsv and cities.tsv",
    "CC0-1.0 (Wikidata), CC BY-SA 4.0 (wordfreq), GPL-3.0-or-later (farahidi), "
    "CC BY 4.0 (GeoNames)",
    ("letters", "Arab", "foreign", "place"),
)
#: Pieces of fewer words are left out, and those that say less than this.
FREQUENT, LEAST = 12, 2
PARAMETERS = {"c1": 0.0, "c2": 1.0, "max_iterations": 60}


def known() -> Iterator[tuple[str, int]]:
    """The words whose sort is clear, with it."""
    cities = {city for city, _ in rows("cities.tsv") if " " not in city}
    classes = {word: own for own, line in rows("lexemes.tsv") for word in line.split(" ")}
    for word in sorted(cities | classes.keys()):
        found = clear_sort(classes.get(word, ""), word in cities)
        if found is not None and len(word) > 1:
            yield word, found


def weights() -> dict[str, list[float]]:
    """What each piece says for each sort, the ordinary word last."""
    import pycrfsuite  # here, since it is not needed to read the table

    words = [(list(pieces(word)), str(found)) for word, found in known()]
    counts = Counter(piece for of_word, _ in words for piece in set(of_word))
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params(PARAMETERS)
    for of_word, found in words:
        trainer.append([[piece for piece in of_word if counts[piece] >= FREQUENT]], [found])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        states = tagger.info().state_features
    found_weights: dict[str, list[float]] = {}
    for (piece, label), weight in states.items():
        found_weights.setdefault(piece, [0.0] * (ORDINARY + 1))[int(label)] = weight
    return found_weights


def main() -> None:
    """Write the table."""
    lines = []
    for piece, (*sorts, ordinary) in sorted(weights().items()):
        odds = [round(SCALE * (one - ordinary)) for one in sorts]
        if max(map(abs, odds)) >= LEAST:
            lines.append("\t".join([piece, *map(str, odds)]) + "\n")
    TABLE.write_text(HEAD.text() + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
