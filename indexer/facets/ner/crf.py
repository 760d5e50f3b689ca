"""Names found by a sequence model (a conditional random field).

The rules of ``title_rules`` know titles, given names and famous names; a name that has none of them
(«وأضاف رايمون دومينيك») shows itself by its surroundings only. The model is trained by
``indexer.generate.name_model`` on ANERcorp. It sees what the rules and tables say, the shape of
words and what stands between them.

What a word type adds to the score of each label, for itself and for its neighbours, is summed once;
a text then costs a few sums over arrays, and only stretches where a name is likely are decoded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import numpy as np

from indexer.facets.gazetteer.known_people import SECOND_HALVES
from indexer.facets.ner.boundaries import LINKS
from indexer.facets.ner.crf_weights import CrfWeights, Scores
from indexer.facets.ner.features import (
    NOTHING,
    WINDOW,
    FeatureExtractor,
    WordShape,
    in_row,
    may_be_name,
)
from indexer.facets.ner.mention import NameMention
from indexer.facets.part import AnnotatedPart, TaggedName
from indexer.model import Word

OUTSIDE = "O"
#: By how much the best name label of a word may score less than «outside» at the heart of a name
#: that no rule found, and elsewhere in a stretch that is decoded.
CLEAR, UNLIKELY = 1.0, 4.0
#: What a label gains where the same word bears it elsewhere in the text.
AGREEMENT = {"PER": 2.0, "LOC": 2.0}
#: So many words around a name say how sure it is.
AROUND = 2
_REMEMBERED = 1 << 17


class _Stretch(NamedTuple):
    """Likely words on end in a sentence, and their labels."""

    sentence: range
    words: range
    labels: list[str]


class CrfTagger:
    """Finds names; remembers what word types add to the scores."""

    def __init__(self, weights: CrfWeights, features: FeatureExtractor) -> None:
        self._weights = weights
        self._features = features
        self._size = len(weights.labels)
        self._outside = weights.labels.index(OUTSIDE)
        self._of_kind = {
            kind: [at for at, label in enumerate(weights.labels) if label[2:] == kind]
            for kind in AGREEMENT
        }
        self._forget()

    @classmethod
    def load(cls, features: FeatureExtractor) -> "CrfTagger":
        """The model that comes with Rasad."""
        return cls(CrfWeights.shipped(), features)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a user should know of the model before a run; nothing of one that is current."""
        return self._weights.warnings()

    def people(self, part: AnnotatedPart, mentions: Sequence[NameMention]) -> list[TaggedName]:
        """The names of people in a part: those that no rule found, and around those that one did.

        ``mentions`` are the names by rules.
        """
        numbers, kept = self._numbers(part), self._kept
        wanted = {at for at, number in enumerate(numbers) if kept[number]}
        wanted -= part.matches.of_things
        for mention in mentions:
            if not mention.known:
                wanted.update(range(mention.start, mention.end))
        scores, stretches = self._decoded(part, numbers, mentions, wanted)
        return [
            self._name(stretch, start, end, scores)
            for stretch in stretches
            for start, end, kind in spans(stretch.labels)
            if kind == "PER"
        ]

    def names(
        self, part: AnnotatedPart, mentions: Sequence[NameMention]
    ) -> list[tuple[int, int, str]]:
        """All names of a part as (start, end, kind); ``mentions`` are the names by rules."""
        numbers = self._numbers(part)
        _, stretches = self._decoded(part, numbers, mentions, set(range(len(numbers))))
        return [
            (stretch.words.start + start, stretch.words.start + end, kind)
            for stretch in stretches
            for start, end, kind in spans(stretch.labels)
        ]

    def _decoded(
        self,
        part: AnnotatedPart,
        numbers: Sequence[int],
        mentions: Sequence[NameMention],
        wanted: Set[int],
    ) -> tuple[Scores, list["_Stretch"]]:
        """The scores of words, and all stretches of likely ones that hold wanted ones, labelled."""
        sentences = [one for one in part.sentences() if not wanted.isdisjoint(one)]
        if not sentences:
            return np.zeros((0, self._size), np.float32), []
        shapes = [self._shapes[number] for number in numbers]
        here = self._features.here(part, shapes, mentions)
        scores = self._scores(numbers, sentences, here)
        outside = scores[:, self._outside]
        gain = np.delete(scores, self._outside, axis=1).max(axis=1) - outside
        likely = set(np.flatnonzero(gain > -UNLIKELY).tolist())
        wanted = wanted & set(np.flatnonzero(gain > -CLEAR).tolist())
        stretches = [
            self._labelled(part, sentence, words, scores)
            for sentence in sentences
            for words in _stretches(sentence, likely, wanted)
        ]
        changed = self._agree(scores, [shape.base for shape in shapes], stretches)
        return scores, [
            stretch
            if changed.isdisjoint(stretch.words)
            else self._labelled(part, stretch.sentence, stretch.words, scores)
            for stretch in stretches
        ]

    def _agree(
        self, scores: Scores, bases: Sequence[str], stretches: Sequence["_Stretch"]
    ) -> set[int]:
        """Add to the scores of a word what its other places in the text say; return which.

        A name is a name throughout a text, of one kind: the second of two stages after Krishnan
        and Manning, «An effective two-stage model for exploiting non-local dependencies in named
        entity recognition» (ACL 2006).
        """
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for stretch in stretches:
            for at, label in zip(stretch.words, stretch.labels, strict=True):
                kinds[bases[at]][label[2:]] += 1
        several = {base for base, counts in kinds.items() if counts.total() > 1}
        changed = set()
        for stretch in stretches:
            for at, label in zip(stretch.words, stretch.labels, strict=True):
                if bases[at] not in several:
                    continue
                counts = kinds[bases[at]]
                for kind, gain in AGREEMENT.items():
                    own = 1 if kind == label[2:] else 0
                    same = counts[kind] - own
                    if same and 2 * same >= counts.total() - 1:
                        scores[at, self._of_kind[kind]] += gain
                        changed.add(at)
        return changed

    def _labelled(
        self, part: AnnotatedPart, sentence: range, words: range, scores: Scores
    ) -> "_Stretch":
        """A stretch of a sentence with its likeliest labels, «outside» beyond it."""
        best = self._best(*_bound(sentence, words, scores))
        labels = repaired([self._weights.labels[n] for n in best], part, words.start)
        return _Stretch(sentence, words, labels)

    def _name(self, stretch: "_Stretch", start: int, end: int, scores: Scores) -> TaggedName:
        """The name at words ``start`` to ``end`` of a stretch, with how probable it is."""
        sentence, words, labels = stretch
        first = max(0, start - AROUND)
        around = range(words.start + first, min(words.stop, words.start + end + AROUND))
        own = [self._weights.labels.index(label) for label in labels[first : end + AROUND]]
        sure = self._sure(own, *_bound(sentence, around, scores))
        probability = min(sure[start - first : end - first])
        return TaggedName(words.start + start, words.start + end, labels[start][2:], probability)

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
        return [float(p[label] / p.sum()) for label, p in zip(labels, both, strict=True)]

    def _forget(self) -> None:
        columns = 1 + len(WINDOW)
        self._all = np.arange(self._size)
        self._known: dict[str, int] = {}
        self._kept: list[bool] = [False]
        self._shapes = [WordShape(Word("", "", ""), "", "", "", NOTHING)]
        self._summed = [True]  # whether what a word type adds stands in the arrays
        self._role: dict[str, int] = {NOTHING: 0}
        self._roles = np.zeros(1024, np.int64)
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

    def _numbers(self, part: AnnotatedPart) -> list[int]:
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
        shape = self._features.shape(word)
        number = len(self._kept)
        self._kept.append(may_be_name(shape.group))
        self._shapes.append(shape)
        self._summed.append(False)
        return number

    def _add_up(self, numbers: Iterable[int]) -> None:
        """Put what these word types add into the arrays; most are never asked for it."""
        summed = self._summed
        for number in {one for one in numbers if not summed[one]}:
            features = self._features.of_shape(self._shapes[number])
            self._own = _room(self._own, number)
            self._roles = _room(self._roles, number)
            self._roles[number] = self._role.setdefault(features.role, len(self._role))
            self._own[number, 0] = self._sum(features.own)
            self._own[number, 1:] = self._near(features.near)
            summed[number] = True

    def _scores(
        self, numbers: Sequence[int], sentences: Sequence[range], here: Mapping[int, Sequence[str]]
    ) -> Scores:
        """What is said for each label at each word of the sentences, without the steps between.

        Words of other sentences have a row of zeros.
        """
        padded = [0, 0]
        places = [0, 0]
        own_place = [0] * len(numbers)
        for place, told in here.items():
            own_place[place] = self._place(tuple(told))
        for sentence in sentences:
            padded += [*numbers[sentence.start : sentence.stop], 0, 0]
            places += [*own_place[sentence.start : sentence.stop], 0, 0]
        self._add_up(padded)
        types, seen = np.array(padded), np.array(places)
        at = np.flatnonzero(types)
        scores: Scores = self._own[types[at], 0] + self._at_place[seen[at], 0]
        for column, offset in enumerate(WINDOW, 1):
            scores += self._own[types[at + offset], column]
            scores += self._at_place[seen[at + offset], column]
        roles = self._roles[types]
        threes = (roles[at - 1] << 20) + (roles[at] << 10) + roles[at + 1]
        keys = threes.tolist()
        if not all(map(self._threes.__contains__, keys)):
            for key in keys:
                self._three(key)
        scores += self._in_three[list(map(self._threes.__getitem__, keys))]
        of_all = np.zeros((len(numbers), self._size), np.float32)
        of_all[np.concatenate([np.arange(one.start, one.stop) for one in sentences])] = scores
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
            names = list(self._role)
            before, own, after = (names[(three >> bits) & 1023] for bits in (20, 10, 0))
            self._in_three[number] = self._sum(in_row(before, own, after))
        return number


def _bound(sentence: range, words: range, scores: Scores) -> tuple[Scores, bool, bool]:
    """The scores of a stretch, and whether words of the sentence stand before and behind."""
    return (
        scores[words.start : words.stop],
        words.start > sentence.start,
        words.stop < sentence.stop,
    )


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


def repaired(labels: Sequence[str], part: AnnotatedPart, first: int) -> list[str]:
    """Labels of words from ``first`` on, put right where the parts of a person's name tell.

    A link has a word behind it («عثمان بن» «عفان»), and a name behind «and» is another name.
    """
    labels, words = list(labels), part.words
    for at, label in enumerate(labels):
        if not label.endswith("PER"):
            continue
        here = first + at
        if label == "I-PER" and not part.joined(here - 1):
            label = labels[at] = "B-PER"
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
