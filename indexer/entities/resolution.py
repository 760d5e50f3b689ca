"""One person, one profile: what all articles together say of a value of a facet.

Extraction reads each article by itself. Here, before documents are indexed, their people meet the
people of other articles: spellings of one name get one id, namesakes whose offices contradict each
other get two, and the corrections of the file of profiles are applied.
Each value leaves a sighting in the catalogue: the article, its date, how it is written and titled.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from indexer.catalogue import Catalogue, EntityNames, Sighting
from indexer.entities.citation_form import CitationForms
from indexer.entities.corrections import Corrections
from indexer.entities.labels import ValueLabels
from indexer.entities.matching import NEWS, Claim, Identity, conflict
from indexer.facets.gazetteer.known_people import key
from indexer.facets.gazetteer.phrase_words import split
from indexer.model import Article, Document, FacetValue, Party, Record
from indexer.schema import NAMED, PEOPLE
from indexer.text.phonetics import sounds

#: Under this name stand the sightings of profiles that a correction hides.
HIDDEN = "hidden"
_NAMED_AT_ONCE = 5000  # values
_ROLES = 12  # offices by which a shorter name is known again
_VARIANTS = 12  # spellings by which a value is found in searches for names
#: What part of somebody's offices another name must hold to be that person's as well.
_SAME = 0.3
#: How many times as many articles as the next has whom a surname means.
_FAR_MORE = 4
#: What fewer articles than this part of the most frequent claim say is a slip.
_SLIP = 0.2


@dataclass(slots=True)
class _PersonEvidence:
    """What the articles so far say of a person whom no table knows."""

    id: str
    articles: int = 0
    walks: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)

    def claim(self) -> Claim:
        return Claim(_frequent(self.walks), _frequent(self.states))

    def learn(self, claim: Claim, roles: Iterable[str]) -> None:
        self.articles += 1
        self.walks.update(claim.walks)
        self.states.update(claim.states)
        self.roles.update(roles)

    def dumps(self) -> str:
        roles = self.roles.most_common(_ROLES)
        evidence = (self.articles, self.walks, self.states, dict(roles))
        return json.dumps(evidence, ensure_ascii=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The name on the exact layer."""
        return tuple(self.id.partition("~")[0].split("-"))

    @classmethod
    def loads(cls, id: str, text: str) -> "_PersonEvidence":
        articles, walks, states, roles = json.loads(text)
        return cls(id, articles, Counter(walks), Counter(states), Counter(roles))


