"""How much a text speaks for each topic: terms weighed by what they are and where they stand.

A text is about what its title and its beginning name, and what it comes back to with other words.
So a term of the title counts most, a term repeated less each time, a word in passing hardly; and a
word inside a longer term or in a list of adjectives («السياسية والاقتصادية والثقافية») says nothing
of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.facets.gazetteer.topic_terms import TopicTerm, whole
from indexer.facets.part import AnnotatedPart
from indexer.model import FacetValue

#: A term counts more in the title and among the first words, where news says what it is about.
TITLE, LEAD, LEAD_WORDS = 3.0, 1.5, 60
#: What is left of a word in a list of adjectives.
LISTED = 0.2
#: What is left of a word inside the name of a person or an organisation.
NAMED = 0.5
#: As many adjectives in a row make a list.
_LIST = 3


@dataclass(slots=True)
class TopicScore:
    """What a text has for one topic: the sum of its evidence, and the terms that it is made of."""

    score: float = 0.0
    terms: set[int] = field(default_factory=set)
    strongest: float = 0.0
    titled: float = 0.0
    in_lead: bool = False
    hits: list[tuple[AnnotatedPart, int, int]] = field(default_factory=list)


def topic_scores(
    parts: Sequence[AnnotatedPart], names: Sequence[FacetValue] = ()
) -> dict[str, TopicScore]:
    """The evidence for each topic that has a term in the text, where ``names`` were found."""
    scores: dict[str, TopicScore] = defaultdict(TopicScore)
    seen: Counter[int] = Counter()
    for part in parts:
        title = part.name == "title"
        named = part.words_of(names)
        for at, end, term, topics in _longest(part):
            lead = at < LEAD_WORDS
            place = TITLE if title else LEAD if lead else 1.0
            if end - at == 1:
                place *= NAMED if at in named else LISTED if _listed(part.words, at) else 1.0
            seen[term.number] += 1
            again = 1 / seen[term.number]  # harmonic: a term repeated adds its logarithm
            for topic, weight in topics:
                told = scores[topic]
                told.score += weight * place * again
                if weight <= 0:
                    continue
                told.terms.add(term.number)
                told.strongest = max(told.strongest, weight)
                if title:
                    told.titled = max(told.titled, weight)
                told.in_lead |= lead
                told.hits.append((part, at, end))
    return scores


def _longest(
    part: AnnotatedPart,
) -> Iterator[tuple[int, int, TopicTerm, list[tuple[str, float]]]]:
    """The terms of a part with the topics for which they are not inside a longer one."""
    covered: dict[str, int] = {}
    found = ((at, at + len(term.rest) + 1, term) for at, term in whole(part.terms, part.layers))
    for at, end, term in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        topics = [pair for pair in term.weights if covered.get(pair[0], 0) < end]
        if topics:
            covered.update((topic, end) for topic, _ in topics)
            yield at, end, term, topics


def _listed(words: Sequence[str], at: int) -> bool:
    """Whether a word is one of a list of adjectives."""
    if not _adjective(words[at]):
        return False
    first, end = at, at + 1
    while end - first < _LIST and end < len(words) and _continues(words[end]):
        end += 1
    while end - first < _LIST and first and _continues(words[first]):
        if not _adjective(words[first - 1]):
            break
        first -= 1
    return end - first >= _LIST


def _adjective(word: str) -> bool:
    return word.endswith(("يه", "ي")) and "ال" in word[:3]


def _continues(word: str) -> bool:
    return word.startswith("وال") and _adjective(word)
