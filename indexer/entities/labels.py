"""The names of facet values: what an id is called, and which ids a typed name means."""

import re
import unicodedata
from collections import defaultdict
from functools import cached_property

from indexer.facets import countries, organisations
from indexer.facets.gazetteer.known_people import key, known_people, slug
from indexer.facets.topics import read_topics

#: Forms of countries that a reader types to mean the country itself.
TYPED = frozenset({"name", "people", "adjective", "capital"})
_ARABIC = re.compile("[\u0600-\u06ff]")
#: What other languages call the people and countries searched for most.
LATIN = {
    "people": {
        "vladimir-putin": ("Poutine", "Wladimir Putin"),
        "volodymyr-zelenskyy": ("Zelensky", "Zelenskiy", "Zelenski"),
        "muammar-gaddafi": ("Kadhafi", "Qaddafi"),
        "bashar-al-assad": ("Bachar el-Assad", "Assad"),
        "abdel-fattah-el-sisi": ("Al-Sisi", "El Sissi"),
        "benjamin-netanyahu": ("Netanyahou", "Bibi Netanyahu"),
        "mustafa-al-kadhimi": ("Kadhimi", "Al-Kadhimi", "Kadhemi", "Mustafa Kadhemi"),
        "sergey-lavrov": ("Sergei Lavrov",),
        "ali-khamenei": ("Khamenei",),
        "mohammed-bin-salman": ("MBS", "Mohammad bin Salman"),
        "recep-tayyip-erdogan": ("Erdogan",),
        "alexander-de-croo": ("De Croo", "Alexander De Croo"),
        "antonio-guterres": ("Guterres",),
    },
    "countries": {
        "US": ("USA", "America", "United States of America", "Etats-Unis"),
        "GB": ("UK", "Britain", "Great Britain", "England"),
        "AE": ("UAE", "Emirates"),
        "KP": ("DPRK",),
        "KR": ("Korea",),
        "TR": ("Turkey", "Türkiye"),
        "CZ": ("Czech Republic",),
        "MM": ("Burma",),
        "CI": ("Ivory Coast",),
        "SA": ("KSA",),
        "CD": ("Congo",),
        "VA": ("Vatican", "Holy See"),
        "PS": ("Palestinian Territories",),
        "BE": ("Belgique", "Belgie"),
        "FR": ("Frankreich",),
        "DE": ("Deutschland", "Allemagne"),
    },
}


class Names:
    """Labels and typed names of the values that the tables know."""

    def __init__(self) -> None:
        self._known = known_people()
        self._countries = countries.labels()
        self._organisations = organisations.Organisations(self._countries)
        self._topics = {topic.id: (topic.name, topic.name_en) for topic in read_topics()}

    def label(self, facet: str, id: str) -> tuple[str, str] | None:
        """The Arabic and the Latin name of a value, or None for one that no table knows."""
        if facet == "people" and id in self._known.people:
            person = self._known.people[id]
            return person.name, person.name_en
        if facet == "countries":
            return self._countries.get(id)
        if facet == "topics":
            return self._topics.get(id)
        if facet == "organisations":
            return self._organisations.label(id)
        return None

    def find(self, facet: str, text: str) -> tuple[str, ...]:
        """The ids that a name typed in either script means exactly, the likeliest first."""
        table = self._typed.get(facet, {})
        if _ARABIC.search(text):
            words = key(text)
            ids = table.get(" ".join(words), ())
            if not ids and facet == "people" and (person := self._known.find(words)):
                return (person,)
            return tuple(ids)
        return tuple(table.get(slug(text), ()))

    def typed(self, facet: str, id: str) -> tuple[str, ...]:
        """What else readers type for a value than its names and the words that articles use."""
        person = self._known.people.get(id) if facet == "people" else None
        own = (*person.variants, *person.single) if person else ()
        return (*own, *LATIN.get(facet, {}).get(id, ()))

    @cached_property
    def _typed(self) -> dict[str, dict[str, list[str]]]:
        """Ids by facet and folded name."""
        tables: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

        def add(facet: str, name: str, id: str) -> None:
            folded = " ".join(key(name)) if _ARABIC.search(name) else slug(name)
            if folded and id not in tables[facet][folded]:
                tables[facet][folded].append(id)

        for person in self._known.people.values():
            family = _family(person.name_en)
            for name in (person.name, person.name_en, *person.variants, *person.single):
                add("people", name, person.id)
            if person.single and family:
                add("people", family, person.id)
            for name in LATIN["people"].get(person.id, ()):
                add("people", name, person.id)
        for person in self._known.people.values():
            for name in person.weak:
                add("people", name, person.id)
            add("people", _family(person.name_en), person.id)
        for id, label in self._countries.items():
            for name in (*label, *LATIN["countries"].get(id, ())):
                add("countries", name, id)
        for name, form in countries.forms():
            if form.kind in TYPED and form.id in self._countries:
                add("countries", name, form.id)
        for id, profile in organisations.profiles().items():
            for name in profile:
                add("organisations", name, id)
            add("organisations", id, id)
        for name, form in organisations.forms():
            if form.id != organisations.NOTHING:
                add("organisations", name, form.id)
        for id, names in self._topics.items():
            for name in (*names, id):
                add("topics", name, id)
        return tables


def _family(name: str) -> str:
    """The family name in Latin letters, with its particle: «De Croo», «al-Assad»."""
    plain = unicodedata.normalize("NFKC", name).split()
    return plain[-1] if len(plain) > 1 else ""
