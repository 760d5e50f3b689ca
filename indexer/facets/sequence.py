"""Names found by a sequence model (a conditional random field).

The rules of ``people`` know titles, given names and famous names; a name that has none of them
(«وأضاف رايمون دومينيك») shows itself by its surroundings only. The model is trained by
``indexer.build.sequence`` on ANERcorp. It sees what the rules and tables say, the shape of words
and what stands between them.

What a word type adds to the score of each label, for itself and for its neighbours, is summed once;
a text then costs a few sums over arrays, and only stretches where a name is likely are decoded.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.facets.known import SECOND_HALVES
from indexer.facets.letters import Letters
from indexer.facets.lexemes import Lexemes, all_lexemes
from indexer.facets.phrases import Found, longest, of_facet, readings
from indexer.facets.places import all_cities
from indexer.facets.spans import LINKS
from indexer.facets.spots import Spot
from indexer.facets.tables import words
from indexer.facets.tokens import Part
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
MODEL = "names.npz"
OUTSIDE = "O"
#: How far a word's surroundings are seen.
WINDOW = (-2, -1, 1, 2)
_OFFSET = re.compile(r"-?[12](?=[a-z])")
#: Before the first and behind the last word of a sentence.
NOTHING = "none"
#: Steps of the evidence of letters.
LETTER_STEP, LETTER_MOST = 4, 4
#: By how much the best name label of a word may score less than «outside» at the heart of a name
#: that no rule found, and elsewhere in a stretch that is decoded.
CLEAR, UNLIKELY = 1.0, 3.0
#: So many words around a name say how sure it is.
AROUND = 2
#: Classes of words that are hardly ever names.
_SILENT = frozenset({"o", "v", "stop", "o-al", "v-al", "stop-al", "digit", "mixed", "latin"})
_REMEMBERED = 1 << 17

Scores = NDArray[np.float32]


class Name(NamedTuple):
    """A name that the model sees: words ``start`` to ``end`` of a part, PER, LOC or ORG."""

    start: int
    end: int
    kind: str
    probability: float


class Outline(NamedTuple):
    """A word type at a glance: its base without particles, these, and what sort of word it is."""

    word: Word
    base: str
    particles: str
    classes: str  # of the base, see ``Lexemes``
    group: str


class Described(NamedTuple):
    """What a word type shows: its base without particles, itself, to its neighbours, its class."""

    base: str
    own: tuple[str, ...]
    near: tuple[str, ...]
    group: str


class Describer:
    """Describes word types, and places in a text, to the model."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes
        self._letters = Letters()
        self._cities = all_cities()

    def type(self, word: Word) -> Described:
        """What a word type shows."""
        return self.described(self.outline(word))

    def outline(self, word: Word) -> Outline:
        """A word type at a glance, which is enough of most words."""
        exact = word.exact
        base, particles = self.base(exact)
        classes = self._lexemes.get(base).classes
        group = "stop" if word.stop else classes
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
        near = [f"w={exact}", f"l={word.lemma}", f"cb={'stop' if word.stop else classes}"]
        if exact in SAID:
            near.append("said")
        if exact in PLACE:
            near.append("place")
        if not set(classes) & set("ov"):
            step = self._step(base)
            own += [f"p{size}={base[:size]}" for size in (1, 2, 3)]
            own += [f"s{size}={base[-size:]}" for size in (1, 2, 3)]
            own.append(f"letters={step}")
            if not classes:
                near.append(f"new=new{max(-1, min(2, step))}")
        else:
            own += [f"p2={base[:2]}", f"s2={base[-2:]}"]
        if base.startswith("ال"):
            own.append("al")
        if base in self._cities:
            own.append("city")
            near.append("city")
        own.append(f"group={group}")
        return Described(base, tuple(own), tuple(near), group)

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
        types: Sequence[Described | Outline],
        found: Sequence[Found],
        spots: Sequence[Spot],
    ) -> dict[int, list[str]]:
        """What is known of places: the sign before, phrases of tables, names found by rules, and
        how their word is used elsewhere in the part."""
        here: dict[int, list[str]] = {}
        gaps = breaks(part)
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


def sentences(part: Part) -> Iterator[range]:
    """The sentences of a part as ranges of words."""
    start = 0
    for at, gap in breaks(part).items():
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
        before = types[at - 1].group if at - 1 in sentence else NOTHING
        after = types[at + 1].group if at + 1 in sentence else NOTHING
        group = types[at].group
        own += grouped(before, group, after)
        items.append(own)
    return items


