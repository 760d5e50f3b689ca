"""Topics as files of weighted terms.

Each topic is a file of terms with weights, for people to read and correct. A term is compared on
the lemma layer, so «انتخابات» in the file meets «الانتخابات»; behind «=» it is compared as
written, with any particles and the article, where the lemma would join it to other words:
«=إعمار» is not «عمر». Several words make a phrase, and the words inside a phrase say nothing of
their own: a weight of 0 is a phrase that only hides them. A negative weight is evidence against the
topic. A file more is a topic more, here or in the folder that ``RASAD_TOPICS`` names.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import RasadError
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.model import Token, Word
from indexer.text import Analyzer

AS_WRITTEN = "="
_SUFFIX = ".toml"
#: The strength from which on an article has a topic whose file says nothing of it.
LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its file describes it; ``iptc`` is its code among IPTC's Media Topics, or «».

    An article has it from the strength ``least`` on, and from ``untitled`` on where the title does
    not name it: what is often named in passing asks for more.
    The codes were checked by label in the copy of the vocabulary that expert.ai publishes
    (github.com/therealexpertai/nlapi-nodejs, tests/mocks/categorizer); «» where none was seen.
    """

    id: str
    name: str
    name_en: str
    iptc: str
    terms: Mapping[str, float]
    least: float = LEAST
    untitled: float = LEAST


class TopicTerm(NamedTuple):
    """The words of a term behind its first, and the topics that it speaks for or against."""

    number: int
    rest: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]


#: The terms that a word can begin.
Terms = tuple[TopicTerm, ...]


def read_topics(own: Path | None = None) -> list[Topic]:
    """The topics of the package's files and of a folder of ``own`` ones, by id.

    A file of one's own with a name of the package's takes its place. Raises ``RasadError`` for a
    folder of one's own without a topic, and for a file that is none.
    """
    found = _topic_files(files("indexer.facets.tables").joinpath("topics"))
    if own:
        chosen = _topic_files(own)
        if not chosen:
            raise RasadError(f"{own}: no topic is in this folder, a file that ends in {_SUFFIX}.")
        found |= chosen
    return [read_topic(found[name]) for name in sorted(found)]


def _topic_files(folder: Traversable) -> dict[str, Traversable]:
    return {file.name: file for file in folder.iterdir() if file.name.endswith(_SUFFIX)}


def read_topic(file: Traversable) -> Topic:
    """Return the topic that a file describes; its name is the topic's id."""
    try:
        return parse_topic(file.name.removesuffix(_SUFFIX), file.read_text("utf-8"))
    except (RasadError, ValueError, OSError) as error:
        raise RasadError(f"{file}: {error}") from error


def parse_topic(id: str, text: str) -> Topic:
    """Return the topic that a text describes; ``RasadError`` says what is wrong with it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RasadError(f"topic {id} is no TOML: {error}") from error
    missing = [key for key in ("name", "name_en", "terms") if key not in table]
    if missing:
        raise RasadError(f"topic {id} has no {' and no '.join(missing)}.")
    least = _fraction(id, table, "least", LEAST)
    untitled = _fraction(id, table, "untitled", least)
    names = table["name"], table["name_en"], table.get("iptc", "")
    return Topic(id, *names, _terms(id, table), least, untitled)


def _fraction(id: str, table: Mapping[str, Any], key: str, otherwise: float) -> float:
    """The fraction that a file gives under a key."""
    fraction = table.get(key, otherwise)
    if not isinstance(fraction, float) or not 0 < fraction < 1:
        raise RasadError(f"topic {id}: {key} is {fraction}, not a fraction such as 0.5.")
    return fraction


def _terms(id: str, table: Mapping[str, Any]) -> dict[str, float]:
    """The weights of a topic's terms."""
    lists = table["terms"]
    if not isinstance(lists, dict):
        raise RasadError(f"topic {id}: terms are lists of words by their weights.")
    terms: dict[str, float] = {}
    for weight, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise RasadError(f"topic {id}: behind the weight {weight} stands no list of words.")
        try:
            terms |= dict.fromkeys(words, float(weight))
        except ValueError as error:
            raise RasadError(f"topic {id}: {weight} is no weight.") from error
    return terms


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
