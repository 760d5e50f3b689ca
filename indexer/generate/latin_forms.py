"""The usual Latin form of each part of a name, in one style: «al-Zaatari», «Abdulrahman».

Of the forms that labels have, the one is taken that is frequent and fits the letters. A spelling
with its hamza printed has a line of its own where it is written otherwise: «إلينا» is Elena,
«ألينا» Alina.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from indexer.facets.ner.romanise import ABD, ALLAH, ARTICLE, LATIN_ARTICLE, SERVANT
from indexer.generate.latin_pairs import LEAST, NamePairs, Pair
from indexer.text.normalize import normalize
from indexer.text.tables import TableHead

LATIN = TableHead(
    "Parts of names, and their usual Latin form: on the exact layer, and as printed with a\n"
    "first hamza where that is written otherwise.",
    "by indexer.generate.latin_letters from Wikidata labels",
    "CC0-1.0",
    ("word", "Latin"),
)
HAMZA = tuple("أإآ")
#: How much the fit of the letters counts against the logarithm of the bearers.
FIT = 0.05
#: Bearers of a form that is taken though it doesn't fit.
MANY = 5
#: What a form behind the article must count to be another one than without it.
SEVERAL = 8
UNFIT = -20.0
#: Bearers of a form with the article joined, up to which it is one: «Alfayez».
FEW = 2
#: Accents that only scholars write, not the press: «Muḥammad», «Khālid».
_SCHOLARLY = re.compile("[\u0304\u0323\u0331\u02bf\u02be'’`ʿʾ‘.]")
_SERVANT = re.compile("abd[aeou]?l(?=[^l])")

Forms = Counter[str]


def usual_forms(names: NamePairs, pairs: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """Yield words with their Latin forms, sorted."""
    ranking = _Ranking(names)
    printed: dict[str, Forms] = defaultdict(Counter)
    folded: dict[str, Forms] = defaultdict(Counter)
    fits = {(pair.arabic, pair.latin): pair.likelihood for pair in pairs}
    for spelling, counts in names.plain.items():
        word = normalize(spelling)
        for plain, count in counts.items():
            fit = fits.get((spelling, plain), LEAST if count >= MANY else 0.0)
            for latin in _styled(word, plain) if fit else ():
                printed[spelling][latin] += count
                folded[word][latin] += count
                ranking.fit(latin, word, fit * len(word))
    found = {word: ranking.best(word, forms) for word, forms in folded.items()}
    of_printed = {word: ranking.best(normalize(word), forms) for word, forms in printed.items()}
    found |= {
        word: form
        for word, form in of_printed.items()
        if word.startswith(HAMZA) and form != found[normalize(word)]
    } | dict(_with_article(names, folded, found, ranking))
    yield from sorted((word, form) for word, form in found.items() if form)


def _styled(word: str, latin: str) -> Iterator[str]:
    """A form in our style, or nothing where it can't be put into it."""
    if word == ABD + ALLAH or not word.startswith(ABD + ARTICLE):
        yield latin
    elif _SERVANT.match(latin):
        yield _SERVANT.sub(SERVANT.lower(), latin)


def _with_article(
    names: NamePairs, folded: dict[str, Forms], found: dict[str, str], ranking: "_Ranking"
) -> Iterator[tuple[str, str]]:
    """Yield words with the article; «» as their form where it follows from that without it."""
    articles: dict[str, Forms] = defaultdict(Counter)
    for word, forms in names.with_article.items():
        articles[normalize(word)].update(forms)
    for word, forms in folded.items():
        rest = folded.get(word[2:], Counter())
        joined = word.startswith(ARTICLE) and len(word) > 4 and forms.total() <= FEW
        if joined and all(latin[:2] in ("al", "el") and latin[2:] in rest for latin in forms):
            yield word, ""
    for word, seen in articles.items():
        forms = Counter({form: n for form, n in seen.items() if form in folded[word[2:]]})
        if forms and forms.total() >= folded[word].total():
            form, count = ranking.best(word[2:], forms), max(forms.values())
            form = form if count >= SEVERAL else found.get(word[2:], form)
            yield word, LATIN_ARTICLE + form if form != found.get(word[2:]) else ""


class _Ranking:
    """Which of the forms of a word is its usual one."""

    def __init__(self, names: NamePairs) -> None:
        self._names = names
        self._fits: dict[tuple[str, str], float] = {}

    def fit(self, latin: str, word: str, likelihood: float) -> None:
        """Take note of how well the letters of a form fit those of its word."""
        known = self._fits.get((word, latin), likelihood)
        self._fits[word, latin] = max(likelihood, known)

    def best(self, word: str, forms: Forms) -> str:
        """The form that is frequent and fits the letters, as the press writes it."""

        def score(latin: str) -> float:
            return math.log(forms[latin]) + FIT * self._fits.get((word, latin), UNFIT)

        return self._accented(max(sorted(forms), key=score))

    def _accented(self, plain: str) -> str:
        """A plain form with the accents that it mostly has; Arab names have none."""
        written = self._names.accented[plain]
        usual = {
            form: count
            for form, count in written.items()
            if not _SCHOLARLY.search(unicodedata.normalize("NFD", form))
        }
        arab = self._names.arab[plain] * 2 >= sum(written.values())
        form = plain if arab or not usual else max(sorted(usual), key=lambda one: usual[one])
        return form[:1].upper() + form[1:]
