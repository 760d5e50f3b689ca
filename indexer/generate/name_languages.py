"""Learn by what letters the names of a language are told: ``latin_languages.npz``.

Labels of Wikidata don't say what language a name is of. ``tables/name_languages.tsv`` gives ends
and letters that do; a model of the names that these tell apart then says it of others, and is
learnt anew from all (self-training). Arab names are those of the people of Arab countries.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.facets.ner.name_language import ARAB, TENTHS, LanguageModel, grams
from indexer.generate.latin_pairs import PACKAGE, NamePairs
from indexer.text.tables import rows

ROUNDS = 2
#: Rows of letters seen more rarely are left out.
FREQUENT = 8
SHORTEST = 4
#: Names that a language is taken to have of its share in all, before it is counted.
PRIOR = 5.0
#: How sure a model's word on a name that no letter tells must be, and how sharp it is.
SURE, SHARPNESS = 0.3, 0.6

Shares = Mapping[str, float]


def learnt(names: NamePairs) -> dict[str, NDArray[Any]]:
    """The arrays of a model of the languages of these names."""
    parts = [
        (language, part)
        for language, line in rows(PACKAGE, "tables/name_languages.tsv")
        for part in line.split()
    ]
    languages = [*sorted({language for language, _ in parts}), ARAB]
    told = {
        plain: _told(plain, names, parts)
        for plain in sorted(names.accented)
        if len(plain) >= SHORTEST
    }
    labels: dict[str, Shares] = {
        plain: dict.fromkeys(sorted(own), 1 / len(own)) for plain, own in told.items() if own
    }
    arrays = _counted(labels, languages)
    for _ in range(ROUNDS):
        model = LanguageModel.unpacked(arrays)
        labels = {
            plain: shares for plain, own in told.items() if (shares := _shares(plain, own, model))
        }
        arrays = _counted(labels, languages)
    return arrays


def _told(plain: str, names: NamePairs, parts: Iterable[tuple[str, str]]) -> set[str]:
    """The languages whose letters a name has."""
    written = names.accented[plain]
    if names.arab[plain] * 2 >= written.total():
        return {ARAB}
    return {
        language for language, part in parts if any(_has(form, part) for form in (plain, *written))
    }


def _has(form: str, part: str) -> bool:
    if part.startswith("-"):
        return form.endswith(part[1:]) and len(form) > len(part)
    return form.startswith(part[:-1]) if part.endswith("-") else part in form


def _shares(plain: str, told: set[str], model: LanguageModel) -> Shares:
    """How likely a name is of each language that its letters tell; else, where one is clear."""
    evidence = model.evidence(plain)
    odds = np.exp((evidence - evidence.max()) * SHARPNESS)
    found = dict(zip(model.languages, (odds / odds.sum()).tolist(), strict=True))
    if not told:
        return {language: share**2 for language, share in found.items() if share > SURE}
    total = sum(found[language] for language in told)
    return {language: found[language] / total for language in sorted(told)}


def _counted(labels: Mapping[str, Shares], languages: list[str]) -> dict[str, NDArray[Any]]:
    counts = {language: Counter[str]() for language in languages}
    for plain, shares in labels.items():
        for language, share in shares.items():
            for gram in grams(plain):
                counts[language][gram] += share  # type: ignore[assignment]
    everywhere: Counter[str] = Counter()
    for own in counts.values():
        everywhere.update(own)
    kept = sorted(gram for gram, count in everywhere.items() if count >= FREQUENT)
    total = everywhere.total()
    odds = np.zeros((len(kept), len(languages)))
    for column, own in enumerate(counts.values()):
        size = own.total() + PRIOR
        for row, gram in enumerate(kept):
            usual = everywhere[gram] / total
            odds[row, column] = math.log((own[gram] + PRIOR * usual) / size / usual)
    return {
        "languages": np.array(" ".join(languages)),
        "grams": np.array("\n".join(kept)),
        "odds": np.clip(np.round(odds * TENTHS), -127, 127).astype(np.int8),
    }