class _People:
    """The people met so far who stand in no table, by their names."""

    def __init__(self, identity: Identity, catalogue: Catalogue) -> None:
        self._identity = identity
        self._by_id: dict[str, _PersonEvidence] = {}
        self._by_spelling: dict[tuple[str, ...], list[_PersonEvidence]] = defaultdict(list)
        self._changed: set[str] = set()
        self._merged: dict[str, str] = {}
        for id, merged, evidence in catalogue.people():
            self._enter(_PersonEvidence.loads(id, evidence))
            if merged:
                self._merged[id] = merged

    def id(self, value: FacetValue, words: tuple[str, ...], *, sport: bool, again: bool) -> str:
        """The id of the person with this name whom an article's value means."""
        claim = self._identity.claim(value.roles)
        common = self._identity.is_common(words)
        offices = frozenset[str]()
        if common and not claim.walks:
            claim = claim._replace(walks=frozenset({"sport" if sport else NEWS}))
            offices = frozenset() if sport else _office_words(value.roles)
        person = self._met(words, claim, sport, offices)
        known = person is not None
        if person is None:
            person = _PersonEvidence(self._free("-".join(words)))
            self._enter(person)
        if not (known and again):
            person.learn(claim, (" ".join(split(role)) for role in value.roles))
            self._changed.add(person.id)
        return self._merged.get(person.id, person.id)

    def has_sportsman(self, words: tuple[str, ...]) -> bool:
        """Whether a person of this name who is in no table is a sportsman."""
        met = self._by_spelling.get(self._identity.spelling(words), ())
        return any("sport" in person.claim().walks for person in met)

    def merge(self) -> dict[str, str]:
        """Find who is called by a shorter name as well, by the offices that both names hold.

        Returns the ids that are another's now.
        """
        merged: dict[str, str] = {}
        named: dict[tuple[str, ...], list[_PersonEvidence]] = defaultdict(list)
        for person in self._by_id.values():
            if person.id not in self._merged:
                for name in self._identity.shorter(person.words):
                    named[name].append(person)
        for name, longer in named.items():
            for short in self._by_spelling.get(self._identity.spelling(name), ()):
                if short.words != name or short.id in self._merged:
                    continue
                long = max(longer, key=lambda long: (_shared(short, long), long.articles))
                if _shared(short, long) >= _SAME and not conflict(short.claim(), long.claim()):
                    kept, other = sorted((short, long), key=lambda p: -p.articles)
                    if other.id not in merged:
                        merged[other.id] = kept.id
        merged |= self._surnames(merged)
        self._merged |= merged
        self._merged = {id: _last(self._merged, id) for id in self._merged}
        self._changed |= merged.keys()
        return merged

    def _surnames(self, merged: Mapping[str, str]) -> dict[str, str]:
        """Who is called by a foreign surname alone, where it means one person far before all."""
        owners: dict[str, list[_PersonEvidence]] = defaultdict(list)
        single = []
        for person in self._by_id.values():
            if person.id in self._merged or person.id in merged:
                continue
            if len(person.words) > 1:
                owners[person.words[-1]].append(person)
            elif not person.words[0].startswith("ال"):
                single.append(person)
        found = {}
        for person in single:
            surname = person.words[0]
            named = sorted(owners[surname], key=lambda owner: -owner.articles)
            others = named[1].articles if len(named) > 1 else 0
            clear = named and named[0].articles > max(person.articles, others * _FAR_MORE)
            if not clear or self._identity.is_known_surname(surname):
                continue
            if not conflict(person.claim(), named[0].claim()):
                found[person.id] = named[0].id
        return found

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """What the catalogue keeps of those about whom something new was learnt."""
        for id in self._changed:
            yield id, self._merged.get(id, ""), self._by_id[id].dumps()
        self._changed.clear()

    def _met(
        self, words: tuple[str, ...], claim: Claim, sport: bool, offices: frozenset[str]
    ) -> _PersonEvidence | None:
        identity = self._identity
        fitting = [
            person
            for spelling in identity.spellings(words)
            for person in self._by_spelling.get(spelling, ())
            if identity.alike(person.words, words) and not conflict(person.claim(), claim)
        ]
        if offices:  # a frequent name with an office is his who has one like it
            fitting = [p for p in fitting if not p.roles or offices & _office_words(p.roles)]
        return max(
            fitting,
            key=lambda p: (sport and "sport" in p.claim().walks, p.articles),
            default=None,
        )

    def _enter(self, person: _PersonEvidence) -> None:
        self._by_id[person.id] = person
        for spelling in self._identity.spellings(person.words):
            self._by_spelling[spelling].append(person)

    def _free(self, id: str) -> str:
        """The id, or for a namesake the id with a number behind it."""
        free, number = id, 1
        while free in self._by_id:
            number += 1
            free = f"{id}~{number}"
        return free


def _office_words(roles: Iterable[str]) -> frozenset[str]:
    return frozenset(word.removeprefix("ال") for role in roles for word in split(role))


def _shared(one: _PersonEvidence, other: _PersonEvidence) -> float:
    """How much of the offices of one are the other's as well; titles of one word don't count."""
    offices = Counter({office: n for office, n in one.roles.items() if " " in office})
    return sum(offices[o] for o in offices if o in other.roles) / max(1, offices.total())


