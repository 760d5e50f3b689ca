"""Who speaks: the person, body or state of an article's facets that is a verb's subject."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.events.short_forms import ShortForms
from indexer.events.speech import speech_words
from indexer.facets.gazetteer.known_people import SON, key, known_people
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.model import Facets, FacetValue, Party
from indexer.text import exact_forms

#: A title and what belongs to it are at most so many words.
_MOST_TITLE = 16
#: So many words has the name of a country.
_MOST_COUNTRY = 4
#: So many words, each with an article, may tell what a person is.
_MOST_APPOSED = 3
_SHORT = "short"
_HONOURS = frozenset({"honorific", "royal"})
#: Ways of naming a country by which it can speak; an adjective is somebody's from there.
_SPEAKING = frozenset({"country-name", "country-capital", "country-cautious"})
_PARTICLES = ("و", "ف", "ب", "ل", "ك")
#: What may stand between a title and its name.
_BETWEEN = frozenset(' ،,"“”«».')


_ADJECTIVES = words("office-adjectives")
#: An envoy to a country speaks for another.
_ABROAD = words("abroad")
_LINKS = words("links")
_MARKS = tuple('"“”«»')


class Speaker(NamedTuple):
    """A party as the subject of a verb: words ``start`` to ``end`` of a part."""

    party: Party
    start: int
    end: int


class _Named(NamedTuple):
    """A value where it is named, up to the word ``end``."""

    facet: str
    start: int
    end: int
    value: FacetValue
    rule: str


class Speakers:
    """Finds in one part who is named where a subject can stand."""

    def __init__(self, part: AnnotatedPart, facets: Facets) -> None:
        self._part = part
        self._facets = facets
        self.people = _by_start(_named("people", part, facets))
        self.people_ends = {one.end for one in self.people.values()}
        self._bodies = _by_start(_named("organisations", part, facets))
        self._countries = _by_start(_named("countries", part, facets))
        self._country_names = {
            tuple(part.words[one.start : one.end]): one.value.id for one in self._countries.values()
        }
        self._surnames = _surnames(facets.get("people", ()))
        self._short_forms = ShortForms(
            part,
            [one[1:4] for one in self.people.values()],
            [one[1:4] for one in self._bodies.values()],
        )
        self._own_words: dict[str, frozenset[str]] = {}

    def at(self, at: int) -> Speaker | None:
        """Who is named from the word ``at`` on, and nobody else beside; None if that is unclear."""
        if at >= len(self._part.words):
            return None
        speaker = (
            self._person(at)
            or self._short_person(at)
            or self._apposed(at)
            or self._body(at)
            or self._country(at)
            or self._spokesman(at)
        )
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
        """One person of the article by the last name, which the facet left open."""
        words, matches = self._part.words, self._part.matches
        for end in (at + 2, at + 1):
            value = self._surnames.get(tuple(words[at:end]))
            if value is not None and at not in matches.titles and at not in matches.things:
                return _Named("people", at, end, value, _SHORT)
        return None

    def _apposed(self, at: int) -> Speaker | None:
        """The person behind what he is: «الفلكي خالد الزعاق», «المحلل السياسي سامي الحربي»."""
        part = self._part
        if at in part.matches.titles or at in self._bodies or at in part.matches.things:
            return None
        for behind in range(at, min(at + _MOST_APPOSED, len(part.words))):
            if not part.words[behind].startswith("ال") or part.gap(behind) != " ":
                return None
            speaker = self._person(behind + 1)
            if speaker is not None:
                return speaker._replace(start=at)
        return None

    def _short_person(self, at: int) -> Speaker | None:
        found = self._short_forms.person(at)
        if found is None:
            return None
        value, end = found
        return self._of_person(at, _Named("people", at, end, value, _SHORT), "")

    def _titled(self, at: int, named: _Named) -> Speaker | None:
        """The person behind a title, if the title is the person's and not somebody else's."""
        if not self._is_bare(named) or not self._is_apart(at, named):
            return None
        alone = named.end == named.start + 1
        if alone and self._part.words[named.start - 1] in speech_words("of-old"):
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
        country = self._country_of(role) or _known_country(value.id, role)
        party = Party(
            side="a",
            facet=named.facet,
            id=value.id,
            name=value.name,
            role=role,
            country=country,
        )
        return Speaker(party, at, named.end)

    def _country_of(self, role: str) -> str:
        """The first country in a role, as it is named in this part."""
        words = [form for _, _, form in exact_forms(role)]
        for at in range(len(words)):
            if at and words[at - 1] in _ABROAD:
                continue
            for end in range(at + 1, min(at + _MOST_COUNTRY, len(words)) + 1):
                if country := self._country_names.get(tuple(words[at:end])):
                    return country
        return ""

    def _body(self, at: int) -> Speaker | None:
        named = self._bodies.get(at)
        words = self._part.words
        if named is None and (short := self._short_forms.body(at)) is not None:
            named = _Named("organisations", at, short[1], short[0], _SHORT)
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

    def _spokesman(self, at: int) -> Speaker | None:
        """The body or state for which somebody without a name speaks."""
        words, behind = self._part.words, at + 1
        if words[at] not in speech_words("spokesmen"):
            return None
        while behind < len(words) and words[behind] in _ADJECTIVES:
            behind += 1
        if behind + 1 >= len(words) or words[behind] not in speech_words("on-behalf"):
            return None
        speaker = self._body(behind + 1) or self._country(behind + 1)
        if speaker is None:
            return None
        role = self._part.printed(at, speaker.end)
        return Speaker(replace(speaker.party, role=role), at, speaker.end)

    def _is_whole(self, named: _Named) -> bool:
        """Whether a name ends there: no person or place of that name follows."""
        end, part = named.end, self._part
        if end >= len(part.words) or part.gap(end - 1) != " ":
            return True
        word = part.words[end]
        if end in self.people or end in part.matches.titles:
            return False
        return word[:2] != "ال" or word in speech_words("insertions")

    def _is_joined(self, at: int) -> bool:
        """Whether others speak as well: «كيري ولافروف»."""
        if at >= len(self._part.words) or not self._part.words[at].startswith("و"):
            return False
        title = self._part.matches.titles.get(at)
        named = (self.people, self._bodies, self._countries)
        return any(at in some for some in named) or (title is not None and title.particles == "و")

    def _is_bare(self, named: _Named) -> bool:
        """Whether it is the name itself: «لكيري» is not who speaks, nor is who is named so only
        as a father, «عبدالعزيز» of «سعود بن عبدالعزيز»."""
        word, value = self._part.words[named.start], named.value
        given = named.start in self._part.given_names  # a family's name may stand behind «بن», too
        if given and _is_father(self._part.words[named.start : named.end], value.name):
            return False
        if not word.startswith(_PARTICLES):
            return True
        own = self._own_words.get(value.id)
        if own is None:
            own = frozenset(form for _, _, form in exact_forms(value.name))
            self._own_words[value.id] = own
        if word in own:
            return True
        return word[1:] not in own and f"ا{word}" not in own and f"ال{word[2:]}" not in own


def _named(facet: str, part: AnnotatedPart, facets: Facets) -> Iterable[_Named]:
    for value, mention, its in part.named(facets.get(facet, ())):
        if its:
            yield _Named(facet, its.start, its.stop, value, mention.rule)


def _is_father(words: Sequence[str], name: str) -> bool:
    """Whether words are in a name as the father's only."""
    called, whole = key(words), key(name)
    return any(
        whole[at] in SON and whole[at + 1 : at + 1 + len(called)] == called
        for at in range(1, len(whole) - 1)
    )


def _known_country(id: str, role: str) -> str:
    """The state of a known person who holds an office of it; who heads a body speaks for that."""
    known = known_people().people.get(id)
    if known is None or not (held := (role or known.role).split()):
        return ""
    heads = {form for _, _, form in exact_forms(held[0])}
    return known.country if heads & speech_words("of-state") else ""


def _surnames(people: Iterable[FacetValue]) -> dict[tuple[str, ...], FacetValue | None]:
    """The people of whom nobody else bears the last name: «كيري», «فان غال»."""
    owners: dict[tuple[str, ...], FacetValue | None] = {}
    for value in people:
        name = tuple(form for _, _, form in exact_forms(value.name))
        last = name[-2:] if name[-2:-1] and name[-2] in _LINKS else name[-1:]
        if len(name) > len(last):
            owners[last] = None if last in owners else value
    return owners


def _by_start(named: Iterable[_Named]) -> dict[int, _Named]:
    """The longest name at each word; two of one length are nobody's."""
    longest: dict[int, _Named] = {}
    for one in named:
        other = longest.get(one.start)
        if other is None or one.end > other.end:
            longest[one.start] = one
    return longest
