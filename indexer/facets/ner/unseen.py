"""Words of no table that are no names: forms of ordinary words, and words run together."""

from indexer.facets.ner.word_classes import WordClasses, default_word_classes
from indexer.facets.tables import words
from indexer.text.lexicon import default_lexicon

#: Verbs that run into the name before them where a line break was lost: «الغانمأعلنت».
VERBS = words("opening-verbs", "name_words.tsv")
#: Pronouns at the end of a word, and the ending of a verb.
_PRONOUNS = ("نا", "ها", "هم", "كم", "هما", "ه")
_ENDINGS = (*_PRONOUNS, "ت", "وا", "ته", "تها", "تهم")
#: The classes of words that are more than a surname and a word.
NAMES = frozenset("ghsf")
_LEAST = 3  # letters


def is_inflected(word: str, printed: str) -> bool:
    """Whether a word is a form of an ordinary one: «يغبط», «توزعها», «احتياطياتنا».

    What the lexicon lists under another lemma may be a name all the same («الحليبي», «ريغن»).
    """
    if word.startswith("ال"):
        return printed.endswith("ية")  # «كامل الجاهزية»
    if printed.endswith("ة"):
        return False
    entry = default_lexicon().known(word)
    base = default_word_classes().get(word.removesuffix("ا"))
    if word.endswith("ا") and base.ordinary and not base.possible and len(word) > _LEAST + 1:
        return True  # «إهدارا»
    if entry is None:
        bases = [word.removesuffix(end) for end in _PRONOUNS if word.endswith(end)]
        return any(_is_form(base) or _is_plain(base) for base in bases)
    if entry.lemma == word:
        return False
    if word.endswith(_PRONOUNS[:-1]) or printed.endswith("ئه"):  # «زملائه»
        return True
    owned = f"{entry.lemma[:-1]}ت"
    if entry.lemma.endswith("ه") and word.startswith(owned):  # «جاهزيته»
        return word.removeprefix(owned) in _PRONOUNS
    stem = entry.lemma.removeprefix("ا")
    imperfect = word[0] in "يتن" and word[1:].startswith(stem) and len(stem) >= _LEAST
    return imperfect or (word.startswith(entry.lemma) and word.endswith(_ENDINGS))


def _is_plain(base: str) -> bool:
    """Whether a word is an ordinary one and no name: «احتفال» of «احتفالها»."""
    word_class = default_word_classes().get(base)
    return word_class.ordinary and not word_class.possible and len(base) > _LEAST + 1


def _is_form(base: str) -> bool:
    """Whether a word is an ordinary one in another form than the lexicon's: «مطارات»."""
    entry = default_lexicon().known(base)
    return (
        entry is not None
        and len(base) > _LEAST
        and base.startswith(entry.lemma)
        and (entry.lemma != base)
    )


def is_led(word: str, word_classes: WordClasses) -> bool:
    """Whether a particle leads a word that is no name: «محمد عيد بقرار», but «عفيف بالعيد»."""
    own = word_classes.get(word)
    if word[0] not in "بل" or len(word) <= _LEAST or not NAMES.isdisjoint(own.classes):
        return False
    base = word_classes.get(word[1:])
    return base.ordinary and not base.possible


def is_glued(word: str, printed: str, word_classes: WordClasses) -> bool:
    """Whether a word is a name and a verb that ran into it: «معاذأغلقت», «طلالقام»."""
    if word in word_classes or len(word) < 2 * _LEAST:
        return False
    for at in range(_LEAST, len(word) - _LEAST + 1):
        rest = word[at:]
        opens = len(printed) == len(word) and printed[at] in "أإ"
        if (opens or rest in VERBS) and not word_classes.get(rest).certain:
            name = word_classes.get(word[:at])
            if name.certain or (name.possible and word.startswith("ال")):
                return True
            if rest in VERBS and opens and word.startswith("ال"):
                return True
    return False
