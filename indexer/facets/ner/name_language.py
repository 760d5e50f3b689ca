"""Which language a name is of, as far as that tells how the rest of it is written.

«جان بيار» is French, so the surname behind it is spelled as in French. Given names that the press
often prints say so at once, Arab names by their article and «عبد», «بن»; other parts by the letters
of their Latin form, as a model of each language's names has them.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.facets.tables import arrays_of, rows
from indexer.text.normalize import normalize

MODEL = "latin_languages.npz"
ARAB = "ar"
#: Letters in a row that are looked at, with the marks of a name's two ends.
SIZES = (2, 3, 4)
START, STOP = "^", "$"
#: Logarithms are kept in tenths.
TENTHS = 10
#: What a given name or an Arab particle counts; what the letters of a part do, and at most.
SURE, LIKELY, MOST = 5.0, 0.5, 2.0
#: What the best language must count for, and how much less others may.
LEAST, MARGIN = 2.5, 2.0
#: Marks a language that a spelling has only where another part says so.
_DEPENDENT = "?"


class _NamePart(NamedTuple):
    latin: str
    languages: frozenset[str]
    dependent: bool


class LanguageModel:
    """How much the letters of a Latin name speak for each language."""

    def __init__(self, languages: Sequence[str], grams: Sequence[str], odds: NDArray[Any]) -> None:
        self.languages = tuple(languages)
        self._numbers = {gram: at for at, gram in enumerate(grams)}
        self._odds = odds

    @classmethod
    @cache
    def shipped(cls) -> "LanguageModel":
        """The model that comes with Rasad; read when first asked for."""
        return cls.unpacked(arrays_of(MODEL))

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> "LanguageModel":
        """The model of the arrays of its file."""
        odds = arrays["odds"].astype(np.float64) / TENTHS
        return cls(str(arrays["languages"]).split(), str(arrays["grams"]).split("\n"), odds)

    def likeness(self, latin: str, languages: Iterable[str]) -> float:
        """How much a name speaks for one of these languages; 0 where the model knows none."""
        columns = [at for at, one in enumerate(self.languages) if one in languages]
        return float(self.evidence(latin)[columns].max()) if columns else 0.0

    def evidence(self, latin: str) -> NDArray[np.float64]:
        """For each language, the logarithm of how much likelier this name is in it than in all."""
        known = [at for one in grams(latin) if (at := self._numbers.get(one)) is not None]
        whole: NDArray[np.float64] = self._odds[known].sum(axis=0) / len(SIZES)
        return whole

    def plausible(self, sure: Iterable[str], known: Iterable[str]) -> list[str]:
        """What a name's language may be, by those that its parts are a sign of and known forms.

        Empty where nothing tells.
        """
        letters = np.zeros(len(self.languages))
        for latin in known:
            letters += np.clip(LIKELY * self.evidence(latin), -MOST, MOST)
        counts = dict(zip(self.languages, letters.tolist(), strict=True))
        for one in sure:
            counts[one] = counts.get(one, 0.0) + SURE
        most = max(counts.values())
        return [one for one in counts if most >= LEAST and counts[one] >= most - MARGIN]


def grams(latin: str) -> Iterator[str]:
    """Yield the rows of letters that a Latin name is told by, without accents."""
    folded = unicodedata.normalize("NFKD", latin.casefold())
    whole = START + folded.encode("ascii", "ignore").decode() + STOP
    for size in SIZES:
        for at in range(len(whole) - size + 1):
            yield whole[at : at + size]


def languages_of(printed: str) -> list[str]:
    """The languages that a part of a name is a sign of, each as often as it has a form in it."""
    return [
        language
        for one in _meant(printed)
        if not one.dependent
        for language in sorted(one.languages)
    ]


def name_part(printed: str, languages: Iterable[str]) -> str:
    """The Latin form of a part that the table knows, in a name of these languages; or empty."""
    known = _meant(printed)
    fitting = [one for one in known if not one.languages.isdisjoint(languages)]
    usual = [one for one in known if not one.dependent]
    return next((one.latin for one in fitting + usual), "")


def _meant(printed: str) -> Sequence[_NamePart]:
    """What the table has for a part as printed, or else however its hamza is."""
    known = _name_parts()
    return known.get(printed) or known.get(normalize(printed)) or ()


@cache
def _name_parts() -> dict[str, list[_NamePart]]:
    known: dict[str, list[_NamePart]] = defaultdict(list)
    for latin, languages, spellings in rows("name_parts.tsv"):
        own = frozenset(languages.replace(_DEPENDENT, "").split())
        for spelling in spellings.split("|"):
            part = _NamePart(latin, own, _DEPENDENT in languages)
            for key in {spelling, normalize(spelling)}:
                known[key].append(part)
    return dict(known)
