"""A search request in, a search page out: the only door for web and shell."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from math import inf
from typing import NamedTuple

from indexer import deadline, query
from indexer.config import settings
from indexer.engines.base import Found, Hit, Nearness, Pairing, Search
from indexer.entities.office_spans import default_office_reader
from indexer.index import Index
from indexer.meaning.encoder import Encoder, encoders_of, installed_encoders
from indexer.model import Article, Record, SearchRequest
from indexer.query.ast import EVERYTHING, All, Between, Clause, HasValue, Match, mapped
from indexer.schema import FACET_IDS, NAMED, WORDS
from indexer.search import english, results
from indexer.search.autocomplete import Suggester, Suggestion
from indexer.search.by_meaning import Meanings
from indexer.search.commits import Commits, of_one_commit
from indexer.search.event_answers import EventAnswers, Told
from indexer.search.event_search import (
    EventMatrix,
    EventPage,
    EventRequest,
    FoundEvent,
    PartyId,
    QueryReading,
    QuotationPage,
    VisitFlow,
)
from indexer.search.export import BATCH, SLICE, Export
from indexer.search.highlight import Highlighter, Marker
from indexer.search.more_like_this import similar
from indexer.search.name_expansion import Linker
from indexer.search.plan import Plan, Planner, Step
from indexer.search.repair import Repairs
from indexer.search.results import (
    ArticlePage,
    Card,
    Facet,
    Profile,
    Reprint,
    Result,
    SearchedNear,
    SearchPage,
    Stats,
    Together,
)
from indexer.search.word_diff import differences
from indexer.text import Analyzer, default_analyzer
from indexer.text.normalize import normalize

_FACET_SIZE = 50  # values of a facet that come with a page
_MOST_COPIES = 100  # that are listed with an article
_COMPARED = 20  # of them, word for word
_MOST_TELLING = 20_000  # articles of a request whose events are looked up
_WELL_FOUND = 400  # articles that hold all of a query, which is hardly misspelt then


class _Answer(NamedTuple):
    """How a request was understood, the step of its plan that was taken, and what that found."""

    plan: Plan
    nearness: tuple[Nearness, ...]
    step: Step
    found: Found


class SearchService:
    """Answers requests from one open index; safe to share between threads."""

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        encoders: Sequence[Encoder] = (),
        *,
        time_limit: float = 0.0,
        export_time_limit: float = 0.0,
    ) -> None:
        """``encoders`` made the vectors of the articles, the best one last; by default words.

        ``time_limit`` is how many seconds a request may take, ``export_time_limit`` how many
        a server gives an export; 0 for any.
        """
        self.time_limit = time_limit
        self.export_time_limit = export_time_limit
        self._commits = Commits(index)
        self._engine = index.engine
        self._catalogue = index.catalogue
        self._analyzer = analyzer
        self._highlighter = Highlighter()
        self._suggester = Suggester(index.catalogue, english.offered)
        self._linker = Linker(index.catalogue, analyzer)
        self._repairs = Repairs(index.catalogue, analyzer, lambda: english.entries().words)
        self._planner = Planner(index.catalogue, analyzer, self._linker, self._repairs)
        encoders = encoders or encoders_of(WORDS)
        self._meanings = Meanings(index.catalogue, analyzer, encoders, index.engine)
        self._events = EventAnswers(index.catalogue, index.engine)

    @classmethod
    def over(cls, index: Index, warn: Callable[[str], None]) -> "SearchService":
        """Searches as the index was made; ``warn`` is told what is missing and can be.

        Raises ``ConfigError`` where something is missing that can't.
        """
        made = index.settings
        made.check("lexicon")
        analyzer = default_analyzer(made.lexicon, made.lemmas)
        encoders = installed_encoders(made.meaning, warn)
        limits = settings()
        return cls(
            index,
            analyzer,
            encoders,
            time_limit=limits.time_limit,
            export_time_limit=limits.export_time_limit,
        )

    def reading(self) -> AbstractContextManager[None]:
        """What this thread asks in the block is answered from one commit of the index."""
        return self._commits.reading()

    @of_one_commit
    def page(self, request: SearchRequest) -> SearchPage:
        """The page of results for a request; no request is an error.

        It holds what is found within ``time_limit``, or until the deadline that there is already.
        """
        with deadline.within(self.time_limit):
            started = time.perf_counter()
            return self._page(request, self._answer(request), started)

    def _page(self, request: SearchRequest, answer: "_Answer", started: float) -> SearchPage:
        plan, nearness, step, found = answer
        full = results.total_full(step, found)
        vectorless = bool(nearness) and not self._meanings.known
        page = SearchPage(
            request=request,
            parsed=plan.query.text,
            total=found.total,
            results=self._results(found.hits, step, self._highlighter, any_full=full > 0),
            facets={
                name: results.facet(name, found.counts[name], request, self._catalogue)
                for name in FACET_IDS
            },
            relaxed=results.relaxed(step, found),
            suggestion=self._suggestion(request, plan, full),
            linked=plan.linked,
            notes=(*plan.query.notes, "no-vectors") if vectorless else plan.query.notes,
            unknown=plan.query.unknown,
            repaired=plan.repaired,
            clause=plan.query.clause,
            took_ms=1000 * (time.perf_counter() - started),
            articles=found.articles,
            total_full=full,
            near=None if vectorless else self._searched_near(plan, nearness, found),
        )
        return replace(page, partial=True) if deadline.was_missed() else page

    def export(self, request: SearchRequest, seconds: float = 0.0) -> Export:
        """All results of a request, whatever page it asks for, given so many seconds, 0 for any.

        Whoever asks for it closes it. Raises ``ExportBroken`` where the time is up already.
        """
        kept, time_limit = self._commits.kept(), deadline.Deadline(seconds)
        first = replace(request, page=1, size=1)
        try:
            with kept.reading(), time_limit.running():
                started = time.perf_counter()
                answer = self._answer(first)
                page = self._page(first, answer, started)
            page = replace(page, request=replace(request, page=1), results=())
            return Export(page, self._batches(page, answer), kept, time_limit)
        except BaseException:
            kept.let_go()
            raise

    def _batches(self, page: SearchPage, answer: "_Answer") -> Iterator[tuple[Result, ...]]:
        """The results of a request, of which ``page`` tells the totals, some at a time."""
        step, any_full = answer.step, page.total_full > 0
        highlighter = Highlighter()  # readers keep what theirs remembers
        for start in range(0, page.total, SLICE):
            asked = replace(page.request, page=1 + start // SLICE, size=SLICE)
            search = _search(step.clause, asked, nearness=answer.nearness)
            hits = self._engine.find(search).hits
            for n in range(0, len(hits), BATCH):
                yield self._results(hits[n : n + BATCH], step, highlighter, any_full=any_full)

    def _results(
        self, hits: Sequence[Hit], step: Step, highlighter: Highlighter, *, any_full: bool
    ) -> tuple[Result, ...]:
        """Hits as a page shows them."""
        records = self._records([hit.id for hit in hits], mentions=False)
        sources = {record.article.source for record in records if record.article.source}
        named = self._catalogue.names("sources", sources)
        marker = highlighter.marker(step.clause)
        return tuple(
            results.result(
                record,
                hit,
                marker,
                step,
                any_full=any_full,
                source=named.get(record.article.source or ""),
            )
            for record, hit in zip(records, hits, strict=True)
        )

    @of_one_commit
    def article(self, id: str, q: str = "") -> ArticlePage | None:
        """One article with those words marked by which the query ``q`` finds it, or None."""
        records = self._records([id])
        if not records:
            return None
        article = records[0].article
        marker = self._marker(article, self._planner.plan(q))
        page = results.article_page(records[0], marker, tuple(self._reprints(article)))
        return replace(
            page,
            events=self._events.of_article(page.record),
            quotations=self._events.said_in(page.record),
        )

    def _records(self, ids: Sequence[str], *, mentions: bool = True) -> list[Record]:
        """The records with their values called as their profiles are."""
        return results.named(self._engine.records(ids, mentions=mentions), self._catalogue)

    def _marker(self, article: Article, plan: Plan) -> Marker:
        """What marks the words that find an article: those of the step that the search took.

        Where no step finds it, as a copy of what was found, those of the first that it holds.
        """
        markers = []
        for step in plan.steps:
            markers.append(self._highlighter.marker(step.clause))
            if self._engine.matches(step.clause, article.id):
                return markers[-1]
            if deadline.is_over():
                break
        for marker in markers:
            if any(results.marks_of(article, marker)):
                return marker
        return markers[-1]

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

    @of_one_commit
    def gone(self, id: str) -> str | None:
        """The title of an article that was here and was removed, else None."""
        return self._catalogue.gone(id)

    @of_one_commit
    def similar(self, record: Record, size: int = 5) -> list[Record]:
        """Other articles about the same matter, most similar first."""
        vector = self._meanings.of_article(record.article.id)
        return similar(record, self._engine, self._catalogue, self._analyzer, vector, size)

    @of_one_commit
    def facet(self, name: str, request: SearchRequest, contains: str = "", size: int = 50) -> Facet:
        """The values of one facet under a request whose name, in either script, holds a text."""
        plan = self._plan(request)
        _, found = self._answered(
            replace(request, page=1, size=0),
            plan,
            self._nearness(request, plan),
            facets=(name,),
            facet_size=None if contains else size,
        )
        every = results.facet(name, found.counts[name], request, self._catalogue)
        wanted = set(normalize(contains).split())
        values = []
        for value in every.values:
            if wanted and deadline.is_over():
                break
            name = normalize(f"{value.name} {value.name_en}") if wanted else ""
            if all(part in name for part in wanted):
                values.append(value)
        distinct = len(values) if contains else every.distinct
        return replace(every, values=tuple(values[:size]), distinct=distinct)

    @of_one_commit
    def together(
        self, request: SearchRequest, rows: str, columns: str, sizes: tuple[int | None, int | None]
    ) -> Together:
        """Who and what appears together in the articles that a request finds."""
        plan = self._plan(request)
        nearness = self._nearness(request, plan)
        none = replace(request, page=1, size=0)
        step, _ = self._answered(none, plan, nearness, facets=())
        search = _search(step.clause, request, nearness=nearness)
        pairs = self._engine.pairs(search, Pairing(rows, columns, sizes))
        return results.together(rows, columns, pairs, self._catalogue)

    @of_one_commit
    def events(self, request: SearchRequest, asked: EventRequest) -> EventPage:
        """The events that the articles of a request tell, counted by what can be asked for."""
        with deadline.within(self.time_limit):
            told, reading = self._telling(request)
            page = self._events.page(request, asked, told)
            return replace(page, partial=page.partial or reading.partial, reading=reading)

    @of_one_commit
    def event(self, id: str) -> FoundEvent | None:
        """One event with the reports of it, or None."""
        return self._events.event(id)

    @of_one_commit
    def neighbouring_days(self, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The last day before ``day`` on which an event began, and the first one after it."""
        before, after = self._catalogue.neighbouring_days(day.isoformat())
        return _iso_day(before), _iso_day(after)

    @of_one_commit
    def event_matrix(
        self, request: SearchRequest, asked: EventRequest, size: int = 20
    ) -> EventMatrix:
        """Which countries have how many events with each other in the articles of a request."""
        with deadline.within(self.time_limit):
            told, reading = self._telling(request)
            matrix = self._events.matrix(asked, told, size)
            return replace(matrix, partial=matrix.partial or reading.partial)

    @of_one_commit
    def visits(self, request: SearchRequest, asked: EventRequest) -> tuple[VisitFlow, ...]:
        """From which countries to which visits lead, most frequent first."""
        with deadline.within(self.time_limit):
            return self._events.visits(asked, self._telling(request)[0])

    @of_one_commit
    def quotations(
        self,
        request: SearchRequest,
        speaker: PartyId | None = None,
        page: int = 1,
        size: int = 20,
    ) -> QuotationPage:
        """What is said in the articles of a request, by one speaker or by anybody."""
        with deadline.within(self.time_limit):
            told, reading = self._telling(request)
            found = self._events.quotations(request, speaker, told, page, size)
            return replace(found, partial=found.partial or reading.partial, reading=reading)

    def _telling(self, request: SearchRequest) -> tuple[Told, QueryReading]:
        """The articles of a request, None for all there are; and how its query was read.

        Those that hold all of the query or, where none does, those that are listed for it.
        """
        asked = replace(request, sort="relevance", page=1, size=_MOST_TELLING, copies=True)
        strict = replace(asked, full=True, meaning=False, sort="newest")  # scores take time
        if not request.q.strip() and not request.conditions and not _dates(request):
            return None, QueryReading()
        found, reading = self._telling_found(strict)
        if not found.total and not deadline.is_over():
            found, reading = self._telling_found(asked)
        return [hit.id for hit in found.hits], reading

    def _telling_found(self, request: SearchRequest) -> tuple[Found, QueryReading]:
        plan = self._plan(request)
        step, found = self._answered(request, plan, self._nearness(request, plan), facets=())
        reading = QueryReading(
            plan.query.notes,
            plan.query.unknown,
            plan.repaired,
            results.relaxed(step, found),
            found.total > len(found.hits),
        )
        return found, reading

    @of_one_commit
    def matching(self, request: SearchRequest) -> list[str]:
        """The ids of all articles that hold all of a request, whatever page it asks for.

        Where none does there are none: no weaker query is tried.
        """
        strict = replace(request, full=True, meaning=False, size=SLICE)
        clause, ids = next(self._plan(strict).steps).clause, list[str]()
        while len(ids) % SLICE == 0:
            search = _search(clause, replace(strict, page=1 + len(ids) // SLICE))
            hits = self._engine.find(search).hits
            if not hits:
                break
            ids += (hit.id for hit in hits)
        return ids

    @of_one_commit
    def ranked(self, q: str, top: int) -> list[str]:
        """The ids of the best articles for a text, holding all or some of its words.

        As ``page`` ranks them, every copy of a story by itself; the text has no operators.
        """
        plan = self._planner.text(q)
        nearness = self._meanings.nearness(plan.query.clause, plan.linked)
        search = Search(next(plan.steps).clause, limit=top, facets=(), nearness=nearness)
        return [hit.id for hit in self._engine.find(search).hits]

    @of_one_commit
    def suggest(self, q: str) -> list[Suggestion]:
        """What the reader of an unfinished query may want, best first."""
        return self._suggester.suggestions(q)

    @of_one_commit
    def prepare(self) -> None:
        """Read what the first questions need, so that no reader waits for it."""
        self.stats()
        self._suggester.suggestions("ال")
        self._repairs.prepare()
        self._linker.prepare()
        self._meanings.prepare()
        default_office_reader()

    @of_one_commit
    def stats(self) -> Stats:
        """Numbers for the start page and for ``rasad stats``."""
        oldest = self._engine.find(Search(sort="oldest", limit=1, facet_size=0, collapse=True))
        newest = self._engine.find(Search(sort="newest", limit=1, facets=()))
        return Stats(
            articles=oldest.articles,
            engine=self._engine.name,
            first=self._day(oldest),
            last=self._day(newest),
            distinct={name: counts.distinct for name, counts in oldest.counts.items()},
            stories=oldest.total,
        )

    def _day(self, found: Found) -> str | None:
        """When the first article found was printed; None where there is none, or it has no date."""
        records = self._engine.records([hit.id for hit in found.hits], mentions=False)
        date = records[0].article.date if records else None
        return date.isoformat() if date else None

    @of_one_commit
    def labels(self, facet: str, id: str) -> tuple[str, str]:
        """Arabic and Latin name of a facet value, for chips; the id itself where unknown."""
        name = self._catalogue.names(facet, [id]).get(id)
        return (name.name, name.name_en) if name else (id, id)

    @of_one_commit
    def profile(self, facet: str, id: str) -> Profile | None:
        """What the articles say of a value; None for one that no article has."""
        found = self._engine.find(Search(HasValue(facet, (id,)), limit=0, facets=(), collapse=True))
        articles = found.articles
        if deadline.was_missed():  # what was not found in time may be there
            articles = max(articles, self._catalogue.span(facet, id)[2])
            known = self._catalogue.name(facet, id) is not None
        else:
            known = False
        if not articles and not known:
            return None
        name, name_en = self.labels(facet, id)
        sightings = self._catalogue.sightings(facet, id)
        return Profile(
            facet,
            id,
            name,
            name_en,
            results.variants(sightings),
            results.roles(sightings),
            self._catalogue.wikidata(id) if facet == "people" else None,
            articles,
            found.total,
            default_office_reader().spans(sightings) if facet == "people" else (),
        )

    @of_one_commit
    def merged_into(self, facet: str, id: str) -> str:
        """The id of the profile that took in another one, or «»."""
        return self._catalogue.merged_into(id) if facet == "people" else ""

    @of_one_commit
    def card(self, request: SearchRequest) -> Card | None:
        """Whom or what a request is filtered by, if by one person, country or organisation."""
        chosen = [f for f in request.filters if f.facet in NAMED and not f.exclude]
        if len(chosen) != 1:
            return None
        facet, id, *_ = chosen[0]
        name = self._catalogue.name(facet, id)
        span = self._catalogue.span(facet, id)
        if name is None or not span[2]:
            return None
        people = facet == "people"
        sightings = self._catalogue.sightings(facet, id, titled=True) if people else []
        offices = default_office_reader().spans(sightings, articles=span[2])
        return results.card(facet, name, span, offices)

    def _plan(self, request: SearchRequest) -> Plan:
        return self._planner.plan(request.q, strict=request.full)

    def _nearness(self, request: SearchRequest, plan: Plan) -> tuple[Nearness, ...]:
        """Where the query of a request stands by its meaning, if that is to be searched."""
        if not request.meaning:
            return ()
        near = self._meanings.nearness(plan.query.clause, plan.linked)
        # What holds all of a query stands in the order that it has among the others.
        return tuple(one._replace(floor=inf) for one in near) if request.full else near

    def _searched_near(
        self, plan: Plan, nearness: Sequence[Nearness], found: Found
    ) -> SearchedNear | None:
        floor = min((near.floor for near in nearness), default=inf)
        if floor == inf:
            return None
        words = tuple(self._meanings.near_words(plan.query.clause, plan.linked))
        return SearchedNear(found.total_near, floor, words)

    def _answer(self, request: SearchRequest) -> "_Answer":
        plan = self._plan(request)
        nearness = self._nearness(request, plan)
        return _Answer(plan, nearness, *self._answered(request, plan, nearness))

    def _answered(
        self,
        request: SearchRequest,
        plan: Plan,
        nearness: Sequence[Nearness],
        facets: Sequence[str] = FACET_IDS,
        facet_size: int | None = _FACET_SIZE,
    ) -> tuple[Step, Found]:
        """The first step of the plan that finds something, else the last one."""
        for step in plan.steps:
            search = _search(step.clause, request, facets, facet_size, nearness)
            found = self._engine.find(search)
            if found.total or deadline.is_over():
                break
        return step, found

    def _suggestion(self, request: SearchRequest, plan: Plan, total_full: int) -> str | None:
        """The query better spelled, where that finds far more; only the first page offers it."""
        if request.page > 1 or total_full >= _WELL_FOUND or deadline.is_over():
            return None
        taken = {
            token.word.exact for one in plan.linked for token in self._analyzer.analyze(one.text)
        }

        def count(clause: Clause) -> int:
            dated = _dated(self._planner.all_of(clause), request)
            return self._engine.find(Search(dated, request.conditions, limit=0, facets=())).total

        better = self._repairs.better(plan.q, plan.query.clause, taken, count)
        return (better if better != plan.q else None) or self._by_sound(plan.query.clause, count)

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


def _search(
    clause: Clause,
    request: SearchRequest,
    facets: Sequence[str] = (),
    facet_size: int | None = _FACET_SIZE,
    nearness: Sequence[Nearness] = (),
) -> Search:
    """What an engine is asked for a request."""
    clause = _dated(clause, request)
    # Without words every article is equally relevant: the newest are most useful then.
    sort = "newest" if clause == EVERYTHING and request.sort == "relevance" else request.sort
    return Search(
        clause,
        request.conditions,
        sort=sort,
        start=(request.page - 1) * request.size,
        limit=request.size,
        facets=facets,
        facet_size=facet_size,
        collapse=not request.copies,
        nearness=nearness,
        dates=_dates(request),
    )


def _dated(clause: Clause, request: SearchRequest) -> Clause:
    """The clause within the stretch of time of a request."""
    dates = _dates(request)
    if dates is None:
        return clause
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    return All((*parts, dates))


def _dates(request: SearchRequest) -> Between | None:
    """The stretch of time of a request, if it has any."""
    if request.date_from or request.date_to:
        return Between(request.date_from, request.date_to)
    return None


def _iso_day(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
