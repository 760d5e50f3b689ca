"""Which words can tell an event, and by which patterns: one look-up a word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.events.frames import EventPattern, Frame
from indexer.events.verb_forms import WordForm, noun_forms, verb_forms
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.text.normalize import normalize

#: How many word types are kept before all are forgotten.
_MOST = 1 << 17
_AND = ("", "و", "ف")


class Trigger(NamedTuple):
    """A word that may tell an event: the pattern, its form, and the particles before it."""

    pattern: EventPattern
    form: WordForm
    particles: str


class TriggerForms:
    """The words of all patterns in all their forms."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._forms: Mapping[str, list[tuple[EventPattern, WordForm]]] = _forms(frames)
        self._known: dict[str, tuple[Trigger, ...]] = {}

    def of(self, word: str) -> tuple[Trigger, ...]:
        """What a word on the exact layer may tell; mostly nothing."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[word] = tuple(self._ask(word))
        return known

    def _ask(self, word: str) -> Iterable[Trigger]:
        for base, particles in possible_bases(word):
            found = [
                Trigger(pattern, form, particles)
                for pattern, form in self._forms.get(base, ())
                if not form.tense or particles in _AND
            ]
            if found:
                return found
        return ()


def _forms(frames: Iterable[Frame]) -> dict[str, list[tuple[EventPattern, WordForm]]]:
    forms: dict[str, list[tuple[EventPattern, WordForm]]] = defaultdict(list)
    for pattern in (pattern for frame in frames for pattern in frame.patterns):
        made = [form for verb in pattern.verbs for form in verb_forms(*verb.split())]
        made += [
            form for nouns in pattern.nouns for noun in nouns.split() for form in noun_forms(noun)
        ]
        made += [
            WordForm(normalize(form), "participle")
            for forms_ in pattern.participles
            for form in forms_.split()
        ]
        own: dict[str, WordForm] = {}
        for form in made:
            own.setdefault(form.word, form)
        for word, form in own.items():
            forms[word].append((pattern, form))
    return forms
