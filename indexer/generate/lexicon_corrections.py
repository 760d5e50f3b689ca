"""Correct the lemmas that counting gets wrong, by rules and by ``tables/corrections.tsv``.

The last step of ``indexer.generate.lexicon_table``, which takes it alone, too: the shipped lexicon
holds all that it needs, since a word that it leaves out is one that it finds. So a correction takes
a minute, not the hours of asking the analyzer, and stays when that is asked again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.generate import morphology
from indexer.text.affixes import FEMININE, PROCLITICS, PRONOUNS
from indexer.text.lexicon import Entry, Lexicon
from indexer.text.normalize import normalize
from indexer.text.tables import rows

COLUMNS = ("kind", "lemma", "forms?")
ARTICLE = "ال"
RELATION = "ي"
PLURAL = "ات"
_ARABIC = re.compile("[\u0621-\u064a]{2,}")
#: Letters that remain of a word without the article.
_LEAVES = 3
#: How common a word must be without the article, and a masculine beside its feminine.
_SHARE = 0.1
_MASCULINE_SHARE = 0.3
_WITH_ARTICLE = tuple(one for one in PROCLITICS if one.endswith((ARTICLE, "لل")))
#: Endings of a feminine, which is often taken for a lemma.
_FEMININES = (
    FEMININE,
    PLURAL,
)
_DUALS = (
    "ان",
    "ين",
    "ا",
)
_ADJECTIVE = (
    "",
    "ه",
    "ا",
    "ان",
    "ين",
    "ون",
    "ات",
    "تان",
    "تين",
)
#: Prefixes of the present but «ا», with which many verbs look like an elative.
_PERSONS = (
    "ي",
    "ت",
    "ن",
)
_VERB = (
    "",
    "ون",
    "وا",
    "ان",
    "ن",
    *PRONOUNS,
)


class Correction(NamedTuple):
    """A form, the lemma that it gets, and how many letters of particles begin it."""

    form: str
    lemma: str
    particles: int = 0
    listed: bool = True  # by the table itself, not formed of what it lists


def corrections(rows: Iterable[Sequence[str]]) -> dict[str, Correction]:
    """What a table says of each form; what it lists comes before what is formed from it."""
    listed: dict[str, Correction] = {}
    formed: dict[str, Correction] = {}
    for kind, lemma, *rest in rows:
        lemma = normalize(lemma)
        given = [_split(form, lemma) for form in (rest[0].split() if rest else [])]
        if kind != "verb" and (kind != "word" or not given):
            given.insert(0, Correction(lemma, lemma))
        if kind != "verb":
            for one in given:
                listed.setdefault(one.form, one)
        for one in given:
            for form in _FORMS[kind](one.form):
                formed.setdefault(form, Correction(form, lemma, one.particles, listed=False))
    return formed | listed


def _split(form: str, lemma: str) -> Correction:
    """A form of the table and where its particles end; an article is seen without a plus."""
    *particles, rest = form.split("+")
    before = normalize("".join(particles))
    if not particles:
        articles = (one for one in _WITH_ARTICLE if form.startswith(one))
        before = max(articles, key=len, default="")
        before = "" if lemma.startswith(before) else before
        rest = form.removeprefix(before)
    return Correction(before + normalize(rest), lemma, len(before))


def _word(form: str) -> Iterator[str]:
    yield form


def _noun(form: str) -> Iterator[str]:
    """The forms of a noun, but not with the pronoun «ـه»: «دوره» is «دورة» more often."""
    yield form
    if form.endswith(FEMININE):
        stem = form.removesuffix(FEMININE)
        yield from (stem + ending for ending in (PLURAL, "تان", "تين", "تا"))
        yield from (stem + kind + pronoun for kind in ("ت", PLURAL) for pronoun in PRONOUNS)
    else:
        yield from (form + ending for ending in _DUALS)
        yield from (form + pronoun for pronoun in PRONOUNS if pronoun != FEMININE)


def _adjective(form: str) -> Iterator[str]:
    yield from (form + ending for ending in _ADJECTIVE)


def _verb(stem: str) -> Iterator[str]:
    yield from (person + stem + ending for person in _PERSONS for ending in _VERB)


_FORMS = {"word": _word, "noun": _noun, "adjective": _adjective, "verb": _verb}


def corrected(
    entries: Mapping[str, Entry],
    frequency: Mapping[str, float],
    table: Mapping[str, Correction],
    variants: Mapping[str, str],
) -> dict[str, Entry]:
    """The entries without the faults that rules find, and as the table has them."""
    found = dict(entries)
    found |= _without_article(found, frequency)
    found |= _masculines(found, frequency)
    found |= _singulars(found, frequency)
    found |= _tabled(entries, table)
    return {
        word: entry._replace(lemma=variants.get(entry.lemma, entry.lemma))
        for word, entry in found.items()
    }


def _without_article(
    entries: Mapping[str, Entry], frequency: Mapping[str, float]
) -> Iterator[tuple[str, Entry]]:
    """Lemmas that keep an article, where the word is seen without it or behind «لل».

    Verbs of the pattern of «التقى» are known by their present, «يلتقي», and words whose «ال» is
    their own by a second one: «الإلقاء».
    """
    for word, entry in entries.items():
        lemma = entry.lemma
        rest = lemma.removeprefix(ARTICLE)
        if rest == lemma or len(rest) < _LEAVES or not word.endswith(lemma):
            continue
        present = entries.get(_PERSONS[0] + lemma[1:])
        own = ARTICLE + lemma in frequency or (present is not None and present.lemma == lemma)
        seen = frequency.get(rest, 0) + frequency.get("لل" + rest, 0)
        if seen and seen >= _SHARE * frequency.get(lemma, 0) and not own:
            yield word, Entry(_bare(rest, entries.get(rest)), len(word) - len(rest))


def _bare(rest: str, entry: Entry | None) -> str:
    """The lemma of what stands behind an article; «لندني» is no «لندن», nor «بنا» «به»."""
    masculine = rest.removesuffix(FEMININE)
    if entry is None or entry.particles or entry.lemma[:2] != rest[:2]:
        return rest
    if masculine.endswith(RELATION) and not entry.lemma.removesuffix(FEMININE).endswith(RELATION):
        return masculine
    return entry.lemma


def _masculines(
    entries: Mapping[str, Entry], frequency: Mapping[str, float]
) -> Iterator[tuple[str, Entry]]:
    """Feminines of adjectives of relation that stand as a lemma: «رسمية», beside «رسمي».

    A noun of that form («حرية», «قضية») is far commoner than the adjective, where there is one.
    """
    for word, entry in entries.items():
        masculine = entry.lemma.removesuffix(FEMININE)
        if (
            masculine == entry.lemma
            or not masculine.endswith(RELATION)
            or len(masculine) <= _LEAVES
        ):
            continue
        own = frequency.get(ARTICLE + masculine, 0)
        if entries.get(masculine) == (masculine, 0) and own >= _MASCULINE_SHARE * frequency.get(
            ARTICLE + entry.lemma, 0
        ):
            yield word, entry._replace(lemma=masculine)


def _singulars(
    entries: Mapping[str, Entry], frequency: Mapping[str, float]
) -> Iterator[tuple[str, Entry]]:
    """Sound plurals that stand as a lemma: «ولايات», beside «ولاية»."""
    for word, entry in entries.items():
        stem = entry.lemma.removesuffix(PLURAL)
        if stem == entry.lemma or len(stem) < _LEAVES or entry.lemma not in word:
            continue
        singulars = [one for one in (stem + FEMININE, stem) if entries.get(one) == (one, 0)]
        if singulars:
            best = max(singulars, key=lambda one: frequency.get(ARTICLE + one, 0))
            yield word, entry._replace(lemma=best)


def _tabled(
    entries: Mapping[str, Entry], table: Mapping[str, Correction]
) -> Iterator[tuple[str, Entry]]:
    """What the table says of the words that there are, also behind particles; long forms last.

    «وبدوره» is «بدوره» behind a particle before it is «دوره» behind two.
    """
    for one in sorted(table.values(), key=lambda one: len(one.form)):
        was = entries.get(one.form)
        # «طيران» is no dual of «طير», and «فني» not «my art».
        if not one.listed and was == (one.form, 0) and not one.form.endswith(_FEMININES):
            continue
        for proclitic in PROCLITICS:
            word = proclitic + one.form
            if word not in entries or (word in table and proclitic):
                continue
            if not proclitic or _is_behind(entries[word], proclitic, word, was):
                yield word, Entry(one.lemma, len(proclitic) + one.particles)


def _is_behind(entry: Entry, proclitic: str, word: str, was: Entry | None) -> bool:
    """Whether a word is read, rightly or with the same fault, as a form behind particles."""
    same = was is not None and entry.lemma == was.lemma
    whole = ARTICLE in proclitic and word.endswith(entry.lemma)
    return entry.particles == len(proclitic) or same or whole


def entries_of(lexicon: Lexicon, words: Iterable[str]) -> dict[str, Entry]:
    """What a lexicon says of each word that it lists or finds."""
    found = ((word, lexicon.find(word)) for word in {*lexicon, *words})
    return {word: entry for word, entry in found if entry is not None}


def read() -> dict[str, Correction]:
    """The table by hand."""
    return corrections(rows("indexer.generate", "tables/corrections.tsv", COLUMNS))


def frequencies() -> dict[str, float]:
    """wordfreq's shares of running words, spellings folded, of words in Arabic letters."""
    shares: dict[str, float] = defaultdict(float)
    for printed, share in morphology.frequencies().items():
        if _ARABIC.fullmatch(word := normalize(printed)):
            shares[word] += share
    return shares
