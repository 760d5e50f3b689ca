"""Bylines: names of writers and photographers are not people of the story."""

import re

from indexer.facets.gazetteer.known_people import key
from indexer.facets.ner.mention import NameMention
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.model import Article

CREDITS = words("byline")
#: Signs that part a writer's name from a place or an outlet: «بغداد/إبراهيم صالح/الأناضول».
_PARTS = ("-", "–", "—", "ـ", "/", ":", "(", "|", "\n")
#: A byline stands among the first words of a text, and in a short line.
FIRST_WORDS, LINE_WORDS = 16, 4


def signs(mention: NameMention, article: Article) -> bool:
    """Whether the name at ``mention`` signs the article rather than belongs to its story."""
    if article.author and len(mention.words) > 1 and _same(key(article.author), mention.words):
        return True
    return _is_credited(mention) or (mention.rule == "given-name" and _opens_text(mention))


def _same(author: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether the words of a name stand together in what is known of the author."""
    return any(author[at : at + len(name)] == name for at in range(len(author)))


def _is_credited(mention: NameMention) -> bool:
    """«تصوير: عبدالله الفهد», «كتب - محمد سالم»."""
    if mention.start == 0 or mention.part.words[mention.start - 1] not in CREDITS:
        return False
    if any(sign in mention.part.before(mention.start) for sign in _PARTS):
        return True
    return _fills_line(mention.part, mention.start - 1, mention.end)


def _fills_line(part: AnnotatedPart, start: int, end: int) -> bool:
    """Whether a line holds nothing else: «تصوير محمود الرفاعي»."""
    before, after = part.before(start), part.gap(end - 1)
    return ("\n" in before or start == 0) and ("\n" in after or end == len(part.words))


def _opens_text(mention: NameMention) -> bool:
    """Whether the name stands at the head of the text, parted from it as bylines are."""
    part = mention.part
    if part.name == "title" or mention.start > FIRST_WORDS:
        return False
    line = part.text.rfind("\n", 0, part.tokens[mention.start].start) + 1
    before = part.text[line : part.tokens[mention.start].start].rstrip(" ")
    if len(re.findall(r"\w+", before)) > LINE_WORDS or (before and not before.endswith(_PARTS)):
        return False
    return part.gap(mention.end - 1).lstrip(" \u00a0").startswith(_PARTS)
