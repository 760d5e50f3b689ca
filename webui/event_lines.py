"""An event told in a line of the page's language, made of its slots and not of a sentence.

«John Kerry (United States) met Mohammad Javad Zarif (Iran), Vienna, 7 July 2015». What is not told
as done is no such sentence: «Visit (planned): …».
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from indexer.events.frames import frames
from indexer.model import EventStatus
from indexer.search.event_search import FoundEvent, FoundParty
from webui import language, marking
from webui.language import looked_up_for as ngettext
from webui.language import translated as _

#: So many parties of a side stand in a line; the page of the event has all of them.
_MOST_PARTIES = 3


class Slot(NamedTuple):
    """A piece of a line: words of the page, or a name that was put in."""

    text: str
    inserted: bool = False


Slots = list[Slot]


def event_line(event: FoundEvent) -> Markup:
    """The line as HTML, each name in its language."""
    return marking.assembled(_line(event, language.current()))


def event_text(event: FoundEvent) -> str:
    """The line as plain text, for titles and feeds."""
    return "".join(piece.text for piece in _line(event, language.current()))


def party_line(party: FoundParty) -> Markup:
    """A party as a line calls it."""
    return marking.assembled(_party(party, language.current()))


def type_name(type: str) -> str:
    """What a type of events is called; its id, where its frame is no longer there."""
    frame = frames().get(type)
    if not frame:
        return type
    return frame.label_ar if _arabic(language.current()) else frame.label_en


def status_name(status: EventStatus) -> str:
    """How an event is told, in a small word."""
    match status:
        case "planned":
            return _("planned")
        case "denied":
            return _("denied")
        case "called-for":
            return _("called for")
    return _("done")


def _line(event: FoundEvent, lang: str) -> Slots:
    comma = Slot(_(", "))
    pieces = _told(event, lang)
    place = language.name_of((event.place, event.place_en), "", lang)
    when = language.days(event.first, event.last, lang)
    for text in filter(None, (place, when)):
        pieces += [comma, Slot(text, inserted=True)]
    return pieces


def _told(event: FoundEvent, lang: str) -> Slots:
    sides = {side: _side(event.side(side), lang) for side in ("a", "b")}
    frame = frames().get(event.type)
    if frame and event.status == "fact" and all(sides.values()):
        return list(_filled(frame.line_ar if _arabic(lang) else frame.line_en, sides))
    name = type_name(event.type)
    if event.status != "fact":
        name = f"{name} ({status_name(event.status)})"
    both = [sides[side] for side in ("a", "b") if sides[side]]
    told = [Slot(name)]
    for place, side in enumerate(both):
        told += [Slot(" – " if place else ": "), *side]
    return told


def _filled(pattern: str, slots: dict[str, Slots]) -> Iterator[Slot]:
    """The pieces of a pattern, «{a}» and «{b}» being the sides."""
    for piece in re.split(r"(\{\w+\})", pattern):
        if piece[:1] == "{":
            yield from slots.get(piece[1:-1], ())
        elif piece:
            yield Slot(piece)


def _side(parties: Sequence[FoundParty], lang: str) -> Slots:
    shown = [_party(party, lang) for party in parties[:_MOST_PARTIES]]
    if more := len(parties) - len(shown):
        shown.append([Slot(_others(more, lang))])
    return _joined(shown)


def _joined(names: Sequence[Slots]) -> Slots:
    """Names behind one another, «and» before the last."""
    joined: Slots = []
    for n, pieces in enumerate(names):
        if n:
            joined.append(Slot(_(" and ") if n == len(names) - 1 else _(", ")))
        joined += pieces
    return joined


def _others(count: int, lang: str) -> str:
    number = language.number(count, lang)
    return ngettext("%(n)s other party", "%(n)s other parties", count) % {"n": number}


def _party(party: FoundParty, lang: str) -> Slots:
    """«John Kerry (United States)»; who is not named is called by the office, a state by itself."""
    country = language.name_of((party.country_name, party.country_name_en), party.country, lang)
    name = language.name_of((party.name, party.name_en), "", lang) or language.name_of(
        (party.role, party.role_en), "", lang
    )
    if not name or name == country:
        return [Slot(country, inserted=True)] if country else []
    pieces = [Slot(name, inserted=True)]
    if country and country not in name:  # «King of Jordan»
        pieces += [Slot(" ("), Slot(country, inserted=True), Slot(")")]
    return pieces


def _arabic(lang: str) -> bool:
    return language.in_arabic_letters(lang)
