"""What the tables know: English names and terms, by their folded words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from indexer.search.english.folding import key
from indexer.search.english.tables import facet_rows, rows
from indexer.text.normalize import normalize

Kind = Literal["country", "place", "organisation", "demonym", "term", "person"]
#: Which of several that have one name it means.
ORDER: tuple[Kind, ...] = ("demonym", "country", "place", "organisation", "term", "person")
#: Kinds whose names may be ordinary words as well: written small, a term comes before them.
_PROPER = ("place", "organisation")
_MOST_NAMES = 4  # of one country
#: Tables of places: by hand, and made.
PLACES = ("places.tsv", "cities.tsv")


@dataclass(frozen=True, slots=True)
class EnglishEntry:
    """A name or term: its Arabic names, the usual one first, and the facet's values if it has any.

    ``sort`` of a term is «office», «body» or «». ``name_en`` is how it is shown in English.
    """

    kind: Kind
    names: tuple[str, ...]
    name_en: str
    facet: str = ""
    ids: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """What Arabic calls a country and those who live there; adjectives masculine singular."""

    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    name_en: str


class Entries:
    """Entries by their folded words."""

    def __init__(self, pairs: Iterable[tuple[str, EnglishEntry]]) -> None:
        self._entries: dict[str, dict[Kind, EnglishEntry]] = {}
        for name, entry in pairs:
            self._add(key(name), entry)
        self.names = frozenset(self._entries)
        self.words = frozenset(word for found in self._entries for word in found.split())
        self.longest = max((found.count(" ") + 1 for found in self._entries), default=0)

    def _add(self, folded: str, entry: EnglishEntry) -> None:
        """Keep an entry; two of one kind that share a name are one with the names of both."""
        kinds = self._entries.setdefault(folded, {})
        known = kinds.get(entry.kind)
        if known and entry.kind in ("term", "person"):
            entry = replace(
                known,
                names=tuple(dict.fromkeys(known.names + entry.names)),
                ids=tuple(dict.fromkeys(known.ids + entry.ids)),
            )
        elif known:
            entry = known
        kinds[entry.kind] = entry

    def all(self) -> Iterator[tuple[str, EnglishEntry]]:
        """Every entry with its folded words."""
        for folded, kinds in self._entries.items():
            for entry in kinds.values():
                yield folded, entry

    def find(self, folded: str, *, capital: bool = False) -> EnglishEntry | None:
        """What these words mean; ``capital`` where all of them begin with a capital letter."""
        kinds = self._entries.get(folded)
        if not kinds:
            return None
        order = ORDER if capital else sorted(ORDER, key=lambda kind: kind in _PROPER)
        return next((kinds[kind] for kind in order if kind in kinds), None)

    def of_facet(self, facet: str, folded: str) -> EnglishEntry | None:
        """The value of a facet that is called this."""
        kinds = self._entries.get(folded, {})
        return next((entry for entry in kinds.values() if entry.facet == facet), None)


@cache
def entries() -> Entries:
    """All that stands in the tables that come with Rasad."""
    return entries_with(PLACES)


def entries_with(places: Sequence[str]) -> Entries:
    """All that stands in the tables, but of places only those of some tables."""
    return Entries([*_countries(), *_places(places), *_organisations(), *_terms(), *_people()])


@cache
def countries() -> dict[str, Country]:
    """The countries by id."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in ("countries_press.tsv", "countries.tsv"):
        for id, kind, forms in facet_rows(table):
            for one in id.split("/"):
                found.setdefault(one, {}).setdefault(kind, []).extend(forms.split("|"))
    return {
        id: Country(
            tuple(dict.fromkeys([*kinds.get("name", ()), kinds["label"][0]]))[:_MOST_NAMES],
            tuple(dict.fromkeys([*kinds.get("adjective", ()), *kinds.get("faint", ())])),
            tuple(dict.fromkeys(kinds.get("people", ()))),
            kinds["label"][1],
        )
        for id, kinds in found.items()
        if "label" in kinds
    }


