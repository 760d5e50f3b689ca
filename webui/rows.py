"""Facet values and filters as a page prints them: a name in its language, a count, links.

Made here rather than in the templates because a page of results holds a hundred of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from indexer.model import Filter, Mode, Record, SearchRequest
from indexer.schema import EXTRACTED, FACET_IDS, NAMED
from indexer.search.results import Facet, Value
from indexer.search.service import SearchService
from webui import language, links, reasons
from webui.marking import Linked

#: How many values of a facet stand beside the results; its own page lists them all.
SHOWN = 8
#: How many more a reader unfolds there.
MORE = 7
#: How many values of a facet stand under a result: it is to be recognised, not described.
_ABOUT = {"people": 3, "countries": 3, "organisations": 0}
_ABOUT_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet: ``choose`` and ``exclude`` lead to the request with it switched."""

    name: str
    other: str
    count: str
    selected: bool
    excluded: bool
    guessed: bool
    choose: str
    exclude: str


class Link(NamedTuple):
    """A value that leads to results, and the facet it belongs to."""

    facet: str
    name: str
    address: str
    guessed: bool


class Companion(NamedTuple):
    """A value that stands in the same articles: its own page, and the articles with both."""

    name: str
    profile: str
    total: str
    together: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A facet beside the results, ``more`` of it folded away; ``distinct`` are all its values."""

    name: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter, and the address of the request without it.

    ``joint`` is what joins it to the chosen value of its facet that stands before it, if any.
    """

    facet: str
    name: str
    exclude: bool
    without: str
    joint: Mode | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes rows for one request in one language."""

    request: SearchRequest
    to: links.Links
    lang: str

    def listed(self, facet: Facet) -> Listed:
        """The first values, chosen ones on top; months in the order of time, latest first."""
        ours = [v for v in facet.values if v.selected or v.excluded]
        others = [v for v in facet.values if not (v.selected or v.excluded)]
        if facet.name == "dates":
            others.sort(key=_id, reverse=True)
        shown = max(SHOWN, len(ours))
        rows = self.rows(facet.name, (*ours, *others)[: shown + MORE])
        return Listed(facet.name, rows[:shown], rows[shown:], max(facet.distinct, len(rows)))

    def rows(self, facet: str, values: Iterator[Value] | tuple[Value, ...]) -> tuple[Row, ...]:
        """All these values of a facet."""
        return tuple(self._row(facet, value) for value in values)

    def about(self, record: Record) -> Iterator[Link]:
        """The first people, countries, topics … of an article, to narrow the request by."""
        for facet in EXTRACTED:
            for value in record.facets.get(facet, ())[: _ABOUT.get(facet, _ABOUT_OTHERS)]:
                request = links.narrowed(self.request, facet, value.id)
                yield Link(
                    facet,
                    language.label(value, self.lang),
                    self.to.search(request),
                    language.guessed(value, facet, self.lang),
                )

    def company(self, facet: str, values: Iterable[Value]) -> Iterator[Companion]:
        """Values in whose company the request's own value is."""
        for value in values:
            yield Companion(
                language.label(value, self.lang),
                self.to.profile(facet, value.id),
                language.number(value.count, self.lang),
                self.to.search(links.holding(self.request, facet, value.id)),
            )

    def names(self, record: Record) -> list[Linked]:
        """Where an article's body names values of the ``NAMED`` facets."""
        return [
            Linked(
                mention.start,
                mention.end,
                facet,
                self.to.search(links.only(facet, value.id)),
                f"{language.label(value, self.lang)}: {reasons.recognised_by(mention.rule)}",
                self.lang,
            )
            for facet in NAMED
            for value in record.facets.get(facet, ())
            for mention in value.mentions
            if mention.part == "body"
        ]

    def chips(
        self, search: SearchService, lead: Callable[[SearchRequest], str] | None = None
    ) -> Iterator[Chip]:
        """The chosen and, behind them, the excluded values of each facet of the request.

        ``lead`` gives the address of a request, if it is not its results that it leads to.
        """
        for facet in FACET_IDS:
            filters = (f for f in self.request.filters if f.facet == facet)
            for place, chosen in enumerate(sorted(filters, key=_chosen_first)):
                without = self.request.toggled(facet, chosen.value, exclude=chosen.exclude)
                name = self._filter_name(search, chosen)
                joint = self.request.mode(facet) if place and not chosen.exclude else None
                yield Chip(facet, name, chosen.exclude, (lead or self.to.search)(without), joint)

    def _row(self, facet: str, value: Value) -> Row:
        request, to = self.request, self.to
        return Row(
            language.value_name(facet, value, self.lang),
            "" if facet == "dates" else language.other_label(value, self.lang),
            language.number(value.count, self.lang),
            value.selected,
            value.excluded,
            language.guessed(value, facet, self.lang),
            to.search(links.included(request, facet, value.id)),
            to.search(links.excluded(request, facet, value.id)),
        )

    def _filter_name(self, search: SearchService, chosen: Filter) -> str:
        if chosen.facet == "dates":
            return language.month(chosen.value, self.lang)
        return language.name_of(search.labels(*chosen[:2]), chosen.value, self.lang)


def _chosen_first(one: Filter) -> tuple[bool, str]:
    return one.exclude, one.value


def _id(value: Value) -> str:
    return value.id
