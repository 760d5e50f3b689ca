"""The facet of topics: articles scored by weighted terms, see ``topic_scores``."""

import math
from collections.abc import Mapping, Sequence
from itertools import islice

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer.topic_terms import TopicTerms
from indexer.facets.part import AnnotatedPart
from indexer.facets.topic_scores import TopicScore, topic_scores
from indexer.model import Article, Facets, FacetValue

#: The score that makes a topic certain by two thirds, for a text of 100 words.
SCALE, SCALE_WORDS = 8.0, 100
#: Topics this far behind the best are left out.
RELATIVE = 0.6
#: What is left of a strength that rests on one term alone, on two, or on none of the title, on none
#: of the beginning either; a term in the title is enough.
ALONE, TWO, UNTITLED, LATE = 0.7, 0.85, 0.93, 0.8
#: The least weight of a term that names the matter where it stands in the title, and anywhere.
NAMING, PLAIN = 1.3, 8.0
MAX_TOPICS = 7
#: The facets whose names are no words about a topic.
NAMED = ("people", "organisations")


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
        """Return at most seven topics, best first; none for a text that has them in passing."""
        scores = topic_scores(parts, [value for facet in NAMED for value in values.get(facet, ())])
        length = sum(len(part.words) for part in parts)
        scale = SCALE * max(1.0, length / SCALE_WORDS) ** 0.5
        strengths = {topic: _strength(told, scale) for topic, told in scores.items()}
        return tuple(
            FacetValue(
                id,
                self._topics[id].name,
                self._topics[id].name_en,
                round(strengths[id], 3),
                mentions=tuple(
                    part.mention(start, end, "topic-term") for part, start, end in scores[id].hits
                ),
            )
            for id in self._chosen(strengths, scores)
        )

    def _chosen(
        self, strengths: Mapping[str, float], scores: Mapping[str, TopicScore]
    ) -> list[str]:
        """The topics strong enough by themselves and beside the best, best first."""
        ranked = sorted(strengths, key=lambda topic: (-strengths[topic], topic))
        floor = RELATIVE * max(strengths.values(), default=0.0)
        chosen = (id for id in ranked if strengths[id] >= max(floor, self._least(scores[id], id)))
        return list(islice(chosen, MAX_TOPICS))

    def _least(self, told: TopicScore, id: str) -> float:
        """The strength that a text needs for a topic."""
        topic = self._topics[id]
        named = told.titled >= NAMING or told.strongest >= PLAIN
        return topic.least if named else topic.untitled


def _strength(told: TopicScore, scale: float) -> float:
    """How sure a topic is, 0 to 1."""
    strength = 1 - math.exp(-max(0.0, told.score) / scale)
    if told.titled >= NAMING:
        return strength
    breadth = {1: ALONE, 2: TWO}.get(len(told.terms), 1.0)
    return strength * breadth * (UNTITLED if told.in_lead else LATE)
