"""Names found by a sequence model (a conditional random field).

The rules of ``people`` know titles, given names and famous names; a name that has none of them
(«وأضاف رايمون دومينيك») shows itself by its surroundings only. The model is trained by
``indexer.build.sequence`` on ANERcorp. It sees what the rules and tables say, the shape of words,
what stands between them, and how a word is used elsewhere in the article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from indexer.facets.letters import Letters
from indexer.facets.lexemes import Lexemes
from indexer.facets.phrases import Found, longest, readings
from indexer.facets.spots import Spot
from indexer.facets.tables import rows, words
from indexer.facets.tokens import Part

#: Signs between words, made one where they mean one.
_SIGN = re.compile(r"[^\s\w]|\n")
_SIGNS = {"،": ",", "؛": ".", "؟": ".", "!": ".", "…": ".", "'": '"', "–": "-", "—": "-", "ـ": "-"}
_SIGNS |= dict.fromkeys("“”«»", '"')
#: Words before places, and verbs before people.
PLACE = words("before-place")
SAID = words("said")
#: How far a word's surroundings are seen.
WINDOW = (-2, -1, 1, 2)
#: Steps of the evidence of letters.
LETTER_STEP, LETTER_MOST = 4, 4


class _Type(NamedTuple):
    """What a word type gives: its base without particles, its class, and its features, for
    itself and as seen from each place of the window."""

    base: str
    group: str
    own: list[str]
    near: tuple[list[str], ...]


class Describer:
    """Describes the words of an article to the model."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes
        self._letters = Letters()
        self._cities = _cities()
        self._types: dict[str, _Type] = {}

    def describe(
        self,
        part: Part,
        found: Sequence[Found],
        spots: Iterable[Spot],
        uses: Mapping[str, Set[str]],
    ) -> list[list[str]]:
        """Return the features of each word of a part; ``uses`` is that of the whole article."""
        own = self._own(part)
        here = self._here(part, found, spots)
        items = []
        for at, one in enumerate(own):
            features = one.own + here[at]
            for nth, offset in enumerate(WINDOW):
                other = at + offset
                if 0 <= other < len(own):
                    features += own[other].near[nth]
                    features += [f"{offset}{feature}" for feature in here[other]]
                else:
                    features.append(f"{offset}none")
            before = own[at - 1].group if at else ""
            after = own[at + 1].group if at + 1 < len(own) else ""
            features.append(f"x={before}|{one.group}")
            features.append(f"y={one.group}|{after}")
            features.append(f"z={before}|{one.group}|{after}")
            features.append(f"v={part.words[at - 1] if at else ''}|{one.group}")
            if one.base in uses:
                features += uses[one.base]
            items.append(features)
        return items

    def uses(
        self, parts: Sequence[Part], found: Mapping[str, Sequence[Found]], spots: Iterable[Spot]
    ) -> dict[str, set[str]]:
        """How each word that may be a name is used in the article: behind a title, in a name."""
        uses: dict[str, set[str]] = defaultdict(set)
        for spot in spots:
            if len(spot.words) > 1:
                own = self._own(spot.part)
                for at in range(spot.start, spot.end):
                    uses[own[at].base].add("u:name")
                uses[own[spot.end - 1].base].add("u:surname")
        counts: Counter[str] = Counter()
        for part in parts:
            titles = {
                one.end
                for one in found[part.name]
                if any(form.facet == "titles" for form in one.forms)
            }
            own = self._own(part)
            for at, one in enumerate(own):
                if one.group in ("o", "v", "stop"):
                    continue
                counts[one.base] += 1
                before = part.words[at - 1] if at else ""
                adjacent = at > 0 and part.before(at) == " "
                if at in titles:
                    uses[one.base].add("u:title")
                if before in PLACE:
                    uses[one.base].add("u:place")
                if before in SAID:
                    uses[one.base].add("u:said")
                if adjacent and _may_be_name(own[at - 1].group) and _may_be_name(one.group):
                    uses[one.base].add("u:second")
                    uses[own[at - 1].base].add("u:first")
                if adjacent and own[at - 1].group[:1] == "g":
                    uses[one.base].add("u:given")
        for base, count in counts.items():
            if count > 1:
                uses[base].add(f"u:n{min(count, 4)}")
        return uses

    def _own(self, part: Part) -> list[_Type]:
        types = self._types
        own = []
        for word, token in zip(part.words, part.tokens, strict=True):
            known = types.get(word)
            if known is None:
                known = types[word] = self._type(word, token.word.lemma, token.word.stop)
            own.append(known)
        return own

    def _type(self, word: str, lemma: str, stop: bool) -> _Type:
        base, particles = self._base(word)
        classes = self._lexemes.get(base).classes
        group = "stop" if stop else classes
        own = [
            f"w={word}",
            f"b={base}",
            f"l={lemma}",
            f"n={min(len(base), 8)}",
            f"c={self._lexemes.get(word).classes}",
            f"cb={classes}",
            f"k={particles}",
        ]
        near = [f"w={word}", f"l={lemma}", f"cb={group}"]
        if not set(classes) & set("ov"):
            odds = int(self._letters.score(base) // LETTER_STEP)
            step = max(-LETTER_MOST, min(LETTER_MOST, odds))
            own += [f"p{size}={base[:size]}" for size in (1, 2, 3)]
            own += [f"s{size}={base[-size:]}" for size in (1, 2, 3)]
            own.append(f"letters={step}")
            if not classes:
                group = f"new{max(-1, min(2, step))}"
                near.append(f"new={group}")
        else:
            own += [f"p2={base[:2]}", f"s2={base[-2:]}"]
        if base.startswith("ال"):
            own.append("al")
            group += "-al"
        if base in self._cities:
            own.append("city")
            near.append("city")
        if not word.isalpha():
            group = "digit" if word.isdigit() else "mixed"
        elif word.isascii():
            group = "latin"
        own.append(f"group={group}")
        return _Type(base, group, own, tuple([f"{o}{feature}" for feature in near] for o in WINDOW))

    def _base(self, word: str) -> tuple[str, str]:
        """The name under a word's particles, or the word itself."""
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

    def _here(self, part: Part, found: Sequence[Found], spots: Iterable[Spot]) -> list[list[str]]:
        """What is known of each place: the sign before it, phrases of tables, names by rules."""
        here: list[list[str]] = [[f"g={_sign(part.before(at))}"] for at in range(len(part.words))]
        for facet in ("countries", "organisations", "places", "titles", "people"):
            own = [
                one._replace(forms=tuple(form for form in one.forms if form.facet == facet))
                for one in found
                if any(form.facet == facet for form in one.forms)
            ]
            for one in longest(own):
                kind = one.forms[0].kind if facet != "organisations" else "org"
                for at in range(one.start, one.end):
                    last = "E" if at == one.end - 1 else "I"
                    here[at].append(f"{facet[:2]}:{kind}:{last}")
        for spot in spots:
            if spot.part is part:
                for at in range(spot.start, spot.end):
                    here[at].append(f"r:{spot.rule}:{'B' if at == spot.start else 'I'}")
        return here


def _may_be_name(group: str) -> bool:
    return group.startswith(("g", "s", "f", "new1", "new2"))


def _sign(gap: str) -> str:
    if gap == " ":
        return ""
    sign = _SIGN.search(gap)
    return _SIGNS.get(sign[0], sign[0]) if sign else ""


@cache
def _cities() -> frozenset[str]:
    return frozenset(name for name, _ in rows("cities.tsv"))
