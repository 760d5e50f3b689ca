"""Choose one reading for each word type, so that all words agree as well as they can.

Nothing is labelled: an expectation–maximisation over the whole word list finds how common each
lemma, particle, ending and kind of word is, given the readings that are possible, and reads each
word by that. «الدول» and «للدول» can only be nouns, so «دول» is the plural of «دولة» there and
everywhere.

The probability of a reading is that of its stem (seen elsewhere: *unit*; else its lemma, form and
type) times its particles and its pronoun. A word never counts as evidence for itself.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.generate.candidates import FEMININE, FORMED, Candidate, WordType

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]

ROUNDS = 30
#: Frequencies are flattened, or a few hundred words would decide everything.
FLATTER, LEMMA_FLATTER = 0.7, 0.5
#: The share of a stem's own count in its probability; the rest comes from lemma, form and type.
UNIT = 0.5
TYPE_POWER = 0.25
#: A lemma should be a word that is seen: below this share of its forms it loses, by its root.
ATTESTED = 0.05
RAREST = 1e-8
_NOMINAL = ("noun", "adjective")
_SOUND_FEMININE = (
    "ه",
    "ت",
    "ات",
    "تان",
    "تين",
)


@dataclass(frozen=True, slots=True)
class Prior:
    """What is held against readings, or for them, before any counting. Chosen by hand."""

    particle: float = 20.0  # closed class: a particle that can be read is one
    broken: float = 2.0  # a listed broken plural is no accident
    formed_beside_broken: float = 0.1  # noun of a pattern, seen nowhere unambiguously
    plural_ratio: float = 3.0  # plurals are seldom so much commoner than their singular
    plural_power: float = 1.5
    feminine_ratio: float = 2.0  # a commoner feminine is a noun of its own: «جامعة» beside «جامع»
    feminine_power: float = 1.5


class Chosen(NamedTuple):
    """The reading of one word type: its lemma, and the particles written before it."""

    lemma: str
    proclitic: str


def choose(types: Sequence[WordType], prior: Prior | None = None) -> dict[str, Chosen]:
    """The best lemma of each word; readings with the same lemma add up."""
    table = _Table(types)
    posterior = table.posterior(table.weights(prior or Prior()))
    totals: dict[tuple[int, str], float] = defaultdict(float)
    for row, candidate in enumerate(table.candidates):
        totals[int(table.word[row]), candidate.lemma] += posterior[row]
    best: dict[int, tuple[float, float, Candidate]] = {}
    for row, candidate in enumerate(table.candidates):
        index = int(table.word[row])
        rank = (totals[index, candidate.lemma], float(posterior[row]), candidate)
        if index not in best or rank[:2] > best[index][:2]:
            best[index] = rank
    return {
        types[index].word: Chosen(candidate.lemma, candidate.proclitic)
        for index, (_, _, candidate) in best.items()
    }


class _Column:
    """One feature of all rows, numbered."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._rows: list[int] = []

    def add(self, key: Hashable) -> None:
        self._rows.append(self._numbers.setdefault(key, len(self._numbers)))

    def array(self) -> Ints:
        return np.array(self._rows)


def _count(column: Ints, weights: Floats) -> Floats:
    """For each row, the sum of the weights of all rows with the same value in ``column``."""
    shared: Floats = np.bincount(column, weights).astype(float)[column]
    return shared


