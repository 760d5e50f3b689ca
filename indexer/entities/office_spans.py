"""The offices of a person in all articles together, each with the time in which it is printed.

What says less than another office of the same person joins that: «الرئيس» and «وزير الخارجية» are
those of the state that other articles name. What few articles say against most is left out.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from indexer.catalogue import Sighting
from indexer.entities.office_forms import PACKAGE, HeldOffice, OfficeEntry, OfficeForms
from indexer.entities.office_labels import OfficeLabels
from indexer.facets.gazetteer.phrase_words import split
from indexer.text.tables import rows

#: What part of the articles that say more must agree before one that says less joins them.
_AGREED = 0.7
#: What fewer articles print than this part of those that print the most frequent office is a slip:
#: an office of another who stands in the same sentence. Former offices are seldom mentioned.
_SLIP, _FORMER_SLIP = 0.1, 0.02
#: Or than this part of all articles.
_SLIP_OF_ALL = 0.01


class OfficeSpan(NamedTuple):
    """An office of a person: the country (ISO, or «»), the labels, the first and the last day of
    an article that prints it (None where none is dated), how many do, and the roles as printed."""

    id: str
    country: str
    label_en: str
    label_ar: str
    first: dt.date | None
    last: dt.date | None
    articles: int
    printed: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """What articles say of one office."""

    entry: OfficeEntry
    articles: dict[str, str] = field(default_factory=dict)  # with their dates
    printed: Counter[str] = field(default_factory=Counter)
    women: int = 0

    def add(self, other: "_Seen") -> None:
        self.articles |= other.articles
        self.printed += other.printed
        self.women += other.women


class OfficeReader:
    """Reads the roles of people as offices."""

    def __init__(self) -> None:
        self._forms = OfficeForms()
        self._labels = OfficeLabels(self._forms)
        self._heads = dict(rows(PACKAGE, "office_heads.tsv"))

    def spans(
        self, sightings: Sequence[Sighting], articles: int | None = None
    ) -> tuple[OfficeSpan, ...]:
        """The offices of one person, those of most articles first.

        ``articles`` is how many name the person where those without a role are left out.
        """
        seen = self._seen(sightings)
        for held in sorted(seen, key=lambda held: (-_pieces(held), held)):
            wider = self._narrower(held, seen)
            if wider is not None:
                seen[wider].add(seen.pop(held))
        kept = {held: one for held, one in seen.items() if one.entry.kind != "bare"}
        most = max((len(one.articles) for one in kept.values()), default=0)
        all_ = len(sightings) if articles is None else articles
        kept = {held: one for held, one in kept.items() if not _is_slip(held, kept, most, all_)}
        spans = [self._span(held, one) for held, one in kept.items()]
        return tuple(sorted(spans, key=lambda span: (-span.articles, span.id, span.label_en)))

    def is_none(self, role: str) -> bool:
        """Whether a printed role is known to be no office: «نجله»."""
        return self._forms.read(role) == ()

    def label_en(self, role: str) -> str | None:
        """A printed role in English, by its first word alone where its office is not known.

        None for one of another («نجله»), and for one that no table knows.
        """
        read = self._forms.read(role)
        if read == ():
            return None
        known = [one for one in read or () if one.held.office in self._forms.entries]
        if known:
            return ", ".join(self._labels.english(one.held, one.feminine) for one in known)
        head = next(iter(split(role)), "")
        return self._heads.get(head) or self._heads.get(head.removeprefix("و").removeprefix("ال"))

    def _seen(self, sightings: Iterable[Sighting]) -> dict[HeldOffice, _Seen]:
        seen: dict[HeldOffice, _Seen] = {}
        for sighting in sightings:
            for role in sighting.roles:
                for held, entry, feminine in self._forms.read(role) or ():
                    one = seen.setdefault(held, _Seen(entry))
                    one.entry = entry if one.entry.kind == "bare" else one.entry
                    one.articles[sighting.article] = sighting.date
                    one.printed[role] += 1
                    one.women += feminine
        return seen

    def _narrower(self, held: HeldOffice, seen: dict[HeldOffice, _Seen]) -> HeldOffice | None:
        """The office that says all that ``held`` says, and more; None where there are several."""
        same = {
            other: len(seen[other].articles)
            for other in seen
            if other != held and self._says_less(held, other, seen)
        }
        best = max(same, key=lambda other: same[other], default=None)
        return best if best and same[best] >= _AGREED * sum(same.values()) else None

    def _says_less(
        self, held: HeldOffice, other: HeldOffice, seen: dict[HeldOffice, _Seen]
    ) -> bool:
        if held.state != other.state or held.deputy != other.deputy:
            return False
        entry = self._forms.entries.get(other.office)
        shorter = not held.office or (entry is not None and entry.wider == held.office)
        if held.office != other.office and not shorter:
            return False
        if held.office == other.office and _pieces(held) >= _pieces(other):
            return False
        pairs = zip(held[1:5], other[1:5], strict=True)
        return all(one in ("", another) for one, another in pairs)

    def _span(self, held: HeldOffice, one: _Seen) -> OfficeSpan:
        feminine = 2 * one.women > one.printed.total()
        dates = sorted(filter(None, one.articles.values()))
        return OfficeSpan(
            "-".join(filter(None, (held.state, held.deputy, held.office))),
            held.country,
            self._labels.english(held, feminine),
            self._labels.arabic(held, feminine),
            dt.date.fromisoformat(dates[0]) if dates else None,
            dt.date.fromisoformat(dates[-1]) if dates else None,
            len(one.articles),
            tuple(role for role, _ in one.printed.most_common()),
        )


@cache
def default_office_reader() -> OfficeReader:
    """The one that reads the tables that ship with Rasad."""
    return OfficeReader()


def _pieces(held: HeldOffice) -> int:
    """How much is said of an office."""
    return sum(map(bool, held[:5]))


def _is_slip(held: HeldOffice, kept: dict[HeldOffice, _Seen], most: int, sightings: int) -> bool:
    """Whether an office is rather that of somebody else in the same sentence."""
    articles = len(kept[held].articles)
    principal = kept.get(held._replace(deputy="")) if held.deputy else None
    if principal and len(principal.articles) > articles:
        return True  # «نائب المستشارة» is not the chancellor's office
    least = _FORMER_SLIP if held.state == "former" else _SLIP
    return articles < max(least * most, _SLIP_OF_ALL * sightings)
