"""Which Latin letters a name has that no table knows: by the letters of all names that one knows.

Each Arabic letter is written with none to four Latin ones. A letter with those that stand for it
is a graphone; how likely one is behind the four before it is what the model holds (Bisani and Ney
2008, «Joint-sequence models for grapheme-to-phoneme conversion»), in back-off n-grams (Kneser and
Ney 1995).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.facets.tables import arrays_of
from indexer.text.normalize import normalize

MODEL = "latin_letters.npz"
ORDER = 5
#: A graphone's number within the number of a row of graphones, in bits.
BITS = 12
#: Rows of graphones that are followed at once, and spellings that are given.
BEAM, SPELLINGS = 8, 5
#: Steps of a logarithm that is kept in a byte.
STEPS = 12
#: What a name ends with, and the number of nothing, which stands before it.
END, NOTHING = "$", 0
#: Letters with a mark for sounds that Arabic has no letter for.
MARKED = {
    "پ": "p",
    "چ": "ch",
    "ڤ": "v",
    "گ": "g",
    "ژ": "zh",
}
_NEVER = -16.0
#: For each length of a row, from two: what of a row of graphones is the context, and what tells
#: rows of this length from others.
_CONTEXTS = np.array([[(1 << BITS * size) - 1] for size in range(1, ORDER)], np.int64)
_TAGS = np.array([[size << BITS * ORDER] for size in range(ORDER - 1)], np.int64)

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Ngrams(NamedTuple):
    """Rows of some length: their numbers, sorted, and the logarithm of how likely the last one is.

    ``contexts`` are the numbers of all but the last one, and ``weights`` what the shorter row
    counts where a row isn't there.
    """

    rows: Numbers
    odds: Floats
    contexts: Numbers
    weights: Floats


class _Lookup:
    """Rows of every length with a value each, in one sorted table: few calls find many of them."""

    def __init__(self, tables: Sequence[tuple[Numbers, Floats]]) -> None:
        last = np.array([np.iinfo(np.int64).max])  # found where all rows are smaller
        numbers = [rows | tag for (rows, _), tag in zip(tables, _TAGS.flat, strict=True)]
        self._numbers = np.concatenate([*numbers, last])
        self._values = np.concatenate([*(values for _, values in tables), np.zeros(1)])

    def tables(self) -> list[tuple[Numbers, Floats]]:
        """The rows and values of each length."""
        bounds = self._numbers.searchsorted([*_TAGS.flat, np.iinfo(np.int64).max]).tolist()
        return [
            (self._numbers[start:end] ^ tag, self._values[start:end])
            for start, end, tag in zip(bounds, bounds[1:], _TAGS.flat, strict=False)
        ]

    def of(self, numbers: Numbers) -> tuple[NDArray[np.bool_], Floats]:
        """Which numbers, with the tags of their lengths, are there; and their values."""
        at = self._numbers.searchsorted(numbers)
        return self._numbers[at] == numbers, self._values[at]


class LetterModel:
    """Writes Arabic words in Latin letters."""

    def __init__(
        self, graphones: Sequence[tuple[str, str]], single: Floats, longer: Sequence[Ngrams]
    ) -> None:
        self._latin = [latin for _, latin in graphones]
        self._single = single
        self._odds_of = _Lookup([(one.rows, one.odds) for one in longer])
        self._weights_of = _Lookup([(one.contexts, one.weights) for one in longer])
        by_letter: dict[str, list[int]] = {}
        for number, (arabic, _) in enumerate(graphones):
            by_letter.setdefault(arabic, []).append(number)
        self._by_letter = {
            letter: np.array(numbers, np.int64) for letter, numbers in by_letter.items()
        }

    @classmethod
    @cache
    def shipped(cls) -> "LetterModel":
        """The model that comes with Rasad; read when first asked for."""
        return cls.unpacked(arrays_of(MODEL))

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> "LetterModel":
        """The model of the arrays that ``packed`` gives."""
        longer = [
            Ngrams(
                np.cumsum(arrays[f"rows{size}"]),
                arrays[f"odds{size}"] / -STEPS,
                np.cumsum(arrays[f"contexts{size}"]),
                arrays[f"weights{size}"] / -STEPS,
            )
            for size in range(2, ORDER + 1)
        ]
        lines = str(arrays["graphones"]).split("\n")
        graphones = [(line[:1], line[1:]) for line in lines]
        return cls(graphones, arrays["single"].astype(np.float64), longer)

    def packed(self) -> dict[str, NDArray[Any]]:
        """The model as arrays that a file keeps well: differences, and logarithms in bytes."""
        letters = {
            number: letter for letter, numbers in self._by_letter.items() for number in numbers
        }
        lines = "\n".join(letters[at] + latin for at, latin in enumerate(self._latin))
        arrays: dict[str, NDArray[Any]] = {
            "graphones": np.array(lines),
            "single": self._single.astype(np.float32),
        }
        for size, (rows, odds) in enumerate(self._odds_of.tables(), 2):
            arrays[f"rows{size}"] = np.diff(rows, prepend=0)
            arrays[f"odds{size}"] = _bytes(odds)
        for size, (contexts, weights) in enumerate(self._weights_of.tables(), 2):
            arrays[f"contexts{size}"] = np.diff(contexts, prepend=0)
            arrays[f"weights{size}"] = _bytes(weights)
        return arrays

    def spellings(self, word: str) -> list[tuple[str, float]]:
        """The likeliest Latin spellings of a word as printed, with their shares, best first.

        Letters that no graphone begins with are left out.
        """
        rows = np.zeros(1, np.int64)
        scores = np.zeros(1)
        texts = [""]
        whole = (1 << BITS * (ORDER - 1)) - 1
        for letter in word + END:
            following = self._following(letter)
            if not len(following):
                continue
            found = (scores[:, None] + self._odds(rows, following)).ravel()
            best = np.argsort(-found, kind="stable")[:BEAM]
            before, last = np.divmod(best, len(following))
            texts = [
                texts[one] + self._latin[number]
                for one, number in zip(before, following[last], strict=True)
            ]
            rows = ((rows[before] << BITS) | following[last]) & whole
            scores = found[best]
        shares: dict[str, float] = {}
        for text, score in zip(texts, np.exp(scores - scores[0]), strict=True):
            shares[text] = shares.get(text, 0.0) + float(score)
        total = sum(shares.values())
        best_first = sorted(shares.items(), key=lambda one: (-one[1], one[0]))
        return [(text, share / total) for text, share in best_first[:SPELLINGS]]

    def _following(self, letter: str) -> Numbers:
        """The graphones of a letter, or of the one that it folds to where it was not learnt."""
        if (known := self._by_letter.get(letter)) is not None:
            return known
        alike = self._by_letter.get(normalize(letter), np.zeros(0, np.int64))
        sounds = MARKED.get(letter, "")
        fitting = [number for number in alike.tolist() if self._latin[number].startswith(sounds)]
        return np.array(fitting, np.int64) if fitting else alike

    def _odds(self, before: Numbers, following: Numbers) -> Floats:
        """Logarithms of how likely each graphone is behind each row: rows, graphones."""
        contexts = before & _CONTEXTS
        known, weights = self._weights_of.of(contexts | _TAGS)
        weights = weights * known
        rows = ((contexts << BITS) | _TAGS)[:, :, None] | following
        odds = self._single[following]
        for there, own, weight in zip(*self._odds_of.of(rows), weights, strict=True):
            odds = np.where(there, own, odds + weight[:, None])
        return odds


def number(row: Sequence[int]) -> int:
    """The number of a row of graphones."""
    whole = 0
    for one in row:
        whole = (whole << BITS) | one
    return whole


def logarithms(odds: Sequence[float]) -> Floats:
    """What a file keeps of likelihoods, as it is read again."""
    found: Floats = np.log(np.maximum(np.array(odds), np.exp(_NEVER)))
    return found


def _bytes(odds: Floats) -> NDArray[np.uint8]:
    return np.clip(np.round(-odds * STEPS), 0, 255).astype(np.uint8)
