"""Whose an institution is that stands without a country: «وزارة الصحة» in a paper of that country.

An article that names the same institution with its country says it; else it is that of the only
country that the article is about, or of the paper's own where no other is named as often.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from indexer.facets.gazetteer import known_countries
from indexer.facets.tables import rows
from indexer.model import Article, FacetValue

#: Domains of countries that are used for other things too.
WORLDWIDE = frozenset({"TV", "ME", "IO", "CO", "AI", "FM", "GG", "LY"})
#: A country that is named no more often than this is not what an article is about.
IN_PASSING = 2


@cache
def homes() -> dict[str, str]:
    """The country of papers by their name."""
    return {source: id for id, sources in rows("homes.tsv") for source in sources.split("|")}


@cache
def owned_institutions() -> frozenset[str]:
    """The institutions that papers name without their country."""
    return frozenset(id for id, _, _, _, *bare in rows("institutions.tsv") if any(bare))


def home(article: Article) -> str:
    """The country of the paper, by its name or its domain, or «»."""
    host = urlsplit(article.url or "").netloc.partition(":")[0]
    domain = host.rpartition(".")[2].upper()
    domain = "GB" if domain == "UK" else domain
    own = domain if domain in known_countries.labels() and domain not in WORLDWIDE else ""
    return homes().get(article.source or "", own)


class Owners:
    """The countries that an article may mean without saying so."""

    def __init__(self, article: Article, countries: Sequence[FacetValue]) -> None:
        self._owner = _owner(home(article), countries)

    def institution(self, id: str, found: Iterable[str]) -> str:
        """The id of an institution with its country, or «» where that is unclear."""
        named = {other for other in found if other.rpartition("-")[0] == id}
        if len(named) == 1:
            return named.pop()
        return f"{id}-{self._owner}" if self._owner and id in owned_institutions() else ""


def _owner(own: str, countries: Sequence[FacetValue]) -> str:
    if not countries:
        return own
    scores = {country.id: country.score for country in countries}
    most = max(scores.values())
    if len(countries) == 1 and (not own or _concerns(countries[0])):
        return countries[0].id
    if own in scores:
        return own if scores[own] >= most else ""
    return own if not any(map(_concerns, countries)) else ""


def _concerns(country: FacetValue) -> bool:
    """Whether an article is about a country that it names, not in passing."""
    return country.score > IN_PASSING or any(of.part == "title" for of in country.mentions)
