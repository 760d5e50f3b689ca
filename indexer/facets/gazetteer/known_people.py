"""The people of ``tables/people.tsv``, found by any spelling of their names.

Foreign names are spelt as each paper hears them: «غوتيريش», «جوتيريش», «غوتيرس». Their spellings
are compared without what varies, the vowels and the letters for g, z and t. Arabic names are not,
since «حسن» and «حسين» are two names.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.tables import rows

FACET = "people"
ARAB_COUNTRIES = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
_SAME = str.maketrans(
    {"غ": "ج", "ق": "ك", "ز": "س", "ص": "س", "ط": "ت", "ض": "د", "ظ": "س", "ث": "س", "ذ": "د"}
)
#: Words that make one name with the word behind or before them, written apart or together.
FIRST_HALVES = frozenset({"عبد", "ابو", "ابي"})
#: «العبد الكريم» is one name, but «العبد» begins none.
WITHIN_NAMES = frozenset({"ال", "العبد"})
SECOND_HALVES = frozenset({"الدين", "الله"})
SON = frozenset({"بن", "ابن", "بنت"})
_VOWELS = re.compile("[اويءعه]")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the table. ``single`` names mean them alone, ``weak`` ones with support."""

    id: str
    name: str
    name_en: str
    country: str
    role: str
    single: tuple[str, ...]
    weak: tuple[str, ...]
    variants: tuple[str, ...]
    wikidata: str


def slug(name: str) -> str:
    """A stable id of a Latin name: plain letters and hyphens.

    >>> slug("Jean-Yves Le Drian")
    'jean-yves-le-drian'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("Ø", "O"))
    return "-".join(re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))


def key(name: str | Sequence[str]) -> tuple[str, ...]:
    """The words of a name on the exact layer, compound names made one: «عبد الله», «أبو الغيط».

    >>> key("عبد الفتاح السيسي") == key("عبدالفتاح السيسى")
    True
    """
    words: list[str] = []
    for word in split(name) if isinstance(name, str) else name:
        if words and (words[-1] in FIRST_HALVES | WITHIN_NAMES or word in SECOND_HALVES):
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def skeleton(words: Sequence[str]) -> tuple[str, ...]:
    """What the spellings of one foreign name share.

    >>> skeleton(key("أنطونيو غوتيريش")) == skeleton(key("انتونيو جوتيرش"))
    True
    """
    return tuple(
        _REPEATED.sub(r"\1", word[0].translate(_SAME) + _VOWELS.sub("", word[1:].translate(_SAME)))
        for word in words
    )


def read_people() -> list[KnownPerson]:
    """The table's people."""
    people = []
    for fields in rows("people.tsv"):
        name, name_en, country, role, alone, variants, wikidata = (*fields, "", "", "", "")[:7]
        singles = [single for single in alone.split("|") if single]
        people.append(
            KnownPerson(
                id=slug(name_en),
                name=name,
                name_en=name_en,
                country=country,
                role=role,
                single=tuple(s for s in singles if not s.endswith("?")),
                weak=tuple(s.removesuffix("?") for s in singles if s.endswith("?")),
                variants=tuple(variant for variant in variants.split("|") if variant),
                wikidata=wikidata,
            )
        )
    return people


class KnownPeople:
    """Lookups into the table of people."""

    def __init__(self) -> None:
        self.people = {person.id: person for person in read_people()}
        self._keys: dict[tuple[str, ...], str] = {}
        self._skeletons: dict[tuple[str, ...], str] = {}
        self._neighbours: dict[tuple[int, int, tuple[str, ...]], list[tuple[str, str]]] = (
            defaultdict(list)
        )
        for person in self.people.values():
            for name in (person.name, *person.variants):
                words = key(name)
                self._keys.setdefault(words, person.id)
                if person.country not in ARAB_COUNTRIES and len(words) > 1:
                    self._skeletons.setdefault(skeleton(words), person.id)
                    for at in range(len(words)):
                        rest = (len(words), at, words[:at] + words[at + 1 :])
                        self._neighbours[rest].append((words[at], person.id))
        self._longest = max(map(len, self._keys))

    def entries(self) -> Iterator[tuple[str, GazetteerEntry]]:
        """Yield the names as phrases; the kind is full, single or weak."""
        for person in self.people.values():
            for name in (person.name, *person.variants):
                if " " in name or name in person.single:
                    yield name, GazetteerEntry(FACET, person.id, "full")
            for single in person.single:
                yield single, GazetteerEntry(FACET, person.id, "single")
            for single in person.weak:
                yield single, GazetteerEntry(FACET, person.id, "weak")

    def find(self, words: tuple[str, ...]) -> str | None:
        """The id of the person with this full name (see ``key``), in any spelling."""
        if id := self._keys.get(words):
            return id
        return self._skeletons.get(skeleton(words)) if 1 < len(words) <= self._longest else None

    def near(self, words: tuple[str, ...]) -> str:
        """The id of the foreign person whose full name differs by one slip in one word, or «»."""
        if not 1 < len(words) <= self._longest:
            return ""
        for at in range(len(words)):
            rest = (len(words), at, words[:at] + words[at + 1 :])
            for own, id in self._neighbours.get(rest, ()):
                if one_slip(own, words[at]):
                    return id
        return ""


@cache
def known_people() -> KnownPeople:
    """The people of the table, read once."""
    return KnownPeople()


def one_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with its neighbour.

    >>> one_slip("لوريان", "لودريان"), one_slip("ماس", "ماكرون")
    (True, False)
    """
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
