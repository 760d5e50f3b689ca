"""Organisations: those of the table, and the ministries and parliaments of every country.

«وزارة الخارجية العراقية» needs no entry: a ministry's subject and the country's adjective make
its name and its id, ``ministry-foreign-affairs-IQ``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from indexer.facets.countries import adjectives, definite
from indexer.facets.gazetteer.matcher import Form, Found, longest, of_facet, readings
from indexer.facets.ner.crf import Name
from indexer.facets.ner.romanise import romanise
from indexer.facets.part import Part
from indexer.facets.tables import rows, words
from indexer.model import FacetValue, Mention

FACET = "organisations"
NOTHING = "-"
#: The condition of a name behind which a plus is printed: «أوبك+».
PLUS = "+"
#: Endings of a head with a feminine adjective: «وزارة», «القوات المسلحة».
FEMININE = ("ه", "ات")
#: Words before an institution's own name; an adjective may agree with either.
HOLDERS = frozenset({"جهاز"})
#: Behind these «الخارجية» is what a minister is in charge of.
MINISTERS, AFFAIRS = words("ministers"), frozenset({"الشوون", "شوون"})


class Profile(NamedTuple):
    """An organisation's names for people."""

    name: str
    name_en: str


def profiles() -> dict[str, Profile]:
    """The organisations of the tables by id."""
    known = {id: Profile(name, en) for id, name, en, *_ in rows("organisations.tsv")}
    known |= {id: Profile(name, en) for id, name, en, _ in rows("institutions.tsv")}
    return known


def forms() -> Iterator[tuple[str, Form]]:
    """Yield every name with its organisation; the kind is the condition behind «?», if any."""
    for id, name, _, *others in rows("organisations.tsv"):
        for form in (name, *filter(None, "|".join(others).split("|"))):
            phrase, _, condition = form.partition("?")
            condition = PLUS if phrase.endswith(PLUS) else condition
            for spelling in _spellings(phrase):
                yield spelling, Form(FACET, id, condition or "name")
    for id, name, _, alternatives in rows("institutions.tsv"):
        for form in (name, *filter(None, alternatives.split("|"))):
            yield form, Form(FACET, id, "institution")


#: Spellings of one word that the exact layer keeps apart.
SPELLINGS = (
    ("أوروبي", "أوربي"),
    ("أمريكي", "أميركي"),
    ("ديمقراطي", "ديموقراطي"),
    ("فيدرالي", "فدرالي"),
)


def _spellings(phrase: str) -> Iterator[str]:
    """A name as given and with its words in their other spelling."""
    yield phrase
    for one, other in SPELLINGS:
        if one in phrase:
            yield phrase.replace(one, other)


