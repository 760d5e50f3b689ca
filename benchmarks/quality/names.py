"""Names on ten folds of ANERcorp's training part, by document order: the model, and all of Rasad.

A name counts as found when its words and its kind are exactly those of the corpus. Particles are
written onto words, so they never part what is compared. Forty sentences are taken for an article.
Needs the extra «training»; takes minutes.

    python benchmarks/quality/names.py ANERCORP_TRAIN.conll
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.facets.extractor import Extractor
from indexer.facets.ner.crf import spans
from indexer.generate.name_model import ARTICLE, KINDS, examples, folds, plain, read
from indexer.model import Article, Token
from indexer.text import default_analyzer

FOLDS = 10


class Score:
    """Names that are right, wrong and missed, by kind."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def add(self, wanted: set[tuple[int, int, str]], found: set[tuple[int, int, str]]) -> None:
        """Count the names of a text, as (start, end, kind)."""
        self._right.update(kind for *_, kind in wanted & found)
        self._wrong.update(kind for *_, kind in found - wanted)
        self._missed.update(kind for *_, kind in wanted - found)

    def figures(self, kind: str) -> str:
        """Precision, recall and F1 of a kind of names."""
        right, wrong, missed = self._right[kind], self._wrong[kind], self._missed[kind]
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        return f"{kind} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def main() -> None:
    """Print the figures of the model, and those of the mentions of people in the facets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    given = parser.parse_args()
    analyzer = default_analyzer()
    by_model, by_all = Score(), Score()
    by_rules = Extractor(analyzer, model=None)
    for corpus, model in folds(read(given.corpus), FOLDS):
        for example in examples(corpus, by_rules, analyzer):
            found = model.names(example.part, example.mentions)
            by_model.add(set(spans(example.labels)), set(found))
        extractor = Extractor(analyzer, model=model)
        for at in range(0, len(corpus), ARTICLE):
            text, names = plain(corpus[at : at + ARTICLE])
            tokens = analyzer.analyze(text)
            people = extractor.extract(Article("", "", text), [], tokens)["people"]
            mentions = [(one.start, one.end) for person in people for one in person.mentions]
            wanted = [(start, end) for start, end, kind in names if kind == "PER"]
            by_all.add(set(_words(wanted, tokens)), set(_words(mentions, tokens)))
    print("sequence model alone:", ", ".join(map(by_model.figures, KINDS)))
    print("people in the facets:", by_all.figures("PER"))


def _words(
    names: Sequence[tuple[int, int]], tokens: Sequence[Token]
) -> Iterator[tuple[int, int, str]]:
    """Names of people by offsets as names by words."""
    for start, end in names:
        at = [n for n, token in enumerate(tokens) if token.start < end and token.end > start]
        if at:
            yield at[0], at[-1] + 1, "PER"


if __name__ == "__main__":
    main()
