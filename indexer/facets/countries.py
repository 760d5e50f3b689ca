"""Countries by the names, adjectives, capitals and cities that the press uses.

An article is about the countries it names, in whatever form: «بلجيكا», «البلجيكية», «بروكسل».
Two tables hold the forms: ``countries.tsv`` is derived from CLDR, UNTERM and ArWikiCats,
``countries_press.tsv`` is curated by hand, and explains the kinds of forms.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.facets.gazetteer.matcher import Form, Found, longest, of_facet, readings
from indexer.facets.part import Part, split
from indexer.facets.tables import rows, words
from indexer.model import Article, FacetValue, Mention
from indexer.text.normalize import normalize

FACET = "countries"
NOWHERE = "-"
#: How much a mention of a kind says that the article concerns the country; one is enough.
WEIGHTS = {
    "name": 1.0,
    "adjective": 1.0,
    "people": 1.0,
    "capital": 1.0,
    "city": 1.0,
    "shared": 1.0,
    "cautious": 1.0,
    "place": 0.0,
    "faint": 0.0,
}
#: Kinds of forms that need support; they stand above a plain name of the derived table.
DOUBTFUL = frozenset({"shared", "cautious"})
#: Endings of an adjective in «ـي»: man, woman, men, two, women; «عراقيا» is the accusative.
ENDINGS = ("", "ه", "ون", "ين", "ان", "تين", "تان", "ات", "ا")
#: Before these a name that is another word too stands for the country: «في مالي», «رئيس بنين».
BEFORE_COUNTRY = words("before-country")
#: What only a state has; behind it a faint adjective counts in full: «الحكومة الرومانية».
OF_STATE = words("of-state")
#: The country of the papers in which «المملكة» means their own, by the end of their host.
KINGDOMS = {"sa": "SA", "ma": "MA", "jo": "JO", "bh": "BH"}


class Label(NamedTuple):
    """A country's names for people."""

    name: str
    name_en: str


def labels() -> dict[str, Label]:
    """The Arabic and English labels of every country, by id."""
    return {id: Label(*form.split("|")) for id, kind, form in _rows() if kind == "label"}


def forms() -> Iterator[tuple[str, Form]]:
    """Yield every phrase with the country that it names and the kind of naming."""
    doubtful = {
        normalize(form)
        for _, kind, alternatives in _rows()
        for form in alternatives.split("|")
        if kind in DOUBTFUL
    }
    for id, kind, alternatives in _rows():
        for form in alternatives.split("|"):
            if kind in ("adjective", "faint"):
                yield from ((inflected, Form(FACET, id, kind)) for inflected in _inflected(form))
            elif kind == "people" and form[-1] not in "ايهةنى" and not form.startswith("ال"):
                yield from ((word, Form(FACET, id, kind)) for word in (form, form + "ا"))
            elif kind in DOUBTFUL or (kind != "label" and normalize(form) not in doubtful):
                yield form, Form(FACET, id, kind)


def adjectives() -> dict[str, str]:
    """The adjective of each country that has one, masculine and singular."""
    found: dict[str, str] = {}
    for id, kind, alternatives in _rows():
        if kind == "adjective":
            found.setdefault(id, alternatives.split("|")[0])
    return found


def definite(adjective: str) -> str:
    """An adjective of one or more words with its article: «الجنوب أفريقي»."""
    head, *rest = adjective.split()
    if rest and not head.endswith("ي"):
        return " ".join(["ال" + head, *rest])
    return " ".join("ال" + word for word in adjective.split())


def _rows() -> Iterator[tuple[str, str, str]]:
    for table in ("countries.tsv", "countries_press.tsv"):
        for id, kind, form in rows(table):  # noqa: UP028
            yield id, kind, form


def _inflected(adjective: str) -> Iterator[str]:
    """All forms of an adjective of one or more words, with and without the article."""
    words = split(adjective)
    compound = len(words) > 1 and not words[0].endswith("ي")  # «جنوب أفريقي»
    for ending in ENDINGS:
        inflected = [words[0] if compound else words[0] + ending]
        inflected += [word + ending for word in words[1:]]
        yield " ".join(inflected)
        if not compound:
            yield " ".join("ال" + word for word in inflected)
        elif words[0] == "جنوب":
            yield " ".join([inflected[0], *("ال" + word for word in inflected[1:])])


