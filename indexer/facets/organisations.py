"""The facet of organisations: by their names, and institutions by the country beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import attrgetter

from indexer.facets.bodies.found_organisations import FoundOrganisations
from indexer.facets.bodies.named_bodies import bodies
from indexer.facets.bodies.owners import Owners, owned_institutions
from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer import body_heads, known_countries, known_organisations
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
#: Missions abroad, and what makes them buildings.
MISSIONS, PREMISES = frozenset({"embassy", "consulate"}), words("premises", "body_words.tsv")
INSTITUTION = "institution"
#: The rule of an institution that belongs to the article's own country.
BY_OWNER = "organisation-owner"
#: So many digits has at least the number of a firm by which messages are sent, and what follows it.
SHORT_NUMBER, DASHES = 4, ("-", "–", "—", ":")
_START = attrgetter("start")


def facet(tools: FacetTools) -> FacetReader:
    """The reader of organisations."""
    return OrganisationsFacet()


class OrganisationsFacet(FacetReader):
    """Chooses among the phrases found in an article those that name an organisation."""

    def __init__(self) -> None:
        self._known = KnownOrganisations()

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        return chain(
            known_organisations.entries(), known_organisations.quoted(), body_heads.entries()
        )

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return the organisations, most mentioned first."""
        found = FoundOrganisations()
        for part in parts:
            self._read(part, found, values)
        owners = Owners(article, values["countries"])
        for id, mention in found.bare:
            owned = self._known.named_alike(owners.institution(id, found.national))
            if owned:
                found.mentions[owned].append(mention)
        for id in found.mentions.keys() & found.doubtful.keys():
            found.mentions[id] += found.doubtful[id]
        found.join_shorter()
        ranked = sorted(found.mentions.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(
            FacetValue(
                id, *self._names(id, found), score=float(len(of)), mentions=tuple(sorted(of))
            )
            for id, of in ranked
        )

    def _read(self, part: AnnotatedPart, found: FoundOrganisations, values: Facets) -> None:
        """Add what a part names."""
        known = of_facet(part.matches.all, FACET)
        people = part.words_of(values["people"])
        named = _without_known(part, bodies(part, people), known)
        concerned = {country.id for country in values["countries"]}
        countries = _countries(part, concerned)
        for match in longest(sorted([*known, *named], key=_START)):
            if match.entries[0].facet == body_heads.FACET:
                found.add_body(part, match)
            elif not self._add_institution(part, match, found, countries):
                _add_known(part, match, found, concerned)
        self._read_quoted(part, found)
        for id, mention in _unknown(part):
            found.mentions[id].append(mention)

    def _add_institution(
        self,
        part: AnnotatedPart,
        match: PhraseMatch,
        found: FoundOrganisations,
        countries: Mapping[int, PhraseMatch],
    ) -> bool:
        """Add an institution with its country, or without one; whether no more is to be done."""
        national = next((entry.id for entry in match.entries if entry.kind == INSTITUTION), "")
        if _is_ministers(part, match) or (national in MISSIONS and _is_building(part, match)):
            return True
        if not national or _meant(part, match).id == NOTHING:
            return False
        id, end = _with_country(national, part, match, countries)
        if id:
            found.add_national(part, self._known.named_alike(id), id, match.start, end)
            return True
        bare = _meant(part, match).kind == INSTITUTION or national in owned_institutions()
        if bare and _is_full(part, match):
            found.bare.append((national, part.mention(match.start, match.end, BY_OWNER)))
        return bare

    def _read_quoted(self, part: AnnotatedPart, found: FoundOrganisations) -> None:
        """Add what is one's name in quotation marks: «التربية» is a ministry."""
        for match in longest(of_facet(part.matches.all, known_organisations.QUOTED)):
            if _is_quoted(part, match):
                id = match.entries[0].id
                mention = part.mention(match.start, match.end, "organisation-quoted")
                if id in owned_institutions():
                    found.bare.append((id, mention))
                else:
                    found.mentions[id].append(mention)

    def _names(self, id: str, found: FoundOrganisations) -> OrganisationNames:
        name = id.replace("-", " ")
        printed = found.names.get(id) or OrganisationNames(name, romanise(name))
        return self._known.label(id) or printed


def _add_known(
    part: AnnotatedPart, match: PhraseMatch, found: FoundOrganisations, concerned: Set[str]
) -> None:
    """Add an organisation of the tables, as certain where its condition is met."""
    entry = _meant(part, match)
    if entry.id == NOTHING or entry.kind == INSTITUTION or _has_number(part, match.start):
        return
    certain = entry.kind in ("name", PLUS) or not concerned.isdisjoint(entry.kind.split("/"))
    mentions = found.mentions if certain else found.doubtful
    mentions[entry.id].append(part.mention(match.start, match.end, "organisation-name"))


def _has_number(part: AnnotatedPart, at: int) -> bool:
    """Whether a firm's name says whose number stands before it: «88591 - Stc»."""
    number = part.words[at - 1] if at else ""
    return len(number) >= SHORT_NUMBER and number.isdecimal() and part.before(at).strip() in DASHES


def _is_building(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether a mission is its building: «إعادة افتتاح السفارة»."""
    return match.start > 0 and is_form_of(part.words[match.start - 1], PREMISES)


def _is_quoted(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether a phrase stands alone in quotation marks."""
    before, behind = part.before(match.start), part.gap(match.end - 1)
    return before[-1:] in tuple('"“«') and behind[:1] in tuple('"”»')


def _without_known(
    part: AnnotatedPart, named: Iterable[PhraseMatch], known: Sequence[PhraseMatch]
) -> Iterator[PhraseMatch]:
    """The bodies that the tables do not know better.

    «شرطة جدة» is more than police, «الاتحاد الآسيوي للشطرنج» another than «الاتحاد الآسيوي».
    """
    starts = {match.start: match for match in known}
    for body in named:
        match, own = starts.get(body.start), starts.get(body.start + 1)
        if own and own.end >= body.end:  # «منظمة اليونيسكو»
            continue
        if not match:
            yield body
        elif all(entry.kind == INSTITUTION for entry in match.entries):
            if body_heads.body_heads()[body.entries[0].id].kind == "place":
                yield body
        elif match.end < body.end and part.words[match.end].startswith("ل"):
            yield body


def _countries(part: AnnotatedPart, concerned: Set[str]) -> dict[int, PhraseMatch]:
    """The names and adjectives of countries without particles, by their first word.

    «المالية» is an adjective of Mali only in an article that Mali is in.
    """
    return {
        match.start: match
        for match in of_facet(part.matches.all, known_countries.FACET)
        if not match.particles
        and (match.entries[0].kind != "faint" or match.entries[0].id in concerned)
    }


def _with_country(
    id: str, part: AnnotatedPart, institution: PhraseMatch, countries: Mapping[int, PhraseMatch]
) -> tuple[str, int]:
    """The institution's id with its country, and where the naming of that country ends."""
    match = countries.get(institution.end)
    abroad = countries.get(institution.end + 1)
    behind = part.words[institution.end : institution.end + 1]
    if (
        abroad
        and behind == ["في"]
        and abroad.entries[0].kind == "name"
        and id in owned_institutions()
    ):
        return f"{id}-{abroad.entries[0].id}", abroad.end  # «وزارة التجارة في الكويت»
    if match and part.joined(institution.end - 1) and _agree(part, institution, match):
        return f"{id}-{match.entries[0].id}", match.end
    return "", institution.end


def _is_full(part: AnnotatedPart, match: PhraseMatch) -> bool:
    """Whether an institution is named in full: «وزارة الصحة», not «خارجية»."""
    last = part.words[match.end - 1]
    return match.end > match.start + 1 and last.removeprefix("و").startswith("ال")


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
