"""Bodies and people by what they are called the second time: «الوزارة», «الوزير», «السفير الفرنسي».

A short form means somebody only where nobody else of the article can be meant, be it one whom the
facets do not know: any noun of that kind in the article has to be a known one's.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.events.speech import speech_words
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.model import FacetValue
from indexer.text import exact_forms

#: The name of who holds an office stands at most so many words behind its noun.
_MOST_OFFICE = 16
#: Of an office that more people of an article hold, nobody can be meant.
_MOST_HOLDERS = 20
_ADJECTIVES = words("office-adjectives")
_ARTICLE = "ال"


class ShortForms:
    """Whom short forms mean in one part.

    ``people`` and ``bodies`` are the values where they are named: the first word, the word behind
    the last, the value.
    """

    def __init__(
        self,
        part: AnnotatedPart,
        people: Sequence[tuple[int, int, FacetValue]],
        bodies: Sequence[tuple[int, int, FacetValue]],
    ) -> None:
        self._part = part
        self._people = sorted(people, key=lambda one: one[0])
        self._bodies = sorted(bodies, key=lambda one: one[0])
        self._first: dict[str, int] = {}
        for start, _, value in self._people:
            self._first.setdefault(value.id, start)
        self._places: dict[str, list[int]] | None = None
        self._of_heads = self._values_by_heads()
        self._holders = _holders({value.id: value for _, _, value in people}.values())
        self._known: dict[tuple[str, bool], bool] = {}

    def body(self, at: int) -> tuple[FacetValue, int] | None:
        """The body that a word means, and where its short name ends."""
        word = self._part.words[at]
        if word not in speech_words("short"):
            return None
        values = self._of_heads.get(word.removeprefix(_ARTICLE), {})
        if len(values) != 1 or not self._is_last(at + 1):
            return None
        ((value, first),) = values.values()
        if first >= at or not self._are_known(word.removeprefix(_ARTICLE), bodies=True):
            return None
        return value, at + 1

    def person(self, at: int) -> tuple[FacetValue, int] | None:
        """The person whose office is named at a word, and where the office ends."""
        title = self._part.matches.titles.get(at)
        if title is None or title.particles or title.entries[0].kind not in ("office", "head"):
            return None
        end = self._end_of_office(title.end)
        office = [word.removeprefix(_ARTICLE) for word in self._part.words[at:end]]
        if not self._is_definite(at, end) or not self._is_last(end):
            return None
        several = self._holders.get(office[0], [])[:_MOST_HOLDERS]
        holders = [value for value, role in several if role.issuperset(office)]
        if len({value.id for value in holders}) != 1 or len(several) == _MOST_HOLDERS:
            return None
        first = self._first.get(holders[0].id, at)
        if first >= at or not self._are_known(office[0], bodies=False):
            return None
        return holders[0], end

    def _end_of_office(self, at: int) -> int:
        """Where the adjectives of an office end."""
        words = self._part.words
        while at < len(words) and self._part.gap(at - 1) == " ":
            thing = self._part.matches.things.get(at)
            if thing is not None and not thing.particles and words[at].startswith(_ARTICLE):
                at = thing.end
            elif words[at] in _ADJECTIVES:
                at += 1
            else:
                break
        return at

    def _is_definite(self, at: int, end: int) -> bool:
        return any(word.startswith(_ARTICLE) for word in self._part.words[at : min(end, at + 2)])

    def _is_last(self, at: int) -> bool:
        """Whether a short form ends there, as a subject."""
        words = self._part.words
        if at >= len(words) or self._part.gap(at - 1) != " ":
            return True
        word = words[at]
        return word in speech_words("that") or word in speech_words("insertions")

    def _are_known(self, head: str, *, bodies: bool) -> bool:
        """Whether each noun of this kind without article is that of somebody known."""
        known = self._known.get((head, bodies))
        if known is None:
            if self._places is None:
                self._places = _places(self._part.words)
            covers = self._in_body if bodies else self._before_person
            known = all(covers(at, head) for at in self._places.get(head, ()))
            self._known[head, bodies] = known
        return known

    def _in_body(self, at: int, head: str) -> bool:
        number = bisect_left(self._bodies, at + 1, key=lambda one: one[0]) - 1
        return number >= 0 and self._bodies[number][1] > at

    def _before_person(self, at: int, head: str) -> bool:
        number = bisect_left(self._people, at, key=lambda one: one[0])
        if number and self._people[number - 1][1] == at:  # «سامي العبيدي، سفير العراق»
            return True
        if number == len(self._people):
            return False
        start, _, value = self._people[number]
        firsts = [form for role in value.roles for _, _, form in exact_forms(role.split()[0])]
        return start - at <= _MOST_OFFICE and head in [
            form.removeprefix(_ARTICLE) for form in firsts
        ]

    def _values_by_heads(self) -> dict[str, dict[str, tuple[FacetValue, int]]]:
        """The bodies by the noun that their names begin with, and where each is named first."""
        heads: dict[str, dict[str, tuple[FacetValue, int]]] = defaultdict(dict)
        for start, _, value in self._bodies:
            for base, _ in possible_bases(self._part.words[start]):
                heads[base.removeprefix(_ARTICLE)].setdefault(value.id, (value, start))
        return heads


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    """Where each word stands, without particles; nouns with an article are short forms."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        for base, _ in possible_bases(word):
            if not base.startswith(_ARTICLE):
                places[base].append(at)
    return places


def _holders(people: Iterable[FacetValue]) -> dict[str, list[tuple[FacetValue, frozenset[str]]]]:
    """The people by the first words of their offices, with all words of each."""
    holders: dict[str, list[tuple[FacetValue, frozenset[str]]]] = defaultdict(list)
    for value in people:
        for role in value.roles:
            forms = [form.removeprefix(_ARTICLE) for _, _, form in exact_forms(role)]
            if forms:
                holders[forms[0]].append((value, frozenset(forms)))
    return holders
