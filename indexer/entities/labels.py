"""What the tables call a value of a facet, and what else readers type for it."""

from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_organisations import KnownOrganisations
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.gazetteer.topic_terms import read_topics

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


class ValueLabels:
    """The names of the values that the tables know."""

    def __init__(self) -> None:
        self._people = known_people().people
        self._countries = known_countries.labels()
        self._organisations = KnownOrganisations()
        self._topics = {topic.id: (topic.name, topic.name_en) for topic in read_topics()}

    def label(self, facet: str, id: str) -> tuple[str, str] | None:
        """The Arabic and the Latin name of a value, or None for one that no table knows."""
        match facet:
            case "people" if id in self._people:
                return self._people[id].name, self._people[id].name_en
            case "countries":
                return self._countries.get(id)
            case "organisations":
                return self._organisations.label(id)
            case "topics":
                return self._topics.get(id)
        return None

    def typed(self, facet: str, id: str) -> tuple[str, ...]:
        """What else readers type for a value than its names and the words that articles use."""
        person = self._people.get(id) if facet == "people" else None
        alone = (*person.variants, *person.single) if person else ()
        return (*alone, *LATIN.get(facet, {}).get(id, ()))