@cache
def office_holders() -> dict[tuple[str, str], tuple[str, ...]]:
    """The people of the tables by country and office, by their Latin names."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for _name, latin, country, office, *_more in _padded(facet_rows("people.tsv")):
        found[country, office] = (*found.get((country, office), ()), latin)
    return found


def offered() -> Iterator[tuple[str, str]]:
    """Terms and places in English with their usual Arabic, for a reader who is typing."""
    for name, entry in (*_terms(), *_places(PLACES)):
        if name == entry.name_en:
            yield name, entry.names[0]


def _countries() -> Iterator[tuple[str, EnglishEntry]]:
    known = countries()
    for id, country in known.items():
        yield country.name_en, _country(id, country)
    for id, names, demonyms in (*rows("countries.tsv"), *rows("countries_fr.tsv")):
        country = known[id]
        for name in filter(None, names.split("|")):
            yield name, _country(id, country)
        adjectives = country.adjectives + country.people
        for name in filter(None, demonyms.split("|")):
            if adjectives:
                yield name, EnglishEntry("demonym", adjectives, name, "countries", (id,))


def _country(id: str, country: Country) -> EnglishEntry:
    return EnglishEntry("country", country.names, country.name_en, "countries", (id,))


@cache
def arabic_places() -> dict[str, str]:
    """What places are called in English, by their Arabic names, normalised."""
    named: dict[str, str] = {}
    for country in countries().values():
        for name in country.names:
            named.setdefault(normalize(name), country.name_en)
    for _, entry in _places(PLACES):
        for name in entry.names:
            named.setdefault(normalize(name), entry.name_en)
    return named


def _places(tables: Sequence[str]) -> Iterator[tuple[str, EnglishEntry]]:
    for table in tables:
        for latin, arabic in rows(table):
            names = latin.split("|")
            for name in names:
                yield name, EnglishEntry("place", tuple(arabic.split("|")), names[0])


def _organisations() -> Iterator[tuple[str, EnglishEntry]]:
    known = {}
    for id, arabic, english, *_others in facet_rows("organisations.tsv"):
        if id != "-":
            known[id] = EnglishEntry("organisation", (arabic,), english, "organisations", (id,))
    for id, names in rows("organisations.tsv"):
        for name in names.split("|"):
            yield name, known[id]
    bare = Counter(entry.name_en.partition(" (")[0] for entry in known.values())
    for id, entry in known.items():
        yield id, entry
        name, bracket, _ = entry.name_en.partition(" (")
        if not bracket or bare[name] == 1:  # «House of Representatives» is that of several states
            yield name, entry


def _terms() -> Iterator[tuple[str, EnglishEntry]]:
    for english, arabic, *sort in rows("terms.tsv"):
        yield english, EnglishEntry("term", tuple(arabic.split("|")), english, sort="".join(sort))


def _people() -> Iterator[tuple[str, EnglishEntry]]:
    """People by full name, and by surname where the press calls them by it alone.

    What ids they have is for the index to say, see ``archive_names``.
    """
    by_name = {}
    for name, latin, _country, _role, single, *_more in _padded(facet_rows("people.tsv")):
        singles = [one.removesuffix("?") for one in single.split("|") if one and " " not in one]
        by_name[latin] = name, (singles or [name])[0]
        yield latin, EnglishEntry("person", (name,), latin, "people", (latin,))
        surnames = [one for one in singles if one != name.split()[0]]
        if surnames and not _is_patronymic(latin):
            yield (
                latin.split()[-1],
                EnglishEntry("person", (surnames[0],), latin, "people", (latin,)),
            )
    for latin, names in rows("people.tsv"):
        full, alone = by_name[latin]
        for name in names.split("|"):
            name, _, written = name.partition("=")
            arabic = written or (full if " " in key(name) else alone)
            yield name, EnglishEntry("person", (arabic,), latin, "people", (latin,))


def _padded(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    return ([*line, *[""] * (5 - len(line))] for line in lines)


def _is_patronymic(latin: str) -> bool:
    """Whether the last word is a father's name or a number and calls nobody by itself."""
    words = latin.split()
    return len(words) < 2 or words[-2] in ("bin", "Al", "al", "Ben") or words[-1].isupper()
