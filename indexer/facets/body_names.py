"""What a body is called that no table knows: as printed, without particles, and in English."""

from functools import cache

from indexer.facets.gazetteer.body_heads import ARTICLE, body_heads
from indexer.facets.gazetteer.known_organisations import OrganisationNames
from indexer.facets.gazetteer.matcher import PhraseMatch
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.romanise import romanise
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import rows, words

GENERAL, BRANCH = words("general", "body_words.tsv"), words("branch", "body_words.tsv")
#: Marks that a name is without.
QUOTES = str.maketrans(dict.fromkeys('"«»“”'))
DEFINITE, FOR, AND = "definite", "ل", "و"


def body_id(part: AnnotatedPart, body: PhraseMatch) -> str:
    """The id of a body: the words that all its names share, on the exact layer.

    «المؤسسة العامة للتقاعد» is «مؤسسة التقاعد» too, «أمانة منطقة القصيم» «أمانة القصيم».
    """
    head = body.entries[0].id
    left_out = BRANCH if body_heads()[head].kind == "place" else GENERAL
    own = [word for word in part.words[body.start + 1 : body.end] if word not in left_out]
    return "-".join((head, *(ARTICLE + w[2:] if w[:2] == "لل" else w for w in own)))


def body_names(part: AnnotatedPart, body: PhraseMatch) -> OrganisationNames:
    """The names of a body as printed."""
    printed = " ".join(part.printed(body.start, body.end).translate(QUOTES).split())
    definite = body.entries[0].kind == DEFINITE
    for particle in body.particles:
        printed = printed[1:]
        if particle == FOR and definite and not printed.startswith(ARTICLE):
            printed = "ا" + printed
    head, *others = split(printed)
    return OrganisationNames(printed, _english(head.removeprefix(ARTICLE), others, definite))


def _english(head: str, others: list[str], definite: bool) -> str:
    """A name in English, as far as the tables know its words.

    >>> _english("هييه", ["العامه", "للسياحه", "والتراث", "الوطني"], True)
    'General Authority for Tourism and National Heritage'
    """
    starts = [at for at, word in enumerate(others) if word.startswith(FOR) and at + 1 - definite]
    border = starts[0] if starts else len(others)
    kind = body_heads()[head].english
    own, subject = _phrase(others[:border]), _phrase(others[border:])
    return f"{own} {kind}" + (f" for {subject}" if subject else "") if own else kind


def _phrase(names: list[str]) -> str:
    """Nouns and adjectives in English order: «سوق المال» is the money market."""
    groups: list[list[str]] = [[]]
    for word in names:
        joined = word.startswith(AND) and (word[1:3] == ARTICLE or word[1:] in _english_words())
        if joined and groups[-1]:
            groups.append([])
        groups[-1].append(_word(word[1:] if joined else word))
    return " and ".join(" ".join(reversed(group)) for group in groups if group)


def _word(word: str) -> str:
    if word.startswith("لل"):
        word = ARTICLE + word[2:]
    elif word.startswith(FOR) and word[1:] in _english_words():
        word = word[1:]
    return _english_words().get(word.removeprefix(ARTICLE)) or romanise(word)


@cache
def _english_words() -> dict[str, str]:
    """Nouns and adjectives of such names without their article."""
    return {
        word: english for forms, english in rows("body_english.tsv") for word in forms.split("|")
    }
