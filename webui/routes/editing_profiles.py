"""Corrections of profiles in the browser: forms, a preview, the list; only where readers may.

What a page shows is asked for by its address and changes nothing; what changes something is sent by
a form of ours. Without «--edit» none of these addresses is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.entities.corrections import ProfileCorrection
from indexer.entities.effects import names_in_full, offices
from indexer.entities.profiles_file import Contradiction, cleaned
from indexer.errors import ConfigError, IndexLocked
from indexer.indexing.editing import ProfileEditor
from indexer.schema import PEOPLE
from indexer.search.entity_lookup import matching
from webui import language, links, params
from webui.correction_text import correction_kind, correction_lines, what_told
from webui.corrections import asked, preview
from webui.language import translated as _
from webui.middleware.same_origin import (
    is_called_by_its_name,
    register_token,
    require_own_form,
    require_own_name,
    token,
)
from webui.service import editor, service

CANDIDATES = 10
#: Ways to tell mentions apart that are offered, of each kind.
OFFERED = 8

bp = Blueprint("editing_profiles", __name__, url_prefix="/corrections")


class Mark(NamedTuple):
    """Something by which mentions can be told apart: ``what`` as the file has it."""

    what: str
    text: str
    articles: int | None = None


def register(app: Flask, host: str) -> None:
    """Let readers of ``app`` correct profiles; they call this machine ``host``."""
    register_token(app, host)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        correcting=_correcting,
        correction_address=_address,
        correction_kind=correction_kind,
        correction_lines=correction_lines,
        correction_token=token,
        what_told=what_told,
    )


@bp.before_request
def guard() -> None:
    """Only this machine's readers; what changes something only from a form of ours."""
    require_own_name()
    if request.method == "POST":
        require_own_form()


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """Forms hold a token, and what they say is of this moment."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("")
def corrections() -> str:
    """All corrections made so far, the latest first."""
    entries = _editor().corrections().entries
    return render_template("corrections.html", entries=entries[::-1], notice_=_correcting())


@bp.get(f"/{PEOPLE}/<article:id>")
def forms(id: str) -> str:
    """What can be corrected of one profile."""
    found, edit = service().profile(PEOPLE, id), _editor()
    if found is None:
        abort(404)
    contains = params.clean(request.values.get("contains", ""))[: params.MAX_VALUE]
    looked_for = [contains] if contains else [found.name, found.name_en]
    names = [one for text in looked_for for one in matching(edit.catalogue, text, CANDIDATES + 1)]
    others = [one for one in dict.fromkeys(names) if one.id != id][:CANDIDATES]
    seen = edit.catalogue.sightings(PEOPLE, id)
    seen.sort(key=lambda one: one.date, reverse=True)
    return render_template(
        "correct.html",
        profile=found,
        contains=contains,
        candidates=others,
        spellings=[
            Mark(f"name={text}", text, n)
            for text, n in names_in_full(seen, OFFERED, renamed=id in edit.corrections().names)
        ],
        roles=[Mark(f"role={text}", text, n) for text, n in offices(seen, OFFERED)],
        countries=_countries(id, found.articles),
        articles_=[
            Mark(f"article={one.id}", one.title)
            for one in edit.articles([one.article for one in seen[:OFFERED]])
        ],
    )


@bp.get("/preview")
def show() -> str | tuple[str, int]:
    """What a correction would change; nothing is written."""
    service()  # all that is read is of one commit
    return _previewed(_asked(), 200)


@bp.post("/add")
def add() -> str | tuple[str, int] | AnyResponse:
    """Write a correction and apply it."""
    new = _asked()
    try:
        _editor().add(new)
    except IndexLocked:
        _locked()
    except Contradiction:
        return _previewed(new, 409)
    except ConfigError as error:
        abort(409, str(error))
    written = {one.text for one in new}
    entries = _editor().corrections().entries
    return _back(new[0].ids[:1], [one for one in entries if one.text in written])


@bp.post("/undo")
def undo() -> AnyResponse:
    """Take corrections back, and read their articles as before."""
    keys = set(request.form.getlist("key"))
    gone = [one for one in _editor().corrections().entries if one.key in keys]
    if not keys or {one.key for one in gone} != keys:
        abort(409, _("This correction was taken back already."))
    try:
        _editor().undo(keys)
    except IndexLocked:
        _locked()
    except ConfigError as error:
        abort(409, str(error))
    return _back([id for one in gone for id in one.ids], [])


def _editor() -> ProfileEditor:
    found = editor()
    assert found, "the blueprint is registered where there is an editor"
    return found


def _asked() -> list[ProfileCorrection]:
    """The corrections that a request asks for, of people who are there."""
    edit = _editor()
    new = asked(request.values, edit, edit.corrections())
    if not new:
        abort(400, _("Nothing was chosen by which these articles could be told apart."))
    first = new[0]
    there = first.ids if first.kind == "merge" else first.ids[:1]
    if not all(edit.catalogue.name(PEOPLE, id) for id in there):
        abort(404)
    return new


def _previewed(new: Sequence[ProfileCorrection], status: int) -> str | tuple[str, int]:
    try:
        found = preview(new, _editor())
    except ConfigError as error:
        abort(400, _("This correction can't be made: %(why)s", why=error))
    note = cleaned(request.values.get("note", ""))
    page = render_template("preview.html", preview=found, kind=new[0].kind, note=note)
    return page, status


def _locked() -> None:
    abort(
        409,
        _(
            "The index is being written to just now, so nothing was changed. "
            "Try again when that is done."
        ),
    )


def _back(ids: Iterable[str], made: Sequence[ProfileCorrection]) -> AnyResponse:
    """To the first of the profiles that is there, else to the list; there it says what was done."""
    there = next((id for id in ids if service().profile(PEOPLE, id)), None)
    keys = [one.key for one in made] or ["none"]
    if there is None:
        return redirect(_address("editing_profiles.corrections", corrected=keys), 303)
    return redirect(_address("profiles.show", facet=PEOPLE, id=there, corrected=keys), 303)


class Correcting(NamedTuple):
    """What the page says of the correction that led to it."""

    made: tuple[ProfileCorrection, ...]
    undone: bool


def _correcting() -> Correcting | None:
    """None where readers may not correct, under an address that is not this machine's own."""
    if not is_called_by_its_name():
        return None
    keys = request.values.getlist("corrected")
    if not keys:
        return Correcting((), False)
    made = tuple(one for one in _editor().corrections().entries if one.key in keys)
    return Correcting(made, keys == ["none"])


def _address(endpoint: str, **values: object) -> str:
    return url_for(endpoint, **values, lang=language.chosen())  # type: ignore[arg-type]


def _countries(id: str, articles: int) -> list[Mark]:
    """The countries that most, but not all, of a person's articles name."""
    wanted, lang = replace(links.only(PEOPLE, id), copies=True), language.current()
    found = service().together(wanted, "countries", "countries", (0, OFFERED + 1)).columns
    named = [Mark(f"country={v.id}", language.label(v, lang), v.count) for v in found]
    return [one for one in named if one.articles != articles][:OFFERED]
