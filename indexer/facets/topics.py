"""Topics by weighted words.

Each topic is a file of terms with weights, for people to read and correct. A term is compared on
the lemma layer, so «انتخابات» in the file meets «الانتخابات»; behind «=» it is compared as
written, with any particles and the article, where the lemma would join it to other words:
«=إعمار» is not «عمر». Several words make a phrase, a negative weight is evidence against the
topic. A file more is a topic more, here or in the folder that ``RASAD_TOPICS`` names.
"""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from indexer.errors import RasadError
from indexer.facets.gazetteer.matcher import readings
from indexer.facets.part import Part
from indexer.model import FacetValue, Mention, Token, Word
from indexer.text import Analyzer

#: A term counts more in the title and among the first words, where news says what it is about.
TITLE, LEAD, LEAD_WORDS = 2.5, 1.5, 60
#: The score that makes a topic certain by two thirds, for a text of 100 words.
SCALE, SCALE_WORDS = 14.0, 100
THRESHOLD = 0.5
#: Topics this far behind the best are left out.
RELATIVE = 0.5
#: The strength below which not even the best topic is given.
LEAST = 0.15
MAX_TOPICS = 5
AS_WRITTEN = "="


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its file describes it; ``iptc`` is its code among IPTC's Media Topics, or «».

    The codes were checked by label in the copy of the vocabulary that expert.ai publishes
    (github.com/therealexpertai/nlapi-nodejs, tests/mocks/categorizer); «» where none was seen.
    """

    id: str
    name: str
    name_en: str
    iptc: str
    terms: Mapping[str, float]


class _Phrase(NamedTuple):
    """The words of a term behind its first, and the topics that it speaks for or against."""

    number: int
    rest: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]


#: The terms that a word can begin.
Terms = tuple[_Phrase, ...]


def read_topics(own: Path | None = None) -> list[Topic]:
    """The topics of the package's files and of a folder of ``own`` ones, by id.

    A file of one's own with a name of the package's takes its place.
    """
    folders = [files("indexer.facets.tables").joinpath("topics"), *([own] if own else [])]
    found = [file for folder in folders for file in folder.iterdir() if _is_topic(file.name)]
    texts = {file.name: file.read_text("utf-8") for file in found}
    return [parse_topic(name.removesuffix(".toml"), texts[name]) for name in sorted(texts)]


def _is_topic(name: str) -> bool:
    return name.endswith(".toml")


def parse_topic(id: str, text: str) -> Topic:
    """Return the topic that a file describes."""
    try:
        table = tomllib.loads(text)
        weights = {float(weight): words for weight, words in table["terms"].items()}
        terms = {str(word): weight for weight, words in weights.items() for word in words}
        return Topic(id, table["name"], table["name_en"], table.get("iptc", ""), terms)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise RasadError(f"topic {id}: {error}") from error


class Topics:
    """Scores articles against every topic in one pass."""

    def __init__(self, analyzer: Analyzer, topics: Sequence[Topic] | None = None) -> None:
        self._topics = {topic.id: topic for topic in (read_topics() if topics is None else topics)}
        weights: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
        for topic in self._topics.values():
            for term, weight in topic.terms.items():
                mark = AS_WRITTEN if term.startswith(AS_WRITTEN) else ""
                weights[_words(analyzer.analyze(term), mark)].append((topic.id, weight))
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for number, (words, of) in enumerate(weights.items()):
            self._phrases[words[0]].append(_Phrase(number, words[1:], tuple(of)))

    def extract(
        self,
        parts: Sequence[Part],
        begun: Mapping[str, Sequence[tuple[int, Terms]]] | None = None,
    ) -> tuple[FacetValue, ...]:
        """Return at most five topics, best first; none for a text that has hardly a term.

        ``begun`` are each part's words that begin terms, where that is known already.
        """
        scores: dict[str, float] = defaultdict(float)
        hits: dict[str, list[tuple[Part, int, int]]] = defaultdict(list)
        seen: Counter[int] = Counter()
        length = sum(len(part.words) for part in parts)
        for part in parts:
            for at, phrase in self._found(part, begun[part.name] if begun else None):
                seen[phrase.number] += 1
                again = 1 / seen[phrase.number]  # harmonic: a term repeated adds its logarithm
                place = TITLE if part.name == "title" else LEAD if at < LEAD_WORDS else 1.0
                for topic, weight in phrase.weights:
                    scores[topic] += weight * place * (again if weight > 0 else 1.0)
                    if weight > 0:
                        hits[topic].append((part, at, at + len(phrase.rest)))
        scale = SCALE * max(1.0, length / SCALE_WORDS) ** 0.5
        strengths = {topic: 1 - math.exp(-max(0.0, s) / scale) for topic, s in scores.items()}
        return tuple(
            FacetValue(
                id,
                self._topics[id].name,
                self._topics[id].name_en,
                round(strengths[id], 3),
                mentions=tuple(_mention(*hit) for hit in hits[id]),
            )
            for id in _chosen(strengths)
        )

    def _found(
        self, part: Part, begun: Sequence[tuple[int, Terms]] | None
    ) -> Iterator[tuple[int, _Phrase]]:
        words = part.layers
        for at, phrases in enumerate(map(self.begun, words)) if begun is None else begun:
            following = words[at + 1].lemma if at + 1 < len(words) else ""
            for phrase in phrases:
                second = phrase.rest[0] if phrase.rest else None
                if second is None or (
                    (second == following or second[0] == AS_WRITTEN)
                    and _follows(phrase.rest, words, at + 1)
                ):
                    yield at, phrase

    def begun(self, word: Word) -> Terms:
        """The phrases that a word can begin, by its lemma or as written."""
        phrases = list(self._phrases.get(word.lemma, ()))
        for bare in sorted(_bare(word.exact)):
            phrases += self._phrases.get(AS_WRITTEN + bare, ())
        return tuple(phrases)


def _words(tokens: Sequence[Token], mark: str) -> tuple[str, ...]:
    """The words of a term as they are compared: all as written, or all by their lemmas."""
    if mark:
        return tuple(mark + token.word.exact.removeprefix("ال") for token in tokens)
    return tuple(token.word.lemma for token in tokens)


@lru_cache(1 << 16)
def _bare(exact: str) -> frozenset[str]:
    """A word as written without its particles and its article."""
    return frozenset(base.removeprefix("ال") for base, _ in readings(exact))


def _mention(part: Part, first: int, last: int) -> Mention:
    return Mention(part.name, part.tokens[first].start, part.tokens[last].end, "topic-term")


def _follows(rest: tuple[str, ...], words: Sequence[Word], at: int) -> bool:
    if at + len(rest) > len(words):
        return False
    for place, term in enumerate(rest, at):
        if term[0] != AS_WRITTEN:
            if term != words[place].lemma:
                return False
        elif term[1:] not in _bare(words[place].exact):
            return False
    return True


def _chosen(strengths: Mapping[str, float]) -> list[str]:
    """The topics strong enough by themselves and beside the best; at least one, if any is there."""
    ranked = sorted(strengths, key=lambda topic: (-strengths[topic], topic))
    if not ranked:
        return []
    best = strengths[ranked[0]]
    if best < THRESHOLD:
        return ranked[:1] if best >= LEAST else []
    floor = max(THRESHOLD, RELATIVE * best)
    return [topic for topic in ranked if strengths[topic] >= floor][:MAX_TOPICS]
