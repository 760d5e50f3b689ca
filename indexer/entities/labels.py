"""What the tables call a value of a facet, and what else readers type for it."""

from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_organisations import KnownOrganisations
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.gazetteer.topic_terms import read_topics
from indexer.facets.tables import rows


class ValueLabels:
    """The names of the values that the tables know."""

    def __init__(self) -> None:
        self._people = known_people().people
        self._countries = known_countries.labels()
        self._organisations = KnownOrganisations()
        self._others = {
            (facet, id): tuple(names.split("|")) for facet, id, names in rows("other_languages.tsv")
        }
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
        return (*alone, *self._others.get((facet, id), ()))