class Countries:
    """Chooses among the phrases found in an article those that speak of a country."""

    def __init__(self) -> None:
        self._labels = labels()
        self._homes = {
            source: id for id, sources in rows("homes.tsv") for source in sources.split("|")
        }

    def extract(
        self,
        article: Article,
        parts: Sequence[Part],
        found: Mapping[str, Sequence[Found]],
        taken: Mapping[str, set[int]],
    ) -> tuple[FacetValue, ...]:
        """Return the countries, most mentioned first; words in ``taken`` belong to people."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        shared = []
        for part in parts:
            chosen = [
                f for f in longest(of_facet(found[part.name], FACET)) if f.forms[0].id != NOWHERE
            ]
            for one in chosen:
                form = one.forms[0]
                if taken[part.name].intersection(range(one.start, one.end)):
                    continue
                if form.kind == "cautious" and not _stands_as_country(part, one, chosen):
                    continue
                if form.kind in ("capital", "city", "shared") and _is_quoted(part, one):
                    continue
                if form.kind == "shared":
                    shared.append((part, one, _is_listed(one, chosen)))
                    continue
                mentions[form.id].append(_mention(part, one))
                known = form.kind == "faint" and _follows_state(part, one)
                weights[form.id] += WEIGHTS["adjective" if known else form.kind]
        named = {id for id, weight in weights.items() if weight > 0}
        home = self._home(article)
        for part, one, listed in shared:
            id = _owner(part, one, named, home, listed=listed)
            mentions[id].append(_mention(part, one))
            weights[id] += WEIGHTS["shared"]
        return tuple(
            FacetValue(id, *self._labels[id], score=float(len(of)), mentions=tuple(of))
            for id, of in sorted(mentions.items(), key=lambda item: _rank(*item))
            if weights[id] > 0
        )

    def _home(self, article: Article) -> str:
        """The country of the paper, where the paper is known to call it «المملكة»."""
        host = urlsplit(article.url or "").netloc.partition(":")[0]
        source = article.source or ""
        return self._homes.get(source) or KINGDOMS.get(host.rpartition(".")[2], "")


def _rank(id: str, mentions: Sequence[Mention]) -> tuple[int, str]:
    in_title = sum(mention.part == "title" for mention in mentions)
    return (-len(mentions) - 2 * in_title, id)


def _mention(part: Part, one: Found) -> Mention:
    first, last = part.tokens[one.start], part.tokens[one.end - 1]
    return Mention(part.name, first.start, last.end, f"country-{one.forms[0].kind}")


def _is_quoted(part: Part, one: Found) -> bool:
    """A capital in quotation marks is a newspaper, a film or a club: «قالت لـ"الرياض"»."""
    before, after = part.before(one.start), part.gap(one.end - 1)
    return before[-1:] in tuple('"“«”') and after[:1] in tuple('"”»“')


def _stands_as_country(part: Part, one: Found, chosen: Sequence[Found]) -> bool:
    """Whether a word like «مالي» follows what countries follow, or stands in a list of them."""
    before = part.words[one.start - 1] if one.start else ""
    if before in BEFORE_COUNTRY or (before[:1] == "و" and before[1:] in BEFORE_COUNTRY):
        return True
    return _is_listed(one, chosen)


def _is_listed(one: Found, chosen: Sequence[Found]) -> bool:
    """Whether a country's name stands beside."""
    return any(
        other is not one
        and (0 <= other.start - one.end <= 1 or 0 <= one.start - other.end <= 1)
        and other.forms[0].kind == "name"
        for other in chosen
    )


def _follows_state(part: Part, one: Found) -> bool:
    """Whether an adjective stands right behind what only a state has."""
    if not one.start or one.particles or part.before(one.start) != " ":
        return False
    return any(base in OF_STATE for base, _ in readings(part.words[one.start - 1]))


def _owner(part: Part, one: Found, named: set[str], home: str, *, listed: bool) -> str:
    """The country that a shared name means in this article, in a paper of the country ``home``.

    A name ``listed`` stands beside the name of a country.
    """
    candidates = one.forms[0].id.split("/")
    if home in candidates and candidates[0] == "SA":
        return home
    if candidates == ["JO", "OM"]:
        printed = part.text[part.tokens[one.start].start : part.tokens[one.end - 1].end]
        if "\u064f" in printed and "\u0651" not in printed:  # عُمان with damma and no shadda
            return "OM"
        if "\u0651" in printed:
            return "JO"
        if not named.intersection(candidates) and named & {"QA", "KW", "AE", "BH"}:
            return "OM"
        if not named.intersection(candidates) and listed:  # «بين إيران وعمان»
            return "OM"
    return next((id for id in candidates if id in named), candidates[0])
