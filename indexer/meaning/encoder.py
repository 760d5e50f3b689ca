"""What makes vectors of articles and queries, and which one an index has."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from indexer.errors import ConfigError
from indexer.meaning.packing import Floats
from indexer.meaning.whole_model import whole_model
from indexer.meaning.word_encoder import word_encoder
from indexer.model import Article, Word
from indexer.schema import MODEL, WORDS


class Encoder(Protocol):
    """Makes vectors; safe to share between threads.

    An article and a query come as printed and as words: some read the one, some the other.
    """

    @property
    def name(self) -> str:
        """One of ``MEANINGS``."""

    @property
    def dimensions(self) -> int:
        """The length of the vectors that ``query`` gives."""

    def load(self) -> None:
        """Read what it needs, which else the first text does; raises ``ConfigError``."""

    def article(self, article: Article, title: Sequence[Word], body: Sequence[Word]) -> bytes:
        """The packed vector of an article, whose ``title`` has no words where it has none of its
        own; empty where nothing can be said of it."""

    def query(self, text: str, words: Iterable[Word]) -> Floats | None:
        """The vector of a query, of length 1; None where nothing can be said of it."""

    def nearest(self, word: Word, size: int, least: float) -> list[str]:
        """The Arabic lemmas nearest to a word, whose likeness is ``least`` or more; none where
        words have no places of their own."""


def encoders_of(meaning: str, *, threads: int | None = None) -> tuple[Encoder, ...]:
    """The encoders of an index of this ``meaning``, one of ``MEANINGS``, the best one last.

    That of the words is always there: it answers until all articles have a vector of the model,
    and where the model is not installed. ``threads`` is how many work on one text, where several
    can; None for one a core. Raises ``ConfigError`` where one is not installed.
    """
    return (word_encoder(), whole_model(threads)) if meaning == MODEL else (word_encoder(),)


def installed_encoders(meaning: str, warn: Callable[[str], None]) -> tuple[Encoder, ...]:
    """Those encoders of an index that work here; ``warn`` is told of one that does not."""
    try:
        found = encoders_of(meaning)
        for encoder in found:
            encoder.load()
        return found
    except ConfigError as error:
        warn(f"{error}; until then the table of words answers.")
        return encoders_of(WORDS)
