"""Events as rows of tables: one for readers, and one in columns like those of GDELT."""

from collections.abc import Iterator
from functools import cache

from babel.core import get_global

from indexer.events.frames import frames
from indexer.search.event_search import FoundEvent, FoundParty
from indexer.search.party_names import type_label

EVENT_COLUMNS = (
    *("id", "type", "status", "first", "last", "place", "place_en"),
    *("side_a", "side_a_en", "countries_a", "side_b", "side_b_en", "countries_b"),
    *("certainty", "articles", "sources"),
    *("article", "source", "date", "url", "evidence"),
)
#: Named and filled as in GDELT's export of events, but read out of Arabic and merged by Rasad.
GDELT_COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year"),
    *("Actor1Name", "Actor1CountryCode", "Actor2Name", "Actor2CountryCode"),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode"),
    *("NumSources", "NumArticles", "ActionGeo_FullName", "SOURCEURL"),
)
_LETTERS = 3  # of a country in GDELT; of the base of a code


def event_row(event: FoundEvent) -> list[str]:
    """The cells of ``EVENT_COLUMNS``."""
    report = event.reports[0] if event.reports else None
    told = (
        (report.article, report.source, report.date, report.url, " ".join(report.text.split()))
        if report
        else ("", "", None, "", "")
    )
    return [
        event.id,
        event.type,
        event.status,
        event.first,
        event.last,
        event.place,
        event.place_en,
        *_side(event.side("a")),
        *_side(event.side("b")),
        f"{event.certainty:.2f}",
        str(event.articles),
        str(event.sources),
        *(str(cell or "") for cell in told),
    ]


def gdelt_row(event: FoundEvent) -> list[str]:
    """The cells of ``GDELT_COLUMNS``."""
    frame = frames().get(event.type)
    code = frame.cameo if frame else ""
    day = _gdelt_day(event)
    report = event.reports[0] if event.reports else None
    return [
        event.id,
        day,
        day[: len("201507")],
        day[: len("2015")],
        *_actor(event.side("a")),
        *_actor(event.side("b")),
        "1" if any(report.part == "title" for report in event.reports) else "0",
        code,
        code[:_LETTERS],
        code[: _LETTERS - 1],
        str(event.sources),
        str(event.articles),
        event.place_en,
        (report.url or report.article) if report else "",
    ]


def event_words(event: FoundEvent) -> str:
    """An event in a line of English: «Meeting: John Kerry (US) – Mohammad Zarif (IR), Vienna»."""
    sides = [", ".join(map(_called, event.side(side))) for side in ("a", "b") if event.side(side)]
    name = type_label(event.type)[1]
    if event.status != "fact":
        name = f"{name} ({event.status})"
    when = event.first if event.first == event.last else f"{event.first} to {event.last}"
    return ", ".join(filter(None, (f"{name}: {' – '.join(sides)}", event.place_en, when)))


def _called(party: FoundParty) -> str:
    name = party.name_en or party.role_en or party.role
    if not name:
        return party.country_name_en or party.country
    return f"{name} ({party.country})" if party.country else name


def _side(parties: tuple[FoundParty, ...]) -> Iterator[str]:
    """Who stands on a side, in both scripts, and the countries."""
    yield "; ".join(party.name or party.role or party.country_name for party in parties)
    yield "; ".join(
        party.name_en or party.role_en or party.country_name_en or party.role for party in parties
    )
    yield " ".join(dict.fromkeys(party.country for party in parties if party.country))


def _actor(parties: tuple[FoundParty, ...]) -> tuple[str, str]:
    """The first party of a side in capitals, as GDELT has it, and its country in three letters."""
    if not parties:
        return "", ""
    name = parties[0].name_en or parties[0].country_name_en or parties[0].role_en
    return name.upper(), _alpha3().get(parties[0].country, "")


def _gdelt_day(event: FoundEvent) -> str:
    """A day as «20150707»; of a month the first, and else that of the first article."""
    first = event.first
    if not first:
        dates = [report.date for report in event.reports if report.date]
        first = min(dates).isoformat() if dates else ""
    return (f"{first}-01" if len(first) == len("2015-07") else first).replace("-", "")


@cache
def _alpha3() -> dict[str, str]:
    """The three letters of countries by their two."""
    aliases = get_global("territory_aliases").items()
    return {
        codes[0]: alias
        for alias, codes in aliases
        if len(alias) == _LETTERS and alias.isalpha() and len(codes) == 1
    }
