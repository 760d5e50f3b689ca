"""The pages that answer requests, as values, and how they are made of what was found."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from indexer import deadline
from indexer.catalogue import Catalogue, Name, Sighting
from indexer.engines.base import Counts, Found, Hit, Pairs
from indexer.entities.office_spans import OfficeSpan as OfficeSpan  # a page prints them
from indexer.entities.office_spans import default_office_reader
from indexer.entities.spellings import is_spelling
from indexer.model import Article, FacetValue, Mode, Record, SearchRequest
from indexer.query.ast import EVERYTHING, Clause
from indexer.search.event_search import FoundEvent, FoundQuotation
from indexer.search.highlight import Mark, Marker, Passage, passage, whole
from indexer.search.name_expansion import Linked
from indexer.search.plan import Step
from indexer.search.repair import Repair
from indexer.search.word_diff import Piece
from indexer.text.normalize import unmarked

_QUOTES = re.compile('["«»“”„]')
#: A role as printed, its first and its last day, and its number of articles.
Role = tuple[str, dt.date | None, dt.date | None, int]


@dataclass(frozen=True, slots=True)
class Value:
    """A facet value as a page shows it. ``selected`` values stay listed even with count 0."""

    id: str
    name: str
    name_en: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet under a request; ``distinct`` is how many there are in all.

    ``mode`` is what several chosen ones ask for. Beside a value stands what choosing it as well
    leaves; where any of them will do, how much holds it, whatever else of the facet is chosen.
    """

    name: str
    values: tuple[Value, ...]
    distinct: int
    mode: Mode = "and"


@dataclass(frozen=True, slots=True)
class Result:
    """One hit: the record, and its title and best passage with the query's words marked.

    ``copies`` is how many other articles of its story it stands for, ``sources`` how many other
    sources printed those. ``full`` tells whether it holds all of the query, ``missing`` which
    words of it, as typed, it lacks. ``by`` is what found it. ``source_en`` is the source's name in
    Latin letters, empty where it has none.
    """

    record: Record
    score: float
    title: Passage
    snippet: Passage
    copies: int = 0
    sources: int = 0
    full: bool = True
    missing: tuple[str, ...] = ()
    by: Literal["words", "meaning"] = "words"
    source_en: str = ""


class NearWords(NamedTuple):
    """A word of a query in Latin letters, and the Arabic words that stand nearest by meaning."""

    text: str
    words: tuple[str, ...]


