"""Who can take part in events: people, offices, states, bodies, where they stand in a sentence.

What the facets found is put together: a title, what belongs to it, the name behind it, the office
in apposition. An office without a name is that of the one person of the article who holds it.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from indexer.events.actor_offices import COUNTERPART, ActorOffice, OfficeChains, joined
from indexer.events.actor_words import (
    NO_STATES,
    Head,
    country_of_role,
    event_words,
    head_of,
    is_armed,
    particles_before,
    state_of,
)
from indexer.events.part_values import PartValues, printed_bare
from indexer.facets.bodies.owners import home
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.ner.role_names import of_one
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue, Party

#: The ways of naming a country in which it can act.
_ACTING = frozenset({"name", "capital", "shared", "dual", "cautious", "people"})
_AND = "و"
_THE = "ال"
#: How many times as often as the paper's own country another may be named.
_MUCH = 2
#: Words between the head of a party and what it is of; words of courtesy behind a name.
_MOST_BETWEEN, _MOST_COURTESIES, _MOST_SURNAMES = 3, 4, 4


class Actor(NamedTuple):
    """A party where it stands: words ``start`` to ``end``, what is written onto the first one.

    ``kind`` is person, office, state, body, armed, people or place. Several ``parties`` stand in
    one phrase: «وزيرا خارجية مصر والأردن». ``guessed``: the country is that of the paper;
    ``royal``: «سموه» may mean them.
    """

    start: int
    end: int
    particles: str
    kind: str
    parties: tuple[Party, ...]
    guessed: bool = False
    royal: bool = False


class ActorReader:
    """Reads the parties in the sentences of one part of an article."""

    def __init__(
        self, article: Article, part: AnnotatedPart, facets: Facets, told: dict[str, Party]
    ) -> None:
        """``told`` is filled with what is told of the people whom the article introduces."""
        self._part = part
        self._article = article
        self._people = facets["people"]
        self._values = PartValues(part, facets)
        self._offices = OfficeChains(part, self._values)
        self._told = told
        self._private: set[str] = set()
        self._countries = facets["countries"]
        self._bodies = {value.id for value in facets["organisations"]}

    @cached_property
    def home(self) -> str:
        """The country of the paper, or «»."""
        return home(self._article)

    @cached_property
    def own(self) -> str:
        """The country that is at home in the article: that of the paper, else of which it tells."""
        ranked = sorted(self._countries, key=lambda country: -country.score)
        if self.home or not ranked:
            return self.home
        alone = len(ranked) == 1 or ranked[0].score >= _MUCH * ranked[1].score
        return ranked[0].id if alone else ""

    def may_act(self, sentence: range) -> bool:
        """Whether a sentence names anybody or anything that can be a party."""
        values, titles = self._values, self._part.matches.titles
        both, words = event_words("both-sides"), self._part.words[sentence.start : sentence.stop]
        return not both.isdisjoint(words) or any(
            at in values.people or at in titles or at in values.countries or at in values.bodies
            for at in sentence
        )

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

    def adjective(self, at: int) -> Actor | None:
        """The state whose adjective stands at ``at``: «الدور السعودي»."""
        thing = self._values.countries.get(at)
        if thing is None or thing.rule != "country-adjective":
            return None
        party = Party("a", "countries", thing.value.id, "", "", thing.value.id)
        return Actor(at, thing.end, thing.particles, "state", (party,))

    def _read(self, at: int, limit: int) -> tuple[Actor | None, int]:
        values = self._values
        if at in values.people:
            actor = self._person(at, (), at, limit)
            return actor, actor.end
        if at in self._part.matches.titles:
            return self._titled(at, limit)
        head = head_of(self._part.words[at])
        if head is not None and at not in values.bodies:
            found = self._group(at, head, limit)
            if found is not None:
                return found, found.end
        if at in values.bodies:
            return self._body(at), values.bodies[at].end
        if (town := self._town(at, limit)) is not None:
            return town, town.end
        if at in values.countries:
            return self._state(at, limit)
        together = values.together(at, limit)
        if together is None:
            return None, at + 1
        end, org = together
        armed = head is not None and head.kind == "armed"
        if armed and end < limit and self._part.words[end].startswith(_THE):
            return None, end
        printed = self._part.word(at)
        particles = printed[: len(printed) - len(org.split()[0])]
        kind = "armed" if armed else "body"
        return Actor(at, end, particles, kind, (Party("a", org=org),)), end

    def _titled(self, at: int, limit: int) -> tuple[Actor | None, int]:
        """A person or an office that begins with a title."""
        offices = self._offices.read(at, limit)
        end = offices[-1].end
        thing = self._values.people.get(end) if end < limit else None
        if thing is not None and not thing.particles and joined(self._part, end):
            actor = self._person(end, offices, at, limit)
            return actor, actor.end
        if not any(office.said for office in offices):
            return None, end
        return self._nameless(at, end, offices, limit)

    def _person(self, at: int, offices: Sequence[ActorOffice], start: int, limit: int) -> Actor:
        thing = self._values.people[at]
        end = named = self._past_ruler(self._past_courtesies(thing.end, limit), limit)
        surname = self._past_surname(end, limit)
        behind = self._apposition(surname, limit, offices, thing.value)
        if behind:
            end = self._past_courtesies(behind[-1].end, limit)
        party = self._party(thing.value, (*offices, *behind))
        private = self._is_private(thing.value, (*offices, *behind))
        if behind and surname > named:
            name = printed_bare(self._part, at, surname, thing.particles)
            party = replace(party, name=name)
        guessed = bool(offices) and not party.country and not party.org and self._at_home()
        if guessed:
            party = replace(party, country=self.home)
        particles = self._title_particles(start) if start < at else thing.particles
        royal = any(office.role in event_words("royal-roles") for office in (*offices, *behind))
        kind = "private" if private else "person"
        return Actor(start, end, particles, kind, (party,), guessed, royal)

    def _is_private(self, value: FacetValue, offices: Sequence[ActorOffice]) -> bool:
        """Whether somebody is told to be a player, an artist, a victim: no party to diplomacy."""
        roles = {office.role for office in offices}
        if roles and roles <= event_words("private-roles"):
            self._private.add(value.id)
        elif any(office.said for office in offices):
            self._private.discard(value.id)
        return value.id in self._private

    def _at_home(self) -> bool:
        """Whether the article is as much about the country of its paper as about any other."""
        scores = {country.id: country.score for country in self._countries}
        return scores.get(self.home, 0) * _MUCH >= max(scores.values(), default=0)

    def _party(self, value: FacetValue, offices: Sequence[ActorOffice]) -> Party:
        held = [office for office in offices if office.said]
        country = next((office.country for office in held if office.country), "")
        org = next((office.org for office in held if office.org), "")
        known = self._told.get(value.id)
        role = self._offices.printed(held) or (known.role if known else "")
        if not org and not country and known is not None:
            org, country = known.org, known.country
        if not org:
            country = country or self._country(value)
        role = role or next(iter(value.roles), "")
        party = Party("a", "people", value.id, value.name, role, country, org)
        if held and (country or org):
            self._told.setdefault(value.id, party)
        return party

    def _country(self, value: FacetValue) -> str:
        """The country for which a person speaks, by other mentions or the table."""
        told = next((country for role in value.roles if (country := country_of_role(role))), "")
        known = known_people().people.get(value.id)
        own = known.country if known and known.country not in NO_STATES else ""
        return told or own

    def _apposition(
        self, at: int, limit: int, before: Sequence[ActorOffice], value: FacetValue
    ) -> tuple[ActorOffice, ...]:
        """The offices behind a name that are its bearer's."""
        title = self._part.matches.titles.get(at) if at < limit else None
        if title is None or title.particles or not joined(self._part, at):
            return ()
        offices = self._offices.read(at, limit)
        titled = any(office.said for office in before)
        end = offices[-1].end if offices else at
        if end < limit and end in self._values.people and joined(self._part, end):
            said = [number for number, office in enumerate(offices) if office.said]
            if titled or len(said) < 2:
                return ()
            offices = offices[: said[-1]]
        held = [office for office in offices if office.said]
        if not held or any(office.role == COUNTERPART for office in held):
            return ()
        own = next((office.country for office in before if office.country), self._country(value))
        others = {office.country for office in held if office.country}
        if others and own and own not in others:
            return ()
        comma = self._part.before(at) != " "
        return offices if not titled or comma or others else ()

    def _past_ruler(self, at: int, limit: int) -> int:
        """Where «ملك البحرين» behind a name ends, or ``at``."""
        head = head_of(self._part.words[at]) if at < limit and joined(self._part, at) else None
        if head is None or head.kind != "office" or head.particles:
            return at
        group = self._group(at, head, limit)
        return group.end if group is not None else at

    def _past_surname(self, at: int, limit: int) -> int:
        """Where the titles begin behind the rest of a long name, or ``at`` if none do."""
        end, part = at, self._part
        while end < min(limit, at + _MOST_SURNAMES) and part.before(end) == " ":
            if end in part.matches.titles:
                return end
            if not part.words[end].startswith("ال") or head_of(part.words[end]):
                break
            end += 1
        return at

    def _past_courtesies(self, at: int, limit: int) -> int:
        end = at
        while end < min(limit, at + _MOST_COURTESIES):
            if self._part.words[end] not in event_words("courtesies"):
                break
            end += 1
        return end

    def _title_particles(self, at: int) -> str:
        particles = self._part.matches.titles[at].particles
        return _AND if self._part.words[at] in event_words("and-titles") else particles

    def _nameless(
        self, at: int, end: int, offices: Sequence[ActorOffice], limit: int
    ) -> tuple[Actor | None, int]:
        """An office without a name: of the one person who holds it, else of its state or body."""
        held = [office for office in offices if office.said]
        office = held[0]
        if not office.acts:
            return None, end
        country = next((one.country for one in held if one.country), "")
        org = next((one.org for one in held if one.org), "")
        role, particles = self._offices.printed(held), self._title_particles(at)
        if office.several:
            parties, end = self._several(office, end, limit, country, org, role)
            actor = Actor(at, end, particles, "office", parties) if parties else None
            return actor, end
        value = None
        if office.role != COUNTERPART:
            value = self._offices.holder(office._replace(country=country), self._people)
        if value is not None:
            party = self._party(value, held)
            royal = any(one.role in event_words("royal-roles") for one in offices)
            return Actor(at, end, particles, "person", (party,), royal=royal), end
        if not country and not org:
            return None, end
        party = Party("a", "", "", "", role, "" if org else country, org)
        return Actor(at, end, particles, "office", (party,)), end

    def _several(
        self, office: ActorOffice, end: int, limit: int, country: str, org: str, role: str
    ) -> tuple[tuple[Party, ...], int]:
        """Those who hold an office in several states: «وزيرا خارجية مصر والأردن»."""
        if org or not country:
            return ((Party("a", "", "", "", role, "", org),) if org else ()), end
        title = self._part.matches.titles[office.start]
        printed = self._part.printed(title.start, title.end)
        found = [country]
        while end < limit and (thing := self._values.countries.get(end)):
            if thing.particles != _AND and self._part.before(end).strip() not in (",", "،"):
                break
            found.append(thing.value.id)
            end = thing.end
        if len(found) == 1:
            return (Party("a", "", "", "", role, country, ""),), end
        parties = [
            Party("a", "", "", "", _one(printed, known_countries.labels()[one].name) or role, one)
            for one in found
        ]
        return tuple(parties), end

    def _group(self, at: int, head: Head, limit: int) -> Actor | None:
        """A government, delegation or force, with the state or body that it is of."""
        part, values, end = self._part, self._values, at + 1
        if end < limit and part.words[end] in event_words("head-links"):
            end += 1
        thing, ruled = None, particles_before(part.words[at], "ruled") is not None
        for _ in range(_MOST_BETWEEN):
            if end >= limit or part.before(end) != " ":
                return None
            thing = values.bodies.get(end) or values.countries.get(end)
            if thing is None and (head.kind == "armed" or ruled):
                thing = values.people.get(end)
            if thing is not None:
                break
            word = part.words[end]
            agrees = head.kind == "people" and word.endswith(("ين", "ون"))
            if not (word.startswith("ال") or agrees or word in event_words("office-links")):
                return None
            end += 1
        if thing is None or thing.particles or thing.rule == "country-city":
            return None
        if head.kind == "office" and thing.end in values.people and part.before(thing.end) == " ":
            actor = self._person(thing.end, (), thing.end, limit)
            party = replace(actor.parties[0], country=thing.value.id, org="")
            return actor._replace(start=at, particles=head.particles, parties=(party,))
        printed = printed_bare(part, at, thing.end, head.particles)
        state = thing.value.id if thing.rule.startswith("country") else state_of(thing.value.id)
        if ruled and thing.value.id not in self._bodies:
            state = state or self._country(thing.value)
        facet, id = "", ""
        if not state and thing.value.id in self._bodies:
            facet, id = "organisations", thing.value.id
        elif head.kind == "state" and state:
            facet, id = "countries", state
        people = head.kind in ("people", "office")
        role, org = (printed, "") if people and state else ("", printed)
        party = Party("a", facet, id, "", role, state, org)
        return Actor(at, thing.end, head.particles, head.kind, (party,))

    def _town(self, at: int, limit: int) -> Actor | None:
        """A place that is told by what it is and its state: «العاصمة الروسية موسكو»."""
        end = at + 1
        thing = self._values.countries.get(end)
        if thing is None:
            return None
        particles = particles_before(self._part.words[at], "towns")
        thing = thing if particles is not None else None
        if thing is None or end >= limit or thing.particles or self._part.before(end) != " ":
            return None
        behind = self._values.countries.get(thing.end)
        if behind is not None and thing.end < limit and not behind.particles:
            thing = behind if self._part.before(thing.end) == " " else thing
        party = Party("a", "countries", thing.value.id, "", "", thing.value.id)
        return Actor(at, thing.end, particles or "", "place", (party,))

    def _body(self, at: int) -> Actor:
        thing = self._values.bodies[at]
        state = state_of(thing.value.id)
        kind = "armed" if is_armed(thing.value.id) else "state" if state else "body"
        org = printed_bare(self._part, at, thing.end, thing.particles)
        party = Party("a", "organisations", thing.value.id, "", "", state, org)
        return Actor(at, thing.end, thing.particles, kind, (party,))

    def _state(self, at: int, limit: int) -> tuple[Actor | None, int]:
        thing = self._values.countries[at]
        kind, end = thing.rule.removeprefix("country-"), thing.end
        id = thing.value.id
        if kind == "adjective":
            behind = end in self._values.people and end < limit and self._part.before(end) == " "
            if behind and (thing.particles == _AND or self._part.words[at].startswith("ال")):
                actor = self._person(end, (), end, limit)
                party = actor.parties[0]
                party = Party("a", party.facet, party.id, party.name, party.role, id)
                return actor._replace(
                    start=at, particles=thing.particles, parties=(party,)
                ), actor.end
            return None, end
        party = Party("a", "countries", id, "", "", id)
        if kind == "city":
            return Actor(at, end, thing.particles, "place", (party,)), end
        if kind not in _ACTING:
            return None, end
        return Actor(at, end, thing.particles, "state", (party,)), end


def _one(printed: str, country: str) -> str:
    return of_one(printed, country, rest_is_country=True)
