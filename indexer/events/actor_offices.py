"""Offices as parties of events: titles on end, what belongs to each, and who holds them.

«نائب الرئيس اليمني رئيس مجلس الوزراء»: what stands behind a title, an adjective, a country, a
body, where a diplomat is sent, is read word by word up to the next party.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.events.actor_words import country_of_role, event_words, state_of
from indexer.events.part_values import NamedThing, PartValues, printed_bare
from indexer.facets.gazetteer.matcher import GazetteerEntry, PhraseMatch, possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.role_names import is_several
from indexer.facets.part import AnnotatedPart
from indexer.model import FacetValue

#: Offices in a chain, and words of what belongs to one of them.
_MOST_OFFICES, _MOST_TAIL, _MOST_UNKNOWN = 8, 12, 3
_SAUDI = "SA"
_THE = "ال"
_IN, _FOR = "ب", "ل"
COUNTERPART = "counterpart"
#: Whose state stands behind «ل»: «المندوب الدائم لروسيا».
_SPEAK_FOR = frozenset({"permanent-representative", "representative"})
_FAINT = "country-faint"
_UN = "الأمم المتحدة"


class ActorOffice(NamedTuple):
    """A title with what belongs to it: its role and class in the table of titles, its state."""

    start: int
    end: int
    role: str
    kind: str
    several: bool
    country: str
    org: str

    @property
    def said(self) -> bool:
        """Whether it is an office, and not a form of address."""
        return self.kind in ("office", "head") or self.role in event_words("ruling-roles")

    @property
    def acts(self) -> bool:
        """Whether who holds it acts without a name."""
        return self.role in event_words("acting-roles")


class OfficeChains:
    """Reads the offices of one part."""

    def __init__(self, part: AnnotatedPart, values: PartValues) -> None:
        self._part = part
        self._values = values

    def read(self, at: int, limit: int) -> tuple[ActorOffice, ...]:
        """The titles on end from ``at`` that are one person's."""
        offices: list[ActorOffice] = []
        while at < limit and len(offices) < _MOST_OFFICES:
            title = self._part.matches.titles.get(at)
            if title is None or at in self._values.people:
                break
            if offices and title.particles and not _speaks_for(offices[-1], title):
                break
            if offices and not joined(self._part, at):
                break
            office = self._office(title, limit)
            held = next((one for one in reversed(offices) if one.said), None)
            if held is not None and office.said and not _compatible(held, office):
                break
            if offices and _is_sent(offices[0].role):
                office = office._replace(end=self._past_place(office.end, limit))
            offices.append(office)
            at = office.end
        return tuple(offices)

    def printed(self, offices: Sequence[ActorOffice]) -> str:
        """Offices as printed, without forms of address and particles."""
        held = [office for office in offices if office.said]
        last = {office.role: office for office in held}
        return " ".join(self._printed(one) for one in held if last[one.role] is one)

    def holder(self, office: ActorOffice, people: Sequence[FacetValue]) -> FacetValue | None:
        """The one person of the article who is said to hold an office."""
        title = self._part.matches.titles[office.start]
        words = list(self._part.words[title.start : title.end])
        bases = possible_bases(words[0])
        words[0] = next((base for base, taken in bases if taken == title.particles), words[0])
        whole = office.kind != "head" or (len(words) == 1 and words[0].startswith(_THE))
        found = [
            value
            for value in people
            if any(_holds(role, words, office.country, whole) for role in value.roles)
        ]
        return found[0] if len(found) == 1 else None

    def _office(self, title: PhraseMatch, limit: int) -> ActorOffice:
        part, values, entry = self._part, self._values, title.entries[0]
        role = entry.id.replace(" ", "-")
        country, org = self._inside(title)
        at, unknown = title.end, 0
        stop = min(limit, at + _MOST_TAIL)
        while at < stop and part.before(at) == " ":
            word = part.words[at]
            if at in values.people or (at in part.matches.titles and at not in values.countries):
                break
            if (thing := values.bodies.get(at)) and not thing.particles.startswith("و"):
                state = state_of(thing.value.id)
                org, country = org or ("" if state else thing.value.name), country or state
                at = thing.end
            elif found := values.together(at, stop):
                at, org = found[0], org or found[1]
            elif (thing := values.countries.get(at)) and not thing.particles.startswith("و"):
                if not self._belongs(thing, entry, country, at):
                    break
                own = not _is_sent(role) or not thing.particles or role in _SPEAK_FOR
                if own and thing.rule != "country-city":
                    country = country or thing.value.id
                at = thing.end
            elif word in event_words("office-adjectives") or word in event_words("office-links"):
                unknown -= 2 * (word in event_words("office-matters"))
                at += 1
            elif _is_sent(role) and (end := self._past_place(at, stop)) > at:
                at = end
            elif unknown < self._allowed(entry.kind, country) and self._goes_on(at):
                at, unknown = at + 1, unknown + 1
            else:
                break
        several = is_several(part, title)
        if not org and not event_words("of-un").isdisjoint(part.words[title.start : at]):
            org = _UN
        if not country and not org:
            country = country_of_role(part.printed(title.start, at))
        return ActorOffice(title.start, at, role, entry.kind, several, country, org)

    def _allowed(self, kind: str, country: str) -> int:
        """How many unknown words may say what an office is for."""
        return _MOST_UNKNOWN if kind == "head" and not country else 0

    def _goes_on(self, at: int) -> bool:
        """Whether an unknown word may say what an office is for: «مدير عام الشؤون الصحية»."""
        word = self._part.words[at]
        if word in event_words("relatives") or word in event_words("clause-ends"):
            return False
        the = self._part.word(at).startswith((_THE, "لل"))
        return the or word in event_words("office-subjects")

    def _past_place(self, at: int, limit: int) -> int:
        """Where «إلى اليمن» ends, or ``at`` where no place of a diplomat follows."""
        if at + 1 < limit and self._part.words[at] in event_words("sent"):
            for things in (self._values.bodies, self._values.countries):
                if at + 1 in things:
                    return things[at + 1].end
        return at

    def _belongs(self, thing: NamedThing, title: GazetteerEntry, country: str, at: int) -> bool:
        """Whether a country belongs to the office before it: «وزير الداخلية بدولة الكويت»."""
        sent = _is_sent(title.id.replace(" ", "-"))
        if thing.rule == "country-adjective":
            return not thing.particles
        if not thing.particles and self._part.words[at - 1].startswith(_THE):
            return False  # «الأمين العام» binds no name
        if thing.particles == _FOR:
            return sent or (title.kind == "head" and title.id != "president" and not country)
        if thing.particles != _IN or sent:
            return True
        return self._part.words[at].removeprefix(_IN) in event_words("office-links")

    def _inside(self, title: PhraseMatch) -> tuple[str, str]:
        """The country and the body that stand in a title itself: «سفير خادم الحرمين الشريفين»."""
        for at in range(title.start, title.end):
            thing = self._values.bodies.get(at)
            if thing is not None and thing.end <= title.end:
                state = state_of(thing.value.id)
                return state, "" if state else thing.value.name
            country = self._values.countries.get(at)
            if country is not None and country.rule != _FAINT:
                return country.value.id, ""
            if self._part.words[at] in event_words("rulers-SA"):
                return _SAUDI, ""
        return "", ""

    def _printed(self, office: ActorOffice) -> str:
        title = self._part.matches.titles[office.start]
        also = self._part.words[office.start] in event_words("and-titles")
        particles = title.particles or ("و" if also else "")
        return printed_bare(self._part, office.start, office.end, particles)


