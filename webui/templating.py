"""What templates may ask for: names, words, marks, changed requests; a closed list, no modules."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, url_for

from indexer.model import SearchRequest
from indexer.schema import EXTRACTED, NAMED, PROFILED
from webui import language, links, marking, reasons, wording
from webui.citing import STYLES
from webui.exporting import FORMATS, format_name
from webui.params import SORTS
from webui.routes.pictures import KINDS
from webui.service import service

#: What is made of a value by nothing but the arguments: «{{ total|number(lang) }}».
FILTERS: tuple[Callable[..., Any], ...] = (
    language.day,
    language.guessed,
    language.iso_day,
    language.label,
    language.months,
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
    format_name,
    language.spoken,
    reasons.left_out_as,
    wording.date_origin,
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
    "EXTRACTED": EXTRACTED,
    "FORMATS": tuple(FORMATS),
    "NAMED": NAMED,
    "PICTURES": KINDS,
    "PROFILED": PROFILED,
    "SIZES": links.SIZES,
    "SORTS": SORTS,
    "STYLES": STYLES,
}


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
    env.globals.update(LISTS, static=_static(app), font=_font, source_name=_source_name)
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
        "to": links.Links(language.chosen()),
        "request_": SearchRequest(),
        "empty_request": SearchRequest(),
        "comma": "،" if language.in_arabic_letters(lang) else ",",
    }
