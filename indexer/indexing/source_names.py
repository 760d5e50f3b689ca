"""What an outlet is called in Latin letters, for readers of little Arabic."""

import re

from indexer.catalogue.vocabulary import hosts
from indexer.facets.ner.romanise import romanise
from indexer.model import Article
from indexer.sources.cleaning.outlets import KINDS, outlets

_KIND = re.compile(rf"(?:{KINDS})\s+")
_ARABIC = re.compile("[\u0600-\u06ff]")


def latin_source(article: Article) -> str:
    """The source's name in the table of outlets; for one that it lacks the host, else letters.

    Empty for an article without a source.
    """
    source = article.source
    if not source:
        return ""
    if known := outlets().named(source):
        return known.name_en
    if not _ARABIC.search(source):
        return source
    return next(iter(hosts(article.url or "")), "") or romanise(_KIND.sub("", source, count=1))