class SearchedNear(NamedTuple):
    """That a query was searched by meaning as well.

    ``total`` results were found by meaning alone: their likeness to the query is ``floor`` or more.
    """

    total: int
    floor: float
    words: tuple[NearWords, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a request.

    ``total_full`` of the ``total`` articles, or stories, hold all of the query; the others hold
    enough of it to be of use, and stand where their score puts them.

    ``total`` and the counts of facets are stories or, where the request shows copies, articles;
    ``articles`` are those found in either case.
    ``parsed`` is the query as it was understood, written in the query language. ``relaxed`` tells
    what was given up when nothing matched: None, or a code that templates translate
    («no-phrase», «no-fields», «any-word», «related»). ``suggestion`` is a better spelled query, or
    None. ``linked`` are the English names and terms that their Arabic ones were added to, ``notes``
    what of the query was left out («too-long», «too-deep», …, see ``Query``), ``unknown`` the
    fields in it that there are not. ``repaired`` is the query in other letters that was searched
    instead, or None. ``clause`` is the query as a tree. ``near`` tells what was searched by
    meaning; None where nothing was. ``partial`` tells that the time was up before all was found.
    """

    request: SearchRequest
    parsed: str
    total: int
    results: tuple[Result, ...]
    facets: Mapping[str, Facet]
    relaxed: str | None = None
    suggestion: str | None = None
    linked: tuple[Linked, ...] = ()
    notes: tuple[str, ...] = ()
    repaired: Repair | None = None
    clause: Clause = EVERYTHING
    took_ms: float = 0.0
    total_full: int = 0
    articles: int = 0
    unknown: tuple[str, ...] = ()
    near: SearchedNear | None = None
    partial: bool = False

    @property
    def pages(self) -> int:
        """How many pages of results there are; at least 1."""
        return max(1, -(-self.total // self.request.size))


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another article of the same story; the words that differ, or None where not compared."""

    article: Article
    differences: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One whole article, its title and body with the query's words marked.

    ``copies`` are the other articles of its story, earliest first; ``events`` and ``quotations``
    are those that it tells, each event with its own report of it first.
    """

    record: Record
    title: Passage
    body: Passage
    copies: tuple[Reprint, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    quotations: tuple[FoundQuotation, ...] = ()

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.record.article


@dataclass(frozen=True, slots=True)
class Together:
    """How often the values of two facets stand in one article, see ``engines.base.Pairs``."""

    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    counts: tuple[tuple[int, ...], ...]

    def first(self, size: int) -> "Together":
        """The first rows and columns alone."""
        counts = tuple(line[:size] for line in self.counts[:size])
        return Together(self.rows[:size], self.columns[:size], counts)


@dataclass(frozen=True, slots=True)
class Profile:
    """What all articles together say of one facet value.

    ``name`` is the usual Arabic name, ``variants`` are the ways in which it is written, with the
    number of articles, frequent ones first; a role comes with the first and the last date of an
    article that gives it (None: no such article has a date) and the number of articles.
    ``articles`` are those that have the value, ``stories`` the same with a story's counted once.
    ``offices`` are the roles that are understood, one for all ways to print it, see
    ``indexer.entities.office_spans``.
    """

    facet: str
    id: str
    name: str
    name_en: str
    variants: tuple[tuple[str, int], ...]
    roles: tuple[Role, ...]
    wikidata: str | None
    articles: int
    stories: int = 0
    offices: tuple[OfficeSpan, ...] = ()

    @property
    def unread(self) -> tuple[Role, ...]:
        """The roles that are part of no office and may be one, as printed."""
        read = {role for office in self.offices for role in office.printed}
        is_none = default_office_reader().is_none
        return tuple(one for one in self.roles if one[0] not in read and not is_none(one[0]))


@dataclass(frozen=True, slots=True)
class Card:
    """In a few words, who or what results are filtered by; ``first`` and ``last`` are days of its
    ``articles``."""

    facet: str
    id: str
    name: str
    name_en: str
    first: dt.date | None
    last: dt.date | None
    articles: int
    offices: tuple[OfficeSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in the index. ``stories`` counts the articles of one story once."""

    articles: int
    engine: str
    first: str | None  # ISO dates
    last: str | None
    distinct: Mapping[str, int]  # facet → number of values
    stories: int = 0


def relaxed(step: Step, found: Found) -> str | None:
    """What was given up of what words find; «any-word» also where no article holds all of them."""
    by_words = found.total - found.total_near
    if step.code is None and by_words and not found.total_full:
        return "any-word"
    return step.code if by_words else None


def total_full(step: Step, found: Found) -> int:
    """How many hold all that was asked, not of a weaker query."""
    return 0 if relaxed(step, found) else found.total_full


def named(records: Sequence[Record], catalogue: Catalogue) -> list[Record]:
    """The records with each value called what all articles together call it.

    An article that was read before others keeps the name that was known by then.
    """
    ids: dict[str, set[str]] = {}
    for record in records:
        for facet, values in record.facets.items():
            ids.setdefault(facet, set()).update(value.id for value in values)
    names = {facet: catalogue.names(facet, some) for facet, some in ids.items()}
    return [
        replace(
            record,
            facets={
                facet: tuple(_called(value, names[facet].get(value.id)) for value in values)
                for facet, values in record.facets.items()
            },
        )
        for record in records
    ]


def _called(value: FacetValue, name: Name | None) -> FacetValue:
    if name is None or (name.name, name.name_en) == (value.name, value.name_en):
        return value
    return replace(value, name=name.name, name_en=name.name_en)


def result(
    record: Record,
    hit: Hit,
    marker: Marker,
    step: Step,
    *,
    any_full: bool,
    source: Name | None = None,
) -> Result:
    """A hit as a page shows it; ``any_full`` tells whether any article holds all of the query."""
    in_title, in_body = marks_of(record.article, marker)
    return Result(
        record,
        hit.score,
        whole(record.article.title, in_title),
        passage(record.article.body, in_body),
        hit.copies,
        hit.sources,
        any_full and hit.full,
        tuple(map(step.typed, hit.lacks)) if hit.by == "words" else (),
        hit.by,
        source.name_en if source else "",
    )


def article_page(record: Record, marker: Marker, copies: tuple[Reprint, ...]) -> ArticlePage:
    """One article with its words marked."""
    in_title, in_body = marks_of(record.article, marker)
    return ArticlePage(
        record,
        whole(record.article.title, in_title),
        whole(record.article.body, in_body),
        copies,
    )


def marks_of(article: Article, marker: Marker) -> tuple[list[Mark], list[Mark]]:
    """The words to mark of an article's title, and those of its body."""
    if deadline.is_over():
        return [], []
    title, body = article.title, article.body
    page = f"{title}\n{body}"
    return marker.marks(title, "title", page), marker.marks(body, "body", page)


def facet(name: str, counts: Counts, request: SearchRequest, catalogue: Catalogue) -> Facet:
    """The counted values with their names; chosen and excluded ones are always there."""
    chosen = {f.value for f in request.filters if f.facet == name and not f.exclude}
    excluded = {f.value for f in request.filters if f.facet == name and f.exclude}
    counted = dict(counts.values)
    for id in sorted((chosen | excluded) - counted.keys()):
        counted[id] = 0
    names = catalogue.names(name, counted)
    values = []
    for id, count in counted.items():
        label = names.get(id) or Name(id, id, id, 0)
        values.append(Value(id, label.name, label.name_en, count, id in chosen, id in excluded))
    return Facet(name, tuple(values), counts.distinct, request.mode(name))


def together(rows: str, columns: str, pairs: Pairs, catalogue: Catalogue) -> Together:
    """The counted values of two facets, with their names."""
    none = SearchRequest()
    return Together(
        facet(rows, Counts(pairs.rows), none, catalogue).values,
        facet(columns, Counts(pairs.columns), none, catalogue).values,
        pairs.together,
    )


def variants(sightings: Sequence[Sighting]) -> tuple[tuple[str, int], ...]:
    """The ways in which a name is written, with the number of articles, frequent ones first.

    Not by what else a country is named: its adjective, its cities.
    """
    counts = Counter(text for one in sightings for text in dict.fromkeys(map(_plain, one.texts)))
    counts = Counter(
        {
            text: n
            for text, n in counts.items()
            if is_spelling(sightings[0].facet, sightings[0].id, text)
        }
    )
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def roles(sightings: Sequence[Sighting]) -> tuple[Role, ...]:
    """Each role with its first and last date and its number of articles, frequent ones first."""
    counts = Counter(role for one in sightings for role in one.roles)
    dates: dict[str, list[str]] = {role: [] for role in counts}
    for one in sightings:
        for role in one.roles if one.date else ():
            dates[role].append(one.date)
    return tuple(
        (role, _day(min(dates[role], default="")), _day(max(dates[role], default="")), articles)
        for role, articles in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def card(
    facet: str, name: Name, span: tuple[str, str, int], offices: tuple[OfficeSpan, ...]
) -> Card:
    """A value in a few words."""
    first, last, articles = span
    return Card(facet, *name[:3], _day(first), _day(last), articles, offices)


def _plain(text: str) -> str:
    """A name without quotation marks, as in «تنظيم "داعش"», vowels and what is not seen."""
    plain = unicodedata.normalize("NFKC", unmarked(text))
    return " ".join(_QUOTES.sub(" ", plain).split()) or text


def _day(date: str) -> dt.date | None:
    return dt.date.fromisoformat(date) if date else None
