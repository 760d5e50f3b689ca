"""Topics by weighted words.

Each topic is a file of terms with weights, for people to read and correct. A term is compared on
the lemma layer, so «انتخابات» in the file meets «الانتخابي» only where the analyzer joins them;
several words make a phrase, and a negative weight is evidence against the topic. The scores of a
long article and of a short one are made alike, and a threshold decides.
"""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from indexer.facets.tokens import Part
from indexer.model import FacetValue, Mention
from indexer.text import Analyzer

TITLE_WEIGHT = 2.0
#: A term counts less each further time it is used.
MOST = 5
THRESHOLD = 0.30
#: Topics this far behind the best are left out.
RELATIVE = 0.25
MAX_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its file describes it."""

    id: str
    name: str
    name_en: str
    iptc: str
    terms: Mapping[str, float]


def read_topics() -> list[Topic]:
    """The topics of the package's files, by id."""
    folder = files("indexer.facets").joinpath("topics")
    texts = sorted(
        (f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".toml")
    )
    return [_topic(name.removesuffix(".toml"), tomllib.loads(text)) for name, text in texts]


def _topic(id: str, table: Mapping[str, object]) -> Topic:
    terms: dict[str, float] = {}
    weights = table["terms"]
    assert isinstance(weights, Mapping)
    for weight, words in weights.items():
        terms |= dict.fromkeys(words, float(weight))
    return Topic(id, str(table["name"]), str(table["name_en"]), str(table.get("iptc", "")), terms)


class Topics:
    """Scores articles against every topic in one pass."""

    def __init__(self, analyzer: Analyzer, topics: Sequence[Topic] | None = None) -> None:
        self._topics = {topic.id: topic for topic in (read_topics() if topics is None else topics)}
        self._terms: dict[str, dict[tuple[str, ...], list[tuple[str, float]]]] = defaultdict(dict)
        for topic in self._topics.values():
            for term, weight in topic.terms.items():
                lemmas = tuple(token.word.lemma for token in analyzer.analyze(term))
                by_phrase = self._terms[lemmas[0]].setdefault(lemmas[1:], [])
                by_phrase.append((topic.id, weight))

    def extract(self, parts: Sequence[Part]) -> tuple[FacetValue, ...]:
        """Return one to five topics, best first; none for a text without a single term."""
        scores: dict[str, float] = defaultdict(float)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        seen: Counter[tuple[str, int, tuple[str, ...]]] = Counter()
        length = sum(len(part.words) for part in parts)
        for part in parts:
            factor = TITLE_WEIGHT if part.name == "title" else 1.0
            for at, phrase, rest, values in self._found(part):
                for topic, weight in values:
                    used = (topic, at if weight < 0 else 0, (phrase, *rest))
                    seen[used] += 1
                    if seen[used] <= MOST:
                        scores[topic] += factor * weight / seen[used]
                    if weight > 0:
                        start, end = part.tokens[at].start, part.tokens[at + len(rest)].end
                        mentions[topic].append(Mention(part.name, start, end, "topic-term"))
        norm = 4.0 + 2.0 * math.sqrt(length / 50)
        strengths = {
            topic: 1 - math.exp(-max(0.0, score) / norm) for topic, score in scores.items()
        }
        best = max(strengths.values(), default=0.0)
        chosen = sorted(
            (topic for topic, s in strengths.items() if s >= THRESHOLD and s >= RELATIVE * best),
            key=lambda topic: (-strengths[topic], topic),
        )
        if not chosen and best > 0.1:
            chosen = [max(strengths, key=lambda topic: (strengths[topic], topic))]
        return tuple(
            FacetValue(
                id,
                self._topics[id].name,
                self._topics[id].name_en,
                round(strengths[id], 3),
                mentions=tuple(mentions[id]),
            )
            for id in chosen[:MAX_TOPICS]
        )

    def _found(
        self, part: Part
    ) -> Iterator[tuple[int, str, tuple[str, ...], list[tuple[str, float]]]]:
        lemmas = [token.word.lemma for token in part.tokens]
        terms = self._terms
        for at, lemma in enumerate(lemmas):
            phrases = terms.get(lemma)
            if phrases is None:
                continue
            for rest, values in phrases.items():
                if not rest or tuple(lemmas[at + 1 : at + 1 + len(rest)]) == rest:
                    yield at, lemma, rest, values
