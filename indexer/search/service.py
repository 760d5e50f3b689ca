"""A search request in, a search page out: the only door for web and shell."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from indexer import query
from indexer.catalogue import Name, Sighting
from indexer.engines.base import Counts, Found, Hit
from indexer.index import Index
from indexer.model import Article, Mode, Record, SearchRequest
from indexer.query.ast import EVERYTHING, All, Any, Between, Clause, HasValue, Match, Most, mapped
from indexer.schema import FACET_IDS
from indexer.search import english
from indexer.search.autocomplete import Suggester, Suggestion
from indexer.search.expansion import resolved
from indexer.search.highlight import Highlighter, Marker, passage, whole
from indexer.search.highlight import Passage as Passage
from indexer.search.highlight import Span as Span
from indexer.search.more_like_this import similar
from indexer.search.name_expansion import Linked as Linked
from indexer.search.name_expansion import Linker
from indexer.search.repair import Repair as Reading
from indexer.search.repair import Repairs
from indexer.search.word_diff import Piece as Piece
from indexer.search.word_diff import differences
from indexer.text import Analyzer
from indexer.text.homographs import told_apart
from indexer.text.normalize import normalize

_FACET_SIZE = 50  # values of a facet that come with a page
_MOST_COPIES = 100  # that are listed with an article
_COMPARED = 20  # of them, word for word
_WELL_FOUND = 400  # articles that hold all of a query, which is hardly misspelt then
_ROW = 16  # words that may stand in a row in an article as they do in a query


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
    words of it, as typed, it lacks.
    """

    record: Record
    score: float
    title: Passage
    snippet: Passage
    copies: int = 0
    sources: int = 0
    full: bool = True
    missing: tuple[str, ...] = ()


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
    instead, or None. ``clause`` is the query as a tree.
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
    repaired: Reading | None = None
    clause: Clause = EVERYTHING
    took_ms: float = 0.0
    total_full: int = 0
    articles: int = 0
    unknown: tuple[str, ...] = ()

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

    ``copies`` are the other articles of its story, earliest first.
    """

    record: Record
    title: Passage
    body: Passage
    copies: tuple[Reprint, ...] = ()

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
    """

    facet: str
    id: str
    name: str
    name_en: str
    variants: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, dt.date | None, dt.date | None, int], ...]
    wikidata: str | None
    articles: int
    stories: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in the index. ``stories`` counts the articles of one story once."""

    articles: int
    engine: str
    first: str | None  # ISO dates
    last: str | None
    distinct: Mapping[str, int]  # facet → number of values
    stories: int = 0


class _Answer(NamedTuple):
    """What was found, for which clause, and what was given up to find it."""

    found: Found
    step: "_Step"
    clause: Clause  # the step's, resolved
    linked: tuple[Linked, ...]
    reading: Reading | None

    @property
    def relaxed(self) -> str | None:
        """What was given up; «any-word» also where no article holds all the words."""
        if self.step.code is None and self.found.total and not self.found.total_full:
            return "any-word"
        return self.step.code if self.found.total else None

    @property
    def total_full(self) -> int:
        """How many hold all that was asked, not of a weaker query."""
        return 0 if self.relaxed else self.found.total_full


class _Step(NamedTuple):
    """A query to try, and the code of what it gives up; see ``query.relaxations``."""

    code: str | None
    clause: Clause

    def typed(self, number: int) -> str:
        """The words of a clause of its ``Most``, as the reader typed them."""
        return _typed(_most(self.clause)[number])


class SearchService:
    """Answers requests from one open index; safe to share between threads."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        self._engine = index.engine
        self._catalogue = index.catalogue
        self._analyzer = analyzer
        self._highlighter = Highlighter()
        self._suggester = Suggester(index.catalogue, english.offered)
        self._linker = Linker(index.catalogue, analyzer)
        self._repairs = Repairs(index.catalogue, analyzer, lambda: english.entries().words)

    def page(self, request: SearchRequest) -> SearchPage:
        """The page of results for a request; no request is an error."""
        started = time.perf_counter()
        asked, answer = self._answered(request)
        found = answer.found
        records = self._engine.records([hit.id for hit in found.hits], mentions=False)
        marker = self._highlighter.marker(answer.clause)
        return SearchPage(
            request=request,
            parsed=asked.text,
            total=found.total,
            results=tuple(
                _result(record, hit, marker, answer)
                for record, hit in zip(records, found.hits, strict=True)
            ),
            facets={name: self._facet(name, found.counts[name], request) for name in FACET_IDS},
            relaxed=answer.relaxed,
            suggestion=self._suggestion(request, asked, answer),
            linked=answer.linked,
            notes=asked.notes,
            unknown=asked.unknown,
            repaired=answer.reading,
            clause=asked.clause,
            took_ms=1000 * (time.perf_counter() - started),
            articles=found.articles,
            total_full=answer.total_full,
        )

    def article(self, id: str, q: str = "") -> ArticlePage | None:
        """One article with the words of the query ``q`` marked, or None."""
        records = self._engine.records([id])
        if not records:
            return None
        asked, reading = self._read(q)
        q = reading.q if reading else q
        article = records[0].article
        for step in self._steps(q, asked)[0]:
            marker = self._highlighter.marker(self._resolved(step.clause))
            page = f"{article.title}\n{article.body}"
            title = marker.marks(article.title, "title", page)
            body = marker.marks(article.body, "body", page)
            if title or body:  # else the query was relaxed to find this article
                break
        return ArticlePage(
            records[0],
            whole(article.title, title),
            whole(article.body, body),
            tuple(self._reprints(article)),
        )

    def _reprints(self, article: Article) -> Iterator[Reprint]:
        """The other articles of a story; the first ones are compared with this one."""
        others = [id for id in self._engine.story(article.id) if id != article.id]
        for number, record in enumerate(
            self._engine.records(others[:_MOST_COPIES], mentions=False)
        ):
            other = record.article
            compared = number < _COMPARED
            pieces = tuple(differences(article.body, other.body)) if compared else None
            yield Reprint(other, pieces)

    def gone(self, id: str) -> str | None:
        """The title of an article that was here and was removed, else None."""
        return self._catalogue.gone(id)

    def similar(self, record: Record, size: int = 5) -> list[Record]:
        """Other articles about the same matter, most similar first."""
        return similar(record, self._engine, self._catalogue, self._analyzer, size)

    def facet(self, name: str, request: SearchRequest, contains: str = "", size: int = 50) -> Facet:
        """The values of one facet under a request whose name, in either script, holds a text."""
        _, answer = self._answered(
            replace(request, page=1, size=0),
            facets=(name,),
            facet_size=None if contains else size,
        )
        every = self._facet(name, answer.found.counts[name], request)
        wanted = normalize(contains).split()
        values = [
            value
            for value in every.values
            if all(part in normalize(f"{value.name} {value.name_en}") for part in wanted)
        ]
        distinct = len(values) if contains else every.distinct
        return replace(every, values=tuple(values[:size]), distinct=distinct)

    def together(
        self, request: SearchRequest, rows: str, columns: str, sizes: tuple[int | None, int | None]
    ) -> Together:
        """Who and what appears together in the articles that a request finds."""
        _, answer = self._answered(replace(request, page=1, size=0), facets=())
        pairs = self._engine.pairs(
            _dated(answer.clause, request),
            request.conditions,
            rows=rows,
            columns=columns,
            sizes=sizes,
            collapse=not request.copies,
        )
        none = SearchRequest()
        return Together(
            self._facet(rows, Counts(pairs.rows), none).values,
            self._facet(columns, Counts(pairs.columns), none).values,
            pairs.together,
        )

    def ranked(self, q: str, top: int) -> list[str]:
        """The ids of the best articles for a text, holding all or some of its words.

        As ``page`` ranks them, every copy of a story by itself; the text has no operators.
        """
        asked = query.words_of(query.parse(q, self._analyzer).clause)
        clause, _, names = self._linker.joined(asked)
        graded = query.graded(clause, self._phrase(q), names=names, text=True)
        found = self._engine.find(self._resolved(graded), limit=top, facets=())
        return [hit.id for hit in found.hits]

    def suggest(self, q: str) -> list[Suggestion]:
        """What the reader of an unfinished query may want, best first."""
        return self._suggester.suggestions(q)

    def prepare(self) -> None:
        """Read what the first questions need, so that no reader waits for it."""
        self.stats()
        self._suggester.suggestions("ال")
        self._repairs.prepare()
        self._linker.prepare()

    def stats(self) -> Stats:
        """Numbers for the start page and for ``rasad stats``."""
        oldest = self._engine.find(EVERYTHING, sort="oldest", limit=1, facet_size=0, collapse=True)
        newest = self._engine.find(EVERYTHING, sort="newest", limit=1, facets=())
        first, last = (
            [
                r.article.date
                for r in self._engine.records([hit.id for hit in found.hits], mentions=False)
            ]
            for found in (oldest, newest)
        )
        return Stats(
            articles=oldest.articles,
            engine=self._engine.name,
            first=first[0].isoformat() if first and first[0] else None,
            last=last[0].isoformat() if last and last[0] else None,
            distinct={name: counts.distinct for name, counts in oldest.counts.items()},
            stories=oldest.total,
        )

    def labels(self, facet: str, id: str) -> tuple[str, str]:
        """Arabic and Latin name of a facet value, for chips; the id itself where unknown."""
        name = self._catalogue.name(facet, id)
        return (name.name, name.name_en) if name else (id, id)

    def profile(self, facet: str, id: str) -> Profile | None:
        """What the articles say of a value; None for one that no article has."""
        found = self._engine.find(HasValue(facet, (id,)), limit=0, facets=(), collapse=True)
        if not found.articles:
            return None
        name, name_en = self.labels(facet, id)
        seen = self._catalogue.sightings(facet, id)
        variants = Counter(text for one in seen for text in one.texts)
        return Profile(
            facet,
            id,
            name,
            name_en,
            tuple(sorted(variants.items(), key=lambda item: (-item[1], item[0]))),
            _roles(seen),
            self._catalogue.wikidata(id) if facet == "people" else None,
            found.articles,
            found.total,
        )

    def _answered(
        self,
        request: SearchRequest,
        facets: Sequence[str] = FACET_IDS,
        facet_size: int | None = _FACET_SIZE,
    ) -> tuple[query.Query, "_Answer"]:
        """What was asked, and what was found for it or for the next weaker query."""
        asked, reading = self._read(request.q)
        q = reading.q if reading else request.q
        steps, linked = self._steps(q, asked, strict=request.full)
        for step in steps:
            clause = self._resolved(step.clause)
            found = self._find(clause, request, facets, facet_size)
            if found.total:
                return asked, _Answer(found, step, clause, linked, reading)
        return asked, _Answer(found, step, clause, linked, reading)

    def _steps(
        self, q: str, asked: query.Query, *, strict: bool = False
    ) -> tuple[Iterator[_Step], tuple[Linked, ...]]:
        """The queries to try in turn: the one that was asked, unless ``strict`` weaker ones too.

        For a list the first that finds something counts, for an article out of it the first that
        marks something.
        """
        clause, linked, loose = self._linker.joined(asked.clause)
        first = query.graded(clause, self._phrase(q), names=loose, strict=strict)
        weaker = () if strict else self._weaker(asked)
        return chain([_Step(None, first)], weaker), linked

    def _weaker(self, asked: query.Query) -> Iterator[_Step]:
        """Weaker queries to try in turn; the last ones take related words as well."""
        weakest = asked.clause
        for code, weaker in query.relaxations(asked):
            weakest = weaker.clause
            if code == "any-word":
                yield _Step(code, self._linker.joined(query.related(weakest)).clause)
                continue
            clause, _, loose = self._linker.joined(weakest)
            yield _Step(code, query.graded(clause, names=loose))
        if query.has_words(weakest):
            yield _Step("related", self._linker.joined(query.related(weakest)).clause)

    def _phrase(self, text: str) -> tuple[str, ...]:
        """The words of a query in a row, if they are few enough to be one."""
        tokens = told_apart(text, self._analyzer.analyze(text))
        return tuple(token.word.exact for token in tokens) if len(tokens) <= _ROW else ()

    def _resolved(self, clause: Clause) -> Clause:
        return resolved(clause, self._catalogue, self._linker.ids)

    def _read(self, q: str) -> tuple[query.Query, Reading | None]:
        """The query, read in the letters that were meant where they were others."""
        asked = query.parse(q, self._analyzer)
        reading = self._repairs.reading(q, asked.clause)
        return (query.parse(reading.q, self._analyzer) if reading else asked), reading

    def _find(
        self,
        clause: Clause,
        request: SearchRequest,
        facets: Sequence[str],
        facet_size: int | None,
    ) -> Found:
        clause = _dated(clause, request)
        # Without words every article is equally relevant: the newest are most useful then.
        sort = "newest" if clause == EVERYTHING and request.sort == "relevance" else request.sort
        return self._engine.find(
            clause,
            request.conditions,
            sort=sort,
            start=(request.page - 1) * request.size,
            limit=request.size,
            facets=facets,
            facet_size=facet_size,
            collapse=not request.copies,
        )

    def _facet(self, name: str, counts: Counts, request: SearchRequest) -> Facet:
        """The counted values with their names; chosen and excluded ones are always there."""
        chosen = {f.value for f in request.filters if f.facet == name and not f.exclude}
        excluded = {f.value for f in request.filters if f.facet == name and f.exclude}
        counted = dict(counts.values)
        for id in sorted((chosen | excluded) - counted.keys()):
            counted[id] = 0
        names = self._catalogue.names(name, counted)
        values = []
        for id, count in counted.items():
            label = names.get(id) or Name(id, id, id, 0)
            values.append(Value(id, label.name, label.name_en, count, id in chosen, id in excluded))
        return Facet(name, tuple(values), counts.distinct, request.mode(name))

    def _suggestion(
        self, request: SearchRequest, asked: query.Query, answer: _Answer
    ) -> str | None:
        """The query better spelled, where that finds far more; only the first page offers it."""
        if request.page > 1 or answer.total_full >= _WELL_FOUND:
            return None
        taken = {
            token.word.exact for one in answer.linked for token in self._analyzer.analyze(one.text)
        }
        q = answer.reading.q if answer.reading else request.q

        def count(clause: Clause) -> int:
            dated = _dated(self._resolved(self._linker.joined(clause).clause), request)
            return self._engine.find(dated, request.conditions, limit=0, facets=()).total

        better = self._repairs.better(q, asked.clause, taken, count)
        return (better if better != q else None) or self._by_sound(asked.clause, count)

    def _by_sound(self, clause: Clause, count: Callable[[Clause], int]) -> str | None:
        """The query with the names that its unknown Latin words sound like, where that is found."""
        known = self._linker.better(clause)

        def right(clause: Clause) -> Clause:
            if not isinstance(clause, Match) or clause.word.exact not in known:
                return clause
            name = known[clause.word.exact]
            return replace(clause, word=self._analyzer.word(name), printed=name)

        offered = mapped(clause, right) if known else clause
        return query.write(offered) if offered != clause and count(offered) else None