def _last(merged: Mapping[str, str], id: str) -> str:
    met = {id}
    while id in merged and merged[id] not in met:
        id = merged[id]
        met.add(id)
    return id


class EntityResolver:
    """Gives the people of documents their ids, and writes down what documents say of values."""

    def __init__(self, catalogue: Catalogue, corrections: Corrections) -> None:
        self._catalogue = catalogue
        self._corrections = corrections
        self._identity = Identity()
        self._people = _People(self._identity, catalogue)
        self._names = ValueLabels()
        self._bare = lru_cache(1 << 16)(CitationForms(self._identity.known).bare)
        self._touched: dict[str, set[str]] = {facet: set() for facet in NAMED}

    def assign(self, documents: Iterable[Document], *, again: bool = False) -> list[Document]:
        """The documents with the people whom they mean; the catalogue knows what they say.

        From documents that are made ``again`` nothing is learnt of people who are known.
        """
        assigned: list[Document] = []
        seen: list[Sighting] = []
        for document in documents:
            record, hidden = self._identified(document.record, again)
            seen += self._sightings(record)
            seen += (self._sighting(record.article, HIDDEN, value) for value in hidden)
            same = record is document.record
            assigned.append(document if same else replace(document, record=record))
        self._catalogue.sight([one.record.article.id for one in assigned], seen)
        return assigned

    def merge(self) -> set[str]:
        """Join profiles that all articles together show to be one person's.

        Returns the ids that are no longer in use; articles with them are to be read anew.
        """
        return set(self._people.merge())

    def keep(self) -> None:
        """Let the catalogue know what was learnt of people, and whose names may be others now."""
        self._catalogue.keep_people(self._people.rows())
        for facet, touched in self._touched.items():
            self._catalogue.await_names(facet, touched)
            touched.clear()

    def name(self) -> bool:
        """Name some of the values that wait, as most articles write them; False if none do."""
        waiting: dict[str, set[str]] = defaultdict(set)
        for facet, id in self._catalogue.unnamed(_NAMED_AT_ONCE):
            waiting[facet].add(id)
        for facet, touched in waiting.items():
            seen = self._catalogue.seen(facet, touched)
            rows = [self._named(facet, id, texts) for id, texts in seen.items()]
            self._catalogue.rename(facet, rows, touched - seen.keys())
        return bool(waiting)

    def _identified(self, record: Record, again: bool) -> tuple[Record, list[FacetValue]]:
        """The record with its people's ids, and the people whom a correction hides."""
        values = record.facets.get(PEOPLE, ())
        if not values:
            return record, []
        topics = record.facets.get("topics", ())
        sport = bool(topics) and topics[0].id == "sport"
        named = {country.id for country in record.facets.get("countries", ())}
        people: dict[str, FacetValue] = {}
        ids: dict[str, str | None] = {}
        hidden = []
        for value in values:
            one = replace(value, id=self._id(value, named, sport=sport, again=again))
            id = self._corrections.id(one, record)
            ids[value.id] = id or None
            if not id:
                hidden.append(one)
                continue
            name, latin = self._corrections.names.get(id, (one.name, one.name_en))
            one = replace(one, id=id, name=name, name_en=latin or one.name_en)
            people[id] = _joined(people[id], one) if id in people else one
        facets = {**record.facets, PEOPLE: tuple(people.values())}
        return _retold(replace(record, facets=facets), ids), hidden

    def _id(self, value: FacetValue, countries: set[str], *, sport: bool, again: bool) -> str:
        if value.id not in self._identity.known.people:
            return self._people.id(value, tuple(value.id.split("-")), sport=sport, again=again)
        own, claim = self._identity.own(value.id), self._identity.claim(value.roles)
        words = key(value.name)
        if own.states.isdisjoint(countries) or not claim.states:
            foreign = conflict(own, claim)
        else:  # the known one's country is named: only the walk of life can tell
            foreign = conflict(_stateless(own), _stateless(claim))
        if foreign or (sport and not claim.walks and self._people.has_sportsman(words)):
            return self._people.id(value, words, sport=sport, again=again)
        return value.id

    def _sightings(self, record: Record) -> Iterator[Sighting]:
        for facet in NAMED:
            for value in record.facets.get(facet, ()):
                self._touched[facet].add(value.id)
                yield self._sighting(record.article, facet, value)

    def _sighting(self, article: Article, facet: str, value: FacetValue) -> Sighting:
        date = article.date.isoformat() if article.date else ""
        roles = tuple(" ".join(role.split()) for role in value.roles)
        return Sighting(article.id, facet, value.id, date, self._texts(value, article), roles)

    def _texts(self, value: FacetValue, article: Article) -> tuple[str, ...]:
        """The ways in which an article writes a value, without particles, each once."""
        found = dict.fromkeys((value.name,))
        for mention in value.mentions:
            text = article.title if mention.part == "title" else article.body
            printed = text[mention.start : mention.end]
            found.setdefault(self._bare(" ".join(printed.split()), value.name))
        return tuple(found)

    def _named(self, facet: str, id: str, texts: Mapping[str, int]) -> EntityNames:
        """A value's usual names and all that readers may type for it."""
        label = self._names.label(facet, id)
        if facet == PEOPLE and id in self._corrections.names:
            name, latin = self._corrections.names[id]
            label = (name, latin or self._identity.latin(id, name))
        elif label is None:
            name = most_used(texts)
            label = (name, self._identity.latin(id, name))
        usual = sorted(texts, key=lambda text: -texts[text])[:_VARIANTS]
        typed = dict.fromkeys((*label, *usual, *self._names.typed(facet, id)))
        heard = dict.fromkeys(sound for text in typed for sound in sounds(text))
        person = self._identity.known.people.get(id) if facet == PEOPLE else None
        return EntityNames(
            id,
            *label,
            " ".join(typed),
            " ".join(heard) if facet == PEOPLE else "",
            person.wikidata if person else "",
        )


