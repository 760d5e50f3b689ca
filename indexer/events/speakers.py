"""Who speaks: the person, body or state of an article's facets that is a verb's subject."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.events.speech import speech_words
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.part import AnnotatedPart
from indexer.model import Facets, FacetValue, Party
from indexer.text import exact_forms

#: A title and what belongs to it are at most so many words.
_MOST_TITLE = 16
#: So many words has the name of a country.
_MOST_COUNTRY = 4
_HONOURS = frozenset({"honorific", "royal"})
#: Ways of naming a country by which it can speak; an adjective is somebody's from there.
_SPEAKING = frozenset({"country-name", "country-capital", "country-cautious"})
_PARTICLES = ("و", "ف", "ب", "ل", "ك")
#: What may stand between a title and its name.
_BETWEEN = frozenset(' ،,"“”«».')


_MARKS = tuple('"“”«»')


class Speaker(NamedTuple):
    """A party as the subject of a verb: words ``start`` to ``end`` of a part."""

    party: Party
    start: int
    end: int


class _Named(NamedTuple):
    """A value where it is named, up to the word ``end``."""

    facet: str
    value: FacetValue
    start: int
    end: int
    rule: str


class Speakers:
    """Finds in one part who is named where a subject can stand."""

    def __init__(self, part: AnnotatedPart, facets: Facets) -> None:
        self._part = part
        self._facets = facets
        starts = {token.start: at for at, token in enumerate(part.tokens)}
        ends = {token.end: at + 1 for at, token in enumerate(part.tokens)}
        self.people = _by_start(_named("people", part, facets, starts, ends))
        self._bodies = _by_start(_named("organisations", part, facets, starts, ends))
        self._countries = _by_start(_named("countries", part, facets, starts, ends))
        self._country_names = {
            tuple(part.words[one.start : one.end]): one.value.id for one in self._countries.values()
        }
        self._surnames = _surnames(facets.get("people", ()))
        self._own_words: dict[str, frozenset[str]] = {}

    def at(self, at: int) -> Speaker | None:
        """Who is named from the word ``at`` on, and nobody else beside; None if that is unclear."""
        speaker = self._person(at) or self._body(at) or self._country(at)
        if speaker is None or self._is_joined(speaker.end):
            return None
        return speaker

    def names_somebody(self, at: int) -> bool:
        """Whether a person, or a person's title, begins at a word."""
        return at in self.people or at in self._part.matches.titles

    def _person(self, at: int) -> Speaker | None:
        named = self.people.get(at) or self._by_surname(at)
        if named is not None:
            return self._of_person(at, named, "") if self._is_bare(named) else None
        title = self._part.matches.titles.get(at)
        if title is None or title.particles or self._part.words[at] in speech_words("kin"):
            return None
        words = len(self._part.words)
        for behind in range(at + 1, min(at + _MOST_TITLE, words)):
            if not _BETWEEN.issuperset(self._part.before(behind)):
                return None
            named = self.people.get(behind)
            if named is not None:
                return self._titled(at, named)
        return None

    def _by_surname(self, at: int) -> _Named | None:
        """One person of the article by the last word of the name, which the facet left open."""
        value = self._surnames.get(self._part.words[at]) if at < len(self._part.words) else None
        if value is None or at in self._part.matches.titles or at in self._part.matches.things:
            return None
        return _Named("people", value, at, at + 1, "surname")

    def _titled(self, at: int, named: _Named) -> Speaker | None:
        """The person behind a title, if the title is the person's and not somebody else's."""
        if not self._is_bare(named) or not self._is_apart(at, named):
            return None
        role = self._office(at, named.start)
        if not role:
            return self._of_person(at, named, "")
        for own in named.value.roles:
            if own == role or own.startswith(f"{role} ") or role.startswith(f"{own} "):
                return self._of_person(at, named, own)
        return None

    def _is_apart(self, at: int, named: _Named) -> bool:
        """Whether no mark before a name is open there: «مديرة مركز "الأمير ناصر" هدى …»."""
        part = self._part
        start = part.tokens[named.start].start
        before = part.text[part.tokens[at].start : start]
        if before.endswith(_MARKS):
            return part.gap(named.end - 1).startswith(_MARKS)
        return before.count("«") == before.count("»") and sum(map(before.count, '"“”')) % 2 == 0

    def _office(self, at: int, end: int) -> str:
        """The words of a title as printed, without those of honour before and behind."""
        titles = self._part.matches.titles
        while at in titles and titles[at].entries[0].kind in _HONOURS and at < end:
            at = titles[at].end
        for start in range(at, end):
            title = titles.get(start)
            if title and title.entries[0].kind in _HONOURS and title.end <= end:
                end = start
                break
        return self._part.printed(at, end) if at < end else ""

    def _of_person(self, at: int, named: _Named, role: str) -> Speaker:
        value = named.value
        role = role or (value.roles[0] if value.roles else "")
        country = self._country_of(role)
        known = known_people().people.get(value.id)
        party = Party(
            side="a",
            facet=named.facet,
            id=value.id,
            name=value.name,
            role=role,
            country=country or (known.country if known else ""),
        )
        return Speaker(party, at, named.end)

    def _country_of(self, role: str) -> str:
        """The first country in a role, as it is named in this part."""
        words = [form for _, _, form in exact_forms(role)]
        for at in range(len(words)):
            for end in range(at + 1, min(at + _MOST_COUNTRY, len(words)) + 1):
                if country := self._country_names.get(tuple(words[at:end])):
                    return country
        return ""

    def _body(self, at: int) -> Speaker | None:
        named = self._bodies.get(at)
        words = self._part.words
        if named is None and at + 1 in self._bodies and words[at] in speech_words("bodies"):
            named = self._bodies[at + 1]
        if named is None or words[at] in speech_words("outlets") or not self._is_whole(named):
            return None
        value = named.value
        country = value.id.rpartition("-")[2]
        party = Party(
            side="a",
            facet=named.facet,
            id=value.id,
            name=value.name,
            country=country if len(country) == 2 and country.isupper() else "",
            org=value.name,
        )
        return Speaker(party, at, named.end)

    def _country(self, at: int) -> Speaker | None:
        named = self._countries.get(at)
        if named is None or named.rule not in _SPEAKING or not self._is_bare(named):
            return None
        if not self._is_whole(named):
            return None
        value = named.value
        party = Party(side="a", facet=named.facet, id=value.id, name=value.name, country=value.id)
        return Speaker(party, at, named.end)

    def _is_whole(self, named: _Named) -> bool:
        """Whether a name ends there: no person or place of that name follows."""
        end, part = named.end, self._part
        if end >= len(part.words) or part.gap(end - 1) != " ":
            return True
        word = part.words[end]
        return end not in self.people and end not in part.matches.titles and word[:2] != "ال"

    def _is_joined(self, at: int) -> bool:
        """Whether others speak as well: «كيري ولافروف»."""
        if at >= len(self._part.words) or not self._part.words[at].startswith("و"):
            return False
        title = self._part.matches.titles.get(at)
        named = (self.people, self._bodies, self._countries)
        return any(at in some for some in named) or (title is not None and title.particles == "و")

    def _is_bare(self, named: _Named) -> bool:
        """Whether no particle is written onto a name: «لكيري» is not who speaks."""
        word, value = self._part.words[named.start], named.value
        if not word.startswith(_PARTICLES):
            return True
        own = self._own_words.get(value.id)
        if own is None:
            own = frozenset(form for _, _, form in exact_forms(value.name))
            self._own_words[value.id] = own
        if word in own:
            return True
        return word[1:] not in own and f"ا{word}" not in own and f"ال{word[2:]}" not in own


def _named(
    facet: str,
    part: AnnotatedPart,
    facets: Facets,
    starts: Mapping[int, int],
    ends: Mapping[int, int],
) -> Iterable[_Named]:
    for value in facets.get(facet, ()):
        for mention in value.mentions:
            if mention.part == part.name and mention.start in starts and mention.end in ends:
                start, end = starts[mention.start], ends[mention.end]
                yield _Named(facet, value, start, end, mention.rule)


def _surnames(people: Iterable[FacetValue]) -> dict[str, FacetValue | None]:
    """The people of whom nobody else bears the last name."""
    owners: dict[str, FacetValue | None] = {}
    for value in people:
        name = [form for _, _, form in exact_forms(value.name)]
        if len(name) > 1:
            owners[name[-1]] = None if name[-1] in owners else value
    return owners


def _by_start(named: Iterable[_Named]) -> dict[int, _Named]:
    """The longest name at each word; two of one length are nobody's."""
    longest: dict[int, _Named] = {}
    for one in named:
        other = longest.get(one.start)
        if other is None or one.end > other.end:
            longest[one.start] = one
    return longest
