"""Organisations of the tables, and the ministries and parliaments of every country.

«وزارة الخارجية العراقية» needs no entry: a ministry's subject and the country's adjective make
its name and its id, ``ministry-foreign-affairs-IQ``.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_countries import definite
from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.tables import rows
from indexer.text.normalize import normalize

FACET = "organisations"
NOTHING = "-"
#: The tables of organisations that are found by their names.
NAMED = ("organisations.tsv", "bodies.tsv")
#: The condition of a name behind which a plus is printed: «أوبك+».
PLUS = "+"
#: Spellings of one word that the exact layer keeps apart.
SPELLINGS = (
    ("أوروبي", "أوربي"),
    ("أمريكي", "أميركي"),
    ("أمريكا", "أميركا"),
    ("ديمقراطي", "ديموقراطي"),
    ("فيدرالي", "فدرالي"),
    ("شؤون", "شئون"),
)


#: The facet of phrases that name an organisation in quotation marks.
QUOTED = "quoted organisations"


class OrganisationNames(NamedTuple):
    """An organisation's names for people."""

    name: str
    name_en: str


def profiles() -> dict[str, OrganisationNames]:
    """The organisations of the tables by id."""
    named = chain(*map(rows, NAMED), rows("institutions.tsv"))
    known: dict[str, OrganisationNames] = {}
    for id, name, en, *_ in named:  # the first table tells the name
        known.setdefault(id, OrganisationNames(name, en))
    return known


def entries() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield every name with its organisation; the kind is the condition behind «?», if any."""
    for id, name, _, *others in chain.from_iterable(map(rows, NAMED)):
        for form in (name, *filter(None, "|".join(others).split("|"))):
            phrase, _, condition = form.partition("?")
            condition = PLUS if phrase.endswith(PLUS) else condition
            for spelling in _spellings(phrase):
                yield spelling, GazetteerEntry(FACET, id, condition or "name")
    for id, name, _, alternatives, *_ in rows("institutions.tsv"):
        for form in (name, *filter(None, alternatives.split("|"))):
            for spelling in _spellings(form):
                yield spelling, GazetteerEntry(FACET, id, "institution")


def quoted() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield what names an organisation in quotation marks."""
    for id, names in rows("quoted.tsv"):
        for name in names.split("|"):
            for spelling in _spellings(name):
                yield spelling, GazetteerEntry(QUOTED, id, "quoted")


def _spellings(phrase: str) -> Iterator[str]:
    """A name as given and with its words in their other spelling."""
    yield phrase
    for one, other in SPELLINGS:
        if one in phrase:
            yield phrase.replace(one, other)


class KnownOrganisations:
    """The names of organisations by id, also of those that a pattern made."""

    def __init__(self) -> None:
        self._names = profiles()
        self._by_name = {normalize(names.name): id for id, names in self._names.items()}
        self._countries = known_countries.labels()
        self._adjectives = known_countries.adjectives()

    def named_alike(self, id: str) -> str:
        """The id under which the tables hold an institution of a country, else its own."""
        names = self.label(id)
        return self._by_name.get(normalize(names.name), id) if names else id

    def label(self, id: str) -> OrganisationNames | None:
        """The names of an organisation, or None if neither table nor pattern makes it."""
        if id in self._names:
            return self._names[id]
        institution, _, country = id.rpartition("-")
        if institution not in self._names or country not in self._countries:
            return None
        names, country_names = self._names[institution], self._countries[country]
        adjective = self._adjectives.get(country)
        feminine = names.name.split()[0].endswith(("ة", "ات"))
        name = f"{names.name} ({country_names.name})"
        if adjective:
            name = f"{names.name} {definite(adjective)}" + ("ة" if feminine else "")
        return OrganisationNames(name, f"{names.name_en} ({country_names.name_en})")
