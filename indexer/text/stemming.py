"""Light stemming: take off the particles and endings that Arabic writes onto a word.

Light means no roots and no other letters: the stem is a piece of the word. «الوزراء» must meet
«وزراء», while «سفر» (travel) and «سفراء» (ambassadors) stay apart. Words arrive normalised, see
``indexer.text.normalize``; the affixes and where they come from are in ``affixes``. One kind of
word is listed: the adjective of a country has the stem of its name, see ``nations``.

Whether the first and last letters are a word's own is not told by its length. The lexicon tells, by
the frequencies of the forms: «وزير» and «بلجيكا» are words, «وبغداد» is a particle and a word, and
«لبنان» is no dual. Only words that it knows in no form are cut by length.
"""

from indexer.text.affixes import (
    FEMININE,
    INFLECTIONS,
    PRONOUNS,
    RELATED,
    RELATION,
    UNKNOWN_PROCLITICS,
)
from indexer.text.lexicon import Entry, Lexicon, default_lexicon
from indexer.text.nations import shared_stems

#: Letters that must remain when an ending is taken off.
_LEAVES = 3


def stem(word: str, lexicon: Lexicon | None = None) -> str:
    """Return the light stem of one normalised word: a piece of it, never empty.

    >>> stem("والمفاوضات")
    'مفاوض'
    >>> stem("واشنطن")
    'واشنطن'
    """
    known = default_lexicon() if lexicon is None else lexicon
    return stem_of(word, known.find(word), known)


def stem_of(word: str, entry: Entry | None, lexicon: Lexicon) -> str:
    """The stem of a word whose entry in the lexicon has been looked up, None if it has none."""
    if entry is None:
        rest = _without_inflection(_without_proclitic(word))
    elif shared := shared_stems().get(entry.lemma):
        return shared
    else:
        rest = _inflected(word[entry.particles :], entry.lemma, lexicon)
    return _without_relation(rest, lexicon)


def _without_proclitic(word: str) -> str:
    for proclitic, leaves in UNKNOWN_PROCLITICS:
        if word.startswith(proclitic) and len(word) >= len(proclitic) + leaves:
            return word.removeprefix(proclitic)
    return word


def _without_inflection(word: str) -> str:
    for ending in INFLECTIONS:
        if word.endswith(ending) and len(word) >= len(ending) + _LEAVES:
            return word.removesuffix(ending)
    return word


def _inflected(word: str, lemma: str, lexicon: Lexicon) -> str:
    """Take endings off as long as what remains is a form of the same word."""
    while word != lemma:
        shorter = _one_ending_less(word, lemma, lexicon)
        if shorter is None:
            break
        word = shorter
    return word


def _one_ending_less(word: str, lemma: str, lexicon: Lexicon) -> str | None:
    for ending in (*PRONOUNS, *INFLECTIONS):
        if not word.endswith(ending) or len(word) < len(ending) + _LEAVES:
            continue
        rest = word.removesuffix(ending)
        for form in (rest, rest + FEMININE, rest.removesuffix("ت") + FEMININE):
            if form == lemma:
                return rest.removesuffix("ت") if form[:-1] != rest and form != rest else rest
            entry = lexicon.find(form)
            if form != word and entry is not None and entry == (lemma, 0):
                return rest
    return None


def _without_relation(word: str, lexicon: Lexicon) -> str:
    """Without the endings of the feminine and of relation, which dictionaries keep.

    «حكومة», «حكومي» and «حكومية» meet. A final «ي» is one of relation if the lexicon has the word
    that it relates to: «كيري» has none.
    """
    for ending in RELATION:
        if word.endswith(ending) and len(word) >= len(ending) + _LEAVES:
            rest = word.removesuffix(ending)
            if ending == FEMININE or any(lexicon.is_lemma(rest + end) for end in RELATED):
                return rest
    return word
