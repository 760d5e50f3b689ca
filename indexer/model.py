"""The frozen values that cross the borders between Rasad's parts.

A page becomes an ``Article``; analysis and extraction make it a ``Document``; an engine keeps the
document and gives its ``Record`` back; a ``SearchRequest`` asks for records and counts.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from indexer.schema import ALTERNATIVES, YEARS, year_of

Sort = Literal["relevance", "newest", "oldest"]
DateOrigin = Literal["metadata", "text", "url"]
#: What is asked of an article by several chosen values of a facet: all of them, or any.
Mode = Literal["and", "or"]
#: The two texts of an article.
TextPart = Literal["title", "body"]
#: Of an event: who acts, and with whom or upon whom.
Side = Literal["a", "b"]
#: Whether an event is told as done, as intended, as not so, or as what somebody calls for.
EventStatus = Literal["fact", "planned", "denied", "called-for"]

#: The types of events in which parties meet, face to face or by telephone.
ENCOUNTERS = frozenset({"meeting", "visit", "call"})

MAX_PAGE_SIZE = 100


class Word(NamedTuple):
    """One word type in its three layers; equal layers mean equal words at that depth.

    The ``root`` joins words that are merely related, and only ranks; where no root is known it is
    the lemma.
    """

    exact: str
    stem: str
    lemma: str
    stop: bool = False
    root: str = ""


class Token(NamedTuple):
    """One word of a text: ``text[start:end]`` is the word as printed, marks included."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of a page that is not part of the story, and the name of the rule that says so."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Article:
    """What was published, cleaned. ``origin`` names the file or record that it was read from."""

    id: str
    title: str
    body: str
    date: dt.date | None = None
    date_origin: DateOrigin | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str = "ar"
    removed: tuple[Removed, ...] = ()
    origin: str = ""


class Mention(NamedTuple):
    """Where a facet value stands: offsets into the article's ``title`` or ``body``, whole words."""

    part: TextPart
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet in one article.

    ``id`` is what filters use; the names are for people. ``score`` is a topic's weight (0 to 1),
    for the other facets the number of mentions.
    """

    id: str
    name: str
    name_en: str
    score: float
    roles: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


Facets = Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an event, or speaks: a person, a state, a body, or who holds an office.

    ``facet`` and ``id`` are the value of the article's facets that it is, both empty where it is
    none. ``name``, ``role`` and ``org`` are as printed, ``country`` is the ISO 3166-1 code of the
    state that acts or is spoken for; empty where there is none.
    """

    side: Side
    facet: str = ""
    id: str = ""
    name: str = ""
    role: str = ""
    country: str = ""
    org: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A diplomatic act that one article tells: who did what to or with whom, where and when.

    ``type`` is the id of a frame in ``indexer.events``. ``told`` is the sentence that tells it.
    ``place`` is as printed, ``when`` an ISO day or month, both empty where neither the text nor
    the article's date says. ``certainty`` goes from 0 to 1 and orders results. ``teller`` is who
    is quoted for it, where the article does not tell it in its own voice. ``id`` is of the event as
    all articles tell it, empty until it is assigned.
    """

    type: str
    parties: tuple[Party, ...]
    told: Mention
    status: EventStatus = "fact"
    place: str = ""
    when: str = ""
    certainty: float = 1.0
    teller: Party | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What an article lets somebody say: the words, who says them, and where that is told.

    ``said`` is the quoted text, inside its marks where there are any; ``told`` is the sentence or
    the sentences that hold it with its speaker.
    """

    speaker: Party
    said: Mention
    told: Mention


@dataclass(frozen=True, slots=True)
class Record:
    """An article with what is read out of it, as an engine keeps it and gives it back."""

    article: Article
    facets: Facets
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    def values(self, facet: str) -> tuple[str, ...]:
        """The ids of this record's values of any facet, also of those not ``EXTRACTED``."""
        if facet == "sources":
            return (self.article.source,) if self.article.source else ()
        if facet == "dates":
            return (f"{self.article.date:%Y-%m}",) if self.article.date else ()
        if facet == YEARS:
            return tuple(year_of(month) for month in self.values("dates"))
        if facet == "met":
            return self._met()
        if facet == "said":
            said = (one.speaker.id for one in self.quotations if one.speaker.id)
            return tuple(dict.fromkeys(said))
        return tuple(value.id for value in self.facets.get(facet, ()))

    def _met(self) -> tuple[str, ...]:
        """Who is told to meet, visit or call somebody, and the states that do in them."""
        parties = (
            party
            for event in self.events
            if event.type in ENCOUNTERS and event.status in ("fact", "planned")
            for party in event.parties
        )
        ids = (id for party in parties for id in (party.id, party.country) if id)
        return tuple(dict.fromkeys(ids))


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed: a record and its words in the order of the text, one a position.

    ``signature`` is what copies are known by (``indexer.indexing.near_duplicates``); ``story`` is
    the id that an article shares with its copies, empty for an article by itself. ``vectors`` say
    where it stands by its meaning, one of each encoder of its index (``indexer.meaning``); of
    different lengths, none or empty where no word of it is known. ``source_en`` is what the source
    is called in Latin letters.
    """

    record: Record
    title: tuple[Word, ...]
    body: tuple[Word, ...]
    signature: bytes = b""
    story: str = ""
    vectors: tuple[bytes, ...] = ()
    source_en: str = ""


class Filter(NamedTuple):
    """A chosen (or, with ``exclude``, an unwanted) value of a facet.

    Of the chosen values of a facet that are marked as ``either`` one is enough; those of a
    ``SearchRequest`` are not marked, see ``SearchRequest.conditions``.
    """

    facet: str
    value: str
    exclude: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Every link on the page is a changed copy of one of these.

    Without ``copies`` a story that several pages print is one result. With ``full`` only articles
    that hold all of the query are listed, else they are followed by the best of those that hold
    most of it. Articles have all chosen
    values of a facet; of those in ``any_of``, and of ``ALTERNATIVES``, any. With ``meaning``
    articles are found and ranked by what they mean, too, where that is of use.
    """

    q: str = ""
    filters: frozenset[Filter] = field(default_factory=frozenset)
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    copies: bool = False
    full: bool = False
    any_of: frozenset[str] = field(default_factory=frozenset)
    meaning: bool = True

    def toggled(self, facet: str, value: str, *, exclude: bool = False) -> "SearchRequest":
        """This request with one facet value switched on or off, from page one."""
        return replace(self, filters=self.filters ^ {Filter(facet, value, exclude)}, page=1)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values of ``facet`` that results may have, sorted."""
        return tuple(sorted(f.value for f in self.filters if f.facet == facet and not f.exclude))

    def mode(self, facet: str) -> Mode:
        """What several chosen values of ``facet`` ask for."""
        return "or" if facet in self.any_of or facet in ALTERNATIVES else "and"

    def switched(self, facet: str, mode: Mode) -> "SearchRequest":
        """This request with all, or any, of the chosen values of ``facet``, from page one."""
        any_of = self.any_of - {facet} if mode == "and" else self.any_of | {facet}
        return replace(self, any_of=any_of, page=1)

    @property
    def conditions(self) -> frozenset[Filter]:
        """The filters as an engine takes them, alternatives marked."""
        return frozenset(
            one._replace(either=not one.exclude and self.mode(one.facet) == "or")
            for one in self.filters
        )
