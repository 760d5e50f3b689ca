"""The tree that a query is read into: what to match, in no engine's language.

``query.parse`` makes the tree, ``search`` fills in what only the index knows (the printed forms of
a word, the ids of a name), engines walk it, ``highlight`` asks it which words to mark.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.model import Word

Part = Literal["title"] | None  # None: title and body


@dataclass(frozen=True, slots=True)
class Match:
    """A loose word: its stem or its lemma, in title or body.

    ``stem_forms`` and ``lemma_forms`` are the exact forms in the index that share the word's stem
    and lemma; an engine that indexes only the exact layer looks these up instead.
    """

    word: Word
    part: Part = None
    stem_forms: tuple[str, ...] = ()
    lemma_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """One word in this form only (``=word``), or in any of several (``word*``, ``word~``)."""

    forms: tuple[str, ...]
    part: Part = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as printed, in this order; with ``slop`` up to that many other words between them.

    With ``slop`` above 0 the order does not matter.
    """

    forms: tuple[str, ...]
    slop: int = 0
    part: Part = None


@dataclass(frozen=True, slots=True)
class HasValue:
    """Articles that hold any of these values of a facet."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Articles dated from ``start`` to ``end``, both included; None leaves that side open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class All:
    """Every clause matches. Without clauses: all articles."""

    clauses: "tuple[Clause, ...]" = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one clause matches. Without clauses: no article."""

    clauses: "tuple[Clause, ...]" = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the clause does not match."""

    clause: "Clause"


Clause = Match | Exact | Phrase | HasValue | Between | All | Any | Not
EVERYTHING = All()
