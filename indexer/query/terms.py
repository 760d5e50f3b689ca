"""Single words, phrases, names and dates of a query, each as one clause."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from indexer.model import Token
from indexer.query.ast import (
    Between,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Named,
    Part,
    Pattern,
    Phrase,
    Prefix,
)
from indexer.query.combine import all_of, matches
from indexer.query.lexer import Lexeme
from indexer.query.periods import read_after, read_before, read_period
from indexer.text import Analyzer
from indexer.text.homographs import told_apart

#: How many words are read, and once more as many stop words.
MAX_WORDS = 64
#: How many letters of one phrase, or of one run without a space, are read.
MAX_LETTERS = 2000
MAX_SLOP = 50
MAX_DISTANCE = 2
#: How many words may hold «*» or «?» elsewhere than at the end: each may take a fifth of a second.
MAX_PATTERNS = 4
#: How many «*» one word may hold.
MAX_STARS = 3
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
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:/\S*)?")
_WILD = re.compile(r"[*?؟]+")
_PERIODS: dict[str, Callable[[str], Between | None]] = {
    "dates": read_period,
    "before": read_before,
    "after": read_after,
}


class Terms:
    """Makes the clauses of one query, until there are enough."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.full = False  # whether something had to be left out
        self.patterns_left_out = False
        self.hosts_only = False  # whether an address was asked for, of which only the host is known
        self.unknown: dict[str, None] = {}  # fields that say nothing, in order
        self._patterns = 0
        self.crowded = False  # whether a sign had to be left off because there were too many
        self._analyzer = analyzer
        self._room = {False: MAX_WORDS, True: MAX_WORDS}  # by whether it is a stop word
        # How many of what costs much may still come.
        self._left = {"~": MAX_NEAR, "*": MAX_PREFIXES, "phrase": MAX_PHRASES, "near": MAX_SLOPPY}

    def clause(self, lexeme: Lexeme, field: str | None) -> Clause | None:
        """What a word or phrase asks for in a field; None where there is no word in it."""
        if field == "hosts":
            self.hosts_only = True
            field = "sources"
        if field in _PERIODS:
            return self._period(lexeme, _PERIODS[field])
        if field and field != "title":
            found = self._named(lexeme, field)
        else:
            found = self._text(lexeme, "title" if field else None)
        return found or (self._loose(lexeme.name, None) if lexeme.field else None)

    def _period(self, lexeme: Lexeme, read: Callable[[str], Between | None]) -> Clause | None:
        """A date; where there is none, «تاريخ:العراق» is words like any others.

        A Latin name is no word of the text, so it is named as not understood: «before:yesterday».
        """
        if period := read(lexeme.text):
            return period if self._spend() else None
        value = self._text(lexeme, None)
        if value and lexeme.name and lexeme.name.isascii():
            self.unknown[lexeme.name] = None
            return value
        name = self._loose(lexeme.name, None)
        return all_of((name, value)) if name and value else name or value

    def _text(self, lexeme: Lexeme, part: Part) -> Clause | None:
        if lexeme.kind == "phrase" or lexeme.exact:
            return self._as_printed(lexeme, part)
        return self._loose(lexeme.text.rstrip(".:"), part)

    def _named(self, lexeme: Lexeme, facet: str) -> Clause | None:
        printed = _host(lexeme.text) if facet == "sources" else lexeme.text
        text, tokens = self._tokens(printed)
        name = " ".join(text.split()).strip(".: ")
        return Named(facet, name, tuple(matches(text, tokens))) if tokens else None

    def _as_printed(self, lexeme: Lexeme, part: Part) -> Clause | None:
        words = tuple(matches(*self._tokens(lexeme.text), part))
        forms = tuple(match.word.exact for match in words)
        printed = " ".join(match.printed for match in words)
        if not forms:
            return None
        latin = all(form.isascii() for form in forms)
        # Latin words with «=» mean no more than they say, also where less is asked for; a quoted
        # one may be a name that is to be found in Arabic, and is no «=word».
        loose = () if lexeme.exact and (latin or lexeme.kind == "phrase") else words
        if len(forms) < 2 and not (latin and lexeme.kind == "phrase"):
            quoted = lexeme.kind == "phrase" and not lexeme.exact
            return Exact(forms, part, printed, loose, quoted)
        if not self._may("near" if lexeme.slop else "phrase"):
            return all_of(words)
        return Phrase(forms, min(lexeme.slop, MAX_SLOP), part, printed, loose)

    def _loose(self, text: str, part: Part) -> Clause | None:
        """Words in any form, some of them perhaps with «*» and «?», or all of them with «~»."""
        near = _NEAR.fullmatch(text)
        text, tokens = self._tokens(near[1] or near[4] if near else text)
        words = matches(text, tokens, part)
        if not words:
            return None
        if near:
            return all_of(self._fuzzy(word, near[2] or near[3]) for word in words)
        # In addresses «?» is punctuation.
        if "/" in text or not _WILD.search(text):
            return all_of(words)
        clauses = [self._run(run, part) for run in _runs(text, tokens)]
        return all_of([clause for clause in clauses if clause]) if any(clauses) else None

    def _run(self, run: "_Run", part: Part) -> Clause | None:
        """What a word asks for that perhaps has wildcards; None for a pattern too many."""
        if not _WILD.search(run.pattern):
            return matches(run.printed, [Token(0, len(run.printed), run.first.word)], part)[0]
        if run.pattern == f"{run.first.word.exact}*":
            word = matches(run.printed, [Token(0, len(run.printed), run.first.word)], part)[0]
            return self._prefix(replace(word, printed=run.printed.rstrip("*")))
        if self._patterns == MAX_PATTERNS:
            self.patterns_left_out = True
            return None
        self._patterns += 1
        return Pattern(_bounded(run.pattern), part, run.printed)

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
        for token in told_apart(text, self._analyzer.analyze(text)):
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


def _host(text: str) -> str:
    """The host of an address that is given for a source; any other name as it stands."""
    found = _ADDRESS.fullmatch(text)
    return found[1] if found else text


class _Run(NamedTuple):
    """A word, or several with nothing but wildcards between them, as pattern and as printed."""

    pattern: str
    printed: str
    first: Token


def _runs(text: str, tokens: list[Token]) -> list[_Run]:
    """The words of a text, each with the wildcards beside and inside it."""
    runs: list[_Run] = []
    end = 0
    for token in tokens:
        gap, printed = text[end : token.start], text[token.start : token.end]
        if runs and _WILD.fullmatch(gap):
            before = runs.pop()
            pattern = before.pattern + gap + token.word.exact
            runs.append(_Run(pattern, before.printed + gap + printed, before.first))
        else:
            if runs and gap.startswith("*"):
                runs[-1] = _followed(runs[-1])
            star = "*" if gap.endswith("*") else ""
            runs.append(_Run(star + token.word.exact, star + printed, token))
        end = token.end
    if text[end:].startswith("*"):
        runs[-1] = _followed(runs[-1])
    return runs


def _followed(run: _Run) -> _Run:
    return run._replace(pattern=f"{run.pattern}*", printed=f"{run.printed}*")


def _bounded(pattern: str) -> str:
    """The pattern as it is looked for: what comes after the last «*» allowed is not asked."""
    parts = re.sub(r"\*+", "*", pattern.replace("؟", "?")).split("*")
    if len(parts) > MAX_STARS + 1:
        parts = [*parts[:MAX_STARS], ""]
    return "*".join(parts)
