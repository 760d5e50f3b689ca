"""Whether a name is a person's at all, whoever found it.

The model takes clubs and firms that are spoken of as people are for people, and rules take two
nouns in a row for a name that begins like one.
"""

import re
from collections.abc import Sequence

from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.ner.arbitration import BY_MODEL
from indexer.facets.ner.boundaries import ENDINGS, QUOTES
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.surroundings import ADJECTIVES, NAMED_AFTER, TABLE, is_phrase
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.tables import words

NOBODIES, FIRM_WORDS = words("nobodies", TABLE), words("firm-words", TABLE)
IDIOMS = words("idioms", TABLE)
CLOSING = tuple('"”“»')
#: Before the name of a forefather these make a tribe's, or that of its land: «بني حسن».
TRIBE = frozenset({"بني", "بنو"})
#: Letters that only end words: where they don't, two words ran together, «أرطأةعبدالله».
_GLUED = re.compile("[\u0629\u0649][\u0622-\u064a]")


def is_nobody(mention: NameMention, word_classes: WordClasses) -> bool:
    """Whether a name is that of a club, a firm or a sum: «تشيلسي», «تريليون دولار»."""
    if mention.known:
        return False
    own = mention.part.words[mention.start : mention.end]
    if own[0] in NOBODIES and all(word in NOBODIES or word in ADJECTIVES for word in own):
        return True
    if (len(own) == 1 and own[0] in ENDINGS) or _is_club(mention):
        return True
    part = mention.part
    if own[0].removeprefix("و") in TRIBE or own[0].startswith("بال"):
        return True
    if any(_GLUED.search(part.word(at)) for at in range(mention.start, mention.end)):
        return True
    if (mention.rule == BY_MODEL or len(own) == 1) and _is_in_firm(mention):
        return True
    if mention.rule == BY_MODEL and (
        any(base in NAMED_AFTER for base in _bases(own[0], word_classes))
        or own[0] == "الله"
        or own[0].startswith("لل")
        or _is_quoted(mention)
        or _is_anybodys_son(own, word_classes)
    ):
        return True
    if not mention.title and len(own) == 2 and _is_idiom(mention, word_classes):
        return True
    return not FIRM_WORDS.isdisjoint(own) or all(
        word in NOBODIES or own_word in NOBODIES
        for word, own_word in zip(mention.words, own, strict=False)
    )


def _bases(word: str, word_classes: WordClasses) -> list[str]:
    """A word, and what is under its particles if it is no name: «لشركة كاسيو»."""
    if word_classes.get(word).possible:
        return [word]
    return [base for base, _ in possible_bases(word)]


def _is_in_firm(mention: NameMention) -> bool:
    """Whether the name goes on as a firm's: «أندروز أند روبرتسون», «أرفيست بريفات بانك»."""
    part, before, end = mention.part, mention.start - 1, mention.end
    if before >= 0 and part.gap(before) == " " and part.words[before] in FIRM_WORDS:
        return True
    return end < len(part.words) and part.gap(end - 1) == " " and part.words[end] in FIRM_WORDS


def _is_club(mention: NameMention) -> bool:
    """«نظيره ليرس البلجيكي»: a nation's adjective stands before a person and behind a club."""
    part, end = mention.part, mention.end
    thing = part.matches.things.get(end)
    if end - mention.start > 1 or thing is None or part.gap(end - 1) != " ":
        return False
    return thing.entries[0].kind == "adjective" and part.words[end].startswith("ال")


def _is_idiom(mention: NameMention, word_classes: WordClasses) -> bool:
    """«جمعة مباركة», «أسماء التجار»: a noun and another that is hardly a name."""
    given = mention.part.words[mention.start].removeprefix("و")
    return given in IDIOMS and is_phrase(mention.part, mention.start, given, word_classes)


def _is_quoted(mention: NameMention) -> bool:
    """Whether a name stands between quotes, as a firm's, a paper's or a film's."""
    part = mention.part
    return part.before(mention.start)[-1:] in QUOTES and part.gap(mention.end - 1)[:1] in CLOSING


def _is_anybodys_son(own: Sequence[str], word_classes: WordClasses) -> bool:
    """«ابن الستيني», «ابن للشريف»; but «ابن الرومي»."""
    if own[0] != "ابن" or len(own) < 2:
        return False
    father = own[1]
    plain = father.startswith("ال") and not word_classes.get(father).possible
    return plain or father.startswith("لل")
