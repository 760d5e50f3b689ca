"""What the words around a word show it to be, where it could be part of a person's name."""

from indexer.facets.gazetteer.known_people import SECOND_HALVES
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

TABLE = "name_words.tsv"
NAMED_AFTER = words("named-after") | words("named-after", TABLE)
BODIES = words("bodies", TABLE)
WEEKDAYS, OF_TIME = words("weekdays", TABLE), words("of-time", TABLE)
NOUN_NAMES = words("noun-names", TABLE)
LINKS, TITLE_SURNAMES = words("links"), words("title-surnames")
ADJECTIVES = words("office-adjectives")


def is_named_after(part: AnnotatedPart, at: int, *, titled: bool = False) -> bool:
    """Whether the name at a word is that of a street, a school or a prize."""
    if at == 0 or part.before(at).strip(' "«“'):
        return False
    before = possible_bases(part.words[at - 1])
    if titled:  # «جامعة الأمير سطام», but «من الشركة م. خالد العمري»
        return any(base in NAMED_AFTER for base, _ in before)
    return any(base.removeprefix("ال") in NAMED_AFTER for base, _ in before)


def is_body(part: AnnotatedPart, at: int) -> bool:
    """Whether a party's or a club's name begins at a word: «رئيس حزب النور يونس مخيون»."""
    if part.words[at - 1] not in BODIES or part.gap(at - 1) != " ":
        return False
    return at + 1 < len(part.words) and part.gap(at) == " "


def is_phrase(part: AnnotatedPart, at: int, given: str, word_classes: WordClasses) -> bool:
    """Whether a given name that is a noun has another noun behind it: «تيسير فتح الطرق»."""
    word, behind = part.words[at + 1], word_classes.get(part.words[at + 1])
    if given not in NOUN_NAMES or not behind.ordinary or at + 1 in part.matches.things:
        return False
    if word == "علي" or word in LINKS or word in SECOND_HALVES:
        return False
    return not (behind.possible and word.startswith("ال") and word.endswith("ي"))


def is_date(part: AnnotatedPart, at: int) -> bool:
    """Whether a day of the week is no surname: «سعود الخميس الماضي»."""
    if part.words[at] not in WEEKDAYS:
        return False
    behind = part.words[at + 1] if at + 1 < len(part.words) else ""
    return behind in OF_TIME or (at > 0 and part.words[at - 1] == "يوم")


def is_office(part: AnnotatedPart, at: int, word_classes: WordClasses) -> bool:
    """Whether an office of two words begins where one may be a name: «الأمين العام»."""
    title = part.matches.titles.get(at)
    if title is not None and title.end > at + 1:
        return not word_classes.get(part.words[at + 1]).possible
    behind = part.words[at + 1] if at + 1 < len(part.words) else ""
    return part.words[at] == "الامين" and behind in ADJECTIVES


def is_title(part: AnnotatedPart, at: int, word_classes: WordClasses) -> bool:
    """Whether a title that is no name stands behind a link: «عالية بنت العاهل الأردني»."""
    word, title = part.words[at], part.matches.titles.get(at)
    if title is None or title.particles or not word.startswith("ال") or word in TITLE_SURNAMES:
        return False
    return not word_classes.get(word).possible
