"""What a reader meant who typed something else: a slip, another keyboard, Latin for Arabic.

A slip is only ever offered. Other keys are taken for what they stand for where nothing speaks
against it: the archive knows none of the words as typed and all of them as read.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Literal, NamedTuple

from indexer.catalogue import Catalogue
from indexer.query.ast import All, Clause, Match
from indexer.search.catalogue_cache import CatalogueCache
from indexer.search.repair import arabizi, slips
from indexer.search.repair.keyboards import is_odd, keyboards
from indexer.search.repair.known_words import KnownWords
from indexer.search.repair.slips import Count
from indexer.text import Analyzer, exact_forms

#: Words of a query in other letters; longer ones are no slip of the hand.
_MOST_WORDS = 12
_MOST_LETTERS = 40  # of one word
_SHORT = 3  # letters of a query that is too short to be sure of
_LONG = 5  # letters of a word that is sure where it is frequent, too
_FREQUENT = 150  # a word is frequent that one article in so many has
_VOWELS = frozenset("aeiouy")
_ARTICLES = ("el", "al", "il")
_AND = ("w", "wa", "we", "wel")


class Repair(NamedTuple):
    """A query in the letters that were meant; ``kind`` is how it was typed."""

    q: str
    kind: Literal["keyboard", "arabizi"]


class Repairs:
    """Reads and corrects the queries to one archive; safe to share between threads.

    ``terms`` gives words in Latin letters that queries may hold besides the names.
    """

    def __init__(
        self, catalogue: Catalogue, analyzer: Analyzer, terms: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._known = CatalogueCache(catalogue, partial(KnownWords.read, terms=terms))

    def prepare(self) -> None:
        """Read what the first question needs."""
        self._known.current()

    def reading(self, q: str, clause: Clause) -> Repair | None:
        """The query as it must have been meant, where other letters were; ``clause`` is ``q`` read.

        None where an operator says that the words are meant as they stand.
        """
        words = q.split()
        if not _is_loose(clause) or len(words) > _MOST_WORDS:
            return None
        if any(len(word) > _MOST_LETTERS for word in words):
            return None
        foreign = [word for word in words if not _has_arabic(word)]
        if not foreign:
            return None if self._of_archive(words) else self._from_arabic_keys(words)
        known = self._known.current()
        keys = self._from_keys(words, known)
        least = _LONG if set(q.lower()) & _VOWELS else _SHORT
        if keys and (any(map(is_odd, foreign)) or self._is_frequent(keys, known, least)):
            return keys
        return self._from_arabizi(words, known)

    def better(self, q: str, clause: Clause, taken: Collection[str], count: Count) -> str | None:
        """The query spelled so that it finds far more; None where it is best as it is.

        ``clause`` is ``q`` read, ``taken`` are words that were understood otherwise; ``count``
        tells how many articles hold all that a clause asks for.
        """
        at_hand = self._known.at_hand()
        if slips.are_common(clause, self._catalogue, at_hand.articles if at_hand else None):
            return None
        known = self._known.current()
        if _is_loose(clause) and not taken and q.isascii():
            keys = self._from_keys(q.split()[:_MOST_WORDS], known)
            if keys and self._is_frequent(keys, known, _LONG - 1):
                return keys.q
        changed = slips.better(
            clause, slips.Slips(self._catalogue, self._analyzer, known), taken, count
        )
        for old, new in (changed or {}).items():
            q = re.sub(rf"(?<!\w){re.escape(old.printed)}(?!\w)", new.printed, q)
        return q if changed else None

    def _from_keys(self, words: list[str], known: KnownWords) -> Repair | None:
        """Arabic typed with a Latin keyboard switched on."""
        foreign = [word for word in words if not _has_arabic(word)]
        if any(self._is_word(word, known) for word in foreign):
            return None
        for keyboard in keyboards():
            meant = {word: keyboard.to_arabic(word) for word in foreign}
            if all(text and self._is_arabic(text) for text in meant.values()):
                return Repair(
                    " ".join(self._shown(meant.get(w) or w, known) for w in words), "keyboard"
                )
        return None

    def _from_arabic_keys(self, words: list[str]) -> Repair | None:
        """A name in Latin letters typed with an Arabic keyboard switched on."""
        known = self._known.current()
        for keyboard in keyboards():
            meant = [
                next((latin for latin in keyboard.to_latin(w) if known.latin.get(latin, 0)), None)
                for w in words
            ]
            if all(meant) and sum(len(word or "") for word in meant) > _SHORT:
                return Repair(" ".join(word or "" for word in meant), "keyboard")
        return None

    def _from_arabizi(self, words: list[str], known: KnownWords) -> Repair | None:
        """Arabic in Latin letters and digits: one word with digits tells of the others."""
        if not any(map(arabizi.is_arabizi, words)) or any(
            self._is_word(word, known) for word in words if arabizi.is_arabizi(word)
        ):
            return None
        meant: list[str] = []
        prefix = joined = ""
        for word in words:
            if _has_arabic(word):
                meant.append(word)
            elif word.lower() in _AND:
                joined, prefix = "و", "el" if word.lower() == "wel" else ""
            elif word.lower() in _ARTICLES:
                prefix = "el"
            else:
                found = _likeliest(prefix + word, known)
                if found is None:
                    return None
                meant.append(joined + known.printed(found))
                prefix = joined = ""
        return Repair(" ".join(meant), "arabizi") if meant else None

    def _is_frequent(self, reading: Repair, known: KnownWords, letters: int) -> bool:
        """Whether a reading is of words of some letters, all of them frequent."""
        forms = [form for _, _, form in exact_forms(reading.q)]
        return all(
            len(form) >= letters
            and known.frequent.articles.get(form, 0) * _FREQUENT > known.articles
            for form in forms
        )

    def _is_word(self, typed: str, known: KnownWords) -> bool:
        """Whether all of what was typed without a space is words of the archive or its names."""
        forms = {form for _, _, form in exact_forms(typed) if len(form) > 1}
        return bool(forms) and all(
            form in known.latin or form in known.frequent.articles or self._catalogue.known({form})
            for form in forms
        )

    def _is_arabic(self, text: str) -> bool:
        """Whether a reading is words that the archive has."""
        forms = {form for _, _, form in exact_forms(text)}
        return len(text) >= _SHORT - 1 and forms == self._catalogue.known(forms).keys() != set()

    def _of_archive(self, words: list[str]) -> bool:
        """Whether the archive has one of the words in any form."""
        return any(
            any(self._catalogue.forms(token.word))
            for token in self._analyzer.analyze(" ".join(words))
        )

    def _shown(self, text: str, known: KnownWords) -> str:
        """Arabic as it is usually printed: of «ا» typed for «أ» nothing is left to see."""
        shown = text
        for start, end, form in reversed(list(exact_forms(text))):
            shown = shown[:start] + known.printed(form) + shown[end:]
        return shown


def _likeliest(word: str, known: KnownWords) -> str | None:
    """The form that a word in Arabizi most likely spells: few liberties, many articles, a name."""
    articles = known.frequent.articles
    found = arabizi.readings(word, known.forms) or arabizi.readings("el" + word, known.forms)

    def likely(form: str) -> tuple[float, str]:
        many = articles[form] + articles.get("ال" + form, 0)
        named = 1 if form in known.names else 0
        return slips.weight(many) + named - found[form], form

    least = min(_SHORT, len(word) - 1)
    return max((form for form in found if len(form) >= least), key=likely, default=None)


def _is_loose(clause: Clause) -> bool:
    """Whether a query is words alone, with no operator among them."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    return bool(parts) and all(isinstance(part, Match) and part.part is None for part in parts)


def _has_arabic(word: str) -> bool:
    return any("\u0621" <= letter <= "\u06ff" for letter in word)
