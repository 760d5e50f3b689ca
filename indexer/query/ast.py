"""The tree that a query is read into: what to match, in no engine's language.

``query.parse`` makes the tree, ``search`` fills in what only the index knows (the printed forms of
a word, the ids of a name), engines walk it, ``highlight`` asks it which words to mark. ``Pending``
clauses stand for what is still to be looked up; engines never see them.

``printed`` is a word as the reader typed it, for showing the query, and ``loose`` the words of a
clause without what it demands of them, for asking less; neither makes a clause different.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from indexer.model import Word

Part = Literal["title"] | None  # None: title and body


@dataclass(frozen=True, slots=True)
class Match:
    """A loose word: its stem or its lemma, in title or body; with ``related`` also its root.

    ``stem_forms``, ``lemma_forms`` and ``root_forms`` are the exact forms in the index that share
    the word's stem, lemma and root; an engine that does not index a layer looks these up.
    ``variants`` are other spellings of it in the index, which answer as another form of the word
    does. ``beside`` are the exact forms of the words that were typed before and behind it: the two
    may be one word that others write together. It is ``required`` where the reader said so, with
    «+» or «AND»; engines don't ask.
    """

    word: Word
    part: Part = None
    stem_forms: tuple[str, ...] = ()
    lemma_forms: tuple[str, ...] = ()
    root_forms: tuple[str, ...] = ()
    variants: "tuple[Exact | Phrase, ...]" = ()
    beside: tuple[str, str] = field(default=("", ""), compare=False)
    related: bool = field(default=False, compare=False)
    printed: str = field(default="", compare=False)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """One word in this form only (``=word``), or in any of several (``word*``, ``word~``).

    One that came between quotation marks (``quoted``) is a phrase of one word.
    """

    forms: tuple[str, ...]
    part: Part = None
    printed: str = field(default="", compare=False)
    loose: tuple[Match, ...] = field(default=(), compare=False)
    quoted: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as printed, in this order; with ``slop`` up to that many other words between them.

    With ``slop`` above 0 the order does not matter.
    """

    forms: tuple[str, ...]
    slop: int = 0
    part: Part = None
    printed: str = field(default="", compare=False)
    loose: tuple[Match, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin like this (``word*``), in the exact layer; becomes ``Exact``."""

    text: str
    part: Part = None
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words of this form (``wo*d``, ``w?rd``), in the exact layer; becomes ``Exact``.

    In ``text`` «*» stands for any letters or none and «?» for one letter.
    """

    text: str
    part: Part = None
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most ``distance`` letters different (``word~``), exact layer; becomes ``Exact``."""

    text: str
    distance: int
    part: Part = None
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """Articles with the value of ``facet`` that is called this (``person:name``), or has this id.

    Becomes ``HasValue``; ``text`` is as typed.
    """

    facet: str
    text: str
    loose: tuple[Match, ...] = field(default=(), compare=False)


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
class Most:
    """As many of these as possible, weighed by how rare each is: a minimum should match.

    An article that all clauses match is a full match; others match when they hold enough (see
    ``engines.ranking.Ranking.floors``), unless ``strict``, which leaves the full matches alone, in
    the same order. ``phrase`` are the words as typed, in the exact layer: an article where they
    follow one another ranks higher. Stands at the top of a query or in its topmost ``All``.
    """

    clauses: "tuple[Clause, ...]"
    phrase: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Any:
    """At least one clause matches. Without clauses: no article."""

    clauses: "tuple[Clause, ...]" = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the clause does not match."""

    clause: "Clause"


Pending = Prefix | Pattern | Fuzzy | Named
Clause = Match | Exact | Phrase | HasValue | Between | All | Most | Any | Not | Pending
EVERYTHING = All()


def has_root(clause: Clause) -> bool:
    """Whether the clause is a word that others of the same root stand for as well."""
    return isinstance(clause, Match) and clause.related and bool(clause.word.root)


def mapped(clause: Clause, change: Callable[[Clause], Clause]) -> Clause:
    """The same tree with every leaf, also below ``Not``, put through ``change``."""
    match clause:
        case All(clauses):
            return All(tuple(mapped(c, change) for c in clauses))
        case Most(clauses, phrase, strict):
            return Most(tuple(mapped(c, change) for c in clauses), phrase, strict)
        case Any(clauses):
            return Any(tuple(mapped(c, change) for c in clauses))
        case Not(inner):
            return Not(mapped(inner, change))
        case _:
            return change(clause)