class Weights(NamedTuple):
    """A trained model: what each feature adds to each label, and each label to the next.

    A feature adds to the labels of its own place, and to those of the places of the window.
    """

    labels: tuple[str, ...]
    own: dict[str, int]
    at_own: Scores  # own features, labels
    near: dict[str, int]
    at_near: Scores  # near features, window, labels
    steps: Scores  # labels, labels

    @classmethod
    def of(
        cls, labels: Sequence[str], weights: Mapping[str, Sequence[float]], steps: Scores
    ) -> "Weights":
        """The model with these weights of features as ``features`` names them."""
        own: dict[str, Sequence[float]] = {}
        near: dict[str, Scores] = {}
        for name, row in weights.items():
            offset = _OFFSET.match(name)
            if offset is None:
                own[name] = row
            else:
                empty = np.zeros((len(WINDOW), len(labels)), np.float32)
                block = near.setdefault(name[offset.end() :], empty)
                block[WINDOW.index(int(offset[0]))] = row
        return cls(
            tuple(labels),
            _numbered(own),
            np.array(list(own.values()), np.float32),
            _numbered(near),
            np.array(list(near.values()), np.float32),
            steps,
        )

    def dumps(self) -> bytes:
        """The model as a file: an archive of arrays, weights as 16-bit numbers."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            labels=np.array("\n".join(self.labels).encode()),
            own=np.array("\n".join(self.own).encode()),
            at_own=self.at_own.astype(np.float16),
            near=np.array("\n".join(self.near).encode()),
            at_near=self.at_near.astype(np.float16),
            steps=self.steps,
        )
        return out.getvalue()

    @classmethod
    def loads(cls, packed: bytes) -> "Weights":
        """The model in a file."""
        arrays: Any = np.load(io.BytesIO(packed), allow_pickle=False)
        labels, own, near = (
            bytes(arrays[name]).decode().split("\n") for name in ("labels", "own", "near")
        )
        return cls(
            tuple(labels),
            _numbered(own),
            arrays["at_own"].astype(np.float32),
            _numbered(near),
            arrays["at_near"].astype(np.float32),
            arrays["steps"].astype(np.float32),
        )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


class Model:
    """Finds names; remembers what word types add to the scores."""

    def __init__(self, weights: Weights, describer: Describer) -> None:
        self._weights = weights
        self._describer = describer
        self._size = len(weights.labels)
        self._outside = weights.labels.index(OUTSIDE)
        self._forget()

    @classmethod
    def load(cls, describer: Describer) -> "Model":
        """The model that comes with Rasad."""
        packed = files("indexer.facets.tables").joinpath(MODEL).read_bytes()
        return cls(Weights.loads(packed), describer)

    @property
    def describer(self) -> Describer:
        """What describes words to the model."""
        return self._describer

    def names(
        self, part: Part, found: Sequence[Found], spots: Sequence[Spot], taken: Set[int]
    ) -> list[Name]:
        """The names of a part that have two words on end that are not ``taken``.

        Names of one word are left to the rules, who ask for a title before them.
        """
        numbers, kept = self._numbers(part), self._kept
        alone = {at for at, number in enumerate(numbers) if kept[number]} - taken
        wanted = {at for at in alone if at + 1 in alone or at - 1 in alone}
        if not wanted:
            return []
        within = [one for one in sentences(part) if not wanted.isdisjoint(one)]
        scores = self._scores(numbers, within, self._here(part, numbers, found, spots))
        outside = scores[:, self._outside]
        gain = np.delete(scores, self._outside, axis=1).max(axis=1) - outside
        likely = set(np.flatnonzero(gain > -UNLIKELY).tolist())
        wanted &= set(np.flatnonzero(gain > -CLEAR).tolist())
        names: list[Name] = []
        for sentence in within:
            for stretch in _stretches(sentence, likely, wanted):
                names += self._decoded(part, sentence, stretch, scores)
        return names

    def labels(
        self, part: Part, sentence: range, scores: Scores, stretch: range | None = None
    ) -> list[str]:
        """The likeliest labels of a stretch of a sentence, «outside» beyond it."""
        stretch = stretch or sentence
        best = self._best(*self._bound(sentence, stretch, scores))
        return repaired([self._weights.labels[n] for n in best], part, stretch.start)

    def scores(self, part: Part, found: Sequence[Found], spots: Sequence[Spot]) -> Scores:
        """What each word of a part says for each label."""
        numbers = self._numbers(part)
        here = self._here(part, numbers, found, spots)
        return self._scores(numbers, list(sentences(part)), here)

    def _here(
        self, part: Part, numbers: Sequence[int], found: Sequence[Found], spots: Sequence[Spot]
    ) -> dict[int, list[str]]:
        types = [self._outlines[number] for number in numbers]
        return self._describer.here(part, types, found, spots)

    def _decoded(
        self, part: Part, sentence: range, stretch: range, scores: Scores
    ) -> Iterator[Name]:
        labels = self.labels(part, sentence, scores, stretch)
        for start, end, kind in spans(labels):
            first = max(0, start - AROUND)
            around = range(stretch.start + first, min(stretch.stop, stretch.start + end + AROUND))
            own = [self._weights.labels.index(label) for label in labels[first:]]
            sure = self._sure(own, *self._bound(sentence, around, scores))
            probability = min(sure[start - first : end - first])
            yield Name(stretch.start + start, stretch.start + end, kind, probability)

    def _bound(self, sentence: range, stretch: range, scores: Scores) -> tuple[Scores, bool, bool]:
        """The scores of a stretch, and whether words of the sentence stand before and behind."""
        own = scores[stretch.start : stretch.stop]
        return own, stretch.start > sentence.start, stretch.stop < sentence.stop

    def _best(self, own: Scores, before: bool, behind: bool) -> list[int]:
        """The best path through the labels (Viterbi)."""
        steps = self._weights.steps
        best = own[0] + steps[self._outside] if before else own[0]
        back = []
        for scores in own[1:]:
            ways = best[:, None] + steps
            came = ways.argmax(axis=0)
            back.append(came)
            best = ways[came, self._all] + scores
        if behind:
            best = best + steps[:, self._outside]
        path = [int(best.argmax())]
        for came in reversed(back):
            path.append(int(came[path[-1]]))
        return path[::-1]

    def _sure(self, labels: Sequence[int], own: Scores, before: bool, behind: bool) -> list[float]:
        """How probable each of the labels is, over all paths (forward and backward)."""
        steps, outside = np.exp(self._weights.steps), self._outside
        here = np.exp(own - own.max(axis=1, keepdims=True))
        forward = [here[0] * steps[outside] if before else here[0]]
        for one in here[1:]:
            following = (forward[-1] @ steps) * one
            forward.append(following / following.sum())
        backward = [steps[:, outside] if behind else np.ones(self._size, np.float32)]
        for one in here[:0:-1]:
            leading = steps @ (backward[-1] * one)
            backward.append(leading / leading.sum())
        both = [f * b for f, b in zip(forward, reversed(backward), strict=True)]
        return [float(p[label] / p.sum()) for label, p in zip(labels, both, strict=False)]

    def _forget(self) -> None:
        columns = 1 + len(WINDOW)
        self._all = np.arange(self._size)
        self._known: dict[str, int] = {}
        self._kept: list[bool] = [False]
        self._outlines = [Outline(Word("", "", ""), "", "", "", NOTHING)]
        self._summed = [True]  # whether what a word type adds stands in the arrays
        self._group: dict[str, int] = {NOTHING: 0}
        self._groups = np.zeros(1024, np.int64)
        #: What a word type adds: to its own place, and to the places of the window that see it.
        self._own = np.zeros((1024, columns, self._size), np.float32)
        self._own[0, 1:] = self._near([NOTHING])
        #: The same for what is known of a place, and for three classes of words in a row.
        self._places: dict[tuple[str, ...], int] = {(): 0}
        self._at_place = np.zeros((256, columns, self._size), np.float32)
        self._threes: dict[int, int] = {}
        self._in_three = np.zeros((1024, self._size), np.float32)

    def _sum(self, seen: Iterable[str]) -> Scores:
        """What features add at their own place."""
        known = self._weights.own
        total: Scores = self._weights.at_own[[known[one] for one in seen if one in known]].sum(0)
        return total

    def _near(self, seen: Iterable[str]) -> Scores:
        """What features add at the places of the window."""
        known = self._weights.near
        total: Scores = self._weights.at_near[[known[one] for one in seen if one in known]].sum(0)
        return total

    def _numbers(self, part: Part) -> list[int]:
        """The numbers of the word types of a part; 0 stands for no word."""
        if len(self._known) >= _REMEMBERED or len(self._places) >= _REMEMBERED:
            self._forget()
        known = self._known
        if not all(map(known.__contains__, part.words)):
            for word in part.layers:
                if word.exact not in known:
                    known[word.exact] = self._meet(word)
        return list(map(known.__getitem__, part.words))

    def _meet(self, word: Word) -> int:
        outline = self._describer.outline(word)
        number = len(self._kept)
        self._kept.append(_may_be_name(outline.group))
        self._outlines.append(outline)
        self._summed.append(False)
        return number

    def _add_up(self, numbers: Iterable[int]) -> None:
        """Put what these word types add into the arrays; most are never asked for it."""
        summed = self._summed
        for number in {one for one in numbers if not summed[one]}:
            described = self._describer.described(self._outlines[number])
            self._own = _room(self._own, number)
            self._groups = _room(self._groups, number)
            self._groups[number] = self._group.setdefault(described.group, len(self._group))
            self._own[number, 0] = self._sum(described.own)
            self._own[number, 1:] = self._near(described.near)
            summed[number] = True

    def _scores(
        self, numbers: Sequence[int], within: Sequence[range], here: Mapping[int, Sequence[str]]
    ) -> Scores:
        """What is said for each label at each word ``within``, without the steps between labels.

        Words of other sentences have a row of zeros.
        """
        padded = [0, 0]
        places = [0, 0]
        own_place = [0] * len(numbers)
        for place, told in here.items():
            own_place[place] = self._place(tuple(told))
        for sentence in within:
            padded += [*numbers[sentence.start : sentence.stop], 0, 0]
            places += [*own_place[sentence.start : sentence.stop], 0, 0]
        self._add_up(padded)
        types, seen = np.array(padded), np.array(places)
        at = np.flatnonzero(types)
        scores: Scores = self._own[types[at], 0] + self._at_place[seen[at], 0]
        for column, offset in enumerate(WINDOW, 1):
            scores += self._own[types[at + offset], column]
            scores += self._at_place[seen[at + offset], column]
        groups = self._groups[types]
        threes = (groups[at - 1] << 20) + (groups[at] << 10) + groups[at + 1]
        keys = threes.tolist()
        if not all(map(self._threes.__contains__, keys)):
            for key in keys:
                self._three(key)
        scores += self._in_three[list(map(self._threes.__getitem__, keys))]
        of_all = np.zeros((len(numbers), self._size), np.float32)
        of_all[np.concatenate([np.arange(one.start, one.stop) for one in within])] = scores
        return of_all

    def _place(self, seen: tuple[str, ...]) -> int:
        number = self._places.get(seen)
        if number is None:
            number = self._places[seen] = len(self._places)
            self._at_place = _room(self._at_place, number)
            self._at_place[number, 0] = self._sum(seen)
            self._at_place[number, 1:] = self._near(seen)
        return number

    def _three(self, three: int) -> int:
        number = self._threes.get(three)
        if number is None:
            number = self._threes[three] = len(self._threes)
            self._in_three = _room(self._in_three, number)
            names = list(self._group)
            before, own, after = (names[(three >> bits) & 1023] for bits in (20, 10, 0))
            self._in_three[number] = self._sum(grouped(before, own, after))
        return number


def grouped(before: str, own: str, after: str) -> tuple[str, str, str]:
    """What the classes of three words in a row show of the middle one."""
    return f"x={before}|{own}", f"y={own}|{after}", f"z={before}|{own}|{after}"


def _stretches(sentence: range, likely: Set[int], wanted: Set[int]) -> Iterator[range]:
    """The longest runs of likely words of a sentence that hold wanted ones."""
    start = None
    for at in range(sentence.start, sentence.stop + 1):
        inside = at < sentence.stop and at in likely
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            if not wanted.isdisjoint(range(start, at)):
                yield range(start, at)
            start = None


def _room(rows: Any, number: int) -> Any:
    """The array, doubled until it has a row of this number."""
    while number >= len(rows):
        rows = np.concatenate([rows, np.zeros_like(rows)])
    return rows


def spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names that labels B-X, I-X and O mark, as (start, end, X)."""
    start = None
    for at, label in enumerate([*labels, OUTSIDE]):
        if start is not None and not (label.startswith("I") and label[2:] == labels[start][2:]):
            yield start, at, labels[start][2:]
            start = None
        if start is None and label != OUTSIDE:
            start = at


