"""Offices as printed, understood: «وزير خارجية مصر» and «وزير الخارجية المصري» are one.

Every word of a role must be accounted for, by the tables of offices, countries, organisations and
places; else it is left as it was printed. A wrong office is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facets.gazetteer import known_countries, known_organisations
from indexer.facets.gazetteer.phrase_words import split
from indexer.text.tables import lists, rows

PACKAGE = "indexer.entities"
COLUMNS = ("id", "kind", "forms", "English", "Arabic", "of?", "wider?")
NEEDS, OWN = "+", "!"
#: A role of more words is none.
_MOST_WORDS = 24
NOTHING = "-"
#: Kinds of offices that have deputies.
DEPUTISED = frozenset({"state", "body", "unique"})
SENT = frozenset({"mission", "envoy"})
_NAMES = frozenset({"name", "cautious"})
_OF_COUNTRIES = _NAMES | {"adjective", "faint"}
#: The words behind «minister» when it is somebody's: «خارجيته».
_PRONOUNS = ("ه", "ها", "هم")

Words = tuple[str, ...]


class OfficeEntry(NamedTuple):
    """A line of the table; English and Arabic are for a man and for a woman."""

    id: str
    kind: str
    en: tuple[str, str]
    ar: tuple[str, str]
    of: tuple[str, str]
    wider: str


class HeldOffice(NamedTuple):
    """An office of somebody: of which country or body, of which place, where sent to.

    ``deputy`` is the id of the line of those who stand in for it, ``state`` «former», «acting»
    or «». Without an office it is that of whom it is only said that they no longer hold one.
    """

    office: str
    country: str = ""
    body: str = ""
    place: str = ""
    to: str = ""
    deputy: str = ""
    state: str = ""


class OfficeReading(NamedTuple):
    """What a printed role says: an office, the line that told it, and whether of a woman."""

    held: HeldOffice
    entry: OfficeEntry
    feminine: bool


class OfficePlace(NamedTuple):
    """A province or town: its country, its Arabic and its English name, which is its id."""

    country: str
    name: str
    name_en: str


class _Form(NamedTuple):
    entry: OfficeEntry
    needs: bool
    own: str | None  # the country that the form has in itself, «» for none at all


class OfficeForms:
    """The tables of offices, and of what stands behind them."""

    def __init__(self) -> None:
        self.words = lists(PACKAGE, "office_words.tsv")
        self.entries: dict[str, OfficeEntry] = {}
        self.things: dict[str, OfficeEntry] = {}
        self._forms: dict[Words, list[_Form]] = defaultdict(list)
        self._feminine: set[str] = set()
        self._bodies = _bodies()
        self.called: dict[tuple[str, str], str] = {}
        for entry, forms in _entries():
            if entry.kind == "called":
                self.called.update(((entry.id, country), entry.en[0]) for country in forms)
                continue
            if entry.kind == "thing":
                self.things[entry.id] = entry
                self._bodies.update((tuple(split(form)), entry.id) for form in forms)
                continue
            if entry.kind != "bare":
                self.entries.setdefault(entry.id, entry)
            for form in forms:
                self._add(form, entry)
        self._countries = _countries(_OF_COUNTRIES)
        self._where = _countries(_NAMES | {"capital"})
        self.places: dict[str, OfficePlace] = {}
        self._places: dict[Words, str] = {}
        for country, forms, english in rows(PACKAGE, "office_places.tsv"):
            self.places[english] = OfficePlace(country, forms.split("|")[0], english)
            self._places.update((tuple(split(form)), english) for form in forms.split("|"))
        self._longest = max(map(len, self._forms))
        self._read = lru_cache(1 << 14)(self._read_words)  # also once a tail of several readings

    def read(self, role: str) -> tuple[OfficeReading, ...] | None:
        """The offices that a printed role gives; none where it gives no office, None if unknown."""
        words = tuple(split(role))
        if words and set(words) <= self.words["former"]:
            entry = OfficeEntry("", "bare", ("", ""), ("", ""), ("", ""), "")
            return (OfficeReading(HeldOffice("", state="former"), entry, False),)
        if not words or len(words) > _MOST_WORDS:
            return None
        if words[0] in self._feminine and role.split()[0].endswith("ه"):
            return () if self._read(words) == () else None  # «رئيسه», somebody's
        for printed in (words, (words[0].removeprefix("و"), *words[1:]), *self._in_order(words)):
            found = self._read(printed)
            if found is not None:
                return found
        return None

    def _in_order(self, words: Words) -> Iterator[Words]:
        """A role with a country's adjective moved to its end, «وزير الدولة الإماراتي للشؤون …», or
        that of a deputy without the matters that it is for."""
        for at in range(1, len(words) - 1):
            if words[at].startswith("ال") and (words[at],) in self._countries:
                yield (*words[:at], *words[at + 1 :], words[at])
            if words[at] in self.words["matters"] and words[0] in self.words["deputies"]:
                yield words[:at]

    def _read_words(self, words: Words) -> tuple[OfficeReading, ...] | None:
        for size in range(min(len(words), self._longest), 0, -1):
            for form in self._forms.get(words[:size], ()):
                rest, entry = words[size:], form.entry
                if entry.kind == "none":
                    if not rest:
                        return ()
                    continue
                found = self._deputy(entry, rest) if entry.kind == "deputy" else None
                if entry.kind != "deputy":
                    found = self._complete(form, rest, words)
                if found:
                    return found
        return None

    def _deputy(self, entry: OfficeEntry, rest: Words) -> tuple[OfficeReading, ...] | None:
        """«نائب» before an office."""
        found = self._read(rest) or ()
        if len(found) != 1 or found[0].entry.kind not in DEPUTISED or found[0].held.deputy:
            return None
        return (found[0]._replace(held=found[0].held._replace(deputy=entry.id)),)

    def _complete(self, form: _Form, rest: Words, words: Words) -> tuple[OfficeReading, ...]:
        """The office with all that stands behind it; empty where some of that is not understood."""
        entry = form.entry
        held = HeldOffice(entry.id, "" if entry.kind == "place" else form.own or "")
        more: tuple[OfficeReading, ...] = ()
        while rest:
            size, changed = self._next(entry, held, rest)
            if not size and rest[0].startswith("و"):
                more = self._read((rest[0][1:], *rest[1:])) or ()
                size, changed = (len(rest), held) if more else (0, held)
            if not size:
                return ()
            held, rest = changed, rest[size:]
        behind = held.body or held.place or held.to or (form.own is None and held.country)
        if (form.needs or entry.kind == "place") and not behind:
            return ()
        if entry.kind == "bare" and behind:
            return ()
        if (form.own == "" and held.country) or (form.own and held.country != form.own):
            return ()
        return (OfficeReading(held, entry, words[0] in self._feminine), *more)

    def _next(self, entry: OfficeEntry, held: HeldOffice, rest: Words) -> tuple[int, HeldOffice]:
        """How many words the next piece behind an office has, and what the office is with it."""
        words = self.words
        if rest[0] in words["idle"] or (
            entry.kind == "calling" and rest[0] in words["idle-calling"]
        ):
            return 1, held
        state = self._state(entry, rest[0])
        if state and not held.state:
            return 1, held._replace(state=state)
        if entry.kind == "body" and not held.body and not held.country:
            named = rest[0] in words["named"]
            size, id = self._found(rest[named:], self._bodies)
            if size:
                return size + named, held._replace(body=id)
        within = rest[0] in words["sent"]
        onto = within or held.body in self.things or bool(self._onto(rest[0]))
        if (entry.kind == "place" or (held.body and onto)) and not held.place:
            size, id = self._found(rest[within:], self._places, "province")
            if size and held.country in ("", self.places[id].country):
                country = self.places[id].country
                return size + within, held._replace(place=id, country=country)
        if entry.kind in SENT and not held.to:
            size, id = self._sent(rest[within:], within)
            if size:
                return size + within, held._replace(to=id)
        if held.body and self._is_foreign(held.body):
            return 0, held
        size, id = self._found(rest, self._countries, "realm")
        if size and held.country in ("", id) and entry.kind != "place":
            return size, held._replace(country=id)
        return (1 + within if set(rest[within : within + 1]) & words["here"] else 0), held

    def _state(self, entry: OfficeEntry, word: str) -> str:
        """Whether a word says that an office is no longer held, or for another; else «»."""
        if word in self.words["charged"]:
            return "" if entry.id == "prime-minister" else "acting"
        return next((state for state in ("former", "acting") if word in self.words[state]), "")

    def _sent(self, rest: Words, sent: bool) -> tuple[int, str]:
        """Where a diplomat is sent: a country, also by its capital, or an organisation."""
        if not rest or not (sent or self._onto(rest[0])):
            return 0, ""
        size, id = self._found(rest, self._where, "realm")
        return (size, id) if size else self._found(rest, self._bodies)

    def _is_foreign(self, body: str) -> bool:
        """Whether a body is no country's own, as the United Nations."""
        return body not in self.things and body not in _institutions()

    def _found(self, rest: Words, known: dict[Words, str], before: str = "") -> tuple[int, str]:
        """The longest known phrase at the beginning, also behind a particle or such a word."""
        skipped = int(bool(before) and len(rest) > 1 and rest[0] in self.words[before])
        for start in range(skipped + 1):
            for size in range(len(rest), start, -1):
                for first in (rest[start], *self._onto(rest[start])):
                    if id := known.get((first, *rest[start + 1 : size])):
                        return size, id
        return 0, ""

    def _onto(self, word: str) -> list[str]:
        """The word without a particle that is written onto it: «لليمن», «لإيران»."""
        if word.startswith("لل"):
            return ["ال" + word[2:], word[1:]]
        return [word[1:]] if word[:1] in self.words["onto"] and len(word) > 3 else []

    def _add(self, form: str, entry: OfficeEntry) -> None:
        text, own, country = form.partition(OWN)
        needs = text.endswith(NEEDS)
        key = tuple(split(text.removesuffix(NEEDS)))
        self._forms[key].append(_Form(entry, needs, country if own else None))
        if text.split()[0].endswith("ة"):
            self._feminine.add(key[0])


