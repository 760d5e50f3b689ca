"""Names and terms that the tables know, together with the people of one index."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from indexer.catalogue import Catalogue, Name
from indexer.search.catalogue_cache import CatalogueCache
from indexer.search.english.entries import EnglishEntry, entries, office_holders
from indexer.search.english.folding import LINKS, folded, key, name_words
from indexer.search.english.tables import outlet_rows, rows
from indexer.text.phonetics import sounds

_MOST_PEOPLE = 100_000  # of an index, those in most articles
_MOST_IDS = 20  # that one name may mean
_FAR_MORE = 5
_BEARERS = 3  # people who must bear a given name before it is known alone


class KnownNames:
    """What the tables and the people of one state of an index say of names; a value."""

    def __init__(self, people: "IndexedPeople") -> None:
        self._tables = entries()
        self._people = people
        self.longest = max(self._tables.longest, people.longest)

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in any name or term."""
        return word in self._tables.words or word in self._people.words

    def find(self, words: str, *, capital: bool = False) -> EnglishEntry | None:
        """What these folded words mean, or None."""
        entry = self._tables.find(words, capital=capital)
        if entry is None or entry.kind == "person":
            entry = self._people.merged(entry, self._people.find(words))
        return entry

    def ids(self, facet: str, text: str) -> tuple[str, ...]:
        """The values of a facet that a name means by itself; none where only parts of it fit."""
        words = key(text)
        if facet == "sources":
            return _outlets().get(words, ())
        entry = self._tables.of_facet(facet, words)
        if facet == "people":
            entry = self._people.merged(entry, self._people.find(words))
        return entry.ids if entry else ()

    def holder(self, country: str, offices: Sequence[str]) -> str | None:
        """Who of the index's people holds an office of a country, as the tables have it.

        None where several do, and none of them is in the news far more than the others.
        """
        holders = self._people.ranked(
            latin for office in offices for latin in office_holders().get((country, office), ())
        )
        if holders and (len(holders) < 2 or holders[0].articles > _FAR_MORE * holders[1].articles):
            return holders[0].id
        return None


def knowledge(catalogue: Catalogue) -> CatalogueCache[KnownNames]:
    """What is known of one catalogue's names."""
    return CatalogueCache(
        catalogue, lambda one: KnownNames(IndexedPeople(one.frequent("people", _MOST_PEOPLE)))
    )


class IndexedPeople:
    """The people of an index by the folded words of their Latin names."""

    def __init__(self, people: Sequence[Name]) -> None:
        self._people = people
        self._named = {person.name_en: person for person in reversed(people)}
        self._full: dict[str, list[int]] = defaultdict(list)
        self._last: dict[str, list[int]] = defaultdict(list)
        self._first: dict[str, list[int]] = defaultdict(list)
        for number, person in enumerate(people):
            self._add(number, person.name_en)
        self.words = frozenset(word for full in self._full for word in full.split())
        self.longest = max((full.count(" ") + 1 for full in self._full), default=0)

    def _add(self, number: int, name: str) -> None:
        words = name_words(name)
        if not words or words[0] in LINKS or (len(words) < 2 and " " in name):
            return
        self._full[" ".join(words)].append(number)
        if len(words) > 1:
            self._first[words[0]].append(number)
            # A father's name calls nobody by itself, nor does a syllable.
            if words[-2] != "bin" and len(words[-1]) > 2:
                self._last[words[-1]].append(number)
        if len(words) > 2:
            self._full[f"{words[0]} {words[-1]}"].append(number)

    def find(self, words: str) -> EnglishEntry | None:
        """The people who are called this: in full, else by surname, else a given name alone."""
        if words in self._full:
            return self._entry(self._full[words], self._people[self._full[words][0]].name)
        if " " in words or words in LINKS or words in _ordinary():
            return None
        surname = self._spelt(words, self._last.get(words, ()), -1)
        given = self._spelt(words, self._first.get(words, ()), 0)
        if surname and len(surname) >= len(given):
            return self._entry([number for number, _ in surname], _usual(surname))
        if len(given) < _BEARERS:
            return None
        return EnglishEntry("person", (_usual(given),), words.capitalize())

    def ranked(self, latin: Iterable[str]) -> list[Name]:
        """Those of the tables' people whom the index knows, by number of articles."""
        known = [self._named[name] for name in dict.fromkeys(latin) if name in self._named]
        return sorted(known, key=lambda person: -person.articles)

    def merged(self, table: EnglishEntry | None, own: EnglishEntry | None) -> EnglishEntry | None:
        """What the tables and the index say of one name, as one; the tables know the usual name."""
        if table is None:
            return own
        ids = [person.id for person in self.ranked(table.ids)]
        if own:
            ids += own.ids
        return replace(table, ids=tuple(dict.fromkeys(ids))[:_MOST_IDS])

    def _entry(self, numbers: Sequence[int], arabic: str) -> EnglishEntry:
        people = [self._people[number] for number in numbers[:_MOST_IDS]]
        ids = tuple(person.id for person in people)
        return EnglishEntry("person", (arabic,), people[0].name_en, "people", ids)

    def _spelt(self, word: str, numbers: Iterable[int], place: int) -> list[tuple[int, str]]:
        """Those of the people whose Arabic name has this word in this place, with the word."""
        heard = sounds(word)
        found = []
        for number in numbers:
            words = _whole_words(self._people[number].name)
            if words and sounds(words[place]) == heard:
                found.append((number, words[place]))
        return found


def _usual(bearers: Iterable[tuple[int, str]]) -> str:
    return Counter(word for _, word in bearers).most_common(1)[0][0]


def _whole_words(arabic: str) -> list[str]:
    """The parts of an Arabic name, «عبد العزيز» as one."""
    parts: list[str] = []
    for word in arabic.split():
        if parts and parts[-1] == "عبد":
            parts[-1] += word
        else:
            parts.append(word)
    return parts


@cache
def _ordinary() -> frozenset[str]:
    """Surnames that are ordinary English words; by themselves they are words."""
    return frozenset(folded(word) for (line,) in rows("ordinary.tsv") for word in line.split())


@cache
def _outlets() -> dict[str, tuple[str, ...]]:
    """Agencies and papers by their Latin names; the index knows them by the Arabic ones."""
    found: dict[str, tuple[str, ...]] = {}
    for id, arabic, latin, _hosts, others, *_word in outlet_rows():
        for name in (id, latin, *others.split("|")):
            if words := key(name):
                found.setdefault(words, (arabic,))
    return found
