"""Titles behind the names of those who rule: «هارالد ملك النرويج», «ألبير أمير موناكو».

«أمير», «ملك», «شيخ» and «قائد» are names as well, «عبده قائد»; so one is a title only before what
is ruled: a country, or what an ordinary word with the article names.
"""

from indexer.facets.ner.boundaries import LINKS
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

#: The rule of a single name that a country behind vouches for.
RULER = "ruler"
RULING = words("ruling", "role_words.tsv")
OF_PLACE = words("of-place")
_PLACES = frozenset({"name", "capital", "city", "place", "shared", "cautious"})


def without_title(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention without a title at its end; of a ruler, with the title as the role."""
    part, at = mention.part, mention.end - 1
    if at <= mention.start or mention.known or part.words[at] not in RULING:
        return mention
    if mention.words[-1:] != (part.words[at],) or at + 1 >= len(part.words):
        return mention
    if part.gap(at) != " " or part.words[at - 1] in LINKS:  # «فهد بن سلطان»
        return mention
    end = _end_of_country(part, at + 1)
    if not end and not _is_ruled(part, at + 1, word_classes):
        return mention
    shorter = mention._replace(end=at, words=mention.words[:-1])
    if end and mention.title == "royal":
        role = mention.role or part.printed(at, end)
        return shorter._replace(rule=RULER, role=role)
    return shorter


def _end_of_country(part: AnnotatedPart, at: int) -> int:
    """Where the country that begins at a word ends; 0: none does."""
    thing = part.matches.things.get(at)
    if thing is None or thing.particles or thing.entries[0].facet != "countries":
        return 0
    return thing.end if thing.entries[0].kind in _PLACES else 0


def _is_ruled(part: AnnotatedPart, at: int, word_classes: WordClasses) -> bool:
    """«شيخ القبيلة», «أمير منطقة», but «قائد الحميري»."""
    word, thing = part.words[at], part.matches.things.get(at)
    if word in OF_PLACE:
        return True
    if thing is not None:
        return not thing.particles and thing.entries[0].kind not in ("adjective", "faint", "people")
    word_class = word_classes.get(word)
    return word.startswith("ال") and word_class.ordinary and not word_class.possible