def most_used(texts: Mapping[str, int]) -> str:
    """The name that is used most often; one of several words if there is any."""
    return max(texts, key=lambda text: (len(text.split()) > 1, texts[text], len(text)))


def _stateless(claim: Claim) -> Claim:
    """A claim without the states."""
    return claim._replace(states=frozenset())


def _retold(record: Record, ids: Mapping[str, str | None]) -> Record:
    """The record with the events and quotations of these people; None stands for nobody."""

    def known(party: Party) -> bool:
        return party.facet != PEOPLE or ids.get(party.id, party.id) is not None

    def named(party: Party) -> Party:
        return replace(party, id=ids.get(party.id) or party.id) if party.facet == PEOPLE else party

    events = []
    for event in record.events:
        parties = tuple(named(party) for party in event.parties if known(party))
        teller = named(event.teller) if event.teller and known(event.teller) else None
        if {party.side for party in parties} == {party.side for party in event.parties}:
            events.append(replace(event, parties=parties, teller=teller))
    quotations = tuple(
        replace(one, speaker=named(one.speaker)) for one in record.quotations if known(one.speaker)
    )
    return replace(record, events=tuple(events), quotations=quotations)


def _frequent(counted: Counter[str]) -> frozenset[str]:
    least = _SLIP * max(counted.values(), default=0)
    return frozenset(one for one, count in counted.items() if count >= least)


def _joined(one: FacetValue, other: FacetValue) -> FacetValue:
    """Two values of one article that are one person."""
    mentions = tuple(
        sorted({*one.mentions, *other.mentions}, key=lambda m: (m.part != "title", m.start))
    )
    roles = tuple(dict.fromkeys((*one.roles, *other.roles)))
    longer = max(one, other, key=lambda value: len(value.name.split()))
    return replace(longer, id=one.id, score=float(len(mentions)), roles=roles, mentions=mentions)
