"""Which names in an article are one person's.

Full names come first: spellings of one name, a name and the longer one that holds it, and names
that differ by a slip of the pen. A single name then goes to the full name that ends with it
(«الكاظمي»), a king's to the one that begins with it; what is left is kept only when a title or
the table of known people vouches for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from indexer.facets.gazetteer.known_people import KnownPeople, key, one_slip, skeleton
from indexer.facets.ner.arbitration import BY_MODEL
from indexer.facets.ner.boundaries import ALI, LINKS
from indexer.facets.ner.mention import BY_DEMONYM, Spot
from indexer.facets.ner.romanise import romanise
from indexer.facets.ner.word_classes import Lexeme, Lexemes
from indexer.facets.part import Part
from indexer.model import FacetValue, Mention

SON = frozenset({"بن", "ابن", "بنت"})
#: Particles that a surname may bear where it stands alone.
PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل")
MAX_ROLES = 4


@dataclass(slots=True)
class Person:
    """A person of an article: the fullest key of the name, and where it stands."""

    words: tuple[str, ...]
    known: str = ""
    spots: list[Spot] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """Mentions, of which one in the title counts three times."""
        return len(self.spots) + 2 * sum(spot.part.name == "title" for spot in self.spots)


class Linking:
    """Joins spots to people."""

    def __init__(self, known: KnownPeople, lexemes: Lexemes) -> None:
        self._known = known
        self._lexemes = lexemes

    def people(
        self,
        spots: Iterable[Spot],
        parts: Sequence[Part],
        countries: Set[str],
        elsewhere: Mapping[str, Set[int]],
    ) -> list[Person]:
        """Return the people of an article that names ``countries``, most mentioned first.

        The words ``elsewhere`` of each part belong to names of countries and organisations.
        """
        spots = tuple(spots)
        people = self._by_full_names(spot for spot in spots if len(spot.words) > 1)
        for spot in (spot for spot in spots if len(spot.words) == 1):
            person = self._by_single_name(people, spot)
            if person is None and spot.rule != BY_DEMONYM:
                person = self._alone(people, spot, countries)
            if person is not None:
                person.spots.append(spot)
        self._add_surnames(people, parts, elsewhere)
        return sorted(people, key=lambda person: -person.weight)

    def value(self, person: Person) -> FacetValue:
        """The person as a value of the facet, named as this article spells the name in full."""
        mentions = tuple(sorted({spot.mention() for spot in person.spots}, key=_place))
        roles = Counter(spot.role for spot in person.spots if spot.role)
        by_count = tuple(role for role, _ in roles.most_common(MAX_ROLES))
        printed = Counter(
            spot.printed() for spot in person.spots if len(spot.words) == len(person.words)
        )
        name = printed.most_common(1)[0][0] if printed else ""
        if not person.known:
            id, name_en = "-".join(person.words), romanise(name)
            return FacetValue(id, name, name_en, float(len(mentions)), by_count, mentions)
        own = self._known.people[person.known]
        if len(person.words) < 2 or self._known.find(person.words) != own.id:
            name = own.name
        return FacetValue(
            own.id, name or own.name, own.name_en, float(len(mentions)), by_count, mentions
        )

    def _by_full_names(self, spots: Iterable[Spot]) -> list[Person]:
        people: list[Person] = []
        for spot in spots:
            known = spot.known or self._known.find(spot.words) or self._misspelt(spot.words)
            person = next((p for p in people if _is_same(p, spot.words, known)), None)
            if person is None:
                person = Person(spot.words, known)
                people.append(person)
            elif len(spot.words) > len(person.words):
                person.words = spot.words
            person.known = person.known or known
            person.spots.append(spot)
        return people

    def _misspelt(self, words: tuple[str, ...]) -> str:
        """The known person whose name has a slip in it here, unless it is a name of its own."""
        id = self._known.near(words)
        if id and len(words) == 2:
            own = key(self._known.people[id].name)
            if any(w not in own and self._lexemes.get(w).known for w in words):
                return ""
        return id

    def _by_single_name(self, people: Sequence[Person], spot: Spot) -> Person | None:
        """The person of the article whom a single name means."""
        word = spot.words[0]
        for person in people:
            if person.known and person.known == spot.known:
                return person
        for person in people:
            if person.words[-1] == word:
                return person
        if spot.title == "royal":
            return next((p for p in people if p.words[0] == word), None)
        if not spot.title and not spot.single and spot.rule != BY_MODEL:
            return None
        for person in people:
            if word in person.words[1:] and not self._lexemes.get(word).given:
                return person
        first = [person for person in people if person.words[0] == word]
        if len(first) == 1 and not spot.known:  # «وانغ يي», «وانغ»
            return first[0]
        if spot.title and not self._lexemes.get(word).given and not spot.known:
            return next((p for p in people if one_slip(p.words[-1], word)), None)
        return None

    def _alone(self, people: list[Person], spot: Spot, countries: Set[str]) -> Person | None:
        """A person of whom the article gives a single name only."""
        person = None
        lexeme = self._lexemes.get(spot.words[0])
        if spot.known:
            own = self._known.people[spot.known]
            clear = spot.single == "single"
            supported = own.country in countries and not (lexeme.ordinary or lexeme.given)
            if clear or supported or (spot.title and own.country in countries):
                person = Person(key(own.name), own.id)
        elif (spot.title or _is_sure(spot)) and _is_surname(spot.words[0], lexeme):
            person = Person(spot.words)
        if person is not None:
            people.append(person)
        return person

    def _add_surnames(
        self, people: Sequence[Person], parts: Sequence[Part], elsewhere: Mapping[str, Set[int]]
    ) -> None:
        """Find the last names of the article's people where they stand alone."""
        taken = {(name, at) for name, words in elsewhere.items() for at in words}
        for spot in (spot for person in people for spot in person.spots):
            taken.update((spot.part.name, at) for at in range(spot.start, spot.end))
        owners: dict[str, tuple[str, Person]] = {}
        for person in people:
            surname = person.words[-1]
            if len(person.words) > 1 and surname != ALI:
                for form in _with_particles(surname):
                    owners.setdefault(form, (surname, person))
        if not owners:
            return
        for part in parts:
            if owners.keys().isdisjoint(part.words):
                continue
            for at, word in enumerate(part.words):
                if word in owners and (part.name, at) not in taken:
                    surname, person = owners[word]
                    if self._stands_alone(part, at, surname):
                        spot = Spot(part, at, at + 1, (surname,), "surname")
                        person.spots.append(spot)

    def _stands_alone(self, part: Part, at: int, surname: str) -> bool:
        """Whether a word is a surname by itself, not a part of another name or expression."""
        own = self._lexemes.get(surname)
        if own.ordinary:  # left to the model
            return False
        if at and part.gap(at - 1) == " " and self._lexemes.get(part.words[at - 1]).given:
            return False
        if not own.given or at + 1 >= len(part.words) or part.gap(at) != " ":
            return True
        return not self._lexemes.get(part.words[at + 1]).certain


