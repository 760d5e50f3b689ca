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

BARE = "bare"
#: Domains of countries that are used for other things too.
WORLDWIDE = frozenset({"TV", "ME", "IO", "CO", "AI", "FM", "GG", "LY"})
#: A country that is named no more often than this is not what an article is about.
IN_PASSING = 2
#: So many times as often as any other the country of an article is named.
MUCH = 2
#: Papers of one country that are written for all.
FOR_ALL = frozenset({"الشرق الأوسط", "العربية", "الشرق السعودية"})


@cache
def homes() -> dict[str, str]:
    """The country of papers by their name."""
    return {source: id for id, sources in rows("homes.tsv") for source in sources.split("|")}


@cache
def owned_institutions() -> dict[str, frozenset[str]]:
    """The institutions that are named without their country; of some only, the countries."""
    rest = {id: bare for id, _, _, _, *bare in rows("institutions.tsv") if any(bare)}
    return {id: frozenset(bare[0].split("/")) - {BARE} for id, bare in rest.items()}


def home(article: Article) -> str:
    """The country of the paper, by its name or its domain, or «»."""
    if article.source in FOR_ALL:
        return ""
    host = urlsplit(article.url or "").netloc.partition(":")[0]
    domain = host.rpartition(".")[2].upper()
    domain = "GB" if domain == "UK" else domain
    own = domain if domain in known_countries.labels() and domain not in WORLDWIDE else ""
    return homes().get(article.source or "", own)


class Owners:
    """The countries that an article may mean without saying so."""

    def __init__(self, article: Article, countries: Sequence[FacetValue]) -> None:
        self._owner = _owner(home(article), countries)

    def institution(self, id: str, national: Iterable[str]) -> str:
        """The id of an institution with its country, or «» where that is unclear.

        ``national`` are those that the article names with their countries.
        """
        named = {other for other in national if other.rpartition("-")[0] == id}
        if len(named) == 1:
            return named.pop()
        of = owned_institutions().get(id)
        owned = self._owner and of is not None and (not of or self._owner in of)
        return f"{id}-{self._owner}" if owned else ""


def _owner(own: str, countries: Sequence[FacetValue]) -> str:
    """The country that is meant where none is named; ``own`` is that of the paper."""
    if not countries:
        return own
    ranked = sorted(countries, key=lambda country: -country.score)
    first, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0.0
    titled = {country.id for country in countries if _in_title(country)}
    if own in titled or (first.id == own and not titled):
        return own
    if first.score >= MUCH * second and (not own or _concerns(first)):
        return first.id
    passing = IN_PASSING + any(country.id == own for country in countries)
    return own if not titled and first.score <= passing else ""


def _in_title(country: FacetValue) -> bool:
    return any(mention.part == "title" for mention in country.mentions)


def _concerns(country: FacetValue) -> bool:
    """Whether an article is about a country that it names, not in passing."""
    return country.score > IN_PASSING or _in_title(country)
