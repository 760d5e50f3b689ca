"""From files to articles: ``walk`` finds raw pages, ``read`` understands one."""

from indexer.sources.article import encoding, first_words, read
from indexer.sources.cleaning.language import quoted
from indexer.sources.files import walk
from indexer.sources.raw import Raw, Skipped

__all__ = ["Raw", "Skipped", "encoding", "first_words", "quoted", "read", "walk"]

#: Raised when an article is read out of a page otherwise than before; see indexing.versions.
VERSION = 3