def _roles(
    seen: Sequence[Sighting],
) -> tuple[tuple[str, dt.date | None, dt.date | None, int], ...]:
    """Each role with its first and last date and its number of articles, frequent ones first."""
    counts = Counter(role for one in seen for role in one.roles)
    dates: dict[str, list[str]] = {role: [] for role in counts}
    for one in seen:
        for role in one.roles if one.date else ():
            dates[role].append(one.date)
    return tuple(
        (role, _day(min(dates[role], default="")), _day(max(dates[role], default="")), articles)
        for role, articles in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _day(date: str) -> dt.date | None:
    return dt.date.fromisoformat(date) if date else None


def _result(record: Record, hit: Hit, marker: Marker, answer: _Answer) -> Result:
    """A hit as a page shows it."""
    title, body = record.article.title, record.article.body
    page = f"{title}\n{body}"
    return Result(
        record,
        hit.score,
        whole(title, marker.marks(title, "title", page)),
        passage(body, marker.marks(body, "body", page)),
        hit.copies,
        hit.sources,
        answer.total_full > 0 and hit.full,
        tuple(map(answer.step.typed, hit.lacks)),
    )


def _dated(clause: Clause, request: SearchRequest) -> Clause:
    """The clause within the stretch of time of a request."""
    if request.date_from or request.date_to:
        parts = clause.clauses if isinstance(clause, All) else (clause,)
        return All((*parts, Between(request.date_from, request.date_to)))
    return clause


def _most(clause: Clause) -> tuple[Clause, ...]:
    """The clauses of the ``Most`` in a query; none where it has none."""
    for part in clause.clauses if isinstance(clause, All) else (clause,):
        if isinstance(part, Most):
            return part.clauses
    return ()


def _typed(clause: Clause) -> str:
    """The words of a clause as typed: of a name in Latin letters the words that it was read in."""
    while isinstance(clause, Any) and clause.clauses:
        clause = clause.clauses[0]
    return query.write(clause)
