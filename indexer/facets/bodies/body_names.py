"""What a body is called that no table knows: as printed, without particles, and in English."""

from collections.abc import Callable
from functools import cache

from indexer.facets.bodies.named_bodies import BRANCH, GENERAL, LOCAL, TOWNS
from indexer.facets.gazetteer.body_heads import ARTICLE, body_heads
from indexer.facets.gazetteer.known_organisations import OrganisationNames
from indexer.facets.gazetteer.matcher import PhraseMatch
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.romanise import romanise
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import rows

#: Marks that a name is without.
QUOTES = str.maketrans(dict.fromkeys('"«»“”', " "))
#: What the departments of a region are called for short, «تعليم الرياض», by the beginning of ids.
REGIONAL = tuple((f"{id}-", short) for id, short in rows("departments.tsv"))
DEFINITE, FOR, AND = "definite", "ل", "و"


def body_id(part: AnnotatedPart, body: PhraseMatch) -> str:
    """The id of a body: the words that all its names share, on the exact layer.

    «المؤسسة العامة للتقاعد» is «مؤسسة التقاعد» too, «أمانة منطقة القصيم» «أمانة القصيم».
    """
    head = body.entries[0].id
    left_out = LOCAL if body_heads()[head].kind == "place" else GENERAL
    own = [_own(word, left_out) for word in part.words[body.start + 1 : body.end]]
    id = "-".join((head, *filter(None, own)))
    for department, short in REGIONAL:
        if id.startswith(department):
            return "-".join(
                (short, *(w for w in id[len(department) :].split("-") if w not in LOCAL))
            )
    return id


def _own(word: str, left_out: frozenset[str]) -> str:
    """A word as it stands in an id, or «» where not all names have it."""
    if word[:2] == "لل":
        return ARTICLE + word[2:]
    if word[:1] == "ب" and (word[1:] in BRANCH or word[1:] in TOWNS):
        word = word[1:]
    return "" if word in left_out else word


def body_names(part: AnnotatedPart, body: PhraseMatch) -> OrganisationNames:
    """The names of a body as printed."""
    printed = " ".join(part.printed(body.start, body.end).translate(QUOTES).split())
    definite = body.entries[0].kind == DEFINITE
    for particle in body.particles:
        printed = printed[1:]
        if particle == FOR and definite and not printed.startswith(ARTICLE):
            printed = "ا" + printed
    head, *others = split(printed)
    return OrganisationNames(printed, _english(head.removeprefix(ARTICLE), others))


def _english(head: str, others: list[str]) -> str:
    """A name in English, as far as the tables know its words.

    >>> _english("هييه", ["العامه", "للسياحه", "والتراث", "الوطني"])
    'General Authority for Tourism and National Heritage'
    """
    seat = _first(others, lambda word: word[:1] == "ب" and word[1:] in (*BRANCH, *TOWNS))
    subject = min(seat, _first(others, _begins_subject))
    own, of = _phrase(others[:subject]), _phrase(others[subject:seat])
    place = _phrase([others[seat][1:], *others[seat + 1 :]]) if seat < len(others) else ""
    known = body_heads().get(head)
    name = f"{own} {known.english if known else romanise(head)}".strip()
    return name + (f" for {of}" if of else "") + (f" in {place}" if place else "")


def _begins_subject(word: str) -> bool:
    return word[:2] == "لل" or (word[:1] == FOR and word[1:] in _english_words())


def _first(names: list[str], which: Callable[[str], bool]) -> int:
    return next((at for at, word in enumerate(names) if which(word)), len(names))


def _phrase(names: list[str]) -> str:
    """Nouns and adjectives in English order, names in their own: «سوق المال» is a money market."""
    groups: list[list[str]] = [[]]
    named = False
    for word in names:
        joined = word.startswith(AND) and (word[1:3] == ARTICLE or word[1:] in _english_words())
        if joined and groups[-1]:
            groups.append([])
            named = False
        plain = _plain(word[1:] if joined else word)
        english = _english_words().get(plain.removeprefix(ARTICLE))
        if named and not english:
            groups[-1][-1] += f" {romanise(plain)}"
        else:
            groups[-1].append(english or romanise(plain))
        named = not english
    return " and ".join(" ".join(reversed(group)) for group in groups if group)


def _plain(word: str) -> str:
    """A word without the «ل» before it."""
    if word.startswith("لل"):
        return ARTICLE + word[2:]
    return word[1:] if word.startswith(FOR) and word[1:] in _english_words() else word


@cache
def _english_words() -> dict[str, str]:
    """Nouns and adjectives of such names without their article."""
    return {
        word: english for forms, english in rows("body_english.tsv") for word in forms.split("|")
    }
