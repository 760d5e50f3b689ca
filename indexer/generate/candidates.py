"""Every way to read each folded word type, gathered from farahidi, plural tables and name lists.

Folding brings spellings together («الأردن», «الاردن»), so the readings of all of them count, each
by the share of running words that is spelled so. Farahidi's gaps are filled with weaker
candidates: broken plurals of Arramooz, names, and for words that it does not know the word itself,
whole or behind particles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyarabic import araby

from indexer.generate.morphology import Analysis, WordReadings
from indexer.text.affixes import PRONOUNS
from indexer.text.normalize import normalize

ADJECTIVES = frozenset(
    (
        "اسم فاعل",
        "اسم مفعول",
        "مبالغة اسم الفاعل",
        "نسبة",
        "صفة مشبهة",
        "اسم تفضيل",
    )
)
#: Nouns that the analyzer forms from any root, whether people use them or not.
FORMED = frozenset(
    (
        "مصدر أصلي",
        "مصدر مرة",
        "مصدر هيئة",
        "مصدر ميمي",
        "اسم زمان أو مكان",
        "اسم آلة",
    )
)
CONCRETE = "اسم جامد"
NOUNS = FORMED | {
    CONCRETE,
    "مصدر صناعي",
    "مركب",
    "معربة",
}
VERB = "فعل"
NAME = "اسم علم"
PLURAL = "جمع"
#: What final hamza behind a long vowel is written on before a pronoun, as letters are folded.
HAMZA_CARRIERS = (
    "اي",
    "او",
)
FEMININE = "ه"
CONJUNCTIONS = (
    "و",
    "ف",
)
_WEAK = str.maketrans("وي", "اا")
#: Particles that stand before an unknown word, alone and together.
PROCLITICS = (
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "ال",
    "لل",
    "وب",
    "ول",
    "وك",
    "فب",
    "فل",
    "وال",
    "فال",
    "بال",
    "كال",
    "ولل",
    "فلل",
    "وبال",
    "وكال",
    "فبال",
)
#: How much a candidate that farahidi does not give is worth beside one that it gives.
ARRAMOOZ, LISTED_NAME, BORROWED, BARE = 0.3, 0.3, 0.3, 0.05
#: Letters that must remain of an unknown word behind a particle.
_LEAVES = 3


class Candidate(NamedTuple):
    """One way to read a folded word type."""

    lemma: str
    kind: str  # verb, noun, adjective, name, particle or unknown
    type: str
    proclitic: str
    form: str  # a noun's number, a verb's shape beside its lemma
    suffix: str
    enclitic: str
    stem: str

    @property
    def broken(self) -> bool:
        """Whether this is a plural made by changing the inside of the word."""
        return self.form.startswith(PLURAL) and not self.suffix and self.stem != self.lemma

    @property
    def definite(self) -> bool:
        """Whether the article stands before the word."""
        return self.proclitic.endswith(("ال", "لل"))


class WordType(NamedTuple):
    """A folded word type, its share of running words, and its candidates with their weights."""

    word: str
    frequency: float
    candidates: Mapping[Candidate, float]


def gather(
    words: Iterable[WordReadings],
    plurals: Mapping[str, Collection[str]],
    names: Collection[str],
    decided: Mapping[str, str],
) -> list[WordType]:
    """Fold the words and give each its candidates; a weight of 1 is farahidi's full word for it.

    A word whose stem is in ``decided`` gets the lemma from there and no other candidate.
    """
    frequency: dict[str, float] = defaultdict(float)
    shares: dict[str, dict[Analysis, float]] = defaultdict(lambda: defaultdict(float))
    for printed in words:
        word = normalize(printed.word)
        frequency[word] += printed.frequency
        for reading in printed.readings:
            shares[word][reading] += printed.frequency
    unread = {word for word in frequency if all(r.pos == VERB for r in shares[word])}
    types = []
    for word, total in frequency.items():
        found: dict[Candidate, float] = defaultdict(float)
        for reading, share in shares[word].items():
            for candidate, weight in _of_reading(reading, plurals):
                found[candidate] = max(found[candidate], weight * share / total)
        if not shares[word]:
            for candidate in _borrowed(word, shares):
                found.setdefault(candidate, BORROWED)
        for singular in plurals.get(word, ()):
            found.setdefault(_noun(singular, word, CONCRETE), ARRAMOOZ)
        for candidate, weight in _whole(word, unread, names, known=bool(found)):
            found.setdefault(candidate, weight)
        types.append(WordType(word, total, _decided(word, found, decided)))
    return types


def _decided(
    word: str, found: Mapping[Candidate, float], decided: Mapping[str, str]
) -> Mapping[Candidate, float]:
    """The candidates with the lemmas that the table by hand gives, as they are if it is silent."""
    for conjunction in ("", *CONJUNCTIONS):
        stem = word.removeprefix(conjunction)
        if stem in decided and word == conjunction + stem:
            lemma = decided[stem]
            return {Candidate(lemma, "particle", "", conjunction, "", "", "", stem): 1.0}
    return {c._replace(lemma=decided.get(c.stem, c.lemma)): found[c] for c in found}


def _noun(lemma: str, stem: str, kind: str) -> Candidate:
    return Candidate(lemma, "noun", kind, "", PLURAL, "", "", stem)


def _of_reading(
    reading: Analysis, plurals: Mapping[str, Collection[str]]
) -> Iterator[tuple[Candidate, float]]:
    if not reading.lemma:
        return
    kind = _kind(reading)
    form = {"verb": _shape(reading), "noun": reading.number, "adjective": reading.number}.get(
        kind, ""
    )
    if kind in ("noun", "adjective") and reading.lemma.endswith(FEMININE):
        form += FEMININE
    candidate = Candidate(
        reading.lemma,
        kind,
        reading.type if kind in ("noun", "adjective") else "",
        reading.proclitic,
        form,
        reading.suffix,
        reading.enclitic,
        reading.stem,
    )
    yield candidate, 1.0
    if kind in ("noun", "adjective"):
        for singular in plurals.get(reading.stem, ()):
            plural = candidate._replace(lemma=singular, kind="noun", type=CONCRETE, form=PLURAL)
            yield plural, ARRAMOOZ


def _borrowed(word: str, shares: Mapping[str, Mapping[Analysis, float]]) -> Iterator[Candidate]:
    """The readings of a shorter word inside one that farahidi cannot read.

    It reads neither prepositions before some names («بأنقرة») nor pronouns behind some plurals that
    change their hamza for them («حلفائها», from «حلفاء»).
    """
    for proclitic in ("", *PROCLITICS):
        rest = word.removeprefix(proclitic)
        if word != proclitic + rest:
            continue
        bases = {"": rest}
        for pronoun in PRONOUNS:
            if rest.endswith(tuple(carrier + pronoun for carrier in HAMZA_CARRIERS)):
                bases[pronoun] = rest[: -len(pronoun) - 1] + araby.HAMZA
        for pronoun, base in bases.items():
            for reading in shares.get(base, ()) if len(base) >= _LEAVES else ():
                if not reading.proclitic and not reading.enclitic and reading.pos != VERB:
                    longer = reading._replace(proclitic=proclitic, enclitic=pronoun)
                    yield from (candidate for candidate, _ in _of_reading(longer, {}))


def _kind(reading: Analysis) -> str:
    if reading.pos == VERB:
        return "verb"
    if reading.type in ADJECTIVES:
        return "adjective"
    if reading.type in NOUNS:
        return "noun"
    return "name" if reading.type == NAME else "particle"


def _shape(reading: Analysis) -> str:
    """How a verb's form stands to its lemma: the same, behind a letter of person, or changed.

    Past forms equal the lemma; in the present weak letters change places («قال», «يقول»; «وصل»,
    «يصل»). Passives and imperatives, which change more, are rare.
    """
    stem, lemma = reading.stem.removesuffix(reading.suffix), reading.lemma
    person = stem[:1] if stem[:1] in tuple("يتنا") and stem[:1] != lemma[:1] else ""
    rest = stem.removeprefix(person)
    present = lemma.removeprefix("ا").removeprefix("و")
    if rest == lemma or (person and _skeleton(rest) in (_skeleton(lemma), _skeleton(present))):
        return person + "="
    return f"{person}{len(rest) - len(lemma)}"


def _skeleton(verb: str) -> str:
    """A verb with its weak letters made equal."""
    return verb.translate(_WEAK)


def _whole(
    word: str, unread: Collection[str], names: Collection[str], *, known: bool
) -> Iterator[tuple[Candidate, float]]:
    """The word as its own lemma, whole or behind particles, if it may be a name or is unknown."""
    for proclitic in ("", *PROCLITICS):
        rest = word[len(proclitic) :]
        if not word.startswith(proclitic) or (proclitic and len(rest) < _LEAVES):
            continue
        if rest in names and len(rest) >= _LEAVES:
            yield Candidate(rest, "name", "", proclitic, "", "", "", rest), LISTED_NAME
        if word in unread and rest in unread:
            yield (
                Candidate(rest, "unknown", "", proclitic, "", "", "", rest),
                BARE if known else 1.0,
            )
