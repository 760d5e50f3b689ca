"""From files to articles: ``walk`` finds raw pages, ``read`` understands one."""

from indexer.sources.language import quoted
from indexer.sources.raw import Raw, Skipped
from indexer.sources.reading import encoding, first_words, read
from indexer.sources.walking import walk

__all__ = ["Raw", "Skipped", "encoding", "first_words", "quoted", "read", "walk"]
