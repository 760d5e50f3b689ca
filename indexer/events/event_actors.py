"""Who can take part in events: people, offices, states, bodies, where they stand in a sentence.

What the facets found is put together: a title, what belongs to it, the name behind it, the office
in apposition. An office without a name is that of the one person of the article who holds it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from indexer.events.actor_words import (
    COURTESIES,
    HEAD_LINKS,
    HEADS,
    OFFICE_ADJECTIVES,
    OFFICE_LINKS,
    OFFICE_SUBJECTS,
    RULERS,
    SENT,
    Heads,
    country_of_role,
    is_acting,
    is_sent,
    is_sovereign,
)
from indexer.facets.bodies.owners import home
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.gazetteer.matcher import PhraseMatch, possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.role_names import is_several, of_one
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue, Party

_START = attrgetter("start")
#: What may stand between the pieces of one party.
_JOINS = frozenset({" ", "، ", ", ", " - ", " – ", ",", "،", " ،", " , ", '، "', " «", "» ", " ، "})
#: Offices in a chain, and words of what belongs to one of them.
_MOST_OFFICES, _MOST_TAIL = 8, 12
_NAMED_KINDS = frozenset({"name", "capital", "shared", "dual", "cautious", "people"})
_SIMPLE = frozenset({" "})


class Actor(NamedTuple):
    """A party where it stands: words ``start`` to ``end``, what is written onto the first one.

    ``kind`` is person, office, state, body, armed, people or place. ``several`` parties stand in
    one phrase: «وزيرا خارجية مصر والأردن». ``counterpart``: the office is that of the other party.
    """

    start: int
    end: int
    particles: str
    kind: str
    parties: tuple[Party, ...]
    counterpart: bool = False


class Thing(NamedTuple):
    """A value of a facet where it stands in words."""

    end: int
    value: FacetValue
    kind: str
    particles: str


class _Office(NamedTuple):
    start: int
    end: int
    role: str
    kind: str
    several: bool
    country: str
    body: FacetValue | None

    @property
    def said(self) -> bool:
        """Whether it is an office, and not a form of address."""
        return self.kind in ("office", "head") or self.role in ("king", "sultan", "emperor", "pope")


class ActorReader:
    """Reads the parties in the sentences of one part of an article."""

    def __init__(self, article: Article, part: AnnotatedPart, facets: Facets) -> None:
        self._part = part
        self._home = home(article)
        self._all_people = facets["people"]
        self._people = self._things(facets["people"])
        self.bodies = self._things(facets["organisations"])
        self.countries = self._things(facets["countries"])
        self._countries = known_countries.labels()

    def actors(self, sentence: range) -> list[Actor]:
        """The parties in a sentence, in order; no two share a word."""
        found = []
        at = sentence.start
        while at < sentence.stop:
            actor, end = self._read(at, sentence.stop)
            if actor is not None:
                found.append(actor)
            at = max(end, at + 1)
        return found

    def _read(self, at: int, limit: int) -> tuple[Actor | None, int]:
        if at in self._people:
            actor = self._person(at, (), at, limit)
            return actor, actor.end
        if at in self._part.matches.titles:
            return self._titled(at, limit)
        head = HEADS.of(self._part.words[at])
        if head is not None and (found := self._group(at, head, limit)):
            return found, found.end
        if at in self.bodies:
            return self._body(at), self.bodies[at].end
        if at in self.countries:
            return self._state(at, limit)
        return None, at + 1

    def _titled(self, at: int, limit: int) -> tuple[Actor | None, int]:
        offices = self._chain(at, limit)
        end = offices[-1].end
        if end < limit and end in self._people and self._joined(end):
            thing = self._people[end]
            if not thing.particles:
                return (actor := self._person(end, offices, at, limit)), actor.end
        particles = self._part.matches.titles[at].particles
        held = [office for office in offices if office.said]
        if not held:
            return None, end
        return self._nameless(at, end, particles, held, limit)

    def _chain(self, at: int, limit: int) -> tuple[_Office, ...]:
        """The titles on end that are one person's."""
        offices: list[_Office] = []
        while at < limit and len(offices) < _MOST_OFFICES:
            title = self._part.matches.titles.get(at)
            if title is None or at in self._people or (offices and title.particles):
                break
            if offices and not self._joined(at):
                break
            office = self._office(title, limit)
            held = next((one for one in reversed(offices) if one.said), None)
            if held is not None and office.said and not _compatible(held, office):
                break
            offices.append(office)
            at = office.end
        return tuple(offices)

    def _office(self, title: PhraseMatch, limit: int) -> _Office:
        """A title with what belongs to it: adjectives, a country, a body, where it is held."""
        part, entry = self._part, title.entries[0]
        role = entry.id.replace(" ", "-")
        several = is_several(part, title)
        country, body, at = "", None, title.end
        inner = self._inside(title)
        if inner is not None:
            country, body = inner
        stop = min(limit, at + _MOST_TAIL)
        while at < stop and part.before(at) == " ":
            word = part.words[at]
            if at in self._people or (at in part.matches.titles and at not in self.countries):
                break
            if at in self.bodies and not self.bodies[at].particles.startswith("و"):
                thing = self.bodies[at]
                body, at = body or thing.value, thing.end
                country = country or self.country_of_body(thing.value)
            elif at in self.countries and not self.countries[at].particles.startswith("و"):
                thing = self.countries[at]
                if not self._belongs(thing, role, at):
                    break
                if thing.particles in ("", "ل") and not country and thing.kind != "country-city":
                    country = thing.value.id
                at = thing.end
            elif word in OFFICE_ADJECTIVES:
                at += 1
            elif word in SENT and at + 1 < stop and is_sent(role):
                end = self._place_end(at + 1)
                if not end:
                    break
                at = end
            elif word in OFFICE_LINKS or (entry.kind == "head" and self._goes_on(at, title.end)):
                at += 1
            else:
                break
        return _Office(title.start, at, role, entry.kind, several, country, body)

    def _goes_on(self, at: int, start: int) -> bool:
        """Whether an unknown word belongs to an office that wants a subject: «مدير عام الشؤون»."""
        word = self._part.words[at]
        return at - start < 4 and word.startswith(OFFICE_SUBJECTS)

    def _belongs(self, thing: Thing, role: str, at: int) -> bool:
        if thing.kind == "country-adjective":
            return not thing.particles
        if thing.particles in ("ب", "في"):
            return is_sent(role)
        return True

    def _place_end(self, at: int) -> int:
        """Where the country or body ends to which a diplomat is sent, 0 if there is none."""
        for things in (self.bodies, self.countries):
            if at in things:
                return things[at].end
        return 0

    def _inside(self, title: PhraseMatch) -> tuple[str, FacetValue | None] | None:
        """The country and the body that stand in a title itself: «سفير خادم الحرمين الشريفين»."""
        for at in range(title.start, title.end):
            if at in self.bodies and self.bodies[at].end <= title.end:
                value = self.bodies[at].value
                country = self.country_of_body(value)
                if country or "-" not in value.id or not value.id.startswith("ministry"):
                    return country, value
            if at in self.countries:
                return self.countries[at].value.id, None
        for word in self._part.words[title.start : title.end]:
            if word in RULERS:
                return RULERS[word], None
        return None

    def _person(self, at: int, offices: Sequence[_Office], start: int, limit: int) -> Actor:
        thing = self._people[at]
        end = thing.end
        end = self._past_courtesies(end, limit)
        held = [office for office in offices if office.said]
        country = next((office.country for office in held if office.country), "")
        body = next((office.body for office in held if office.body), None)
        behind = self._apposition(end, limit, bool(held), country or self._country(thing.value))
        if behind:
            held += [office for office in behind if office.said]
            end = self._past_courtesies(behind[-1].end, limit)
            country = country or next((one.country for one in behind if one.country), "")
            body = body or next((one.body for one in behind if one.body), None)
        counterpart = any(office.role == "counterpart" for office in held)
        role = " ".join(self._printed(office) for office in held)
        party = self._party(thing.value, role, country, body, bool(offices))
        first = self._part.matches.titles[start] if start < at else None
        particles = first.particles if first else thing.particles
        return Actor(start, end, particles, "person", (party,), counterpart)

    def _past_courtesies(self, at: int, limit: int) -> int:
        end = at
        while end < min(limit, at + 4) and self._part.words[end] in COURTESIES:
            end += 1
        return end

    def _party(
        self, value: FacetValue, role: str, country: str, body: FacetValue | None, titled: bool
    ) -> Party:
        role = role or next(iter(value.roles), "")
        org = "" if body is None or self.country_of_body(body) else body.name
        if not org:
            country = country or self._country(value)
        if not country and not org and titled:
            country = self._home
        return Party("a", "people", value.id, value.name, role, country, org)

    def _country(self, value: FacetValue) -> str:
        """The country for which a person speaks, by other mentions or the table."""
        for role in value.roles:
            if country := country_of_role(role):
                return country
        known = known_people().people.get(value.id)
        return known.country if known else ""

    def _apposition(self, at: int, limit: int, titled: bool, country: str) -> tuple[_Office, ...]:
        """The offices behind a name that are its bearer's."""
        title = self._part.matches.titles.get(at) if at < limit else None
        if title is None or title.particles or at in self._people or not self._joined(at):
            return ()
        offices = self._chain(at, limit)
        end = offices[-1].end
        followed = end in self._people and end < limit and self._joined(end)
        if followed:
            said = [at for at, office in enumerate(offices) if office.said]
            if titled or len(said) < 2:
                return ()
            offices = offices[: said[-1]]
        held = [office for office in offices if office.said]
        if not held or any(office.role == "counterpart" for office in held):
            return ()
        others = {office.country for office in held if office.country}
        if others and country and country not in others:
            return ()
        comma = self._part.before(at) != " "
        return offices if not titled or comma or others else ()

    def _nameless(
        self, at: int, end: int, particles: str, held: Sequence[_Office], limit: int
    ) -> tuple[Actor | None, int]:
        """An office without a name: of the one person who holds it, else of its state or body."""
        office = held[0]
        if not is_acting(office.role):
            return None, end
        country = next((one.country for one in held if one.country), "")
        body = next((one.body for one in held if one.body), None)
        org = "" if body is None or self.country_of_body(body) else body.name
        role = " ".join(self._printed(one) for one in held)
        counterpart = office.role == "counterpart"
        if office.several:
            countries, end = self._listed(end, limit, country)
            parties = tuple(
                Party("a", "", "", "", self._of_one(office, one) or role, one, org)
                for one in countries
            )
            if not parties and org:
                parties = (Party("a", "", "", "", role, "", org),)
            if not parties:
                return None, end
            return Actor(at, end, particles, "office", parties), end
        if not counterpart and (value := self._holder(office, country)):
            party = self._party(value, role, country, None, True)
            return Actor(at, end, particles, "person", (party,)), end
        if not country and not org:
            return None, end
        party = Party("a", "", "", "", role, "" if org else country, org)
        return Actor(at, end, particles, "office", (party,), counterpart), end

    def _of_one(self, office: _Office, country: str) -> str:
        names = self._countries.get(country)
        title = self._part.printed(office.start, self._part.matches.titles[office.start].end)
        return of_one(title, names.name if names else "", rest_is_country=True)

    def _listed(self, end: int, limit: int, first: str) -> tuple[list[str], int]:
        """The countries behind an office of several, where one or more follow the first."""
        found = [first] if first else []
        while first and end < limit and end in self.countries:
            thing = self.countries[end]
            if thing.particles != "و" and self._part.before(end).strip() not in (",", "،"):
                break
            found.append(thing.value.id)
            end = thing.end
        return found, end

    def _holder(self, office: _Office, country: str) -> FacetValue | None:
        """The one person of the article who is said to hold an office."""
        title = self._part.matches.titles[office.start]
        words = list(self._part.words[title.start : title.end])
        words[0] = next(
            (base for base, taken in possible_bases(words[0]) if taken == title.particles), words[0]
        )
        found = []
        for value in self._all_people:
            if any(_holds(split(role), words, country) for role in value.roles):
                found.append(value)
        if len(found) > 1 and country:
            found = [value for value in found if self._country(value) == country]
        return found[0] if len(found) == 1 else None

    def _group(self, at: int, head: Heads, limit: int) -> Actor | None:
        """A government, delegation or force, with the state or body that it is of."""
        part = self._part
        end, things = at + 1, None
        if at in self.bodies:
            return self._body(at)
        if end < limit and part.words[end] in HEAD_LINKS and head.kind == "people":
            end += 1
        for _ in range(3):
            if end >= limit or part.before(end) != " ":
                break
            if end in self.bodies and not self.bodies[end].particles:
                things = self.bodies[end]
                break
            if end in self.countries and not self.countries[end].particles:
                things = self.countries[end]
                break
            if not part.words[end].startswith("ال") and part.words[end] not in OFFICE_LINKS:
                break
            end += 1
        if things is None:
            return None
        end = things.end
        printed = part.printed(at, end)[len(head.particles) :]
        if things.kind.startswith("country") and things.kind != "country-city":
            country, org = things.value.id, printed
        elif things.kind == "country-city":
            return None
        else:
            country = self.country_of_body(things.value)
            org = things.value.name
        facet, id = ("countries", country) if head.kind == "state" and country else ("", "")
        if not country:
            facet, id = "organisations", things.value.id
        role = printed if head.kind == "people" else ""
        party = Party("a", facet, id, "", role, country, "" if role and country else org)
        return Actor(at, end, head.particles, head.kind, (party,))

    def _body(self, at: int) -> Actor:
        thing = self.bodies[at]
        country = self.country_of_body(thing.value)
        kind = "state" if country else "body"
        org = thing.value.name
        party = Party("a", "organisations", thing.value.id, "", "", country, org)
        return Actor(at, thing.end, thing.particles, kind, (party,))

    def _state(self, at: int, limit: int) -> tuple[Actor | None, int]:
        thing = self.countries[at]
        kind = thing.kind.removeprefix("country-")
        if kind == "adjective":
            end = thing.end
            person = end in self._people and end < limit and self._part.before(end) == " "
            if person and thing.particles == "و":
                actor = self._person(end, (), end, limit)
                party = actor.parties[0]
                country = thing.value.id
                told = Party("a", party.facet, party.id, party.name, party.role, country)
                return actor._replace(start=at, particles="و", parties=(told,)), actor.end
            return None, end
        if kind == "city":
            return Actor(
                at, thing.end, thing.particles, "place", (self._country_party(thing),)
            ), thing.end
        if kind not in _NAMED_KINDS:
            return None, thing.end
        return Actor(
            at, thing.end, thing.particles, "state", (self._country_party(thing),)
        ), thing.end

    def _country_party(self, thing: Thing) -> Party:
        return Party("a", "countries", thing.value.id, "", "", thing.value.id)

    def country_of_body(self, value: FacetValue) -> str:
        """The state of a national institution, «» of any other body."""
        country = value.id.rpartition("-")[2]
        if country in self._countries:
            return country
        return {"white-house": "US", "kremlin": "RU", "pentagon": "US"}.get(value.id, "")

    def _printed(self, office: _Office) -> str:
        printed = self._part.printed(office.start, office.end)
        title = self._part.matches.titles[office.start]
        return printed[len(title.particles) :] if title.particles else printed

    def _joined(self, at: int) -> bool:
        return self._part.before(at) in _JOINS

    def _things(self, values: Sequence[FacetValue]) -> dict[int, Thing]:
        part, found = self._part, {}
        for value in values:
            for mention in value.mentions:
                if mention.part != part.name:
                    continue
                start = bisect_left(part.tokens, mention.start, key=_START)
                end = bisect_left(part.tokens, mention.end, start, key=_START)
                particles = self._particles(start, value)
                found[start] = Thing(end, value, mention.rule, particles)
        return found

    def _particles(self, at: int, value: FacetValue) -> str:
        """What is written onto the first word of a mention."""
        match = self._part.matches.things.get(at) or self._part.matches.people.get(at)
        if match is not None:
            return match.particles
        match = self._part.matches.singles.get(at)
        if match is not None:
            return match.particles
        names = set(split(value.name))
        for base, particles in possible_bases(self._part.words[at]):
            if base in names:
                return particles
        return ""


def _compatible(one: _Office, other: _Office) -> bool:
    """Whether one person may hold two offices."""
    if "counterpart" in (one.role, other.role):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    return not (is_sovereign(one.role) and not is_sovereign(other.role))


def _holds(role: Sequence[str], title: Sequence[str], country: str) -> bool:
    """Whether a printed role is that of a title, of this country where both say one."""
    if list(role[: len(title)]) != list(title):
        return False
    own = country_of_role(" ".join(role))
    return not country or not own or own == country


def joined_parties(actors: Sequence[Actor]) -> Iterator[Party]:
    """The parties of several actors."""
    for actor in actors:
        yield from actor.parties
