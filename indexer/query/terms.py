"""Single words, phrases, names and dates of a query, each as one clause."""

import re

from indexer.clauses import Clause, Exact, Fuzzy, Match, Named, Part, Phrase, Prefix
from indexer.model import Token
from indexer.query.building import all_of, matches
from indexer.query.dates import read_period
from indexer.query.lexing import Lexeme
from indexer.text import Analyzer

#: How many words are read, and once more as many stop words.
MAX_WORDS = 64
#: How many letters of one phrase, or of one run without a space, are read.
MAX_LETTERS = 2000
MAX_SLOP = 50
MAX_DISTANCE = 2
#: How many words with «~», and how many with «*», are looked up; each may stand for hundreds.
MAX_NEAR = 8
MAX_PREFIXES = 8
#: How many phrases are looked for, and how many of them with other words between.
MAX_PHRASES = 32
MAX_SLOPPY = 8

#: Words shorter than this are near only when one letter differs, as Lucene has it.
_LONG = 6
# As with phrases, the sign is understood on either side.
_NEAR = re.compile(r"([^~]+)~(\d?)|(\d?)~([^~]+)")


class Terms:
    """Makes the clauses of one query, until there are enough."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.full = False  # whether something had to be left out
        self.crowded = False  # whether a sign had to be left off because there were too many
        self._analyzer = analyzer
        self._room = {False: MAX_WORDS, True: MAX_WORDS}  # by whether it is a stop word
        # How many of what costs much may still come.
        self._left = {"~": MAX_NEAR, "*": MAX_PREFIXES, "phrase": MAX_PHRASES, "near": MAX_SLOPPY}

    def clause(self, lexeme: Lexeme, field: str | None) -> Clause | None:
        """What a word or phrase asks for in a field; None where there is no word in it."""
        if field == "dates":
            return self._period(lexeme)
        if field and field != "title":
            found = self._named(lexeme, field)
        else:
            found = self._text(lexeme, "title" if field else None)
        return found or self._loose(lexeme.name, None)

    def _period(self, lexeme: Lexeme) -> Clause | None:
        """A date; where there is none, «تاريخ:العراق» is words like any others."""
        if period := read_period(lexeme.text):
            return period if self._spend() else None
        name, value = self._loose(lexeme.name, None), self._text(lexeme, None)
        return all_of((name, value)) if name and value else name or value

    def _text(self, lexeme: Lexeme, part: Part) -> Clause | None:
        if lexeme.kind == "phrase" or lexeme.exact:
            return self._as_printed(lexeme, part)
        return self._loose(lexeme.text.rstrip(".:"), part)

    def _named(self, lexeme: Lexeme, facet: str) -> Clause | None:
        text, tokens = self._tokens(lexeme.text)
        name = " ".join(text.strip(".:").split())
        return Named(facet, name, tuple(matches(text, tokens))) if tokens else None

    def _as_printed(self, lexeme: Lexeme, part: Part) -> Clause | None:
        words = tuple(matches(*self._tokens(lexeme.text), part))
        forms = tuple(match.word.exact for match in words)
        printed = " ".join(match.printed for match in words)
        if len(forms) < 2:
            return Exact(forms, part, printed, words) if forms else None
        if not self._may("near" if lexeme.slop else "phrase"):
            return all_of(words)
        return Phrase(forms, min(lexeme.slop, MAX_SLOP), part, printed, words)

    def _loose(self, text: str, part: Part) -> Clause | None:
        """Words in any form, the last of them perhaps with «*», or all of them with «~»."""
        near = _NEAR.fullmatch(text)
        text, tokens = self._tokens(near[1] or near[4] if near else text)
        words = matches(text, tokens, part)
        if not words:
            return None
        if near:
            return all_of(self._fuzzy(word, near[2] or near[3]) for word in words)
        if text.endswith("*"):
            return all_of([*words[:-1], self._prefix(words[-1])])
        return all_of(words)

    def _fuzzy(self, match: Match, distance: str | None) -> Clause:
        """The spellings near a word; without a number, the longer it is the more may differ."""
        if not self._may("~"):
            return match
        exact = match.word.exact
        allowed = int(distance) if distance else 1 + (len(exact) >= _LONG)
        return Fuzzy(exact, max(1, min(allowed, MAX_DISTANCE)), match.part, match.printed)

    def _prefix(self, match: Match) -> Clause:
        """The words that begin like this one."""
        if not self._may("*"):
            return match
        return Prefix(match.word.exact, match.part, match.printed)

    def _may(self, kind: str) -> bool:
        """Whether one more of a kind may be asked for; else its words are searched plain."""
        if not self._left[kind]:
            self.crowded = True
            return False
        self._left[kind] -= 1
        return True

    def _tokens(self, text: str) -> tuple[str, list[Token]]:
        """The text as far as it is read, and those of its words for which there is room."""
        if len(text) > MAX_LETTERS:
            text, self.full = text[:MAX_LETTERS], True
        tokens = []
        for token in self._analyzer.analyze(text):
            if not self._spend(stop=token.word.stop):
                break
            tokens.append(token)
        return text, tokens

    def _spend(self, *, stop: bool = False) -> bool:
        """Take one place; False if there is none left."""
        if not self._room[stop]:
            self.full = True
            return False
        self._room[stop] -= 1
        return True
