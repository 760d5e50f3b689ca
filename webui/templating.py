"""What templates may ask for: names, words, marks, changed requests; a closed list, no modules."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, url_for

from indexer.model import SearchRequest
from indexer.schema import EXTRACTED, NAMED, PROFILED
from webui import event_lines, event_links, language, links, marking, reasons, wording
from webui.citing import STYLES
from webui.event_params import EVENT_SORTS
from webui.exporting import FORMATS, format_name
from webui.params import SORTS
from webui.routes.pictures import KINDS
from webui.service import service

#: What is made of a value by nothing but the arguments: «{{ total|number(lang) }}».
FILTERS: tuple[Callable[..., Any], ...] = (
    event_links.during,
    event_links.event_ordered,
    event_links.event_unfiltered,
    language.day,
    language.days,
    language.guessed,
    language.iso_day,
    language.label,
    language.months,
    language.name_of,
    language.number,
    language.other_label,
    language.own_name,
    language.side,
    language.tongue,
    links.asked,
    links.is_filtered,
    links.literal,
    links.ordered,
    links.page_numbers,
    links.sized,
    links.turned,
    links.undated,
    links.unfiltered,
    links.unlinked,
    links.verbatim,
    links.web_address,
    links.with_copies,
    links.with_full,
    links.with_meaning,
    marking.compared,
    marking.lang_and_dir,
    marking.marked,
    marking.mixed,
    marking.printable,
)
#: What speaks the language of the answer. No filters: those of a constant are worked out once.
WORDS: tuple[Callable[..., Any], ...] = (
    event_links.anchor,
    event_lines.event_line,
    event_lines.event_text,
    event_lines.party_line,
    event_lines.status_name,
    event_lines.type_name,
    format_name,
    language.spoken,
    reasons.left_out_as,
    wording.date_origin,
    wording.event_facet_name,
    wording.event_sort_name,
    wording.facet_name,
    wording.joint,
    wording.linked_kind,
    wording.mode_name,
    wording.note_text,
    wording.partial_text,
    wording.picture_name,
    wording.relaxed_text,
    wording.role_names,
    wording.sort_name,
    wording.what_is_counted,
)
LISTS = {
    "EVENT_PICTURES": event_links.EVENT_PICTURES,
    "EVENT_SORTS": EVENT_SORTS,
    "EXTRACTED": EXTRACTED,
    "FORMATS": tuple(FORMATS),
    "NAMED": NAMED,
    "PICTURES": KINDS,
    "PROFILED": PROFILED,
    "SIZES": links.SIZES,
    "SORTS": SORTS,
    "STYLES": STYLES,
}


#: Letters of a sentence that a list prints: newspapers' whole sentences, no page without a stop.
LONGEST_SENTENCE = 600
#: Events of one type that a day's digest prints with their sentence; of the others only the line.
FULL_EVENTS = 5


def register(app: Flask) -> None:
    """Give the templates of ``app`` what they ask for."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    # In place of those that Babel put in.
    env.install_gettext_callables(  # type: ignore[attr-defined]
        language.looked_up, language.looked_up_for, newstyle=True
    )
    env.filters.update({one.__name__: one for one in FILTERS})
    env.globals.update({one.__name__: one for one in WORDS})
    env.globals.update(
        LISTS,
        LONGEST_SENTENCE=LONGEST_SENTENCE,
        FULL_EVENTS=FULL_EVENTS,
        static=_static(app),
        font=_font,
        source_name=_source_name,
    )
    app.context_processor(_of_request)


def _static(app: Flask) -> Callable[[str], str]:
    """Addresses of our files, each under a name of its version, so that browsers may keep it."""
    versions = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        for file in Path(app.static_folder or "").iterdir()
        if file.is_file()
    }

    def static(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    return static


def _font(name: str) -> str:
    return url_for("static", filename=f"fonts/{name}")  # as the style sheet calls it


def _source_name(id: str) -> str:
    return language.name_of(service().labels("sources", id), id, language.current())


def _of_request() -> dict[str, object]:
    lang = language.current()
    return {
        "lang": lang,
        "direction": language.direction(lang),
        "to": event_links.EventLinks(language.chosen()),
        "request_": SearchRequest(),
        "empty_request": SearchRequest(),
        "comma": "،" if language.in_arabic_letters(lang) else ",",
    }
