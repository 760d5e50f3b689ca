"""What the sequence model of names sees of a text's words.

A word shows itself, its letters, what tables and rules say of it, and how it is used elsewhere in
the text; its neighbours see less of it. What a word type shows is worked out once.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import longest, of_facet, possible_bases
from indexer.facets.gazetteer.places import all_cities
from indexer.facets.ner.letters import clear_sort, default_letters
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.word_classes import WordClasses, default_word_classes
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import rows, words
from indexer.model import Word

#: The version of the features: raised when a word or a place is described in another way.
FEATURES = 2
#: The tables that say what a word type shows. Those of phrases are not among them: what the model
#: has learnt of names of countries or people holds for a line more.
TABLES = (
    "cities.tsv",
    "cues.tsv",
    "letters.tsv",
    "lexemes.tsv",
    "name_letters.tsv",
    "words.tsv",
)
#: The phrases that a word shows to be part of one.
PHRASES = ("countries", "organisations", "places", "titles", "people")
#: Signs between words, made one where they mean one.
_SIGN = re.compile(r"[^\s\w]|\n")
_SIGNS = {"،": ",", "؛": ".", "؟": ".", "!": ".", "…": ".", "'": '"', "–": "-", "—": "-", "ـ": "-"}
_SIGNS |= dict.fromkeys("“”«»", '"')
#: Words before places, and verbs before people.
PLACE = words("before-place")
SAID = words("said")
#: How far a word's surroundings are seen.
WINDOW = (-2, -1, 1, 2)
#: Before the first and behind the last word of a sentence.
NOTHING = "none"
#: Steps of the evidence of letters.
LETTER_STEP, LETTER_MOST = 4, 4
#: The group of words without meaning of their own.
LITTLE = "little"
#: Groups of names begin with these classes.
NAME_LETTERS = ("g", "s", "f")
#: Classes of words that are hardly ever names.
_SILENT = frozenset({"o", "v", LITTLE, "o-al", "v-al", f"{LITTLE}-al", "digit", "mixed", "latin"})


class WordShape(NamedTuple):
    """A word type at a glance: its base without particles, these, and what sort of word it is."""

    word: Word
    base: str
    particles: str
    classes: str  # of the base, see ``WordClasses``
    group: str


class WordFeatures(NamedTuple):
    """What a word type shows: its base without particles, itself, to its neighbours, its sort.

    ``role`` is what it is in a row of three words: a cue, else its group.
    """

    base: str
    own: tuple[str, ...]
    near: tuple[str, ...]
    group: str
    role: str


class FeatureExtractor:
    """Describes word types, and places in a text, to the model."""

    def __init__(self, word_classes: WordClasses) -> None:
        self._word_classes = word_classes
        self._trigrams = default_trigrams()
        self._letters = default_letters()
        self._cities = all_cities()
        self._cues = {word: cue for cue, line in rows("cues.tsv") for word in line.split(" ")}

    def type(self, word: Word) -> WordFeatures:
        """What a word type shows."""
        return self.of_shape(self.shape(word))

    def shape(self, word: Word) -> WordShape:
        """A word type at a glance, which is enough of most words."""
        exact = word.exact
        base, particles = self.base(exact)
        classes = self._word_classes.get(base).classes
        group = LITTLE if word.stop else classes
        if not classes:
            group = f"new{max(-1, min(2, self._step(base)))}"
        if base.startswith("ال"):
            group += "-al"
        if not exact.isalpha():
            group = "digit" if exact.isdigit() else "mixed"
        elif exact.isascii():
            group = "latin"
        return WordShape(word, base, particles, classes, group)

    def of_shape(self, shape: WordShape) -> WordFeatures:
        """What a word type shows, once it is looked at."""
        word, base, particles, classes, group = shape
        exact = word.exact
        own = [
            f"w={exact}",
            f"b={base}",
            f"l={word.lemma}",
            f"n={min(len(base), 8)}",
            f"c={self._word_classes.get(exact).classes}",
            f"cb={classes}",
            f"k={particles}",
        ]
        near = [f"w={exact}", f"l={word.lemma}", f"cb={LITTLE if word.stop else classes}"]
        cue = self._cues.get(exact) or self._cues.get(word.lemma)
        if cue:
            own.append(f"cue={cue}")
            near.append(f"cue={cue}")
        if exact in SAID:
            near.append("said")
        if exact in PLACE:
            near.append("place")
        step = self._step(base)
        own += [f"p{size}={base[:size]}" for size in (1, 2, 3)]
        own += [f"s{size}={base[-size:]}" for size in (1, 2, 3)]
        own.append(f"letters={step}")
        if not classes:
            near.append(f"new=new{max(-1, min(2, step))}")
        if base.startswith("ال"):
            own.append("al")
        if word.lemma == exact:  # the lexicon may not hold it
            own.append("own-lemma")
        if base in self._cities:
            own.append("city")
            near.append("city")
        own.append(f"group={group}")
        if clear_sort(classes, base in self._cities) is None:
            odds, likeliest = self._letters.evidence(base)
            own += [f"sort{sort}={step}" for sort, step in enumerate(odds)]
            own.append(f"sort={likeliest}")
        role = group if not cue or group.startswith(NAME_LETTERS) else cue
        return WordFeatures(base, tuple(own), tuple(near), group, role)

    def _step(self, base: str) -> int:
        """How much the letters look like a name's, in steps."""
        odds = int(self._trigrams.score(base) // LETTER_STEP)
        return max(-LETTER_MOST, min(LETTER_MOST, odds))

    def base(self, word: str) -> tuple[str, str]:
        """The name under a word's particles, or the word itself; and the particles."""
        if self._word_classes.get(word).known or word in self._cities:
            return word, ""
        for base, particles in possible_bases(word)[1:]:
            if self._word_classes.get(base).possible or base in self._cities:
                return base, particles
        if (
            word.startswith("و")
            and len(word) > 4
            and self._trigrams.score(word[1:]) > self._trigrams.score(word)
        ):
            return word[1:], "و"
        return word, ""

    @staticmethod
    def here(
        part: AnnotatedPart,
        types: Sequence[WordFeatures | WordShape],
        mentions: Sequence[NameMention],
    ) -> dict[int, list[str]]:
        """What is known of places: the sign before, phrases of tables, names found by rules, and
        how their word is used elsewhere in the part."""
        here: dict[int, list[str]] = {}
        for at, gap in part.gaps.items():
            if sign := _sign(gap):
                here[at] = [f"g={sign}"]
        for facet in PHRASES:
            for match in longest(of_facet(part.matches.all, facet)):
                kind = match.entries[0].kind if facet != "organisations" else "org"
                for at in range(match.start, match.end):
                    last = "E" if at == match.end - 1 else "I"
                    here.setdefault(at, []).append(f"{facet[:2]}:{kind}:{last}")
        for mention in mentions:
            for at in range(mention.start, mention.end):
                first = "B" if at == mention.start else "I"
                here.setdefault(at, []).append(f"r:{mention.rule}:{first}")
        candidates = [at for at, word in enumerate(types) if word.group not in _SILENT]
        uses = _uses(part, types, candidates, mentions)
        for at in candidates:
            if used := uses.get(types[at].base):
                here.setdefault(at, []).extend(sorted(used))
        return here


def _uses(
    part: AnnotatedPart,
    types: Sequence[WordFeatures | WordShape],
    candidates: Sequence[int],
    mentions: Sequence[NameMention],
) -> dict[str, set[str]]:
    """How each word that may be a name is used in a part: behind a title, in a name."""
    uses: dict[str, set[str]] = {}
    for mention in mentions:
        if len(mention.words) > 1:
            for at in range(mention.start, mention.end):
                uses.setdefault(types[at].base, set()).add("u:name")
            uses[types[mention.end - 1].base].add("u:surname")
    titles = {match.end for match in of_facet(part.matches.all, "titles")}
    counts = Counter(types[at].base for at in candidates)
    for at in candidates:
        word, before = types[at], types[at - 1] if at else None
        if counts[word.base] < 2 and word.base not in uses:  # nothing to be told elsewhere
            continue
        use = uses.setdefault(word.base, set())
        use.add(f"u:n{min(counts[word.base], 4)}")
        if at in titles:
            use.add("u:title")
        if before and part.words[at - 1] in PLACE:
            use.add("u:place")
        if before and part.words[at - 1] in SAID:
            use.add("u:said")
        if before and at not in part.gaps and before.group not in _SILENT:
            use.add("u:given" if before.group[:1] == "g" else "u:second")
            if counts[before.base] > 1:
                uses.setdefault(before.base, set()).add("u:first")
    return uses


def sentence_features(
    sentence: range, types: Sequence[WordFeatures], here: Mapping[int, Sequence[str]]
) -> list[list[str]]:
    """All that the model sees of each word of a sentence, to train it."""
    items = []
    for at in sentence:
        own = [*types[at].own, *here.get(at, ())]
        for offset in WINDOW:
            inside = at + offset in sentence
            near = [*types[at + offset].near, *here.get(at + offset, ())] if inside else [NOTHING]
            own += [f"{offset}{feature}" for feature in near]
        before = types[at - 1].role if at - 1 in sentence else NOTHING
        after = types[at + 1].role if at + 1 in sentence else NOTHING
        own += in_row(before, types[at].role, after)
        items.append(own)
    return items


def in_row(before: str, own: str, after: str) -> tuple[str, str, str]:
    """What the roles of three words in a row show of the middle one."""
    return f"x={before}|{own}", f"y={own}|{after}", f"z={before}|{own}|{after}"


def _sign(gap: str) -> str:
    if gap == " ":
        return ""
    sign = _SIGN.search(gap)
    return _SIGNS.get(sign[0], sign[0]) if sign else ""


def may_be_name(group: str) -> bool:
    """Whether words of this group are names, or unknown with a name's letters."""
    return group.startswith((*NAME_LETTERS, "new1", "new2"))


@cache
def default_features() -> FeatureExtractor:
    """What describes words by the tables that come with Rasad."""
    return FeatureExtractor(default_word_classes())
