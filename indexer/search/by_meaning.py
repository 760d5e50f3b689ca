"""When a query is searched by meaning as well, and where it stands.

Loose words are. What has an operator, quotes, «=» or a field says exactly what is wanted, and so
does a single name: these are searched by their words alone.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from indexer.catalogue import Catalogue
from indexer.engines.base import Nearness
from indexer.engines.ranking import RANKING
from indexer.meaning.encoder import Encoder
from indexer.model import Word
from indexer.query.ast import All, Clause, Match
from indexer.query.relaxation import is_loose
from indexer.schema import NAMED, WORDS
from indexer.search.name_expansion import Linked
from indexer.search.results import NearWords
from indexer.text import Analyzer
from indexer.text.normalize import normalize

_LONGEST_NAME = 5  # words of a query that may be a name
_SHOWN = 3  # Arabic words that are told for a word
_SIMILAR = 0.4  # likeness of two words that can be told without astonishment
_MOST = 8  # words of a query for which they are told
_REMEMBERED = 4096


class Meanings:
    """Says where queries to one index stand by their meaning; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, analyzer: Analyzer, encoder: Encoder) -> None:
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._encoder = encoder
        self._nearest = lru_cache(_REMEMBERED)(self._lemmas_near)

    @property
    def dimensions(self) -> int:
        """How long vectors are."""
        return self._encoder.dimensions

    def prepare(self) -> None:
        """Load what makes vectors, so that no reader waits for it."""
        self._encoder.query("سفارة", ())

    def nearness(self, clause: Clause, linked: Sequence[Linked]) -> Nearness | None:
        """Where a query stands; None where its words alone are to be searched.

        ``clause`` is the query as read, ``linked`` are the English names and terms in it, for which
        their Arabic ones stand.
        """
        words = _loose_words(clause)
        if not words or self._is_name(words, linked):
            return None
        known = {word for one in linked for word in normalize(one.text).split()}
        arabic = [self._analyzer.analyze(one.name.name.split(" | ")[0]) for one in linked]
        plain = [match.word for match in words if match.word.exact not in known]
        ranking = RANKING.likeness(self._encoder.name)
        # Only the table of words reads the Arabic names in the place of the English ones.
        in_arabic = arabic and self._encoder.name == WORDS
        across = not in_arabic and all(map(_is_latin, words))
        weight, floor = ranking.nearness(len(words), across=across)
        vector = self._encoder.query(
            _printed(clause) if weight else "",
            chain(plain, (token.word for token in chain.from_iterable(arabic))),
        )
        if vector is None:
            return None
        return Nearness(vector, weight, floor, ranking.clear) if weight else None

    def near_words(self, clause: Clause, linked: Sequence[Linked]) -> Iterator[NearWords]:
        """The Latin words of a query that are no known names or terms, with their neighbours."""
        known = {word for one in linked for word in normalize(one.text).split()}
        for match in _loose_words(clause)[:_MOST]:
            if _is_latin(match) and match.word.exact not in known:
                found = [self._catalogue.printed(one) for one in self._nearest(match.word)]
                if near := tuple(word for word in found if word)[:_SHOWN]:
                    yield NearWords(match.printed or match.word.exact, near)

    def _lemmas_near(self, word: Word) -> tuple[str, ...]:
        return tuple(self._encoder.nearest(word, 3 * _SHOWN, _SIMILAR))

    def _is_name(self, words: Sequence[Match], linked: Sequence[Linked]) -> bool:
        """Whether a query is one name and nothing else."""
        if len(words) > _LONGEST_NAME:
            return False
        if linked:
            return len(linked) == 1 and bool(linked[0].facet) and _covers(linked[0], words)
        if any(map(_is_latin, words)):
            return False
        text = normalize(" ".join(match.printed or match.word.exact for match in words))
        return any(
            normalize(name.name) == text
            for facet in NAMED
            for name in self._catalogue.named(facet, text)
        )


def _loose_words(clause: Clause) -> tuple[Match, ...]:
    """The words of a query that are nothing but words; none where it says anything else."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    if not all(is_loose(part) for part in parts):
        return ()
    return tuple(part for part in parts if isinstance(part, Match) and not part.word.stop)


def _printed(clause: Clause) -> str:
    """A query of loose words as typed, with its stop words: they say how the others belong."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    return " ".join(part.printed or part.word.exact for part in parts if isinstance(part, Match))


def _covers(linked: Linked, words: Sequence[Match]) -> bool:
    return len(linked.text.split()) >= len(words)


def _is_latin(match: Match) -> bool:
    return any(letter.isalpha() for letter in match.word.exact) and (match.word.exact < "\u0250")