def _is_sure(spot: Spot) -> bool:
    """Whether the model alone vouches for a name."""
    return spot.rule == BY_MODEL and spot.single != "weak"


def _is_surname(word: str, lexeme: Lexeme) -> bool:
    """Whether a word can name a person without the rest of the name."""
    if len(word) < 4 or lexeme.given or word.endswith(("ه", "تنا", "هما")):
        return False
    if not lexeme.known and word.endswith(("ها", "هم", "كم")):  # «الوزيرة ضيوفها»
        return False
    if word.startswith("ي") and word.endswith(("ان", "ون")) and not lexeme.known:  # «يستعرضان»
        return False
    return lexeme.certain or not lexeme.known


def _with_particles(surname: str) -> list[str]:
    """A surname as it may be printed: «الكاظمي», «والكاظمي», «للكاظمي»."""
    if surname.startswith("ال"):
        rest = surname[1:]
        return [p + (rest if p.endswith("ل") else surname) for p in PARTICLES]
    return [particles + surname for particles in PARTICLES]


def _is_same(person: Person, words: tuple[str, ...], known: str) -> bool:
    """Whether a full name is this person's."""
    if known and person.known:
        return known == person.known
    if person.words == words or _holds(person.words, words):
        return True
    if not known and _ends(person.words, words):
        return True
    return _differ_by_slip(person.words, words)


def _holds(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name is the longer one with parts left out: «محمد بن علي الحربي»."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) or short[0] != long[0]:
        return False
    rest = iter(word for word in long if word not in SON)
    kept = [word for word in short if word not in SON]
    return len(kept) > 1 and all(word in rest for word in kept)


def _ends(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name is a surname of several words: «ولد مرزوك», «دي ميستورا»."""
    short, long = sorted((one, other), key=len)
    return len(short) < len(long) and short[0] in LINKS and long[-len(short) :] == short


def _differ_by_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ in one word, by a letter or by spelling."""
    if len(one) != len(other):
        return "".join(one) == "".join(other)
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(different) == 1 and (
        one_slip(*different[0])
        if one[0] == other[0]
        else skeleton(one) == skeleton(other) and one_slip(*different[0])
    )


def _place(mention: Mention) -> tuple[bool, int]:
    return (mention.part != "title", mention.start)
