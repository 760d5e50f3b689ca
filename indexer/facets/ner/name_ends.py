"""Where a name ends that the model or a rule let go on too far, or not far enough."""

from indexer.facets.gazetteer.known_people import FIRST_HALVES, SECOND_HALVES
from indexer.facets.ner.boundaries import ALI, FOREIGN, LINKS, NOT_NAMES
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.surroundings import TABLE
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.unseen import is_glued, is_inflected
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.text.lexicon import default_lexicon

SURNAMES, NO_SURNAMES = words("surnames-too", TABLE), words("no-surnames", TABLE)
TRIBES, SLAVE = words("tribes", TABLE), "العبد"
#: Classes of words that Arabs are called by.
OTHER_NAMES = frozenset("ghst")
#: Longer words in «ا» may be what somebody is done or made to: «محمد عساف مغنيا».
LONG = 4
#: The ending of what is done or how, «حنفي مكرماً»; a name behind another has none.
_TANWIN = ("\u064b\u0627", "\u0627\u064b")


def begins_another(mention: NameMention, at: int, word_classes: WordClasses) -> bool:
    """«صبا مبارك وآسر ياسين», «معن الخضري عبد العزيز التكروني»: two names, no sign between."""
    part, word, last = mention.part, mention.part.words[at], mention.part.words[at - 1]
    printed = part.word(at)
    if printed[:1] == "و" and printed[1:2] in ("أ", "إ", "آ"):
        return True
    if word[0] == "و" and word not in word_classes and word_classes.get(word[1:]).certain:
        return True
    if not last.startswith("ال") or at - mention.start < 2:
        return False
    if last in SECOND_HALVES or last in LINKS or part.words[at - 2] in LINKS:
        return False
    if part.words[at - 2] in FIRST_HALVES:
        return False
    given = word in FIRST_HALVES or (word_classes.get(word).given and not word.startswith("ال"))
    rest = part.words[at + 1 + (word in FIRST_HALVES) : mention.end]
    return given and bool(rest) and rest[-1].startswith("ال")


def is_no_more(mention: NameMention, at: int, word_classes: WordClasses) -> bool:
    """«سلمان بيت علم», «محمد أقسم», «ديك ديربن المؤيد للاتفاق», «محمد 0555»."""
    part, word, end = mention.part, mention.part.words[at], mention.end
    if word.isnumeric():
        return True
    if word.startswith("الم") and at == end - 1 > mention.start + 1 and part.gap(at) == " ":
        return part.words[at + 1].startswith("لل") if at + 1 < len(part.words) else False
    if part.words[at - 1] in LINKS or word in LINKS or word.startswith("ال"):
        return False
    title = part.matches.titles.get(at)
    if title and title.end == end and end - mention.start > 2 and part.gap(at) == " ":
        behind = part.words[end] if end < len(part.words) else ""
        return behind.startswith("ال") or end in part.matches.things
    if part.words[at + 1 : at + 2] and part.words[at + 1] in SECOND_HALVES:  # «عصام زهر الدين»
        return False
    first, own = word_classes.get(mention.words[0]), word_classes.get(word)
    arab = first.given and "s" in first.classes
    return arab and own.ordinary and OTHER_NAMES.isdisjoint(own.classes) and word != ALI


def is_behind(part: AnnotatedPart, at: int, end: int, word_classes: WordClasses) -> bool:
    """Whether a word is no part of the name before it, which ends at ``end``.

    «زهرة بـ», «أنيس منصور ل», «زيد احتفالها», «حنفي مكرماً».
    """
    word = part.words[at]
    if len(word) == 1:
        return at == end - 1 or "ـ" in part.text[part.tokens[at].end - 1 : part.tokens[at].end + 1]
    token = part.tokens[at]
    if part.text[token.start : token.end + 1].endswith(_TANWIN) or part.word(at).endswith(_TANWIN):
        return True
    if word in word_classes or word in LINKS:
        return False
    if is_glued(word, part.word(at), word_classes):
        return True
    base = word_classes.get(word.removesuffix("ا"))
    if word.endswith("ا") and base.ordinary and not base.possible and len(word) > LONG:
        return True
    return word.endswith(("ها", "هم", "كم", "اته", "يته")) and is_inflected(word, part.word(at))


def reaching(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention with the surname behind it: «عبدالله بن سعود المعيقل», that no table knows."""
    part, end = mention.part, mention.end
    if end >= len(part.words) or part.gap(end - 1) != " ":
        return mention
    word, last, before = part.words[end], part.words[end - 1], part.words[end - 2]
    longer = mention._replace(end=end + 1, words=(*mention.words, word))
    given, closed = word_classes.get(last).given, part.gap(end).strip() != ""
    # «متعب بن ناصر المتعب،», «ناصر محمد السلطان.»
    fathered = given and closed and (before == "بن" or word_classes.get(before).given)
    fathered = fathered and end - mention.start > 1 and not part.word(end).endswith("ة")
    title = part.matches.titles.get(end)
    office = title and not (fathered and title.entries[0].kind in ("royal", "honorific"))
    if office or end in part.matches.things or part.tokens[end].word.stop:
        return mention
    if _is_foreign_behind(part, end, word_classes):
        return longer
    if (word in TRIBES and last not in TRIBES) or (last == SLAVE and word.startswith("ال")):
        return longer  # «سعد آل عواض عسيري», «مهدي العبد الإله»
    if end - mention.start < 2 or not word.startswith("ال") or len(word) < 5 or not word.isalpha():
        return mention
    if word in NO_SURNAMES or (
        last.startswith("ال") and last not in SECOND_HALVES and before not in LINKS
    ):
        return mention
    if (fathered and word not in NOT_NAMES) or _is_surname(
        word, word_classes, son=before == "بن", given=given
    ):
        return longer
    return mention


def _is_foreign_behind(part: AnnotatedPart, at: int, word_classes: WordClasses) -> bool:
    """Whether a word that nobody knows goes on with a foreign name: «باندانا باخلا»."""
    word, last = part.words[at], word_classes.get(part.words[at - 1])
    if last.known and (last.given or "f" not in last.classes):
        return False
    if not _is_unheard(word, word_classes) or len(word) < 4 or not word.isalpha():
        return False
    score = default_trigrams().score(word)
    if score < FOREIGN or word.startswith("ال") or is_inflected(word, part.word(at)):
        return False
    led = word[0] in "وفبلك"
    return not led or (
        _is_unheard(word[1:], word_classes) and default_trigrams().score(word[1:]) <= score
    )


def _is_unheard(word: str, word_classes: WordClasses) -> bool:
    return word not in word_classes and default_lexicon().known(word) is None


def _is_surname(word: str, word_classes: WordClasses, *, son: bool, given: bool) -> bool:
    """Whether a word with the article is a surname behind a father's name or a given name."""
    word_class = word_classes.get(word)
    if word_class.known:
        return son and (word_class.certain or word in SURNAMES)
    if word.endswith(("ين", "ون", "ات", "يه")):
        return False
    return son or (given and default_lexicon().known(word) is None)
