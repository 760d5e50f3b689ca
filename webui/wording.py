"""Words of the page that do not stand in a template: what facets and codes are called.

Messages are written in English; ``webui/translations`` holds what they are in other languages.
"""

from collections.abc import Sequence

from indexer import deadline
from indexer.entities.office_spans import default_office_reader
from indexer.model import Mode
from indexer.schema import facet_field
from indexer.search.event_search import EventFacetName
from webui import language
from webui.language import translated as _
from webui.params import MAX_FILTERS, Note


def facet_name(facet: str) -> str:
    """The heading of a facet."""
    return _(facet_field(facet).label)


def linked_kind(kind: str) -> str:
    """What an English word of a query was taken for."""
    match kind:
        case "person":
            return _("person")
        case "country":
            return _("country")
        case "organisation":
            return _("organisation")
        case "place":
            return _("place")
        case "demonym":
            return _("nationality")
    return _("term")


def picture_name(kind: str) -> str:
    """The heading of a kind of picture."""
    match kind:
        case "map":
            return _("On the map")
        case "people":
            return _("People together")
        case "countries":
            return _("Countries together")
        case "topics":
            return _("Topics over time")
        case "events":
            return _("Countries and their events")
        case "visits":
            return _("Visits on the map")
    return kind


def sort_name(sort: str) -> str:
    """The name of an order of results."""
    match sort:
        case "newest":
            return _("Newest first")
        case "oldest":
            return _("Oldest first")
    return _("Relevance")


def event_sort_name(sort: str) -> str:
    """The name of an order of events."""
    return _("Most sources first") if sort == "sources" else sort_name(sort)


def event_facet_name(facet: EventFacetName) -> str:
    """The heading of what events are counted by."""
    match facet:
        case "types":
            return _("Type")
        case "statuses":
            return _("Status")
        case "parties":
            return _("Participants")
        case "countries":
            return _("Countries involved")
    return _("Places")


def mode_name(mode: Mode) -> str:
    """What several chosen values of a facet ask for."""
    return _("all of these") if mode == "and" else _("any of these")


def joint(mode: Mode) -> str:
    """The word between two chosen values of a facet."""
    return _("and") if mode == "and" else _("or")


def what_is_counted(copies: bool) -> str:
    """What the numbers beside names count."""
    if copies:
        return _("Numbers beside names count articles, including every copy of a story.")
    return _("Numbers beside names count stories; a story that several outlets print counts once.")


def relaxed_text(code: str) -> str:
    """What was given up when nothing matched the whole query."""
    if code == "any-word":
        return _("No article contains all of these words. These contain some of them.")
    if code == "related":
        return _("No article contains these words. These contain related ones.")
    return _("No article matches the whole query. These match part of it.")


def date_origin(origin: str) -> str:
    """Where an article's date was read."""
    match origin:
        case "metadata":
            return _("as stated by the page")
        case "text":
            return _("found in the text")
        case "url":
            return _("found in the address")
    return origin


def role_names(roles: Sequence[str]) -> list[str]:
    """Roles as the page's language calls them; articles give them in Arabic.

    One that has no name in that language is left out: the article has it.
    """
    if language.in_arabic_letters(language.current()):
        return list(roles)
    return list(dict.fromkeys(filter(None, map(default_office_reader().label_en, roles))))


def partial_text() -> str:
    """What is said where the time was up before all was found; nothing where it was not."""
    return note_text(Note("time", "over")) if deadline.was_missed() else ""


def note_text(note: Note) -> str:
    """What was done with a parameter that made no sense."""
    match note:
        case Note("time", "over"):
            return _("This search took too long; only what was found until then is shown.")
        case Note("q", "too-long"):
            return _("The query has more than 64 words; the rest were ignored.")
        case Note("q", "too-deep"):
            return _("Brackets nested too deeply were ignored.")
        case Note("q", "too-many-patterns"):
            return _("Only the first 4 words with * or ? inside them were searched.")
        case Note("q", "hosts-only"):
            return _("inurl: finds sources by host name; the rest of the address is not searched.")
        case Note("q", "unknown", name):
            return _(
                "“%(name)s:” was not understood; what follows it was searched as words.", name=name
            )
        case Note("full", "left-out"):
            return _("No article matches the whole query; partial matches are left out here.")
        case Note("full", "any-word" | "no-phrase" | "no-fields" | "related" as code):
            return relaxed_text(code)
        case Note("q", "no-vectors"):
            return _(
                "Only words were searched: this index cannot search by meaning yet. "
                "“rasad index” adds what it needs."
            )
        case Note("meaning", "left-out"):
            return _("Results found only by meaning are left out here.")
        case Note("q", "keyboard"):
            return _("The query was read as if typed with another keyboard layout.")
        case Note("q", "arabizi"):
            return _("The query was read as Arabic in Latin letters.")
        case Note("q", "too-many-signs"):
            return _(
                "Too many phrases or words with ~ or *; the last ones were searched as plain words."
            )
        case Note("q", _problem):
            return _("The query was too long; only its beginning was searched.")
        case Note("filters", _problem):
            return _("Too many filters; only %(most)d were used.", most=MAX_FILTERS)
        case Note("to" | "until", "range"):
            return _("The start date is after the end date, so nothing can match.")
        case Note("from" | "to" | "since" | "until", _problem):
            return _("A date was not understood and was ignored; write it as 2021-06-09.")
        case Note("size", "cut"):
            return _("A page shows at most 100 results.")
    return _(
        "The address contains a value that makes no sense (%(name)s); it was ignored.", name=note[0]
    )
