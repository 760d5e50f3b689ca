"""Names on ten folds of ANERcorp's training part, by document order: the model, and all of Rasad.

A name counts as found when its words and its kind are exactly those of the corpus. Particles are
written onto words, so they never part what is compared. Forty sentences are taken for an article.
The names of people of which no word is in a name of the training folds are counted again by
themselves: what is learnt by heart is no use there. Needs the extra «training»; takes minutes.

    python benchmarks/quality/names.py ANERCORP_TRAIN.conll
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.facets.extractor import Extractor
from indexer.facets.ner.crf import spans
from indexer.facets.ner.features import default_features
from indexer.generate.name_model import ARTICLE, KINDS, Sentence, examples, folds, plain, read
from indexer.model import Article, Token
from indexer.text import Analyzer, default_analyzer
from indexer.text.normalize import normalize

FOLDS = 10
Names = set[tuple[int, int, str]]


class Score:
    """Names that are right, wrong and missed, by kind."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def add(self, wanted: Names, found: Names) -> None:
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


class Scores:
    """The names of all words, and those of new words alone."""

    def __init__(self) -> None:
        self._all, self._new = Score(), Score()

    def add(
        self, wanted: Names, found: Names, words: Sequence[str], known: Mapping[str, int]
    ) -> None:
        """Count the names of a text; ``known`` are the words of people learnt from."""
        self._all.add(wanted, found)
        self._new.add(_new(wanted, words, known), _new(found, words, known))

    def figures(self, kinds: Sequence[str]) -> str:
        """The figures of some kinds, and of people with new names."""
        return f"{', '.join(map(self._all.figures, kinds))}; new {self._new.figures('PER')}"


def main() -> None:
    """Print the figures of the model, and those of the mentions of people in the facets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS)
    given = parser.parse_args()
    analyzer = default_analyzer()
    by_model, by_all = Scores(), Scores()
    by_rules = Extractor(analyzer, model=None)
    corpus = read(given.corpus)
    people = _people(corpus)
    for held, model in folds(corpus, given.folds):
        known = people - _people(held)
        extractor = Extractor(analyzer, model=model)
        for part, mentions, labels in examples(held, by_rules, analyzer):
            found = set(model.names(part, mentions))
            by_model.add(set(spans(labels)), found, part.words, known)
        for at in range(0, len(held), ARTICLE):
            text, names = plain(held[at : at + ARTICLE])
            by_all.add(*_in_facets(text, names, extractor, analyzer), known)
    print("sequence model alone:", by_model.figures(KINDS))
    print("people in the facets:", by_all.figures(["PER"]))


def _in_facets(
    text: str, names: Sequence[tuple[int, int, str]], extractor: Extractor, analyzer: Analyzer
) -> tuple[Names, Names, list[str]]:
    """The people of a text as the corpus and as the facets have them, and its words."""
    tokens = analyzer.analyze(text)
    people = extractor.extract(Article("", "", text), [], tokens)["people"]
    mentions = [(one.start, one.end) for person in people for one in person.mentions]
    wanted = [(start, end) for start, end, kind in names if kind == "PER"]
    words = [token.word.exact for token in tokens]
    return set(_words(wanted, tokens)), set(_words(mentions, tokens)), words


def _people(corpus: Iterable[Sentence]) -> Counter[str]:
    """How often each word, without particles, stands in a name of a person."""
    base = default_features().base
    return Counter(
        base(normalize(word))[0]
        for sentence in corpus
        for word, label in sentence
        if label.endswith("PER")
    )


def _new(names: Names, words: Sequence[str], known: Mapping[str, int]) -> Names:
    """The names without a word that is known of another name."""
    base = default_features().base
    return {
        name
        for name in names
        if not any(base(word)[0] in known for word in words[name[0] : name[1]])
    }


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
