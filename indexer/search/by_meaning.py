"""When a query is searched by meaning as well, and where it stands.

Loose words are. What has an operator, quotes, «=» or a field says exactly what is wanted, and so
does a single name: these are searched by their words alone.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from indexer.catalogue import Catalogue
from indexer.engines.base import Engine, Nearness
from indexer.engines.ranking import RANKING
from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import Floats
from indexer.model import Word
from indexer.query.ast import All, Clause, Match
from indexer.query.relaxation import is_loose
from indexer.schema import NAMED
from indexer.search.english.folding import french_words, stop_words
from indexer.search.name_expansion import Linked, is_latin
from indexer.search.results import NearWords
from indexer.text import Analyzer
from indexer.text.normalize import normalize

_LONGEST_NAME = 5  # words of a query that may be a name
_SHOWN = 3  # Arabic words that are told for a word
_SIMILAR = 0.5  # likeness of two words that can be told: below, transliterations are among them
_MOST = 8  # words of a query for which they are told
_REMEMBERED = 4096


class Meanings:
    """Says where queries to one index stand by their meaning; safe to share between threads."""

    def __init__(
        self, catalogue: Catalogue, analyzer: Analyzer, encoders: Sequence[Encoder], engine: Engine
    ) -> None:
        """``encoders`` are those that made vectors of the articles in ``engine``, best one last."""
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._words, *self._better = encoders
        self._engine = engine
        self._nearest = lru_cache(_REMEMBERED)(self._lemmas_near)

    @property
    def known(self) -> bool:
        """Whether articles have vectors that compare with those of queries."""
        return self._used()[-1].dimensions in self._engine.vectors()

    def prepare(self) -> None:
        """Load what makes vectors, so that no reader waits for it."""
        self._used()[-1].query("سفارة", ())

    def nearness(self, clause: Clause, linked: Sequence[Linked]) -> tuple[Nearness, ...]:
        """Where a query stands, by each encoder; nothing where its words alone are to be searched.

        ``clause`` is the query as read, ``linked`` are the English names and terms in it, for which
        their Arabic ones stand.
        """
        words = _loose_words(clause)
        if not words or self._is_name(words, linked):
            return ()
        unlinked = _unlinked(words, linked)
        unknown = _unknown(words, unlinked) if _are_latin(words) else None
        arabic = [self._analyzer.analyze(one.name.name.split(" | ")[0]) for one in linked]
        read = [match.word for match in unlinked]
        read += [token.word for token in chain.from_iterable(arabic)]
        return tuple(self._near(_printed(clause), read, len(words), unknown))

    def _near(
        self, text: str, read: Sequence[Word], size: int, unknown: float | None
    ) -> Iterator[Nearness]:
        """Where a query of so many words stands, ``read`` as these; see ``Likeness.weight``."""
        for encoder in self._used():
            likeness = RANKING.likeness(encoder.name)
            weight = likeness.weight(size, unknown)
            vector = encoder.query(text, read) if weight else None
            if vector is not None:
                yield Nearness(vector, weight, likeness.floor(size, unknown), likeness.clear)

    def of_article(self, id: str) -> Floats | None:
        """Where an article stands by the best encoder, of length 1; None where none knows it."""
        return self._engine.vector(id, self._used()[-1].dimensions)

    def _used(self) -> tuple[Encoder, ...]:
        """The encoder of words, and those of which as many articles have a vector as of it."""
        held = self._engine.vectors()
        least = max(1, held.get(self._words.dimensions, 0))
        better = (one for one in self._better if held.get(one.dimensions, 0) >= least)
        return (self._words, *better)

    def near_words(self, clause: Clause, linked: Sequence[Linked]) -> Iterator[NearWords]:
        """The Latin words of a query that are no known names or terms, with their neighbours."""
        for match in _unlinked(_loose_words(clause)[:_MOST], linked):
            if _is_latin(match):
                found = [self._catalogue.printed(one) for one in self._nearest(match.word)]
                if near := tuple(word for word in found if word)[:_SHOWN]:
                    yield NearWords(match.printed or match.word.exact, near)

    def _lemmas_near(self, word: Word) -> tuple[str, ...]:
        return tuple(self._words.nearest(word, 3 * _SHOWN, _SIMILAR))

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


def _unlinked(words: Sequence[Match], linked: Sequence[Linked]) -> list[Match]:
    """The words that are part of no known name or term."""
    known = {word for one in linked for word in normalize(one.text).split()}
    return [match for match in words if match.word.exact not in known]


def _are_latin(words: Sequence[Match]) -> bool:
    """Whether words are in Latin letters, numbers aside."""
    letters = [match for match in words if not match.word.exact.isdigit()]
    return bool(letters) and all(map(_is_latin, letters))


def _unknown(words: Sequence[Match], unlinked: Sequence[Match]) -> float:
    """The share of the words of a query that are no known names or terms, small words aside."""
    small = stop_words() | french_words()
    telling, unknown = (
        sum(match.word.exact not in small for match in some) for some in (words, unlinked)
    )
    return unknown / max(1, telling)


def _is_latin(match: Match) -> bool:
    """Whether a word is in Latin letters; a number is in none."""
    return is_latin(match.word.exact) and not match.word.exact.isdigit()
