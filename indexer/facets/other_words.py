"""Names of countries that are other words where they stand.

«مصر» is insistent in «إنه مصر على», «قطر» a diameter in «قطر الأنبوب», «البحرين» two seas in
«البحرين الأحمر والمتوسط»; and «نهر السنغال» is a river of several countries. The words around
decide, ``tables/homographs.tsv`` holds them; where they don't, the name is the country's.
"""

from indexer.facets.gazetteer.known_people import SON
from indexer.facets.gazetteer.matcher import PhraseMatch, is_form_of, possible_bases
from indexer.facets.ner.word_classes import default_word_classes
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

TABLE = "homographs.tsv"
INSISTENT, NOMINAL = words("insistent", TABLE), words("nominal", TABLE)
ROUND, LENGTH = words("round", TABLE), words("length", TABLE)
MEASURED, LAND = words("measured", TABLE), words("land", TABLE)
CLEAR_LENGTH, PLACED = words("clear-length", TABLE), words("placed", TABLE)
SEAS = words("seas", TABLE)
LIMBS, LANGUAGES = words("limbs", TABLE), words("languages", TABLE)
TREATIES, GIVEN = words("treaties", TABLE), words("given", TABLE)
DISTRICTS = words("districts", TABLE)
NEVER, CUP_OF = words("never", TABLE), words("cup", TABLE)
GIVEN_COUNTRIES = words("given-countries", TABLE)
AS_PRINTED, IVORY = words("as-printed", TABLE), words("of-ivory", TABLE)
WATERS, TWO_WATERS = words("waters", TABLE), words("two-waters", TABLE)
#: Kinds of naming by which waters are called.
NAMES = frozenset({"name", "shared", "cautious"})
ADJECTIVES = frozenset({"adjective", "faint"})
CITIES = frozenset({"capital", "city"})
SHADDA = "\u0651"
#: So many words may stand between «قطر» and a unit of length: «بقطر لا يقل عن مئة متر».
MAX_MEASURE = 6
#: So many words a subject may have: «إن الوزير الروسي مصر على».
MAX_SUBJECT = 3
#: So many languages may stand in a row.
MAX_LANGUAGES = 4


