"""Which names in an article are one person's.

Full names come first: spellings of one name, a name and the longer one that holds it, and names
that differ by a slip of the pen. A single name then goes to the full name that ends with it
(«الكاظمي»), a king's to the one that begins with it; what is left is kept only when a title or
the table of known people vouches for it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from indexer.facets.gazetteer.known_people import SON, KnownPeople, key, one_slip, skeleton
from indexer.facets.ner.arbitration import BY_MODEL
from indexer.facets.ner.boundaries import ALI, LINKS
from indexer.facets.ner.evidence import PASSING, is_enough
from indexer.facets.ner.mention import BY_DEMONYM, NameMention
from indexer.facets.ner.romanise import romanise
from indexer.facets.ner.ruling import RULER
from indexer.facets.ner.surroundings import TABLE
from indexer.facets.ner.word_classes import WordClass, WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.model import FacetValue, Mention

#: People of one article whom a name is compared with; the first ones are what it is about.
MOST_COMPARED = 200
#: Particles that a surname may bear where it stands alone.
PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل")
MAX_ROLES = 4
TRIBES = words("tribes", TABLE)
#: Before the name of a child these make a name that many bear.
KUNYAS = ("ابو", "ابي", "ابا")
#: How sure the model has to be of a name of one word that means a person of the table, where the
#: article names no country of hers: «النخالة» is bran, «هاربر» a magazine.
SURE_KNOWN = 0.7


@dataclass(slots=True)
class PersonMentions:
    """A person of an article: the fullest key of the name, and where it stands."""

    words: tuple[str, ...]
    known: str = ""
    mentions: list[NameMention] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """Mentions, of which one in the title counts three times."""
        return len(self.mentions) + 2 * sum(
            mention.part.name == "title" for mention in self.mentions
        )


class Coreference:
    """Joins mentions to people."""

    def __init__(self, known: KnownPeople, word_classes: WordClasses) -> None:
        self._known = known
        self._word_classes = word_classes

    def people(
        self, mentions: Sequence[NameMention], parts: Sequence[AnnotatedPart]
    ) -> list[PersonMentions]:
        """Return the people of an article with these names in it, most mentioned first."""
        countries = {
            entry.id
            for part in parts
            for match in part.matches.things.values()
            for entry in match.entries
            if entry.facet == "countries"
        }
        people = self._by_full_names(mention for mention in mentions if len(mention.words) > 1)
        others = {person.known or person.words: person for person in people}
        for mention in (mention for mention in mentions if len(mention.words) == 1):
            first = people[:MOST_COMPARED]
            person = self._by_single_name(first, mention)
            if person is None and len(people) > len(first):
                person = others.get(mention.known or mention.words)
            if person is None and mention.rule != BY_DEMONYM:
                person = self._alone(people, mention, countries)
                if person is not None:
                    others[person.known or person.words] = person
            if person is not None:
                person.mentions.append(mention)
        ends = {(mention.part.name, mention.end) for mention in mentions}
        starts = {(mention.part.name, mention.start) for mention in mentions}
        people = [person for person in people if self._is_supported(person, starts, ends)]
        self._add_surnames(people, parts)
        return sorted(people, key=lambda person: -person.weight)

    def _is_supported(
        self, person: PersonMentions, starts: Set[tuple[str, int]], ends: Set[tuple[str, int]]
    ) -> bool:
        """Whether enough speaks for a person whom no table knows, see ``evidence``.

        ``starts`` and ``ends`` are those of all names of the article.
        """
        seen = [mention.seen for mention in person.mentions if mention.seen is not None]
        if person.known or len(seen) < len(person.mentions) or len(seen) > PASSING:
            return True
        listed = any(
            (mention.part.name, mention.start) in ends or (mention.part.name, mention.end) in starts
            for mention in person.mentions
        )
        return is_enough(person.words, person.mentions, self._word_classes, listed)

    def value(self, person: PersonMentions) -> FacetValue:
        """The person as a value of the facet, named as this article spells the name in full."""
        # Two rules may see one name; in a set their order would change from run to run.
        found = dict.fromkeys(mention.offsets() for mention in person.mentions)
        mentions = tuple(sorted(found, key=_place))
        roles = Counter(mention.role for mention in person.mentions if mention.role)
        by_count = tuple(role for role, _ in roles.most_common(MAX_ROLES))
        printed = Counter(
            mention.printed()
            for mention in person.mentions
            if len(mention.words) == len(person.words)
        )
        name = printed.most_common(1)[0][0] if printed else ""
        if not person.known:
            id, name_en = "-".join(person.words), romanise(name)
            return FacetValue(id, name, name_en, float(len(mentions)), by_count, mentions)
        known = self._known.people[person.known]
        if len(person.words) < 2 or self._known.find(person.words) != known.id:
            name = known.name
        return FacetValue(
            known.id, name or known.name, known.name_en, float(len(mentions)), by_count, mentions
        )

    def _by_full_names(self, mentions: Iterable[NameMention]) -> list[PersonMentions]:
        people: list[PersonMentions] = []
        others: dict[str | tuple[str, ...], PersonMentions] = {}  # by identity and by words
        for mention in mentions:
            known = (
                mention.known or self._known.find(mention.words) or self._misspelt(mention.words)
            )
            first = people[:MOST_COMPARED]
            person = next((p for p in first if _is_same(p, mention.words, known)), None)
            if person is None and len(people) > len(first):
                person = others.get(known or mention.words)
            if person is None:
                person = PersonMentions(mention.words, known)
                people.append(person)
                others[known or mention.words] = person
            elif len(mention.words) > len(person.words):
                person.words = mention.words
            person.known = person.known or known
            person.mentions.append(mention)
        return people

    def _misspelt(self, words: tuple[str, ...]) -> str:
        """The known person whose name has a slip in it here, unless it is a name of its own."""
        id = self._known.near(words)
        if id and len(words) == 2:
            right = key(self._known.people[id].name)
            if any(word not in right and self._word_classes.get(word).known for word in words):
                return ""
        return id

    def _by_single_name(
        self, people: Sequence[PersonMentions], mention: NameMention
    ) -> PersonMentions | None:
        """The person of the article whom a single name means."""
        word = mention.words[0]
        for person in people:
            if person.known and person.known == mention.known:
                return person
        for person in people:
            if person.words[-1] == word:
                return person
        if mention.title == "royal":
            return next((p for p in people if p.words[0] == word), None)
        if not mention.title and not mention.single and mention.rule != BY_MODEL:
            return None
        for person in people:
            if word in person.words[1:] and not self._word_classes.get(word).given:
                return person
        first = [person for person in people if person.words[0] == word]
        if len(first) == 1 and not mention.known:  # «وانغ يي», «وانغ»
            return first[0]
        seen = mention.title or mention.rule == BY_MODEL
        if seen and not self._word_classes.get(word).given and not mention.known:
            return next((p for p in people if one_slip(p.words[-1], word)), None)
        return None

    def _alone(
        self, people: list[PersonMentions], mention: NameMention, countries: Set[str]
    ) -> PersonMentions | None:
        """A person of whom the article gives a single name only."""
        person = None
        if mention.words[0] in TRIBES and not mention.known:
            return None
        word_class = self._word_classes.get(mention.words[0])
        if mention.known:
            known = self._known.people[mention.known]
            near = known.country in countries
            clear = mention.single == "single" and (near or (mention.seen or 0.0) >= SURE_KNOWN)
            supported = near and not (word_class.ordinary or word_class.given)
            if clear or supported or (mention.title and near):
                person = PersonMentions(key(known.name), known.id)
        elif mention.rule == RULER or (
            (mention.title or _is_sure(mention)) and _is_surname(mention.words[0], word_class)
        ):
            person = PersonMentions(mention.words)
        if person is not None:
            people.append(person)
        return person

    def _add_surnames(
        self, people: Sequence[PersonMentions], parts: Sequence[AnnotatedPart]
    ) -> None:
        """Find the last names of the article's people where they stand alone."""
        taken = {(part.name, at) for part in parts for at in part.matches.of_things}
        for mention in (mention for person in people for mention in person.mentions):
            taken.update((mention.part.name, at) for at in range(mention.start, mention.end))
        owners: dict[str, tuple[str, PersonMentions]] = {}
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
                        mention = NameMention(part, at, at + 1, (surname,), "surname")
                        person.mentions.append(mention)

    def _stands_alone(self, part: AnnotatedPart, at: int, surname: str) -> bool:
        """Whether a word is a surname by itself, not a part of another name or expression."""
        word_class = self._word_classes.get(surname)
        if word_class.ordinary:  # left to the model
            return False
        if at and part.gap(at - 1) == " " and self._word_classes.get(part.words[at - 1]).given:
            return False
        if not word_class.given or at + 1 >= len(part.words) or part.gap(at) != " ":
            return True
        return not self._word_classes.get(part.words[at + 1]).certain


def _is_sure(mention: NameMention) -> bool:
    """Whether the model alone vouches for a name."""
    return mention.rule == BY_MODEL and mention.single != "weak"


def _is_surname(word: str, word_class: WordClass) -> bool:
    """Whether a word can name a person without the rest of the name."""
    if len(word) < 4 or word_class.given or word.endswith(("ه", "تنا", "هما")):
        return False
    if word.startswith(KUNYAS) and not word_class.certain:  # «أبو محمد» is anybody
        return False
    if not word_class.known and word.endswith(("ها", "هم", "كم")):  # «الوزيرة ضيوفها»
        return False
    if word.startswith("ي") and word.endswith(("ان", "ون")) and not word_class.known:  # «يستعرضان»
        return False
    return word_class.certain or not word_class.known


def _with_particles(surname: str) -> list[str]:
    """A surname as it may be printed: «الكاظمي», «والكاظمي», «للكاظمي»."""
    if surname.startswith("ال"):
        rest = surname[1:]
        return [p + (rest if p.endswith("ل") else surname) for p in PARTICLES]
    return [particles + surname for particles in PARTICLES]


def _is_same(person: PersonMentions, words: tuple[str, ...], known: str) -> bool:
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
