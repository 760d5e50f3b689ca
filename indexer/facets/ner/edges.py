"""Where a name really begins and ends, whoever found it.

The model may see a name across a quotation mark, with what is said of the dead behind it, or with
a particle before it.
"""

import re

from indexer.facets.gazetteer.known_people import FIRST_HALVES, key
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.ner.arbitration import BY_MODEL
from indexer.facets.ner.boundaries import ALI, ANNA, FIRST_LINKS, LINKS, NOT_NAMES
from indexer.facets.ner.mention import NOBODY, NameMention
from indexer.facets.ner.name_ends import begins_another, is_behind, is_no_more, reaching
from indexer.facets.ner.nobodies import NOBODIES
from indexer.facets.ner.surroundings import TABLE
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

WHOLE, BLESSINGS = words("whole-names", TABLE), words("blessings", TABLE)
NO_PART = words("not-names", TABLE)
SAID, TELLING = words("said"), words("telling", TABLE)
RANKS, WEDDING = words("ranks-of-faith", TABLE), words("before-a-bride", TABLE)
#: «أبان» (showed), «كريمة» (daughter of) and «فإن» (then) are names, too.
SHOWED, DAUGHTER, THEN = "ابان", "كريمه", "فان"
#: Rules that may begin with the father's name, and what is between it and his child's.
CUT, SONS = frozenset({BY_MODEL, "given-name"}), frozenset({"بن", "بنت"})
#: Before the name of a child these make one name with it.
KUNYAS = frozenset({"ابو", "ابي", "ابا"})
#: What may stand between the words of a name.
_BETWEEN = re.compile(r"[ \u00a0\t]*(?:[-‐.'’][ \u00a0]*)?|\n")


def trimmed(mention: NameMention, word_classes: WordClasses) -> NameMention | None:
    """The mention without what does not belong to the name; None if no name is left."""
    if mention.known:
        return mention
    mention = _with_father(_unled(mention, word_classes), word_classes)
    mention = _with_kunya(_with_ali(_begun(mention, word_classes), word_classes))
    mention = reaching(mention, word_classes)
    words, end = mention.part.words, mention.end
    for at in range(mention.start + 1, mention.end):
        if begins_another(mention, at, word_classes) or is_no_more(mention, at, word_classes):
            end = at
            break
        blessed = words[at] in BLESSINGS and words[at + 1 : at + 2] == ["الله"]
        plain = words[at].startswith("ال") and words[at] in NO_PART
        plain = plain or is_behind(mention.part, at, mention.end, word_classes)
        if blessed or plain or not _BETWEEN.fullmatch(mention.part.before(at)):
            end = at
            break
    if end == mention.end:
        return mention
    kept = key([mention.words[0], *words[mention.start + 1 : end]])
    if len(kept) < 2 and not mention.title:
        return None
    return mention._replace(end=end, words=kept)


