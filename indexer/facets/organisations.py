"""The facet of organisations: by their names, and institutions by the country beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer import known_countries, known_organisations
from indexer.facets.gazetteer.known_organisations import (
    FACET,
    NOTHING,
    PLUS,
    KnownOrganisations,
    OrganisationNames,
)
from indexer.facets.gazetteer.matcher import (
    GazetteerEntry,
    PhraseMatch,
    is_form_of,
    longest,
    of_facet,
)
from indexer.facets.ner.romanise import romanise
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.model import Article, Facets, FacetValue, Mention

#: Endings of a head with a feminine adjective: «وزارة», «القوات المسلحة».
FEMININE = ("ه", "ات")
#: Words before an institution's own name; an adjective may agree with either.
HOLDERS = frozenset({"جهاز"})
#: Behind these «الخارجية» is what a minister is in charge of.
MINISTERS, AFFAIRS = words("ministers"), frozenset({"الشوون", "شوون"})
#: The rule of an organisation that is made of an institution and a country.
BY_PATTERN = "organisation-pattern"


def facet(tools: FacetTools) -> FacetReader:
    """The reader of organisations."""
    return OrganisationsFacet()


class OrganisationsFacet(FacetReader):
    """Chooses among the phrases found in an article those that name an organisation."""

    def __init__(self) -> None:
        self._known = KnownOrganisations()

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        return known_organisations.entries()

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return the organisations, most mentioned first."""
        countries = {country.id for country in values["countries"]}
        mentions: dict[str, list[Mention]] = defaultdict(list)
        doubtful: dict[str, list[Mention]] = defaultdict(list)
        for part in parts:
            for match in longest(of_facet(part.matches.all, FACET)):
                entry = _meant(part, match)
                if entry.id == NOTHING:
                    continue
                national = next((e.id for e in match.entries if e.kind == "institution"), "")
                if national and entry.kind != "institution":  # «مجلس الأمن الروسي»
                    id, end = _with_country(national, part, match)
                    if id:
                        mentions[id].append(part.mention(match.start, end, BY_PATTERN))
                        continue
                if entry.kind == "institution":
                    if _is_ministers(part, match):
                        continue
                    id, end = _with_country(entry.id, part, match)
                    if id:
                        mentions[id].append(part.mention(match.start, end, BY_PATTERN))
                    continue
                mention = part.mention(match.start, match.end, "organisation-name")
                certain = entry.kind in ("name", PLUS) or not countries.isdisjoint(
                    entry.kind.split("/")
                )
                (mentions if certain else doubtful)[entry.id].append(mention)
            for id, mention in _unknown(part):
                mentions[id].append(mention)
        for id in mentions.keys() & doubtful.keys():
            mentions[id] += doubtful[id]
        ranked = sorted(mentions.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(
            FacetValue(id, *self._names(id), score=float(len(of)), mentions=tuple(sorted(of)))
            for id, of in ranked
        )

    def _names(self, id: str) -> OrganisationNames:
        name = id.replace("-", " ")
        return self._known.label(id) or OrganisationNames(name, romanise(name))


def _with_country(id: str, part: AnnotatedPart, institution: PhraseMatch) -> tuple[str, int]:
    """The institution's id with its country, and where the naming of that country ends."""
    for match in part.matches.all:
        entry = match.entries[0]
        follows = match.start == institution.end and not match.particles
        if follows and entry.facet == known_countries.FACET and _agree(part, institution, match):
            return f"{id}-{entry.id}", match.end
    return "", institution.end


def _unknown(part: AnnotatedPart) -> Iterator[tuple[str, Mention]]:
    """The organisations that a second opinion sees where the tables know no name."""
    if not part.second_opinion:
        return
    taken = {
        at
        for match in part.matches.all
        for at in range(match.start, match.end)
        if match.entries[0].id
    }
    for name in part.second_opinion:
        if name.kind == "ORG" and taken.isdisjoint(range(name.start, name.end)):
            id = "-".join(part.words[name.start : name.end])
            yield id, part.mention(name.start, name.end, "camel")


def _agree(part: AnnotatedPart, institution: PhraseMatch, country: PhraseMatch) -> bool:
    """Whether an adjective agrees in gender, or a name makes a genitive: «برلمان العراق».

    In «وزير الخارجية العراقي» the adjective belongs to the minister.
    """
    head = part.words[institution.start].removeprefix(institution.particles)
    if country.entries[0].kind in ("adjective", "faint"):
        feminine = part.words[country.end - 1].endswith("ه")
        return head in HOLDERS or head.endswith(FEMININE) == feminine
    last = part.words[institution.end - 1]
    return country.entries[0].kind == "name" and not last.startswith(("ال", "لل"))


def _is_ministers(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether an institution belongs to a minister's title: «وزيرة الخارجية السلوفينية»."""
    before = match.start - 1
    if before > 0 and part.words[before] in AFFAIRS:
        before -= 1
    return before >= 0 and is_form_of(part.words[before], MINISTERS)


def _meant(part: AnnotatedPart, match: PhraseMatch) -> GazetteerEntry:
    """The name meant, of several that differ by the plus behind them."""
    plus = part.gap(match.end - 1).startswith(PLUS)
    meant = (entry for entry in match.entries if (entry.kind == PLUS) == plus)
    return next(meant, match.entries[0])
