"""Where a name really begins and ends, whoever found it, and whether it is a person's at all.

The model may see a name across a quotation mark, with what is said of the dead behind it, or with
a particle before it, and takes clubs and firms that are spoken of as people are for people.
"""

import re
from collections.abc import Sequence

from indexer.facets.gazetteer.known_people import FIRST_HALVES, SECOND_HALVES, key
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.ner.arbitration import BY_MODEL
from indexer.facets.ner.boundaries import (
    ALI,
    ANNA,
    ENDINGS,
    FIRST_LINKS,
    FOREIGN,
    LINKS,
    NOT_NAMES,
    QUOTES,
)
from indexer.facets.ner.mention import NOBODY, NameMention
from indexer.facets.ner.surroundings import ADJECTIVES, NAMED_AFTER, TABLE, is_phrase
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.unseen import is_inflected
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.text.lexicon import default_lexicon

NOBODIES, FIRM_WORDS = words("nobodies", TABLE), words("firm-words", TABLE)
WHOLE, BLESSINGS = words("whole-names", TABLE), words("blessings", TABLE)
IDIOMS = words("idioms", TABLE)
NO_PART = words("not-names", TABLE)
SURNAMES, NO_SURNAMES = words("surnames-too", TABLE), words("no-surnames", TABLE)
SAID, TELLING = words("said"), words("telling", TABLE)
RANKS = words("ranks-of-faith", TABLE)
#: «أبان» (showed) and «كريمة» (daughter of) are given names, too.
SHOWED, DAUGHTER = "ابان", "كريمه"
CLOSING = tuple('"”“»')
#: Rules that may begin with the father's name, and what is between it and his child's.
CUT, SONS = frozenset({BY_MODEL, "given-name"}), frozenset({"بن", "بنت"})
#: Before the name of a child these make one name with it.
KUNYAS = frozenset({"ابو", "ابي", "ابا"})
#: Before the name of a forefather these make a tribe's, or that of its land: «بني حسن».
TRIBE = frozenset({"بني", "بنو"})
#: Longer words in «ا» may be what somebody is done or made to: «محمد عساف مغنيا».
LONG = 4
#: Letters that only end words: where they don't, two words ran together, «أرطأةعبدالله».
_GLUED = re.compile("[\u0629\u0649][\u0622-\u064a]")
#: The ending of what is done or how, «حنفي مكرماً»; a name behind another has none.
_TANWIN = ("\u064b\u0627", "\u0627\u064b")
#: What may stand between the words of a name.
_BETWEEN = re.compile(r"[ \u00a0\t]*(?:[-‐.'’][ \u00a0]*)?|\n")


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
    if mention.rule == BY_MODEL and (
        any(base in NAMED_AFTER for base in _bases(own[0], word_classes))
        or _is_in_firm(mention)
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


def trimmed(mention: NameMention, word_classes: WordClasses) -> NameMention | None:
    """The mention without what does not belong to the name; None if no name is left."""
    if mention.known:
        return mention
    mention = _with_father(_unled(mention, word_classes), word_classes)
    mention = _with_kunya(_with_ali(_begun(mention, word_classes), word_classes))
    mention = _reaching(mention, word_classes)
    words, end = mention.part.words, mention.end
    for at in range(mention.start + 1, mention.end):
        if _begins_another(mention, at, word_classes):
            end = at
            break
        blessed = words[at] in BLESSINGS and words[at + 1 : at + 2] == ["الله"]
        plain = words[at].startswith("ال") and words[at] in NO_PART
        plain = plain or _is_behind(mention.part, at, mention.end, word_classes)
        if blessed or plain or not _BETWEEN.fullmatch(mention.part.before(at)):
            end = at
            break
    if end == mention.end:
        return mention
    kept = key([mention.words[0], *words[mention.start + 1 : end]])
    if len(kept) < 2 and not mention.title:
        return None
    return mention._replace(end=end, words=kept)


def _begins_another(mention: NameMention, at: int, word_classes: WordClasses) -> bool:
    """«صبا مبارك وآسر ياسين», «معن الخضري عبد العزيز التكروني»: two names, no sign between."""
    part, word, last = mention.part, mention.part.words[at], mention.part.words[at - 1]
    printed = part.word(at)
    if printed[:1] == "و" and printed[1:2] in ("أ", "إ", "آ"):
        return True
    if not last.startswith("ال") or at - mention.start < 2 or last in SECOND_HALVES:
        return False
    if part.words[at - 2] in LINKS or part.words[at - 2] in FIRST_HALVES:
        return False
    given = word in FIRST_HALVES or (word_classes.get(word).given and not word.startswith("ال"))
    rest = part.words[at + 1 + (word in FIRST_HALVES) : mention.end]
    return given and bool(rest) and rest[-1].startswith("ال")


def _is_behind(part: AnnotatedPart, at: int, end: int, word_classes: WordClasses) -> bool:
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
    base = word_classes.get(word.removesuffix("ا"))
    if word.endswith("ا") and base.ordinary and not base.possible and len(word) > LONG:
        return True
    return word.endswith(("ها", "هم", "كم", "اته")) and is_inflected(word, part.word(at))


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
    if told:  # «وأكّد العتيبي», which «واكد» is written like
        return True
    if word in RANKS and at + 2 < len(part.words) and next_class.possible:  # «الملا سراج الدين»
        return True
    if word.removeprefix("و") == SHOWED and part.word(at).removeprefix("و").startswith("أ"):
        return True  # «وأبان الصباغ أن»
    if word == DAUGHTER and at and part.words[at - 1] == "من":
        return True  # «من كريمة سعد العتيق»
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
    return mention._replace(start=at, words=(ALI, *mention.words))


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


def _reaching(mention: NameMention, word_classes: WordClasses) -> NameMention:
    """The mention with the surname behind it: «عبدالله بن سعود المعيقل», that no table knows."""
    part, end = mention.part, mention.end
    if end >= len(part.words) or part.gap(end - 1) != " ":
        return mention
    if end in part.matches.titles or end in part.matches.things or part.tokens[end].word.stop:
        return mention
    word, last, before = part.words[end], part.words[end - 1], part.words[end - 2]
    longer = mention._replace(end=end + 1, words=(*mention.words, word))
    closed = part.gap(end).strip() != ""
    if _is_foreign_behind(part, end, word_classes):
        return longer
    if end - mention.start < 2 or not word.startswith("ال") or len(word) < 5 or not word.isalpha():
        return mention
    if word in NO_SURNAMES or (
        last.startswith("ال") and last not in SECOND_HALVES and before not in LINKS
    ):
        return mention
    given = word_classes.get(last).given
    if before == "بن" and given and closed:  # «متعب بن ناصر المتعب،»
        return longer
    return longer if _is_surname(word, word_classes, son=before == "بن", given=given) else mention


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
