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
from indexer.facets.gazetteer.known_people import SON, key, known_people, skeleton
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
#: What an article of another field than sport says of those without an office.
NEWS = "news"
#: Of these two, one person has one.
APART = frozenset(
    {
        frozenset({"sport", NEWS}),
        frozenset({"sport", "state"}),
        frozenset({"sport", "crime"}),
        frozenset({"sport", "medicine"}),
        frozenset({"crime", "state"}),
        frozenset({"arts", "state"}),
    }
)
#: Links of names of other languages, written apart or together.
FOREIGN_LINKS = frozenset({"دي", "دا", "دو", "دير", "ديل", "فان", "فون", "سان"})
#: How alike the words of two spellings are at least, from 0 to 1.
SAME_NAME = 0.4
#: Given names and surnames that many bear together.
FREQUENT = word_list("frequent-given", "name_words.tsv")
SURNAMES = word_list("tribes", "name_words.tsv") | word_list("frequent-surnames", "name_words.tsv")
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
        self._surnames = {key(one.name)[-1] for one in self.known.people.values()}
        self.of_role = lru_cache(1 << 14)(self._of_role)

    def spelling(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """What all spellings of a full name share; words are on the exact layer."""
        if len(words) > 1 and self._is_foreign(words):
            return skeleton(_joined(words))
        own = _without_son(words)
        return own if len(own) > 2 else words  # «عمر بن عبدالعزيز» is not «عمر عبدالعزيز»

    def spellings(self, words: tuple[str, ...]) -> set[tuple[str, ...]]:
        """All ``spelling`` of a name; ث is heard as s and as t: «غونثاليث», «سامانثا»."""
        return {self.spelling(words), self.spelling(tuple(w.replace("ث", "ت") for w in words))}

    def alike(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names of equal ``spelling`` look alike, too: not «زمانان» and «سيمنون»."""
        if one[0] != other[0] and self._is_arabic(one[0]) and self._is_arabic(other[0]):
            return False  # «محمد», «محمود»
        if len(one) != len(other):  # «مساعد محمد العيبان», «مساعد بن محمد العيبان»
            one, other = _joined(_without_son(one)), _joined(_without_son(other))
        pairs = zip(one, other, strict=False)
        return all(Levenshtein.normalized_similarity(a, b) >= SAME_NAME for a, b in pairs)

    def is_known_surname(self, word: str) -> bool:
        """Whether somebody whom the table knows bears a surname."""
        return word in self._surnames

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

    def is_common(self, words: tuple[str, ...]) -> bool:
        """Whether many are called by a name: «محمد الغامدي», «محمد علي»."""
        if len(words) != 2 or words[0] not in FREQUENT:
            return False
        return words[1] in SURNAMES or words[1] in FREQUENT

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

    def _is_foreign(self, words: tuple[str, ...]) -> bool:
        """Whether a name is of another language, by its last word or what else tells it."""
        first, last = words[0], words[-1]
        if last.startswith("ال"):
            return False
        if self._is_strange(last) or not FOREIGN_LINKS.isdisjoint(words):
            return True
        return self._is_strange(first) and "f" in self._word_classes.get(last).classes

    def _is_arabic(self, word: str) -> bool:
        word_class = self._word_classes.get(word)
        return word_class.given and "f" not in word_class.classes

    def _is_strange(self, word: str) -> bool:
        return set("gsht").isdisjoint(self._word_classes.get(word).classes)


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


def _without_son(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in SON)


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name with its foreign links joined to what they link: «دا سيلفا» is «داسيلفا»."""
    joined: list[str] = []
    open_link = False
    for word in words:
        if open_link:
            joined[-1] += word
        else:
            joined.append(word)
        open_link = word in FOREIGN_LINKS
    return tuple(joined)


def _walk(role: str) -> str:
    """The walk of life of a role, «» if it says nothing."""
    return "state" if role.endswith("minister") or role in STATE else WALKS.get(role, "")


def _together(at: int) -> bool:
    return True
