"""The closed lists that an index is made by: its facets, a line each, and who reads its words.

A facet more is a line in ``FACETS`` and, where it is extracted, a file of its name in
``indexer/facets``; docs/extending.md goes through it.
"""

from dataclasses import dataclass


def N_(text: str) -> str:
    """Marks words of the page, which are translated when they are shown."""
    return text


@dataclass(frozen=True, slots=True)
class FacetField:
    """One facet: what an article can be filtered and counted by.

    ``id`` stands in requests, JSON and index. ``keyword`` is what the query language calls it,
    ``aliases`` are its other names there, normalised. ``label`` is its heading in English, or «».
    ``extracted``: its values are found in the text, by ``indexer.facets.ID``. ``named``: they are
    names that pages write in many ways, so it is remembered how. ``single``: an article has one
    value at most, so several chosen ones are alternatives. ``profiled``: each value has a page.
    ``noun`` is what help calls one value, if not by the ``keyword``. ``counted``: its values are
    shown with their counts and can be chosen; else only the query language asks for them.
    """

    id: str
    keyword: str
    aliases: tuple[str, ...]
    label: str
    extracted: bool = True
    named: bool = False
    single: bool = False
    profiled: bool = True
    noun: str = ""
    counted: bool = True


#: In the order in which a page shows them; what is extracted comes first.
FACETS = (
    FacetField("people", "person", ("شخص",), N_("People"), named=True),
    FacetField("countries", "country", ("دوله",), N_("Countries"), named=True),
    FacetField(
        "organisations", "org", ("منظمه",), N_("Organisations"), named=True, noun="organisation"
    ),
    FacetField("topics", "topic", ("موضوع",), N_("Topics")),
    FacetField(
        *("events", "event", ("حدث",), N_("Events")),
        extracted=False,
        profiled=False,
        noun="type of event",
    ),
    FacetField(
        "sources", "source", ("مصدر", "site", "موقع"), N_("Sources"), extracted=False, single=True
    ),
    FacetField(
        "dates", "date", ("تاريخ",), N_("Months"), extracted=False, single=True, profiled=False
    ),
    FacetField(
        *("met", "met", ("التقي",), ""),
        extracted=False,
        profiled=False,
        counted=False,
    ),
    FacetField(*("said", "said", ("قال",), ""), extracted=False, profiled=False, counted=False),
)
_BY_ID = {facet.id: facet for facet in FACETS}

#: The ids of all facets that can be filtered and counted; a value of «dates» is a month, «2021-06».
FACET_IDS = tuple(facet.id for facet in FACETS if facet.counted)
#: What an engine keeps of each article: those, and what only queries ask for.
COLUMNS = tuple(_BY_ID)
EXTRACTED = tuple(facet.id for facet in FACETS if facet.extracted)
NAMED = tuple(facet.id for facet in FACETS if facet.named)
#: Of which an article may have several values: all that are chosen can be asked for, or any.
SEVERAL = tuple(facet.id for facet in FACETS if facet.counted and not facet.single)
ALTERNATIVES = tuple(facet.id for facet in FACETS if facet.single)
PROFILED = tuple(facet.id for facet in FACETS if facet.profiled)
#: The facet that profiles of people are of.
PEOPLE = "people"
#: The facet of the types of events that articles tell; its values come with the events.
EVENTS = "events"
#: Of whom «met:» and «said:» ask: values of these facets.
ACTORS = NAMED
#: Counted as facets are, but nothing is filtered by it: «dates» by the year, «2021».
YEARS = "years"

#: Who can give the lemmas of words: Rasad's own tables, or CAMeL Tools.
LEMMAS = RASAD, CAMEL = ("rasad", "camel")
#: Who finds names: Rasad's rules and model, or CAMeL Tools as well.
RECOGNISERS = RULES, CAMEL = ("rules", "camel")
#: What makes vectors of articles and queries: the table of words, or the whole model, an extra.
MEANINGS = WORDS, MODEL = ("words", "model")


def facet_field(id: str) -> FacetField:
    """The facet with this id; ``KeyError`` for none."""
    return _BY_ID[id]


def year_of(month: str) -> str:
    """The value of ``YEARS`` that goes with one of «dates».

    >>> year_of("2021-06")
    '2021'
    """
    return month.rpartition("-")[0]
