"""Who is who across articles: which names may be one person's, and what tells namesakes apart.

Names of other languages are spelt as each paper hears them, so they are compared by what their
spellings share («شتاينماير», «شتاينمير»); Arabic names are compared letter by letter. Offices say
whose state a person serves («السفير الأردني») and in which walk of life the person stands; nobody
is ambassador of Jordan and goalkeeper, or minister of two states.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from indexer.facets.gazetteer import known_countries, titles
from indexer.facets.gazetteer.known_people import SON, known_people, skeleton
from indexer.facets.gazetteer.matcher import PhraseMatcher, longest
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.romanise import romanise
from indexer.facets.ner.word_classes import default_word_classes
from indexer.facets.tables import words as word_list

#: Walks of life by the English roles of ``titles.tsv``; other roles say nothing.
WALKS = {"sportsman": "sport", "artist": "arts", "suspect": "crime", "physician": "medicine"}
#: Offices of a state, beside all that end in «minister».
STATE = frozenset(
    {
        "ambassador",
        "attaché",
        "brigadier",
        "chargé d'affaires",
        "chief of staff",
        "consul",
        "crown prince",
        "deputy speaker",
        "emir",
        "envoy",
        "high representative",
        "intelligence chief",
        "judge",
        "king",
        "minister of religious affairs",
        "minister of state",
        "permanent representative",
        "speaker of parliament",
        "under-secretary",
    }
)
#: Of these two, one person has one.
APART = frozenset(
    {
        frozenset({"sport", "state"}),
        frozenset({"sport", "crime"}),
        frozenset({"sport", "medicine"}),
        frozenset({"crime", "state"}),
        frozenset({"arts", "state"}),
    }
)
#: How alike the words of two spellings are at least, from 0 to 1.
SAME_NAME = 0.4
#: Before a country, these make it the place of an office rather than the state that is served.
ABROAD = word_list("abroad")


class Claim(NamedTuple):
    """What an article's offices say of a person: walks of life, and states served."""

    walks: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()


class Identity:
    """Judges names and offices."""

    def __init__(self) -> None:
        self.known = known_people()
        self._word_classes = default_word_classes()
        self._titles = PhraseMatcher(titles.entries())
        self._countries = PhraseMatcher(known_countries.entries())
        self.of_role = lru_cache(1 << 14)(self._of_role)

    def spelling(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """What all spellings of a full name share; words are on the exact layer."""
        foreign = len(words) > 1 and self._is_foreign(words[-1])
        if foreign:
            return skeleton(words)
        own = tuple(word for word in words if word not in SON)
        return own if len(own) > 2 else words  # «عمر بن عبدالعزيز» is not «عمر عبدالعزيز»

    def alike(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names of equal ``spelling`` look alike, too: not «زمانان» and «سيمنون»."""
        pairs = zip(one, other, strict=False)
        return all(Levenshtein.normalized_similarity(a, b) >= SAME_NAME for a, b in pairs)

    def shorter(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The shorter names by which somebody of this name is called as well.

        «محمد بن علي الحربي» is «محمد الحربي», «فيصل بن خالد بن عبدالعزيز» is «فيصل بن خالد».
        """
        own = [word for word in words if word not in SON]
        found: list[tuple[str, ...]] = []
        if len(own) > 2 and words[-2] not in SON:
            found.append((own[0], own[-1]))
        if len(own) > 2 and words[1] in SON:
            found.append(words[:3])
        return found

    def claim(self, roles: Iterable[str]) -> Claim:
        """What offices, as printed, say of their bearer."""
        walks, states = set(), set()
        for role in roles:
            walk, state = self.of_role(role)
            walks.add(walk)
            states.add(state)
        return Claim(frozenset(walks - {""}), frozenset(states - {""}))

    def own(self, id: str) -> Claim:
        """What the table says of a person that everybody knows."""
        person = self.known.people[id]
        walk, _ = self.of_role(person.role)
        return Claim(frozenset({walk} - {""}), frozenset({person.country} - {""}))

    def latin(self, id: str, name: str) -> str:
        """The Latin name of a person by id and Arabic name."""
        return self.known.people[id].name_en if id in self.known.people else romanise(name)

    def _of_role(self, role: str) -> tuple[str, str]:
        """The walk of life and the state served of an office; «» for what it does not say."""
        words = split(role)
        offices = longest(self._titles.find(words, _together))
        walk = next(filter(None, (_walk(office.entries[0].id) for office in offices)), "")
        if walk == "sport":  # clubs engage people from everywhere
            return walk, ""
        for match in longest(self._countries.find(words, _together)):
            entry = match.entries[0]
            if entry.kind in ("adjective", "name") and entry.id != known_countries.NOWHERE:
                away = match.particles or (match.start and words[match.start - 1] in ABROAD)
                return walk, "" if away else entry.id
        return walk, ""

    def _is_foreign(self, word: str) -> bool:
        classes = self._word_classes.get(word).classes
        return set("gsht").isdisjoint(classes) and not word.startswith("ال")


def conflict(one: Claim, other: Claim) -> bool:
    """Whether two claims can't be about one person.

    >>> conflict(Claim(states=frozenset({"JO"})), Claim(states=frozenset({"SY"})))
    True
    """
    if one.states and other.states and one.states.isdisjoint(other.states):
        return True
    return any(
        frozenset({a, b}) in APART and a not in other.walks and b not in one.walks
        for a in one.walks
        for b in other.walks
    )


def _walk(role: str) -> str:
    """The walk of life of a role, «» if it says nothing."""
    return "state" if role.endswith("minister") or role in STATE else WALKS.get(role, "")


def _together(at: int) -> bool:
    return True