def is_other_word(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether the name of a country is another word here, or that of a water."""
    if match.end == match.start + 1:
        if part.words[match.start] in NEVER or _is_bearer(part, match):
            return True
        if part.word(match.start) in AS_PRINTED or _is_ivory(part, match):
            return True
        word = possible_bases(part.words[match.start])
        bases = {base for base, particles in word if particles == match.particles}
        if "مصر" in bases and _is_insistent(part, match):
            return True
        if "كوبا" in bases and _word(part, match.end) in CUP_OF:
            return True
        if "قطر" in bases and _is_diameter(part, match.end):
            return True
        if "البحرين" in bases and _are_seas(part, match.end):
            return True
    kind = match.entries[0].kind
    if kind in ADJECTIVES:
        tests = (_is_language, _is_side, _is_given, _is_surname, _is_district, _is_agency)
        return any(test(part, match) for test in tests)
    if kind in CITIES:
        return "ك" in match.particles or _is_treaty(part, match) or _is_found(part, match)
    return kind in NAMES and _is_water(part, match)


def _is_bearer(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether a country is the given name of somebody whom nobody knows: «تشاد سويت»."""
    behind = _word(part, match.end)
    if part.words[match.start] not in GIVEN_COUNTRIES or part.gap(match.start) != " ":
        return False
    if not behind or match.end in part.matches.things:
        return False
    classes = default_word_classes().get(behind).classes
    return not classes or ("f" in classes and "o" not in classes)


def _is_ivory(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«أبراج عاجية», «أنياب الفيل العاجية», but «الحكومة العاجية»."""
    ivory = part.words[match.start].removesuffix("ه").endswith("عاجي")
    return ivory and match.start > 0 and _is_one(part, match.start - 1, IVORY)


def _is_insistent(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«إنه مصر على الاستقالة», «إن الوزير مصر على», but «إن زيارة الوزير مصر على رأس وفد»."""
    if SHADDA in _marked(part, match.start):
        return True
    if match.particles or _word(part, match.end) != "علي" or not match.start:
        return False
    if _word(part, match.end + 1) == "الاطلاق":
        return False
    at = match.start - 1
    if part.words[at] in INSISTENT:
        return True
    first = max(match.start - MAX_SUBJECT, 0)
    while at > first and part.words[at].startswith("ال") and part.gap(at) == " ":
        at -= 1
    if at < match.start - 1 and part.words[at] in NOMINAL and part.gap(at) == " ":
        return True
    return _opens_with_title(part, at, match.start)


def _opens_with_title(part: AnnotatedPart, at: int, end: int) -> bool:
    """«الرئيس مصر على موقفه» at the beginning of a sentence; «اليوم مصر على موعد» is Egypt."""
    opening = at == 0 or "." in part.before(at) or "\n" in part.before(at)
    article = part.words[at].removeprefix("و").startswith("ال")
    joined = all(part.gap(index) == " " for index in range(at, end))
    return opening and article and joined and at in part.matches.titles


def _is_diameter(part: AnnotatedPart, at: int) -> bool:
    """Whether what is behind «قطر» is round, a length, or shows it to be any land.

    «في قطر نحو 30 كيلومترا عن الدوحة» is the country, and so is «قطر» before «قدم» (presented).
    """
    if part.gap(at - 1) != " ":
        return False
    if _word(part, at) in ROUND or _word(part, at) in LAND:
        return at < 2 or not part.word(at - 2).endswith("ت")  # «أعلنت قطر»
    if at > 1 and part.words[at - 2] in PLACED:
        return False
    for index in range(at, min(at + MAX_MEASURE, len(part.words))):
        if part.words[index] in LENGTH:
            return index > at or part.words[at] in CLEAR_LENGTH
        if not part.words[index].isnumeric() and part.words[index] not in MEASURED:
            return False
    return False


def _are_seas(part: AnnotatedPart, at: int) -> bool:
    """«البحرين الأحمر والمتوسط», «البحرين الأبيض المتوسط والأسود»."""
    if _word(part, at) not in SEAS:
        return False
    behind = at + 2 if _word(part, at + 1) in SEAS else at + 1
    return _word(part, behind)[:1] == "و" and _word(part, behind)[1:] in SEAS


def _is_water(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«خليج غينيا», «نهر الكونغو»; of two, «نهري السنغال والنيجر»."""
    at = match.start - 1
    if match.particles == "و" and at > 0:  # the second of two
        return _is_one(part, at - 1, TWO_WATERS) and part.gap(at) == " "
    return not match.particles and at >= 0 and _is_one(part, at, WATERS)


def _is_language(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«كلمة ألمانية», «للغة الإنجليزية», «باللغة الروسية والألمانية»."""
    at, first = match.start, max(match.start - MAX_LANGUAGES, 0)
    while at > first and part.words[at][:1] == "و" and part.gap(at - 1) == " ":
        at -= 1
    return at > 0 and _is_one(part, at - 1, LANGUAGES)


def _is_given(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«تركي البراهيم», «تركي بن محمد»."""
    behind = _word(part, match.end)
    if not is_form_of(part.words[match.start], GIVEN) or part.gap(match.start) != " ":
        return False
    name = default_word_classes().get(behind)
    return behind in SON or (name.certain if name.known else behind.startswith("ال"))


def _is_surname(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«فؤاد الهندي»: behind a given name of the Arabs."""
    if not match.start or match.particles or part.gap(match.start - 1) != " ":
        return False
    given = default_word_classes().get(part.words[match.start - 1])
    return given.given and "f" not in given.classes


def _is_district(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«حي السويدي», «منطقة السودانية»: no adjective, since the noun has no article."""
    definite = not match.particles and part.words[match.start].startswith("ال")
    return match.start > 0 and definite and _is_one(part, match.start - 1, DISTRICTS)


def _is_agency(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«وكالة (الفرنسية)», «بحسب "الألمانية"»: alone in brackets or quotation marks."""
    alone = part.before(match.start)[-1:] in tuple('("«“') and part.gap(match.end - 1)[:1] in tuple(
        ')"»”'
    )
    return alone and part.words[match.start].startswith("ال")


def _is_side(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«ساقه اليمنى»: the right one is written like a Yemeni where papers dot no final letter."""
    if part.words[match.start] != "اليمني" or not match.start:
        return False
    return part.word(match.start).endswith("ى") and _is_one(part, match.start - 1, LIMBS)


def _is_treaty(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """What is called after the city in which it was signed: «معاهدة لشبونة», «جنيف 1»."""
    if match.start and not match.particles and _is_one(part, match.start - 1, TREATIES):
        return True
    numbered = _word(part, match.end).isnumeric() and len(_word(part, match.end)) == 1
    return numbered and part.gap(match.end - 1).strip() in ("", "-", "»", '"')


def _is_found(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«وجده مستغرقا»: found him, not «and Jeddah»."""
    return match.particles == "و" and part.printed(match.start, match.end) == "وجده"


def _is_one(part: AnnotatedPart, at: int, of: frozenset[str]) -> bool:
    return part.gap(at) == " " and is_form_of(part.words[at], of)


def _word(part: AnnotatedPart, at: int) -> str:
    return part.words[at] if at < len(part.words) else ""


def _marked(part: AnnotatedPart, at: int) -> str:
    """The word with the marks behind its last letter, where these are no part of the token."""
    token = part.tokens[at]
    return part.text[token.start : token.end + 1]
