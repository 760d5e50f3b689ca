"""«ليس» between words: an operator in a query, a word in a sentence.

Other operators look like nothing else; «ليس» is what Arabic says for «is not», and many readers
search with a question or a headline. So it is taken for NOT only where nothing speaks for a
sentence: a sentence has small words («ليس هناك», «ليس من»), its predicate bears an ending or a
particle («ليس حلا», «ليس بالمثالي», «ليس هدفنا»), and it goes on behind the word that is denied.

Of the 562 pieces of text of up to six words with «ليس» in 12,000 articles of SaudiNewsNet 7 are
taken for queries, and of the 43 headlines with it none.
"""

import re
from collections.abc import Sequence

from indexer.model import Word
from indexer.query.lexer import Lexeme, is_arabic_not
from indexer.text import Analyzer
from indexer.text.normalize import normalize

#: Longer queries are sentences.
_MOST_PIECES = 5
#: What may follow a «ليس» at the very beginning: the word that it excludes and what is sought.
_BEHIND_FIRST = (2, 3)
#: Punctuation between and behind the parts of a sentence.
_PUNCTUATION = re.compile(r"[؟?!:…](?!\S)|\.\.(?!\S)")
_ARTICLE = "ال"
_TANWIN = "ً"
_PARTICLES = frozenset("بلك")
_AND = "و"
#: Words that go with «ليس» in a sentence and are no stop words.
_LIMITING = frozenset(
    {
        "مجرد",
        "فقط",
        "فحسب",
        "وحده",
        "وحدها",
    }
)
_PRONOUNS = frozenset({"ها", "هم", "هما", "كم", "نا"})


def without_false_operators(
    text: str, pieces: Sequence[Lexeme], analyzer: Analyzer
) -> list[Lexeme]:
    """The pieces of a query, each «ليس» that is a word of a sentence as the word that it is."""
    negations = [n for n, piece in enumerate(pieces) if is_arabic_not(piece)]
    sentence = bool(negations) and _is_sentence(text, pieces, analyzer)
    read = list(pieces)
    for n in negations:
        if sentence or not _has_place(pieces, n):
            read[n] = pieces[n]._replace(kind="word")
    return read


def _has_place(pieces: Sequence[Lexeme], n: int) -> bool:
    """Whether an operator can stand here: before the last clause, or before all of them."""
    behind = pieces[n + 1 :]
    if not behind or not _is_clause(behind[0]):
        return False
    if n == 0:
        least, most = _BEHIND_FIRST
        return (
            not normalize(pieces[n].text).startswith(_AND)
            and least <= len(behind) <= most
            and all(map(_is_clause, behind))
            and not _is_construct(behind[0], behind[1])
        )
    if pieces[n - 1].kind == "open":
        return False
    if behind[0].kind == "open":
        return True
    return len(behind) == 1 or not _is_clause(behind[1]) or _is_marked(behind[1])


def _is_construct(first: Lexeme, second: Lexeme) -> bool:
    """Whether two words are one expression: «ليس وزير الخارجية» denies both of them."""
    loose = first.kind == second.kind == "word"
    return loose and second.text.startswith(_ARTICLE) and not first.text.startswith(_ARTICLE)


def _is_marked(piece: Lexeme) -> bool:
    """Whether this is said in the query language, so that no sentence goes on with it."""
    return piece.negate or piece.require or piece.field is not None


def _is_clause(piece: Lexeme) -> bool:
    return piece.kind in ("word", "phrase", "open")


def _is_sentence(text: str, pieces: Sequence[Lexeme], analyzer: Analyzer) -> bool:
    """Whether a query that holds «ليس» is text rather than words to look for."""
    spoken = [piece for piece in pieces if piece.kind in ("word", "phrase")]
    if len(spoken) > _MOST_PIECES or _PUNCTUATION.search(text):
        return True
    # Headlines put single words in quotation marks.
    loose = (p.text for p in spoken if not p.field and not p.exact and not re.search(r"\s", p.text))
    return any(
        _TANWIN in printed or any(_is_inflected(t.word) for t in analyzer.analyze(printed))
        for printed in loose
    )


def _is_inflected(word: Word) -> bool:
    """A small word, or one in a form that it has inside a sentence only.

    These are the accusative («طرفا», but not «سوريا»), a particle before it («بوزير», «للبنان»)
    and a pronoun behind it («هدفنا»).
    """
    exact, stem = word.exact, word.stem
    if word.stop or exact in _LIMITING:
        return True
    if exact.endswith("ا") and exact != word.lemma and exact[:-1] in (stem, word.lemma):
        return True
    before, found, behind = exact.partition(stem)
    bare = before.removeprefix("و").removeprefix("ال")
    return bool(found) and (not _PARTICLES.isdisjoint(bare) or behind in _PRONOUNS)