def joined(part: AnnotatedPart, at: int) -> bool:
    """Whether nothing but a space, a comma or a quotation mark stands before a word."""
    gap = part.before(at)
    return gap == " " or (len(gap) <= 3 and not gap.strip(' ،,"«»“”'))


def _speaks_for(office: ActorOffice, title: PhraseMatch) -> bool:
    """Whether an office is that of somebody's envoy: «المبعوث الخاص للرئيس الروسي»."""
    return title.particles == _FOR and _is_sent(office.role) and not office.country


def _is_sent(role: str) -> bool:
    return role in event_words("sent-roles")


def _compatible(one: ActorOffice, other: ActorOffice) -> bool:
    """Whether one person may hold two offices."""
    if COUNTERPART in (one.role, other.role):
        return False
    if one.country and other.country and one.country != other.country and not _is_sent(one.role):
        return False
    sovereign = event_words("sovereign-roles")
    return not (one.role in sovereign and other.role not in sovereign)


def _holds(role: str, title: Sequence[str], country: str, whole: bool) -> bool:
    """Whether a printed role is that of a title, and of this country.

    Where the title is not the ``whole`` office, «رئيس», only the country tells whose it is.
    """
    words = split(role)[: len(title)]
    if len(title) == 1:
        words = [word.removeprefix(_THE) for word in words]
        title = [title[0].removeprefix(_THE)]
    if words != list(title):
        return False
    own = country_of_role(role)
    return own == country if country else whole
