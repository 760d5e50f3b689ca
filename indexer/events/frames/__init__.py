"""Frames: what the types of events are called, and how they are told. A file a type.

A file ``ID.toml`` has the labels of a type, its code in PLOVER and CAMEO, the lines by which a
reader is told of such an event, and its patterns:

- ``verbs``: each «past present», every form is made of the two; ``nouns``: each a verbal noun and
  its other forms; ``participles``: each with all its forms, as they stand behind a sentence;
- ``with``: words of which one must stand among what the verb governs («أجرى … اتصالا»);
- ``a`` and ``b``: where the two sides stand, the first place that is filled counts. «subject» and
  «object» are those of the verb or, of a noun, of the verb that governs it; «of» is what a noun is
  bound to; any other word is the preposition before it. With «+» behind it the party is what
  another noun is bound to, «object+» is B in «أدان A هجمات B»; with «~» its adjective tells it,
  «ب~» is Egypt in «أشاد بالدور المصري»; «told» is who stands behind «اللقاء الذي جمع», «any» the
  first state behind, «speaker» who says that the subject does it,
  «beside» the states whose adjectives stand beside a noun, «nearest» the party right before,
  «person» the nearest person before, «both» the two who met before, behind «اتفق الجانبان».
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from indexer.errors import TableError
from indexer.text.normalize import normalize

_THE = "ال"


@dataclass(frozen=True, slots=True)
class EventPattern:
    """One way in which an event is told, see above.

    ``after`` are words of which one must stand before, ``without`` words that speak against it,
    before or behind, ``missing`` places that must be empty; a ``bound`` noun needs one of ``with``
    right behind it, an ``owned`` one a pronoun, an ``indefinite`` one no article, a ``relative``
    verb a relative before it. ``kinds_a`` and ``kinds_b`` are what the sides may be (see ``Actor``;
    an organ is a body of a state), any but a town if empty; ``certainty`` is how often it is right.
    ``alone``: one side is enough, if that is so of the frame.
    """

    frame: str
    name: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    with_: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    bound: bool = False
    owned: bool = False
    indefinite: bool = False
    relative: bool = False
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    kinds_a: frozenset[str] = frozenset()
    kinds_b: frozenset[str] = frozenset()
    certainty: float = 0.8
    alone: bool = True
    status: Literal["planned", ""] = ""

    @property
    def rule(self) -> str:
        """The name under which evidence is kept."""
        return f"{self.frame}.{self.name}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A type of events. ``code`` is PLOVER's, ``cameo`` CAMEO's; of ``mutual`` ones no side acts.

    ``spoken`` ones are done by saying so, and ``lasting`` ones go on: the present tense tells both
    as done. ``alone``: one party is enough, ``any`` or a ``foreign`` one; ``each``: one event for
    each party of side b. At a ``together`` one the parties are in one place.
    """

    id: str
    label_ar: str
    label_en: str
    code: str
    cameo: str
    line_en: str
    line_ar: str
    mutual: bool = False
    spoken: bool = False
    alone: Literal["", "any", "foreign"] = ""
    lasting: bool = False
    each: bool = False
    together: bool = False
    patterns: tuple[EventPattern, ...] = field(default=(), repr=False)


@cache
def frames(folder: Path | None = None) -> Mapping[str, Frame]:
    """The types of events by id: those that ship with Rasad, and those of a folder of one's own."""
    own = sorted(folder.glob("*.toml")) if folder else []
    shipped = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    read = map(_frame, [*shipped, *own])
    return {frame.id: frame for frame in read}


def _frame(file: Traversable) -> Frame:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        id = file.name.removesuffix(".toml")
        patterns = tuple(_pattern(id, one) for one in table.pop("pattern", ()))
        return Frame(id=id, patterns=patterns, **table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise TableError(f"{file}: {error}") from error


def _pattern(frame: str, table: dict[str, Any]) -> EventPattern:
    return EventPattern(
        frame,
        verbs=tuple(table.pop("verbs", ())),
        nouns=tuple(table.pop("nouns", ())),
        participles=tuple(table.pop("participles", ())),
        with_=_with_article(_words(table.pop("with", ()))),
        after=_words(table.pop("after", ())),
        without=_words(table.pop("without", ())),
        missing=tuple(map(normalize, table.pop("missing", ()))),
        a=tuple(map(normalize, table.pop("a", ()))),
        b=tuple(map(normalize, table.pop("b", ()))),
        kinds_a=frozenset(table.pop("kinds_a", ())),
        kinds_b=frozenset(table.pop("kinds_b", ())),
        **table,
    )


def _with_article(words: frozenset[str]) -> frozenset[str]:
    return words | {_THE + word for word in words if not word.startswith(_THE)}


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normalize, words))
