"""The verbs of speech and the words around them, on the exact layer."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from indexer.text.analysis import exact_form
from indexer.text.tables import lists, rows

CLAUSE, WORDS, NOTHING = "clause", "words", "nothing"
_MISSING = "-"
_COLUMNS = (
    "past",
    "past of her",
    "present",
    "present of her",
    "participle",
    "participle of her",
    "takes",
    "leads?",
)
#: What may be written onto a verb.
_JOINED = ("", "و", "ف")
#: Forms that are other words unless something is written onto them: «بين» is «between» as well.
_ONLY_JOINED = frozenset({"بين"})


class SpeechVerb(NamedTuple):
    """A form of a verb: of her or of him, and whether it says how rather than that one speaks.

    ``joined`` is the «and» written onto it. It takes a clause of «أن», also behind ``leads``, or
    other words only, or nothing.
    """

    feminine: bool
    participle: bool
    present: bool
    joined: str
    takes: str
    leads: frozenset[str]


@cache
def speech_verbs() -> Mapping[str, SpeechVerb]:
    """Every form of every verb, with and without what is written onto it."""
    return {form: verb for form, verb in _forms() if form not in _ONLY_JOINED}


def _forms() -> Iterator[tuple[str, SpeechVerb]]:
    for *forms, takes, leads in _lines():
        for number, form in enumerate(forms):
            if form == _MISSING:
                continue
            for joined in _JOINED:
                verb = SpeechVerb(
                    feminine=number % 2 == 1,
                    participle=number > 3,
                    present=number in (2, 3),
                    joined=joined,
                    takes=takes,
                    leads=frozenset(map(exact_form, leads.split())),
                )
                yield exact_form(joined + form), verb


def _lines() -> Iterator[list[str]]:
    for line in rows(__package__, "speech_verbs.tsv", _COLUMNS):
        yield [*line, ""][: len(_COLUMNS)]


@cache
def speech_words(name: str) -> frozenset[str]:
    """One of the lists of words."""
    return frozenset(map(exact_form, lists(__package__, "speech_words.tsv")[name]))


@cache
def speech_cues() -> frozenset[str]:
    """The words at which reading stops: verbs, and what begins or ends a clause by itself."""
    names = ("relays", "by", "openers", "enders", "turns", "but")
    return frozenset(speech_verbs()).union(*map(speech_words, names))
