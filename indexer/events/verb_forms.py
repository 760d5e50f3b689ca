"""The forms of a verb and of a verbal noun, made of what a table gives of them, on the exact layer.

Lemmas would not do: «يستقبل» and «سيستقبل» differ in what they say of the time, and «لقاء»,
«لقائه» and «اللقاء» in where the people who met stand.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from indexer.text.normalize import normalize

Tense = Literal["past", "present", "future", "participle", ""]
#: The letters in which a weak verb ends, on the exact layer.
_YAA, _ALEF, _WAW = "ي", "ا", "و"
_HAMZA = "ء"
_PRONOUNS = ("ه", "ها", "هما", "هم")
#: Before a verb whose bare past is read as a noun: «دعم».
_ALSO_NOUN = "~"
_VOWELS = (_YAA, _ALEF, _WAW)


class WordForm(NamedTuple):
    """A form of a verb, its ``tense`` told, or of a noun: with the article, with a pronoun.

    ``owned`` by a pronoun; of a verb it is the object.
    """

    word: str
    tense: Tense = ""
    feminine: bool = False
    definite: bool = False
    owned: bool = False


def verb_forms(past: str, present: str) -> Iterator[WordForm]:
    """The forms of the third person of a verb, given as «التقى», «يلتقي».

    Without the bare past where that is marked as a noun, «~دعم».

    >>> forms = verb_forms("زار", "يزور")
    >>> [form.word for form in forms if form.tense == "past" and not form.owned]
    ['زار', 'زارت', 'زاروا', 'زارا', 'زارتا']
    """
    noun = past.startswith(_ALSO_NOUN)
    past, present = normalize(past.removeprefix(_ALSO_NOUN)), normalize(present)
    stem = past[:-1] if past[-1] in (_YAA, _ALEF) else past
    both = stem + "يا" if stem != past else stem + _ALEF
    if not noun:
        yield WordForm(past, "past")
    yield WordForm(stem + "ت", "past", feminine=True)
    yield WordForm(stem + "وا", "past")
    if not noun:  # «دعما»
        yield WordForm(both, "past")
    yield WordForm(stem + "تا", "past", feminine=True)
    bare = past if stem == past else stem + _ALEF  # «التقاه»
    for pronoun in _PRONOUNS:
        if not noun:  # «دعمه»
            yield WordForm(bare + pronoun, "past", owned=True)
        yield WordForm(stem + "ت" + pronoun, "past", feminine=True, owned=True)
    # Not with «ت»: «تهنئة» is no «تهنئه».
    yield from (WordForm(_YAA + present[1:] + one, "present", owned=True) for one in _PRONOUNS)
    for prefix in (_YAA, "ت"):
        for form in _present(prefix + present[1:]):
            yield WordForm(form, "present", prefix == "ت")
            yield WordForm("س" + form, "future", prefix == "ت")


def _present(form: str) -> Iterator[str]:
    stem = form[:-1] if form[-1] in (_YAA, _ALEF, _WAW) else form
    yield form
    yield from (stem + "ون", stem + "وا")
    yield from (form + "ان", form + _ALEF)
    if stem != form:
        yield stem
    elif len(form) == 4 and form[2] in _VOWELS:  # «لم يزر»
        yield form[:2] + form[3]


def noun_forms(noun: str) -> Iterator[WordForm]:
    """A noun bare, with the article, and with the pronouns of the third person.

    >>> sorted({form.word for form in noun_forms("لقاء") if form.owned and len(form.word) == 5})
    ['لقاءه', 'لقاوه', 'لقايه']
    """
    noun = normalize(noun)
    yield WordForm(noun)
    yield WordForm("ال" + noun, definite=True)
    stems = [noun]
    if noun.endswith("ه"):
        stems = [noun[:-1] + "ت"]
    elif noun.endswith(_HAMZA):
        stems += [noun[:-1] + _YAA, noun[:-1] + _WAW]
    if noun.endswith(_ALEF + _HAMZA):
        yield WordForm(noun)
    elif not noun.endswith(("ه", "ات")):
        yield WordForm(noun + _ALEF)  # the accusative
    for stem in stems:
        yield from (WordForm(stem + pronoun, owned=True) for pronoun in _PRONOUNS)
