"""Which events there are and how many, under what is asked of them."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from indexer.catalogue.event_reports import EVENT_COLUMNS, EventReports, EventRow, QuotationRow

Order = Literal["relevance", "newest", "oldest", "sources"]
_ORDERS: dict[Order, str] = {
    "relevance": "e.rank DESC, e.day DESC, e.number",
    "newest": "e.day DESC, e.rank DESC, e.number",
    "oldest": "e.day = 0, e.day, e.rank DESC, e.number",
    "sources": "e.sources DESC, e.rank DESC, e.number",
}
_COLUMNS = ", ".join(f"e.{name}" for name in EVENT_COLUMNS.split(", "))


class EventQuery(NamedTuple):
    """What is asked of events: any of the types, statuses, places; all of the parties.

    ``parties`` are facets and ids. Days are ISO, and ``None`` asks nothing. ``numbers`` are the
    events to choose among, a list as JSON, None for all. ``actors`` are countries of side a,
    ``targets`` of b.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    since: str | None = None
    until: str | None = None
    numbers: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class EventCounts(EventReports):
    """Counts and lists of events."""

    def events_told(self, articles: Collection[str]) -> str:
        """The events that these articles tell, for ``EventQuery.numbers``."""
        rows = self._all(
            "SELECT json_group_array(DISTINCT event) FROM json_each(?) "
            "JOIN event_reports ON article = value",
            json.dumps(list(articles)),
        )
        return str(rows[0][0])

    def count_events(self, query: EventQuery) -> int:
        """How many events there are."""
        where, values = _where(query)
        return int(self._all(f"SELECT count(*) FROM events e {where}", *values)[0][0])

    def list_events(
        self, query: EventQuery, order: Order, start: int, limit: int
    ) -> list[EventRow]:
        """Some of the events in an order."""
        where, values = _where(query)
        rows = self._all(
            f"SELECT {_COLUMNS} FROM events e {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
            *values,
            limit,
            start,
        )
        return list(map(EventRow._make, rows))

    def count_by(
        self, column: Literal["type", "status", "place"], query: EventQuery
    ) -> list[tuple[str, int]]:
        """The values of a column with their events, most frequent first."""
        where, values = _where(query)
        return self._all(
            f"SELECT e.{column}, count(*) FROM events e {where} "
            f"GROUP BY 1 HAVING e.{column} != '' ORDER BY 2 DESC, 1",
            *values,
        )

    def count_months(self, query: EventQuery) -> list[tuple[str, int]]:
        """The months «2015-07» with the events that began or ended then, in the order of time."""
        where, values = _where(query)
        rows = self._all(
            f"SELECT substr(e.first, 1, 7), substr(e.last, 1, 7), count(*) FROM events e {where} "
            "GROUP BY 1, 2",
            *values,
        )
        months: Counter[str] = Counter()
        for first, last, count in rows:
            for month in {first, last} - {""}:
                months[month] += count
        return sorted(months.items())

    def neighbouring_days(self, day: str) -> tuple[str, str]:
        """The last day before a day on which an event began, the first one after it, or «»."""
        ((before, after),) = self._all(
            "SELECT coalesce((SELECT max(first) FROM events "
            "WHERE first < ? AND length(first) = 10), ''), coalesce((SELECT min(first) FROM events "
            "WHERE first > ? AND length(first) = 10), '')",
            *(day, day),
        )
        return before, after

    def count_parties(self, facets: Sequence[str], query: EventQuery) -> list[tuple[str, str, int]]:
        """Who takes part, of these facets, with the events: facet, id, count."""
        where, values = _where(query)
        marks = ",".join("?" * len(facets))
        # To look each up among all takes three times as long.
        among = f"AND p.event IN (SELECT e.number FROM events e {where})" if where else ""
        return self._all(
            "SELECT p.facet, p.id, count(DISTINCT p.event) FROM event_parties p "
            f"WHERE p.facet IN ({marks}) {among} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            *facets,
            *values,
        )

    def count_pairs(self, query: EventQuery) -> list[tuple[str, str, int]]:
        """Two countries, of side a and of side b, with their events, most frequent first."""
        where, values = _where(query)
        return self._all(
            "SELECT a.id, b.id, count(*) FROM events e JOIN event_parties a ON a.event = e.number "
            "JOIN event_parties b ON b.event = e.number AND b.side = 'b' "
            f"AND b.facet = 'countries' {where} "
            f"{'AND' if where else 'WHERE'} a.side = 'a' AND a.facet = 'countries' "
            "AND a.id != b.id GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            *values,
        )

    def list_quotations(
        self,
        speaker: tuple[str, str] | None,
        articles: Collection[str] | None,
        start: int,
        limit: int,
    ) -> tuple[int, list[QuotationRow]]:
        """How many quotations there are, and some of them, newest first."""
        conditions: list[str] = []
        values: list[Any] = []
        if speaker:
            conditions.append("facet = ? AND id = ?")
            values += speaker
        if articles is not None:
            conditions.append("article IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(articles)))
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        total = self._all(f"SELECT count(*) FROM quotations {where}", *values)[0][0]
        rows = self._all(
            f"SELECT * FROM quotations {where} ORDER BY date DESC, article, number "
            "LIMIT ? OFFSET ?",
            *values,
            limit,
            start,
        )
        return total, list(map(QuotationRow._make, rows))


def _where(query: EventQuery) -> tuple[str, list[Any]]:
    """The conditions of a query as SQL, and the values in them."""
    conditions: list[str] = []
    values: list[Any] = []
    for condition, some in _conditions(query):
        conditions.append(condition)
        values += some
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _conditions(query: EventQuery) -> Iterator[tuple[str, Sequence[Any]]]:
    if query.numbers is not None:
        yield "e.number IN (SELECT value FROM json_each(?))", [query.numbers]
    for column, chosen in (
        ("type", query.types),
        ("status", query.statuses),
        ("place", query.places),
    ):
        if chosen:
            yield f"e.{column} IN ({','.join('?' * len(chosen))})", chosen
    for party in query.parties:
        yield (
            "e.number IN (SELECT event FROM event_parties WHERE facet = ? AND id = ?)",
            party,
        )
    for side, countries in (("a", query.actors), ("b", query.targets)):
        for country in countries:
            yield (
                "e.number IN (SELECT event FROM event_parties "
                "WHERE facet = 'countries' AND id = ? AND side = ?)",
                (country, side),
            )
    # Of which only the month is known belongs to no day, but to every stretch with all of it.
    if query.since:
        yield (
            "CASE length(e.first) WHEN 10 THEN e.last >= ? "
            "WHEN 7 THEN e.first || '-01' >= ? ELSE 0 END",
            (query.since, query.since),
        )
    if query.until:
        yield (
            "CASE length(e.first) WHEN 10 THEN e.first <= ? "
            "WHEN 7 THEN date(e.last || '-01', '+1 month', '-1 day') <= ? ELSE 0 END",
            (query.until, query.until),
        )