def _entries() -> Iterator[tuple[OfficeEntry, Sequence[str]]]:
    for id, kind, forms, english, arabic, *more in rows(PACKAGE, "offices.tsv", COLUMNS):
        of, wider = (*more, "", "")[:2]
        entry = OfficeEntry(id, kind, _pair(english), _pair(arabic), _pair(of), wider)
        printed = forms.split("|")
        if kind == "portfolio":
            name = printed[0]
            one = name.removeprefix("ال")
            if " " not in name:
                entry = entry._replace(of=(f"وزير {one}", f"وزيرة {one}"))
            yield entry._replace(kind="state"), [*_ministers(printed)]
        else:
            yield entry, printed


def _ministers(portfolios: Iterable[str]) -> Iterator[str]:
    """What ministers are called: «وزير الخارجية», «وزيرة خارجية», «وزير خارجيته»."""
    for portfolio in portfolios:
        bare = portfolio.removeprefix("ال")
        named = {portfolio, bare, "ال" + bare if " " not in portfolio else portfolio}
        if " " not in portfolio and bare != portfolio:
            stem = bare.removesuffix("ة") + ("ت" if bare.endswith("ة") else "")
            named |= {stem + pronoun for pronoun in _PRONOUNS}
        for name in sorted(named):
            yield f"وزير {name}"
            yield f"وزيرة {name}"


def _pair(text: str) -> tuple[str, str]:
    one, _, other = text.partition("|")
    return one, other or one


def _countries(kinds: Iterable[str]) -> dict[Words, str]:
    """The names and adjectives of countries; what may be several countries is left out."""
    forms = {
        (form, entry.id): entry.kind
        for form, entry in known_countries.entries()
        if entry.kind in kinds and entry.id != known_countries.NOWHERE
    }
    return {
        tuple(split(form)): id
        for (form, id), kind in forms.items()
        if kind in _NAMES or kind == "capital" or (_indefinite(form), id) in forms
    }


def _indefinite(adjective: str) -> str:
    """An adjective without its article; «» where it has none: «ألباني» only looks as if it had."""
    words = adjective.split()
    bare = [word.removeprefix("ال") for word in words]
    return " ".join(bare) if bare != words else ""


@cache
def _institutions() -> frozenset[str]:
    return frozenset(
        entry.id for _, entry in known_organisations.entries() if entry.kind == "institution"
    )


def _bodies() -> dict[Words, str]:
    return {
        tuple(split(form)): entry.id
        for form, entry in known_organisations.entries()
        if entry.id != known_organisations.NOTHING
    }
