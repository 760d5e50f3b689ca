"""What the sequence model of names sees of a text's words.

A word shows itself, its letters, what tables and rules say of it, and how it is used elsewhere in
the text; its neighbours see less of it. What a word type shows is worked out once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import Found, longest, of_facet, readings
from indexer.facets.gazetteer.places import all_cities
from indexer.facets.ner.mention import Spot
from indexer.facets.ner.trigrams import all_letters
from indexer.facets.ner.word_classes import Lexemes, all_lexemes
from indexer.facets.part import Part
from indexer.facets.tables import rows, words
from indexer.model import Word

#: Signs between words, made one where they mean one.
_SIGN = re.compile(r"[^\s\w]|\n")
_SIGNS = {"،": ",", "؛": ".", "؟": ".", "!": ".", "…": ".", "'": '"', "–": "-", "—": "-", "ـ": "-"}
_SIGNS |= dict.fromkeys("“”«»", '"')
#: Words before places, and verbs before people.
PLACE = words("before-place")
SAID = words("said")
#: What ends a sentence.
_END = re.compile(r"[.!?؟\n…]")
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


class Outline(NamedTuple):
    """A word type at a glance: its base without particles, these, and what sort of word it is."""

    word: Word
    base: str
    particles: str
    classes: str  # of the base, see ``Lexemes``
    group: str


class Described(NamedTuple):
    """What a word type shows: its base without particles, itself, to its neighbours, its sort.

    ``role`` is what it is in a row of three words: a cue, else its group.
    """

    base: str
    own: tuple[str, ...]
    near: tuple[str, ...]
    group: str
    role: str


class Describer:
    """Describes word types, and places in a text, to the model."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes
        self._letters = all_letters()
        self._cities = all_cities()
        self._cues = {word: cue for cue, line in rows("cues.tsv") for word in line.split(" ")}

    def type(self, word: Word) -> Described:
        """What a word type shows."""
        return self.described(self.outline(word))

    def outline(self, word: Word) -> Outline:
        """A word type at a glance, which is enough of most words."""
        exact = word.exact
        base, particles = self.base(exact)
        classes = self._lexemes.get(base).classes
        group = LITTLE if word.stop else classes
        if not classes:
            group = f"new{max(-1, min(2, self._step(base)))}"
        if base.startswith("ال"):
            group += "-al"
        if not exact.isalpha():
            group = "digit" if exact.isdigit() else "mixed"
        elif exact.isascii():
            group = "latin"
        return Outline(word, base, particles, classes, group)

    def described(self, outline: Outline) -> Described:
        """What a word type shows, once it is looked at."""
        word, base, particles, classes, group = outline
        exact = word.exact
        own = [
            f"w={exact}",
            f"b={base}",
            f"l={word.lemma}",
            f"n={min(len(base), 8)}",
            f"c={self._lexemes.get(exact).classes}",
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
        role = group if not cue or group.startswith(NAME_LETTERS) else cue
        return Described(base, tuple(own), tuple(near), group, role)

    def _step(self, base: str) -> int:
        """How much the letters look like a name's, in steps."""
        odds = int(self._letters.score(base) // LETTER_STEP)
        return max(-LETTER_MOST, min(LETTER_MOST, odds))

    def base(self, word: str) -> tuple[str, str]:
        """The name under a word's particles, or the word itself; and the particles."""
        if self._lexemes.get(word).known or word in self._cities:
            return word, ""
        for base, particles in readings(word)[1:]:
            if self._lexemes.get(base).possible or base in self._cities:
                return base, particles
        if (
            word.startswith("و")
            and len(word) > 4
            and self._letters.score(word[1:]) > self._letters.score(word)
        ):
            return word[1:], "و"
        return word, ""

    @staticmethod
    def here(
        part: Part,
        gaps: Mapping[int, str],
        types: Sequence[Described | Outline],
        found: Sequence[Found],
        spots: Sequence[Spot],
    ) -> dict[int, list[str]]:
        """What is known of places: the sign before, phrases of tables, names found by rules, and
        how their word is used elsewhere in the part."""
        here: dict[int, list[str]] = {}
        for at, gap in gaps.items():
            if sign := _sign(gap):
                here[at] = [f"g={sign}"]
        for facet in ("countries", "organisations", "places", "titles", "people"):
            for one in longest(of_facet(found, facet)):
                kind = one.forms[0].kind if facet != "organisations" else "org"
                for at in range(one.start, one.end):
                    last = "E" if at == one.end - 1 else "I"
                    here.setdefault(at, []).append(f"{facet[:2]}:{kind}:{last}")
        for spot in spots:
            if spot.part is part:
                for at in range(spot.start, spot.end):
                    first = "B" if at == spot.start else "I"
                    here.setdefault(at, []).append(f"r:{spot.rule}:{first}")
        candidates = [at for at, one in enumerate(types) if one.group not in _SILENT]
        uses = _uses(part, types, candidates, gaps, found, spots)
        for at in candidates:
            if used := uses.get(types[at].base):
                here.setdefault(at, []).extend(sorted(used))
        return here


def _uses(
    part: Part,
    types: Sequence[Described | Outline],
    candidates: Sequence[int],
    gaps: Mapping[int, str],
    found: Sequence[Found],
    spots: Sequence[Spot],
) -> dict[str, set[str]]:
    """How each word that may be a name is used in a part: behind a title, in a name."""
    uses: dict[str, set[str]] = {}
    for spot in spots:
        if spot.part is part and len(spot.words) > 1:
            for at in range(spot.start, spot.end):
                uses.setdefault(types[at].base, set()).add("u:name")
            uses[types[spot.end - 1].base].add("u:surname")
    titles = {one.end for one in of_facet(found, "titles")}
    counts = Counter(types[at].base for at in candidates)
    for at in candidates:
        one, before = types[at], types[at - 1] if at else None
        if counts[one.base] < 2 and one.base not in uses:  # nothing to be told elsewhere
            continue
        own = uses.setdefault(one.base, set())
        own.add(f"u:n{min(counts[one.base], 4)}")
        if at in titles:
            own.add("u:title")
        if before and part.words[at - 1] in PLACE:
            own.add("u:place")
        if before and part.words[at - 1] in SAID:
            own.add("u:said")
        if before and at not in gaps and before.group not in _SILENT:
            own.add("u:given" if before.group[:1] == "g" else "u:second")
            if counts[before.base] > 1:
                uses.setdefault(before.base, set()).add("u:first")
    return uses


def breaks(part: Part) -> dict[int, str]:
    """What stands before the words of a part, where that is more or less than a space."""
    text, end = part.text, 0
    found = {}
    for at, token in enumerate(part.tokens):
        start = token.start
        if start != end + 1 or text[end] != " ":
            found[at] = text[end:start]
        end = token.end
    return found


def sentences(part: Part, gaps: Mapping[int, str]) -> Iterator[range]:
    """The sentences of a part with these ``breaks``, as ranges of words."""
    start = 0
    for at, gap in gaps.items():
        if at and _END.search(gap):
            yield range(start, at)
            start = at
    if part.words:
        yield range(start, len(part.words))


def features(
    sentence: range, types: Sequence[Described], here: Mapping[int, Sequence[str]]
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
def default_describer() -> Describer:
    """What describes words by the tables that come with Rasad."""
    return Describer(all_lexemes())
