"""Whose an office is, and what it is called for one person.

«مبعوث الرئيس» is not the president, «وزيرا الخارجية» are two, and «نظيره الفرنسي» of «وزير خارجية
هولندا» is «وزير الخارجية الفرنسي». Where it is not clear whether the name behind is that of the
president or of his envoy, nobody gets a role. ``tables/role_words.tsv`` holds the words.
"""

import re
from functools import cache

from indexer.facets.gazetteer.matcher import PhraseMatch, is_form_of
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import rows, words
from indexer.text.normalize import normalize

TABLE = "role_words.tsv"
DEPUTIES, RELATED = words("deputies", TABLE), words("related", TABLE)
SEVERAL, SHARED_HEADS = words("several", TABLE), words("shared-heads", TABLE)
INFLECTED = words("inflected", TABLE)
ADJECTIVES = words("office-adjectives")
_DEFINITE = ("ال", "لل", "بال", "وال")
_PRONOUN = re.compile("(ه|ها|هم|هن|نا)$")


def is_several(part: AnnotatedPart, phrase: PhraseMatch) -> bool:
    """Whether a title is that of two or more: «وزيرا», «السفيران»."""
    return is_form_of(part.words[phrase.start], SEVERAL)


def is_deputy(part: AnnotatedPart, at: int) -> bool:
    """Whether the word is one whose office is told by another's behind it: «وكيلة وزير»."""
    return is_form_of(part.words[at], DEPUTIES)


def is_related(part: AnnotatedPart, at: int) -> bool:
    """Whether the word is one of somebody to whom the office behind it does not belong."""
    return is_form_of(part.words[at], RELATED)


def owns(part: AnnotatedPart, at: int) -> bool:
    """Whether the title at ``at`` belongs to what stands before it: «مدير مكتب رئيس الوزراء».

    Not behind an office that is complete: «رئيس مجلس الإدارة الرئيس التنفيذي».
    """
    word, printed = part.words[at - 1], part.word(at - 1)
    if part.gap(at - 1) != " " or at - 1 in part.matches.of_things or word in ADJECTIVES:
        return False
    if is_related(part, at - 1):
        return True
    return not word.startswith(_DEFINITE) and not _PRONOUN.search(printed) and word.isalpha()


def of_one(title: str, rest: str, *, rest_is_country: bool) -> str:
    """The title of several for one of them, with the country behind it; «» where it has none.

    >>> of_one("وزيرا الخارجية", "الهولندي", rest_is_country=True)
    'وزير الخارجية الهولندي'
    >>> of_one("وزراء الخارجية", "العرب", rest_is_country=False)
    ''
    """
    first, *others = title.split()
    one = _singular().get(first, "")
    if not one or not rest_is_country or rest.endswith(("يين", "يان", "يون", "يتين")):
        return ""
    return " ".join([one, *others, *rest.split()])


def of_counterpart(title: str, counterpart: str) -> str:
    """The title of somebody for «نظيره» or «نظيرته», as it stands before an adjective.

    >>> of_counterpart("وزير خارجية", "نظيره"), of_counterpart("وزير خارجيته", "نظيره")
    ('وزير الخارجية', 'وزير الخارجية')
    >>> of_counterpart("رئيس وزرائها", "نظيرته"), of_counterpart("وزيرا خارجية", "نظيره")
    ('رئيسة الوزراء', 'وزير الخارجية')
    """
    first, *others = title.removesuffix(" بلاده").split()
    first = _singular().get(first, first)
    if normalize(first.removeprefix("ال").removesuffix("ة")) in INFLECTED:
        first = first.removesuffix("ة") + ("ة" if counterpart.startswith("نظيرت") else "")
    said = [first, *others]
    if not said[-1].startswith("ال"):
        said[-1] = "ال" + (_without_pronoun(said[-1]) if others else said[-1])
    return " ".join(said)


def _without_pronoun(word: str) -> str:
    """«خارجيته» without «his», as «دفاعها», «وزرائه»."""
    base = _PRONOUN.sub("", word)
    if base == word:
        return word
    if base.endswith("ت"):
        return base[:-1] + "ة"
    return base[:-1] + "ء" if base.endswith("ائ") else base


@cache
def _singular() -> dict[str, str]:
    return {form: one for one, several in rows("title_numbers.tsv") for form in several.split("|")}
