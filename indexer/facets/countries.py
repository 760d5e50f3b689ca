"""The facet of countries.

An article is about the countries it names, in whatever form: «بلجيكا», «البلجيكية», «بروكسل».
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_countries import FACET, NOWHERE
from indexer.facets.gazetteer.matcher import (
    GazetteerEntry,
    PhraseMatch,
    is_form_of,
    longest,
    of_facet,
)
from indexer.facets.other_words import is_other_word
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import rows, words
from indexer.model import Article, Facets, FacetValue, Mention

#: How much a mention of a kind says that the article concerns the country; one is enough.
WEIGHTS = {
    "name": 1.0,
    "adjective": 1.0,
    "people": 1.0,
    "capital": 1.0,
    "city": 1.0,
    "shared": 1.0,
    "dual": 1.0,
    "cautious": 1.0,
    "place": 0.0,
    "faint": 0.0,
}
#: Before these a name that is another word too stands for the country: «في مالي», «رئيس بنين».
BEFORE_COUNTRY = words("before-country")
#: What only a state has; behind it a faint adjective counts in full: «الحكومة الرومانية».
OF_STATE = words("of-state")
#: The country of the papers in which «المملكة» means their own, by the end of their host.
KINGDOMS = {"sa": "SA", "ma": "MA", "jo": "JO", "bh": "BH"}


def facet(tools: FacetTools) -> FacetReader:
    """The reader of countries."""
    return CountriesFacet()


class CountriesFacet(FacetReader):
    """Chooses among the phrases found in an article those that speak of a country."""

    def __init__(self) -> None:
        self._labels = known_countries.labels()
        self._homes = {
            source: id for id, sources in rows("homes.tsv") for source in sources.split("|")
        }

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        return known_countries.entries()

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return the countries, most mentioned first; those in names of people don't count."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        shared = []
        for part in parts:
            taken = part.words_of(values["people"])
            chosen = [
                match
                for match in longest(of_facet(part.matches.all, FACET))
                if match.entries[0].id != NOWHERE and not is_other_word(part, match)
            ]
            for match in chosen:
                entry = match.entries[0]
                if taken.intersection(range(match.start, match.end)):
                    continue
                if match.start - 1 in taken and _is_family_name(part, match):
                    continue
                if entry.kind == "cautious" and not _stands_as_country(part, match, chosen):
                    continue
                if entry.kind in ("capital", "city", "shared") and _is_quoted(part, match):
                    continue
                if entry.kind == "shared":
                    shared.append((part, match, _is_listed(match, chosen)))
                    continue
                of_state = entry.kind == "faint" and _follows_state(part, match)
                for id in entry.id.split("/"):  # of a dual: both
                    mentions[id].append(_mention(part, match))
                    weights[id] += WEIGHTS["adjective" if of_state else entry.kind]
        named = {id for id, weight in weights.items() if weight > 0}
        home = self._home(article)
        for part, match, listed in shared:
            id = _owner(part, match, named, home, listed=listed)
            mentions[id].append(_mention(part, match))
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


def _mention(part: AnnotatedPart, match: PhraseMatch) -> Mention:
    return part.mention(match.start, match.end, f"country-{match.entries[0].kind}")


def _is_quoted(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """A capital in quotation marks is a newspaper, a film or a club: «قالت لـ"الرياض"»."""
    before, after = part.before(match.start), part.gap(match.end - 1)
    return before[-1:] in tuple('"“«”') and after[:1] in tuple('"”»“')


def _is_family_name(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """«ضياء كاظم هندي»: behind a person's name, without an article."""
    printed = part.words[match.start]
    bare = match.entries[0].kind == "adjective" and not match.particles
    return (
        bare and printed.endswith("ي") and printed[:2] != "ال" and part.before(match.start) == " "
    )


def _stands_as_country(
    part: AnnotatedPart, match: PhraseMatch, chosen: Sequence[PhraseMatch]
) -> bool:
    """Whether a word like «مالي» follows what countries follow, or stands in a list of them."""
    before = part.words[match.start - 1] if match.start else ""
    if before in BEFORE_COUNTRY or (before[:1] == "و" and before[1:] in BEFORE_COUNTRY):
        return True
    return _is_listed(match, chosen)


def _is_listed(match: PhraseMatch, chosen: Sequence[PhraseMatch]) -> bool:
    """Whether a country's name stands beside."""
    return any(
        other is not match
        and (0 <= other.start - match.end <= 1 or 0 <= match.start - other.end <= 1)
        and other.entries[0].kind == "name"
        for other in chosen
    )


def _follows_state(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether an adjective stands right behind what only a state has."""
    if not match.start or match.particles or part.before(match.start) != " ":
        return False
    return is_form_of(part.words[match.start - 1], OF_STATE)


def _owner(
    part: AnnotatedPart, match: PhraseMatch, named: set[str], home: str, *, listed: bool
) -> str:
    """The country that a shared name means in this article, in a paper of the country ``home``.

    A name ``listed`` stands beside the name of a country.
    """
    candidates = match.entries[0].id.split("/")
    if home in candidates and candidates[0] == "SA":
        return home
    if candidates == ["JO", "OM"]:
        printed = part.text[part.tokens[match.start].start : part.tokens[match.end - 1].end]
        if "\u064f" in printed and "\u0651" not in printed:  # عُمان with damma and no shadda
            return "OM"
        if "\u0651" in printed:
            return "JO"
        if not named.intersection(candidates) and named & {"QA", "KW", "AE", "BH"}:
            return "OM"
        if not named.intersection(candidates) and listed:  # «بين إيران وعمان»
            return "OM"
    return next((id for id in candidates if id in named), candidates[0])