class Organisations:
    """Chooses among the phrases found in an article those that name an organisation."""

    def __init__(self, countries: Mapping[str, tuple[str, str]]) -> None:
        self._profiles = profiles()
        self._countries = countries
        self._adjectives = adjectives()

    def extract(
        self,
        parts: Sequence[Part],
        found: Mapping[str, Sequence[Found]],
        countries: Set[str],
        others: Mapping[str, Sequence[Name]],
    ) -> tuple[FacetValue, ...]:
        """Return the organisations, most mentioned first.

        ``countries`` are the article's, ``others`` the names of a second opinion.
        """
        mentions: dict[str, list[Mention]] = defaultdict(list)
        doubtful: dict[str, list[Mention]] = defaultdict(list)
        for part in parts:
            for one in longest(of_facet(found[part.name], FACET)):
                form = _meant(part, one)
                if form.id == NOTHING:
                    continue
                national = next((f.id for f in one.forms if f.kind == "institution"), "")
                if national and form.kind != "institution":  # «مجلس الأمن الروسي»
                    id, end = self._with_country(national, part, one, found[part.name])
                    if id:
                        mentions[id].append(_mention(part, one.start, end, "organisation-pattern"))
                        continue
                if form.kind == "institution":
                    if _is_ministers(part, one):
                        continue
                    id, end = self._with_country(form.id, part, one, found[part.name])
                    if id:
                        mentions[id].append(_mention(part, one.start, end, "organisation-pattern"))
                    continue
                mention = _mention(part, one.start, one.end, "organisation-name")
                certain = form.kind in ("name", PLUS) or not countries.isdisjoint(
                    form.kind.split("/")
                )
                (mentions if certain else doubtful)[form.id].append(mention)
            for id, mention in _unknown(part, others.get(part.name, ()), found[part.name]):
                mentions[id].append(mention)
        for id in mentions.keys() & doubtful.keys():
            mentions[id] += doubtful[id]
        ranked = sorted(mentions.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(
            FacetValue(id, *self._named(id), score=float(len(of)), mentions=tuple(sorted(of)))
            for id, of in ranked
        )

    def label(self, id: str) -> Profile | None:
        """The names of an organisation, also of one that a pattern made; None if unknown."""
        if id in self._profiles:
            return self._profiles[id]
        institution, _, country = id.rpartition("-")
        if institution not in self._profiles or country not in self._countries:
            return None
        own, label = self._profiles[institution], self._countries[country]
        adjective = self._adjectives.get(country)
        feminine = own.name.split()[0].endswith(("ة", "ات"))
        name = f"{own.name} ({label[0]})"
        if adjective:
            name = f"{own.name} {definite(adjective)}" + ("ة" if feminine else "")
        return Profile(name, f"{own.name_en} ({label[1]})")

    def _named(self, id: str) -> Profile:
        name = id.replace("-", " ")
        return self.label(id) or Profile(name, romanise(name))

    def _with_country(
        self, id: str, part: Part, one: Found, found: Sequence[Found]
    ) -> tuple[str, int]:
        """The institution's id with its country, and where the naming of that country ends."""
        for other in found:
            form = other.forms[0]
            follows = other.start == one.end and not other.particles
            if follows and form.facet == "countries" and _agree(part, one, other):
                return f"{id}-{form.id}", other.end
        return "", one.end


def _unknown(
    part: Part, names: Iterable[Name], found: Sequence[Found]
) -> Iterator[tuple[str, Mention]]:
    """The organisations that a second opinion sees where the tables know no name."""
    taken = {at for one in found for at in range(one.start, one.end) if one.forms[0].id}
    for name in names:
        if name.kind == "ORG" and taken.isdisjoint(range(name.start, name.end)):
            id = "-".join(part.words[name.start : name.end])
            yield id, _mention(part, name.start, name.end, "camel")


def _agree(part: Part, institution: Found, country: Found) -> bool:
    """Whether an adjective agrees in gender, or a name makes a genitive: «برلمان العراق».

    In «وزير الخارجية العراقي» the adjective belongs to the minister.
    """
    head = part.words[institution.start].removeprefix(institution.particles)
    if country.forms[0].kind in ("adjective", "faint"):
        feminine = part.words[country.end - 1].endswith("ه")
        return head in HOLDERS or head.endswith(FEMININE) == feminine
    last = part.words[institution.end - 1]
    return country.forms[0].kind == "name" and not last.startswith(("ال", "لل"))


def _is_ministers(part: Part, one: Found) -> bool:
    """Whether an institution belongs to a minister's title: «وزيرة الخارجية السلوفينية»."""
    before = one.start - 1
    if before > 0 and part.words[before] in AFFAIRS:
        before -= 1
    return before >= 0 and any(base in MINISTERS for base, _ in readings(part.words[before]))


def _meant(part: Part, one: Found) -> Form:
    """The name meant, of several that differ by the plus behind them."""
    plus = part.gap(one.end - 1).startswith(PLUS)
    return next((form for form in one.forms if (form.kind == PLUS) == plus), one.forms[0])


def _mention(part: Part, start: int, end: int, rule: str) -> Mention:
    return Mention(part.name, part.tokens[start].start, part.tokens[end - 1].end, rule)
