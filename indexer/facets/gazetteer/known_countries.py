"""Countries by the names, adjectives, capitals and cities that the press uses.

Three tables hold the forms: ``countries.tsv`` is derived from CLDR, UNTERM and ArWikiCats,
``countries_press.tsv`` is curated by hand, and explains the kinds of forms; ``towns.tsv`` holds
more of its kinds.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.tables import rows
from indexer.text.normalize import normalize

FACET = "countries"
NOWHERE = "-"
TABLES = ("countries.tsv", "countries_press.tsv", "towns.tsv")
#: Kinds of forms that need support; they stand above a plain name of the derived table.
DOUBTFUL = frozenset({"shared", "cautious"})
#: Endings of an adjective in «ـي»: man, woman, men, two, women; «عراقيا» is the accusative.
ENDINGS = ("", "ه", "ون", "ين", "ان", "تين", "تان", "ات", "ا")


class CountryNames(NamedTuple):
    """A country's names for people."""

    name: str
    name_en: str


@cache
def labels() -> Mapping[str, CountryNames]:
    """The Arabic and English labels of every country, by id."""
    return {
        id: CountryNames(*form.split("|")) for id, kind, form in country_forms() if kind == "label"
    }


def entries() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield every phrase with the country that it names and the kind of naming."""
    doubtful = {
        normalize(form)
        for _, kind, alternatives in country_forms()
        for form in alternatives.split("|")
        if kind in DOUBTFUL
    }
    for id, kind, alternatives in country_forms():
        for form in alternatives.split("|"):
            if kind in ("adjective", "faint"):
                yield from ((word, GazetteerEntry(FACET, id, kind)) for word in inflected(form))
            elif kind == "people" and form[-1] not in "ايهةنى" and not form.startswith("ال"):
                yield from ((word, GazetteerEntry(FACET, id, kind)) for word in (form, form + "ا"))
            elif kind in DOUBTFUL or (kind != "label" and normalize(form) not in doubtful):
                yield form, GazetteerEntry(FACET, id, kind)


def adjectives() -> dict[str, str]:
    """The adjective of each country that has one, masculine and singular."""
    by_country: dict[str, str] = {}
    for id, kind, alternatives in country_forms():
        if kind == "adjective":
            by_country.setdefault(id, alternatives.split("|")[0])
    return by_country


def definite(adjective: str) -> str:
    """An adjective of one or more words with its article: «الجنوب أفريقي»."""
    head, *rest = adjective.split()
    if rest and not head.endswith("ي"):
        return " ".join(["ال" + head, *rest])
    return " ".join("ال" + word for word in adjective.split())


def country_forms() -> Iterator[tuple[str, str, str]]:
    """The lines of all tables: the country, the kind of its forms, these with «|» between them."""
    for table in TABLES:
        for id, kind, form in rows(table):  # noqa: UP028
            yield id, kind, form


def inflected(adjective: str) -> Iterator[str]:
    """All forms of an adjective of one or more words, with and without the article."""
    words = split(adjective)
    compound = len(words) > 1 and not words[0].endswith("ي")  # «جنوب أفريقي»
    for ending in ENDINGS[:-1] if compound else ENDINGS:  # «وسط أفريقيا» is a region
        forms = [words[0] if compound else words[0] + ending]
        forms += [word + ending for word in words[1:]]
        yield " ".join(forms)
        if not compound:
            yield " ".join("ال" + word for word in forms)
        elif words[0] == "جنوب":
            yield " ".join([forms[0], *("ال" + word for word in forms[1:])])