def repaired(labels: Sequence[str], part: Part, first: int) -> list[str]:
    """Labels of words from ``first`` on, put right where the parts of a person's name tell.

    A link has a word behind it («عثمان بن» «عفان»), and a name behind «and» is another name.
    """
    labels, words = list(labels), part.words
    for at, label in enumerate(labels):
        if not label.endswith("PER"):
            continue
        here = first + at
        following = at + 1 < len(labels) and part.before(here + 1) == " "
        linked = following and (words[here] in LINKS or words[here + 1] in LINKS - {"ال", "دو"})
        if linked and labels[at + 1] == OUTSIDE:
            labels[at + 1] = "I-PER"
        joined = label == "B-PER" and at and labels[at - 1].endswith("PER")
        if joined and part.before(here) == " " and words[here] in LINKS | SECOND_HALVES:
            labels[at] = "I-PER"
        if labels[at] == "I-PER" and words[here].startswith("و") and len(words[here]) > 4:
            labels[at] = "B-PER" if words[here - 1] not in LINKS else "I-PER"
    return labels


def _may_be_name(group: str) -> bool:
    return group.startswith(("g", "s", "f", "new1", "new2"))


def _sign(gap: str) -> str:
    if gap == " ":
        return ""
    sign = _SIGN.search(gap)
    return _SIGNS.get(sign[0], sign[0]) if sign else ""


@cache
def default_describer() -> Describer:
    """What describes words by the tables that come with Rasad."""
    return Describer(all_lexemes())
