"""Which words of a text answer a query: those of the forms by which the index found it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, count, zip_longest
from typing import NamedTuple

from indexer.model import TextPart
from indexer.query.ast import All, Any, Clause, Exact, Match, Most, Phrase
from indexer.search.highlight.runs import Runs
from indexer.text import exact_forms
from indexer.text.homographs import HOMOGRAPHS, Habit, habit, preposition_forms

Span = tuple[int, int]


class Mark(NamedTuple):
    """A word of a text to mark; marks of one ``kind`` answer the same word of the query."""

    start: int
    end: int
    kind: int


class Highlighter:
    """Makes markers. Remembers what it has read of texts, up to ``room`` runs (some 40 MB)."""

    def __init__(self, room: int = 100_000) -> None:
        self._room = room
        self._runs = Runs()

    def marker(self, clause: Clause) -> "Marker":
        """What marks texts for one query, as ``expansion`` has it."""
        if len(self._runs) > self._room:
            self._runs = Runs()  # markers in use keep the one that they have
        return Marker(clause, self._runs)


class Marker:
    """Marks texts for one query. Excluded clauses, dates and facet values mark nothing."""

    def __init__(self, clause: Clause, runs: Runs) -> None:
        self._runs = runs
        self._wanted = {
            "title": _Wanted(_answers(clause, "title")),
            "body": _Wanted(_answers(clause, "body")),
        }

    def marks(self, text: str, part: TextPart, page: str = "") -> list[Mark]:
        """The words of a title or body that answer the query, in order, each a mark of its own.

        The words of a phrase are marked only where the phrase stands. ``page`` is all of the
        article, by which its index was made: it tells how it writes «علي» and «على».
        """
        wanted = self._wanted[part]
        if not wanted:
            return []
        places = list(self._places(text, wanted, page or text))
        kinds = {place.position: place.kind for place in places if place.kind is not None}
        here = {place.form for place in places}
        for phrase in wanted.phrases:
            if not here.issuperset(phrase.forms):
                continue
            for place in _near(phrase, places) if phrase.slop else _in_order(phrase, places):
                kinds.setdefault(place.position, wanted.phrased[place.form])
        return [
            Mark(place.start, place.end, kinds[place.position])
            for place in places
            if place.position in kinds
        ]

    def _places(self, text: str, wanted: "_Wanted", page: str) -> Iterator["_Place"]:
        """The words of the text that the query asks for, also those of phrases."""
        if wanted.homographs:
            yield from _told_apart(text, wanted, habit(page))
            return
        runs = self._runs.split(text)
        holding = self._runs.holding(wanted.forms).intersection(runs)
        if not holding:
            return
        # Which words of the text they are matters only where words must follow one another.
        here = {form for run in holding for _, _, form in self._runs.forms(run)}
        phrased = any(here.issuperset(phrase.forms) for phrase in wanted.phrases)
        firsts = [0, *accumulate(self._runs.lengths(runs))] if phrased else None
        offset = 0
        for at in [at for at, run in enumerate(runs) if run in holding]:
            offset = _find(runs[at], text, offset)
            first = firsts[at] if firsts else offset
            for n, (start, end, form) in enumerate(self._runs.forms(runs[at]), first):
                if form in wanted.forms:
                    kind = wanted.kinds.get(form)
                    yield _Place(n, offset + start, offset + end, form, kind)
            offset += len(runs[at])


class _Place(NamedTuple):
    """A word that may be marked: a number that no other word of the text has, and where it stands.

    Where a phrase may stand in the text the number is the word's place among its words. ``kind``
    is None for a word that is only asked for within a phrase.
    """

    position: int
    start: int
    end: int
    form: str
    kind: int | None


class _Wanted:
    """The exact forms that a query asks for in one part of an article.

    ``kinds`` says which word of the query a form answers, ``phrased`` the same of forms that do so
    within a phrase only. A form that is one word's own and another's relative answers the first.
    """

    def __init__(self, answers: Iterator[Match | Exact | Phrase]) -> None:
        self.phrases: list[Phrase] = []
        self.phrased: dict[str, int] = {}
        layers: list[tuple[dict[str, int], ...]] = []
        kinds = count()
        for answer in answers:
            kind = next(kinds)
            if isinstance(answer, Phrase):
                self.phrases.append(answer)
                self.phrased |= {form: next(kinds) for form in answer.forms}
            else:
                layers.append(tuple(dict.fromkeys(forms, kind) for forms in _forms(answer)))
        self.kinds: dict[str, int] = {}
        for layer in zip_longest(*layers, fillvalue={}):
            for one in layer:
                self.kinds = one | self.kinds
        self.forms = self.kinds.keys() | self.phrased.keys()
        self.homographs = not HOMOGRAPHS.isdisjoint(self.forms)

    def __bool__(self) -> bool:
        return bool(self.forms)


def _told_apart(text: str, wanted: _Wanted, way: Habit) -> Iterator[_Place]:
    """The wanted words of a text, some of which only their neighbours tell from others."""
    for n, (start, end, form) in enumerate(preposition_forms(text, exact_forms(text), way)):
        if form in wanted.forms:
            yield _Place(n, start, end, form, wanted.kinds.get(form))


def _forms(answer: Match | Exact) -> tuple[tuple[str, ...], ...]:
    """The forms that answer, the nearest first."""
    if isinstance(answer, Exact):
        return (answer.forms,)
    return (answer.word.exact,), answer.stem_forms, answer.lemma_forms, answer.root_forms


def _answers(clause: Clause, part: TextPart) -> Iterator[Match | Exact | Phrase]:
    """The clauses about words of this part that an article may match by holding them."""
    match clause:
        case All(clauses) | Most(clauses) | Any(clauses):
            for inner in clauses:
                yield from _answers(inner, part)
        case Match() | Exact() | Phrase():
            if clause.part in (None, part):
                yield clause
                if isinstance(clause, Match):
                    yield from clause.variants


def _find(run: str, text: str, offset: int) -> int:
    """Where the run next stands between spaces."""
    offset = text.index(run, offset)
    while not (_is_space(text, offset - 1) and _is_space(text, offset + len(run))):
        offset = text.index(run, offset + 1)
    return offset


def _is_space(text: str, n: int) -> bool:
    """Whether there is a space, or the text is over."""
    return not 0 <= n < len(text) or text[n].isspace()


def _in_order(phrase: Phrase, places: Sequence[_Place]) -> Iterator[_Place]:
    """The words that follow one another as in the phrase."""
    at = {place.position: place for place in places}
    for first in places:
        if first.form != phrase.forms[0]:
            continue
        row = [at.get(first.position + n) for n in range(len(phrase.forms))]
        if all(place and place.form == form for place, form in zip(row, phrase.forms, strict=True)):
            yield from filter(None, row)


def _near(phrase: Phrase, places: Sequence[_Place]) -> Iterator[_Place]:
    """The phrase's words where all of them stand near enough, in any order."""
    needed = Counter(phrase.forms)
    width = len(phrase.forms) + phrase.slop
    candidates = [place for place in places if place.form in needed]
    inside: Counter[str] = Counter()
    missing = len(phrase.forms)
    end = given = 0
    for start, place in enumerate(candidates):
        while end < len(candidates) and candidates[end].position < place.position + width:
            form = candidates[end].form
            inside[form] += 1
            missing -= inside[form] <= needed[form]
            end += 1
        if not missing:
            yield from candidates[max(start, given) : end]
            given = end
        missing += inside[place.form] <= needed[place.form]
        inside[place.form] -= 1