def _unled(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention without a word before the name: «الأورغواياني خورخي داسيلفا», «بأن بيرسون»."""
    part, at = mention.part, mention.start
    first = part.words[at]
    shows = first.removeprefix("و") == SHOWED
    whole = (shows or mention.words[0] == first) and at + 1 < mention.end
    if not whole or not _leads(part, at, word_classes):
        return mention
    return mention._replace(start=at + 1, words=key(part.words[at + 1 : mention.end]))


def _leads(part: AnnotatedPart, at: int, word_classes: WordClasses) -> bool:
    """Whether a word belongs to no name and another word behind it begins one."""
    word, behind = part.words[at], part.words[at + 1]
    if word in ANNA or word == ALI or word in FIRST_LINKS or word in WHOLE:
        return False
    word_class, next_class = word_classes.get(word), word_classes.get(behind)
    stop = part.tokens[at].word.stop and len(word) > 2 and word != "دون"
    if stop and not word_class.possible and word not in LINKS:
        return True
    if word.isascii() or word in TELLING:  # «Previous أحمد حجازي», «ابنه الصغير سالم»
        return True
    told = word[0] == "و" and word[1:] in SAID and part.word(at)[1] in "أإ"
    then = word == THEN and part.word(at)[1] in "أإ"
    if told or then:  # «وأكّد العتيبي», which «واكد» is written like; «فإن ستيفانو»
        return True
    if word in RANKS and at + 2 < len(part.words) and next_class.possible:  # «الملا سراج الدين»
        return True
    if word.removeprefix("و") == SHOWED and part.word(at).removeprefix("و").startswith("أ"):
        return True  # «وأبان الصباغ أن»
    if word == DAUGHTER and at and part.words[at - 1] in WEDDING:
        return True  # «من كريمة سعد العتيق», «بزفاف كريمة سعد العتيق»
    if word.startswith("لل") and not word_class.possible and next_class.certain:
        return True  # «رئيس الاتحاد السعودي للسهام سعد العتيق»
    longer = at + 2 < len(part.words) and part.gap(at + 1) == " "
    if word in NOBODIES and longer and not word_class.possible and next_class.certain:
        return True  # «يونايتد باستيان شفاينشتايغر»
    article = behind.startswith("ال") and part.word(at + 1)[0] not in "أإآ"
    if article or behind in LINKS or word_class.possible:
        return False
    if not word_class.known and word[0] in "لبف":  # «لعلامة ترامب»
        base = word_classes.get(word[1:])
        return base.ordinary and not base.possible
    nisba = word.startswith("ال") and word.endswith("ي")  # a nation's or a club's
    return nisba and (next_class.certain or not next_class.known)


def _begun(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention with its first word as it is: «بنايف هزازي» is «نايف», «وليام» no «ليام»."""
    printed, first = mention.part.words[mention.start], mention.words[0]
    if printed in WHOLE and first != printed:
        return mention._replace(words=(printed, *mention.words[1:]))
    if not first.startswith(printed) or word_classes.get(printed).possible:
        return mention
    if mention.end - mention.start < 2:
        return mention
    for base, particles in possible_bases(printed)[1:]:
        classes = word_classes.get(base).classes
        begins = base in FIRST_LINKS or base in FIRST_HALVES or {"g", "s"} <= set(classes)
        if (particles == "و" or len(base) > 3) and begins and not base.startswith("ال"):
            behind = mention.part.words[mention.start + 1 : mention.end]
            return mention._replace(words=key([base, *behind]))
    return mention


def _with_father(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention with the given name before «بن»: «المستورد بن شداد», but «بن لو برون»."""
    part, at = mention.part, mention.start - 1
    if at > 0 and mention.rule in CUT and part.words[at] in SONS and part.gap(at) == " ":
        given = part.words[at - 1]
        if part.gap(at - 1) == " " and word_classes.get(given).possible and given not in NOT_NAMES:
            return mention._replace(start=at - 1, words=(given, part.words[at], *mention.words))
    if at < 0 or mention.rule != BY_MODEL or mention.words[0] != "بن" or part.gap(at) != " ":
        return mention
    word, father = part.words[at], word_classes.get(part.words[mention.start + 1])
    if part.words[mention.start] != "بن" or father.classes == "f":
        return mention
    if at in part.matches.titles or at in part.matches.things or part.tokens[at].word.stop:
        return mention
    if word in NOT_NAMES or word in SAID or not word.isalpha() or len(word) < 3:
        return mention
    return mention._replace(start=at, words=(word, *mention.words))


def _with_ali(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention with «and Ali» before it: «وعلي حسين العوامي», where «على» is printed apart."""
    part, at = mention.part, mention.start - 1
    if at < 0 or part.words[at] not in (ALI, f"و{ALI}") or part.gap(at) != " ":
        return mention
    told = part.word(at).endswith("ي") and "على" in part.text
    son = part.words[mention.start] in SONS and mention.rule != NOBODY
    if not (told and word_classes.get(mention.words[0]).given) and not (
        son and part.word(at).endswith("ي")
    ):
        return mention
    role = mention.role.removesuffix(f" {ALI}")
    return mention._replace(start=at, words=(ALI, *mention.words), role=role)


def _with_kunya(mention: NameMention) -> NameMention:
    """The mention with «father of» before it: «أبو فهد سلمان», «كأبي يعقوب الكندي»."""
    part, at = mention.part, mention.start - 1
    if at < 0 or mention.rule not in CUT or part.gap(at) != " ":
        return mention
    if mention.words[0] != part.words[mention.start]:
        return mention
    for base, _ in possible_bases(part.words[at]):
        if base in KUNYAS:
            behind = part.words[mention.start : mention.end]
            return mention._replace(start=at, words=key([base, *behind]))
    return mention
