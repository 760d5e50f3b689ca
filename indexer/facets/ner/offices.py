"""The offices of one part: a title being read, and the role that it gives to the name behind it."""

from typing import NamedTuple

from indexer.facets.gazetteer.known_people import KnownPeople
from indexer.facets.gazetteer.matcher import PhraseMatch
from indexer.facets.ner import role_names
from indexer.facets.ner.mention import NameMention, bare
from indexer.facets.part import AnnotatedPart
from indexer.text.normalize import normalize

#: Counterparts of whom there are several; they have no one office.
COUNTERPARTS = frozenset({"نظيريه", "نظرايه"})


class Office(NamedTuple):
    """A title being read: its phrase, the class and the start of the last title of the chain,
    and where what belongs to the office ends. ``first``: where the words of the office begin if
    before the phrase; ``another``: it may be the office of another."""

    phrase: PhraseMatch
    kind: str
    last: int
    end: int
    first: int = -1
    another: bool = False


class Offices:
    """What titles of a part say of the people behind them."""

    def __init__(self, part: AnnotatedPart, known: KnownPeople) -> None:
        self._part = part
        self._known = known

    def role(self, office: Office, before: PhraseMatch | None, known: str = "") -> str:
        """The office as printed, with what belongs to it.

        A counterpart's is that of the other, which stood ``before``. An office that may be that of
        another counts only for a ``known`` person who is said to hold it.
        """
        phrase, part = office.phrase, self._part
        if phrase.entries[0].kind in ("honorific", "royal"):
            return ""
        if office.another and not self._holds(known, phrase):
            return ""
        end = office.phrase.end
        rest = part.printed(end, office.end) if office.end > end else ""
        if phrase.entries[0].id == "counterpart":
            counterpart = self._words_of(phrase)[0]
            if before is None or counterpart in COUNTERPARTS:
                return ""
            return f"{role_names.of_counterpart(self.title(before), counterpart)} {rest}".strip()
        if role_names.is_several(part, phrase) and office.first < 0:
            country = self._country(office)
            return self.of_each(office, part.printed(country, office.end) if country else "")
        title = self.title(phrase)
        if office.first >= 0:
            title = f"{part.printed(office.first, phrase.start)} {title}"
        return f"{title} {rest}".strip()

    def of_each(self, office: Office, country: str) -> str:
        """The office of one of several: with the country, or as it is where nothing is behind it.

        «وزيرا النفط السعودي»: what stands between is the office's.
        """
        part, end = self._part, office.phrase.end
        title = self.title(office.phrase)
        own = self._country(office) or office.end
        if own > end:
            title = f"{title} {part.printed(end, own)}"
        whole = not country and office.end == end and title.startswith("ال")
        return role_names.of_one(title, country, rest_is_country=bool(country) or whole)

    def _country(self, office: Office) -> int:
        """Where the country begins that ends an office; 0 if none does."""
        for at in range(office.phrase.end, office.end):
            thing = self._part.matches.things.get(at)
            if thing is not None and thing.end == office.end:
                return at if thing.entries[0].facet == "countries" else 0
            if not self._part.words[at].startswith("ال"):
                return 0
        return 0

    def title(self, phrase: PhraseMatch) -> str:
        """A title as printed, without particles."""
        words = tuple(self._words_of(phrase))
        return NameMention(self._part, phrase.start, phrase.end, words, "").printed()

    def _holds(self, known: str, phrase: PhraseMatch) -> bool:
        """Whether a known person is known for this office: «نجل الرئيس», before a president."""
        first = self._words_of(phrase)[0].removeprefix("ال")
        return bool(known) and normalize(self._known.people[known].role).split()[:1] == [first]

    def is_shared(self, office: Office) -> bool:
        """Whether a counterpart has this office as well; a head only with nothing behind it."""
        entry, end = office.phrase.entries[0], office.phrase.end
        if entry.kind == "head":
            thing = self._part.matches.things.get(end)
            alone = office.end == (end if thing is None else thing.end)
            return alone and self._words_of(office.phrase)[-1] in role_names.SHARED_HEADS
        return entry.kind == "office" and entry.id != "counterpart"

    def first(self, title: PhraseMatch) -> Office:
        """The title that begins a chain, with the words before it to which it belongs."""
        office = Office(title, title.entries[0].kind, title.start, title.end)
        before = title.start - 1
        if before < 0 or title.particles or self._part.gap(before) != " ":
            return office
        if role_names.is_deputy(self._part, before):
            return office._replace(first=before)
        return office._replace(another=role_names.is_related(self._part, before))

    def joined(self, office: Office, following: PhraseMatch) -> Office:
        """Two titles on end, of which the second may belong to the first: «مبعوث الرئيس»."""
        joined = _joined_offices(office, following)
        at, kind = following.start, office.phrase.entries[0].kind
        related = role_names.is_related(self._part, at - 1)
        if (kind != "head" and not related) or not role_names.owns(self._part, at):
            return joined._replace(another=office.another and joined.phrase == office.phrase)
        deputy = office.phrase.end == at and role_names.is_deputy(self._part, at - 1)
        if deputy and not office.another:
            return joined._replace(first=office.phrase.start)
        return joined._replace(another=True)

    def _words_of(self, phrase: PhraseMatch) -> list[str]:
        return bare(self._part.words[phrase.start : phrase.end], phrase.particles)


def _joined_offices(office: Office, following: PhraseMatch) -> Office:
    """Two titles on end: an honorific gives way to an office, «السيد رئيس الوزراء»."""
    kind = following.entries[0].kind
    if kind in ("honorific", "royal") and office.phrase.entries[0].kind in ("office", "head"):
        return office._replace(kind=kind, last=following.start)
    return Office(following, kind, following.start, following.end)
