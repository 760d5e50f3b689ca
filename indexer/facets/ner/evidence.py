"""Whether enough speaks for a person whom no table knows and an article names in passing.

A wrong person costs more trust than a missing one. How sure the model has to be depends on how
well the words of the name support each other: of a known given name and a known surname it need
not be, of a foreign word that stands alone without a title, very much so. On held out folds of
ANERcorp's training part half of the names of which it is least sure are wrong, one in twenty of
all (``benchmarks/quality/names.py``).
"""

from collections.abc import Sequence
from enum import IntEnum

from indexer.facets.gazetteer.known_people import SON
from indexer.facets.ner.boundaries import LINKS, NAMELIKE, NOUN_NAMES
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.ruling import RULER
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.word_classes import WordClass, WordClasses
from indexer.facets.tables import words as word_list

SAID, ADJECTIVES = word_list("said"), word_list("office-adjectives")
#: A name that stands more often in an article is more than a slip.
PASSING = 2
#: A title before an adjective has at most so many words.
LONGEST_TITLE = 4
#: Beginnings of given names of the Arabs made of two words.
_COMPOUND = ("عبد", "ابو")


class Support(IntEnum):
    """How well the words of a name support each other."""

    NONE = 0  # «بطلان فتوى», «مالكولم»
    LITTLE = 1  # «إلهام معين», «الدكتور الخرازعي»
    SOME = 2  # «ستير أباوت», «المدرب شتاينهاور»
    FAIR = 3  # «المستورد بن شداد», «سالم الكعنكي», «السيد غيوم موكاندا»
    MUCH = 4  # «رئيس الوزراء راسل دلاميندي»
    FULL = 5  # «سالم الحربي», «الشاعر مرعي الكعنكي»


#: How sure the model has to be of names with so much support.
LEAST = {
    Support.NONE: 0.9,
    Support.LITTLE: 0.8,
    Support.SOME: 0.65,
    Support.FAIR: 0.5,
    Support.MUCH: 0.35,
    Support.FULL: 0.0,
}


def is_enough(
    words: Sequence[str],
    mentions: Sequence[NameMention],
    word_classes: WordClasses,
    listed: bool,
) -> bool:
    """Whether the model is as sure of a name with these words as their support demands.

    A name that is ``listed`` stands beside another one.
    """
    titled = any(mention.rule == RULER or _is_titled(mention) for mention in mentions)
    given = support(words, word_classes, titled=titled)
    if given and (listed or any(map(_is_vouched_for, mentions))):
        given = Support(min(given + 1, Support.FULL))
    return max(mention.seen or 0.0 for mention in mentions) >= LEAST[given]


def _is_titled(mention: NameMention) -> bool:
    """Whether a title leads a name, with an adjective or without: «رئيس الوزراء الأسبق»."""
    if mention.title:
        return True
    titles, at = mention.part.matches.titles, mention.start
    if at and mention.part.words[at - 1] in ADJECTIVES:
        at -= 1
    longest = range(max(at - LONGEST_TITLE, 0), at)
    return any(start in titles and titles[start].end == at for start in longest)


def _is_vouched_for(mention: NameMention) -> bool:
    """Whether somebody speaks, is of a country, or has an office behind the name."""
    part, before = mention.part, mention.start - 1
    if before >= 0 and part.gap(before) == " ":
        thing, word = part.matches.things.get(before), part.words[before]
        if word in SAID or word in ADJECTIVES or (thing and thing.entries[0].kind == "adjective"):
            return True
    return mention.end in part.matches.titles


def support(words: Sequence[str], word_classes: WordClasses, *, titled: bool) -> Support:
    """How well the words of a name support each other; ``titled`` behind a title."""
    own = [word for word in words if word not in SON and word not in LINKS]
    classes = [word_classes.get(word) for word in own]
    names = [_is_name(word, one) for word, one in zip(own, classes, strict=True)]
    if len(own) < 2:
        return _single(words[0], titled=titled)
    article = own[-1].startswith("ال")
    plain = classes[:-1] if article else classes
    ordinary = any(one.known and not one.possible for one in plain)
    if titled:
        if any(one.certain for one in classes):
            return Support.FULL
        return Support.FAIR if ordinary else Support.MUCH
    if not SON.isdisjoint(words) and names[-1]:
        return Support.FAIR if ordinary else Support.MUCH
    if ordinary:
        return Support.NONE
    if own[0].startswith(_COMPOUND) or (classes[0].given and own[0] not in NOUN_NAMES):
        if all(names[1:]):
            return Support.FULL
        if names[-1] or article:
            return Support.FAIR
    return Support.SOME if all(names) else Support.LITTLE


def _single(word: str, *, titled: bool) -> Support:
    """A nation's or a town's adjective is a surname as well: «الراهب الكلداني»."""
    if not titled:
        return Support.NONE
    return Support.LITTLE if word.startswith("ال") else Support.SOME


def _is_name(word: str, word_class: WordClass) -> bool:
    """Whether a word is a name and little else, or has the letters of one."""
    if word_class.known:
        return word_class.certain or word.startswith(_COMPOUND)
    return default_trigrams().score(word) > NAMELIKE