class _Table:
    """All candidates of all words, one a row."""

    def __init__(self, types: Sequence[WordType]) -> None:
        self.candidates: list[Candidate] = []
        words, given = [], []
        columns = {
            name: _Column()
            for name in (
                "kind",
                "lemma",
                "proclitic",
                "form",
                "type",
                "stem",
                "enclitic",
                "reading",
            )
        }
        for index, word in enumerate(types):
            keys = {candidate: _keys(candidate) for candidate in word.candidates}
            alike = Counter(_apart_from_type(candidate) for candidate in word.candidates)
            for candidate, weight in word.candidates.items():
                words.append(index)
                given.append(weight / alike[_apart_from_type(candidate)])
                self.candidates.append(candidate)
                for name, key in keys[candidate].items():
                    columns[name].add(key)
        self.word: Ints = np.array(words)
        self.given: Floats = np.array(given)
        self.column = {name: column.array() for name, column in columns.items()}
        frequency = np.array([word.frequency for word in types]) / RAREST
        self.weight: Floats = (frequency**FLATTER)[self.word]
        self.lemma_weight: Floats = (frequency**LEMMA_FLATTER)[self.word]
        self._frequency = frequency
        self.is_own = self._mark(lambda c: c.lemma == c.stem)
        self.is_definite = self._mark(lambda c: c.kind in _NOMINAL and c.definite)
        self.is_broken = self._mark(lambda c: c.kind in _NOMINAL and c.broken)

    def _mark(self, condition: Any) -> NDArray[np.bool_]:
        return np.array([bool(condition(candidate)) for candidate in self.candidates])

    def weights(self, prior: Prior) -> Floats:
        """The prior weight of each row."""
        beside_broken = (_count(self.word, self.is_broken.astype(float)) > 0) & ~self.is_broken
        lonely = beside_broken & self._never_alone()
        formed = self._mark(lambda c: c.kind == "adjective" or c.type in FORMED)
        weights = self.given * np.where(
            self._mark(lambda c: c.kind == "particle"), prior.particle, 1
        )
        weights *= np.where(self.is_broken, prior.broken, 1)
        weights *= np.where(lonely & formed, prior.formed_beside_broken, 1)
        plural, feminine = self._ratios()
        weights *= np.minimum(1, prior.plural_ratio / plural) ** prior.plural_power
        weights *= np.minimum(1, prior.feminine_ratio / feminine) ** prior.feminine_power
        return weights

    def _never_alone(self) -> NDArray[np.bool_]:
        """Rows whose lemma is hardly ever the only lemma that a word can have."""
        pairs = np.unique(self.word * (self.column["reading"].max() + 1) + self.column["reading"])
        lemmas = np.bincount(pairs // (self.column["reading"].max() + 1))[self.word]
        alone = _count(self.column["lemma"], self.lemma_weight * (lemmas == 1))
        return alone <= 0.02 * _count(self.column["lemma"], self.lemma_weight / lemmas)

    def _ratios(self) -> tuple[Floats, Floats]:
        """How much commoner a broken plural is than its singular, a feminine than its masculine.

        Counted behind the article, where a word can only be a noun without a pronoun.
        """
        definite: dict[str, float] = defaultdict(lambda: 1.0)
        seen: set[tuple[int, str]] = set()
        for row, candidate in enumerate(self.candidates):
            key = (int(self.word[row]), candidate.stem)
            named = candidate.kind in (*_NOMINAL, "name")
            if named and candidate.definite and not candidate.enclitic and key not in seen:
                seen.add(key)
                definite[candidate.stem] += self._frequency[key[0]]
        counts = dict(definite)
        plural = np.ones(len(self.candidates))
        feminine = np.ones(len(self.candidates))
        for row, candidate in enumerate(self.candidates):
            if self.is_broken[row]:
                plural[row] = _ratio(counts, candidate.stem, candidate.lemma)
            elif _is_feminine_of_masculine(candidate):
                feminine[row] = _ratio(counts, candidate.lemma + FEMININE, candidate.lemma)
        return plural, feminine

    def posterior(self, weights: Floats) -> Floats:
        """The probability of each row among those of its word."""
        posterior = weights
        for _ in range(ROUNDS):
            posterior = posterior / _count(self.word, posterior)
            posterior = weights * self._likelihood(posterior) + 1e-300
        normal: Floats = posterior / _count(self.word, posterior)
        return normal

    def _likelihood(self, posterior: Floats) -> Floats:
        mass, lemma_mass = posterior * self.weight, posterior * self.lemma_weight
        of_kind = _count(self.column["kind"], mass)
        attested = self._attested(lemma_mass)
        lemma = np.maximum(_count(self.column["lemma"], lemma_mass) - lemma_mass, 0.03) * attested
        lemma *= self._frequency_scale()
        form = _count(self.column["form"], mass) / of_kind
        kind_type = (_count(self.column["type"], mass) / of_kind) ** TYPE_POWER
        unit = np.maximum(_count(self.column["stem"], mass) - mass, 0) * attested
        stem = UNIT * unit + (1 - UNIT) * lemma * form * kind_type
        particles = _count(self.column["proclitic"], mass) * _count(self.column["enclitic"], mass)
        likelihood: Floats = stem * particles / of_kind**2
        return likelihood

    def _frequency_scale(self) -> float:
        """Brings lemma counts, flattened more, to the size of the others."""
        return float((self._frequency**FLATTER).sum() / (self._frequency**LEMMA_FLATTER).sum())

    def _attested(self, mass: Floats) -> Floats:
        """Between .05 and 1: whether each row's lemma is seen as a word of its own."""
        lemma = self.column["lemma"]
        own = _count(lemma, mass * self.is_own) / np.maximum(_count(lemma, mass), 1e-9)
        definite = _count(lemma, mass * self.is_definite)
        own_definite = _count(lemma, mass * (self.is_own & self.is_definite))
        behind_article = np.where(definite > 1, own_definite / np.maximum(definite, 1e-9), 1)
        share = np.minimum(own, behind_article)
        attested: Floats = np.maximum(np.minimum(1, share / ATTESTED) ** 0.5, 0.05)
        return attested


def _ratio(counts: Mapping[str, float], one: str, other: str) -> float:
    return counts.get(one, 1.0) / counts.get(other, 1.0)


def _is_feminine_of_masculine(candidate: Candidate) -> bool:
    return (
        candidate.kind in _NOMINAL
        and candidate.suffix in _SOUND_FEMININE
        and not candidate.lemma.endswith(FEMININE)
    )


def _keys(c: Candidate) -> dict[str, Hashable]:
    """What a candidate counts under, in each column."""
    family = "noun" if c.kind in _NOMINAL else c.kind
    return {
        "kind": c.kind,
        "lemma": (family, c.lemma),
        "proclitic": (c.kind, c.proclitic),
        "form": (c.kind, c.form, c.suffix),
        "type": (c.kind, c.type),
        "stem": (family, c.lemma, c.suffix, c.stem, c.form if family == "noun" else ""),
        "enclitic": (c.kind, c.suffix != "", c.enclitic),
        "reading": c.lemma,
    }


def _apart_from_type(c: Candidate) -> Candidate:
    """What readings share that differ in vowels only, «مؤسِّس» and «مؤسَّس»: together they are one."""
    return c._replace(type="", kind="noun" if c.kind in _NOMINAL else c.kind)
