"""Topics as files of weighted terms.

Each topic is a file of terms with weights, for people to read and correct. A term is compared on
the lemma layer, so «انتخابات» in the file meets «الانتخابات»; behind «=» it is compared as
written, with any particles and the article, where the lemma would join it to other words:
«=إعمار» is not «عمر». Several words make a phrase, a negative weight is evidence against the
topic. A file more is a topic more, here or in the folder that ``RASAD_TOPICS`` names.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from indexer.errors import RasadError
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.model import Token, Word
from indexer.text import Analyzer

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


class TopicTerm(NamedTuple):
    """The words of a term behind its first, and the topics that it speaks for or against."""

    number: int
    rest: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]


#: The terms that a word can begin.
Terms = tuple[TopicTerm, ...]


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


class TopicTerms:
    """The terms of topics, found by the word that begins them."""

    def __init__(self, analyzer: Analyzer, topics: Iterable[Topic]) -> None:
        self.topics = {topic.id: topic for topic in topics}
        weights: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for topic in self.topics.values():
            for term, weight in topic.terms.items():
                mark = AS_WRITTEN if term.startswith(AS_WRITTEN) else ""
                of_topics = weights[_words(analyzer.analyze(term), mark)]
                # «نفط» and «النفط» are one term
                of_topics[topic.id] = max(weight, of_topics.get(topic.id, weight), key=abs)
        self._terms: dict[str, list[TopicTerm]] = defaultdict(list)
        for number, (words, of_topics) in enumerate(weights.items()):
            self._terms[words[0]].append(TopicTerm(number, words[1:], tuple(of_topics.items())))

    def begun(self, word: Word) -> Terms:
        """The terms that a word can begin, by its lemma or as written."""
        terms = list(self._terms.get(word.lemma, ()))
        for bare in sorted(_bare(word.exact)):
            terms += self._terms.get(AS_WRITTEN + bare, ())
        return tuple(terms)


def whole(
    begun: Iterable[tuple[int, Terms]], words: Sequence[Word]
) -> Iterator[tuple[int, TopicTerm]]:
    """Yield the terms that stand whole in a text, of those that its words begin."""
    for at, terms in begun:
        following = words[at + 1].lemma if at + 1 < len(words) else ""
        for term in terms:
            second = term.rest[0] if term.rest else None
            if second is None or (
                (second == following or second[0] == AS_WRITTEN)
                and _follows(term.rest, words, at + 1)
            ):
                yield at, term


def _words(tokens: Sequence[Token], mark: str) -> tuple[str, ...]:
    """The words of a term as they are compared: all as written, or all by their lemmas."""
    if mark:
        return tuple(mark + token.word.exact.removeprefix("ال") for token in tokens)
    return tuple(token.word.lemma for token in tokens)


@lru_cache(1 << 16)
def _bare(exact: str) -> frozenset[str]:
    """A word as written without its particles and its article."""
    return frozenset(base.removeprefix("ال") for base, _ in possible_bases(exact))


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
