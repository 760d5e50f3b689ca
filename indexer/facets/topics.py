"""The facet of topics: articles scored by weighted terms, see ``gazetteer.topic_terms``."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer.topic_terms import TopicTerms, whole
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue

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


def facet(tools: FacetTools) -> FacetReader:
    """The reader of topics."""
    return TopicsFacet(tools.topic_terms)


class TopicsFacet(FacetReader):
    """Scores articles against every topic in one pass."""

    def __init__(self, terms: TopicTerms) -> None:
        self._topics = terms.topics

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return at most five topics, best first; none for a text that has hardly a term."""
        scores: dict[str, float] = defaultdict(float)
        hits: dict[str, list[tuple[AnnotatedPart, int, int]]] = defaultdict(list)
        seen: Counter[int] = Counter()
        length = sum(len(part.words) for part in parts)
        for part in parts:
            for at, term in whole(part.terms, part.layers):
                seen[term.number] += 1
                again = 1 / seen[term.number]  # harmonic: a term repeated adds its logarithm
                place = TITLE if part.name == "title" else LEAD if at < LEAD_WORDS else 1.0
                for topic, weight in term.weights:
                    scores[topic] += weight * place * (again if weight > 0 else 1.0)
                    if weight > 0:
                        hits[topic].append((part, at, at + len(term.rest) + 1))
        scale = SCALE * max(1.0, length / SCALE_WORDS) ** 0.5
        strengths = {topic: 1 - math.exp(-max(0.0, s) / scale) for topic, s in scores.items()}
        return tuple(
            FacetValue(
                id,
                self._topics[id].name,
                self._topics[id].name_en,
                round(strengths[id], 3),
                mentions=tuple(
                    part.mention(start, end, "topic-term") for part, start, end in hits[id]
                ),
            )
            for id in _chosen(strengths)
        )


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
