"""A page for each person, country, organisation, topic and source: what all articles say of it."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import SearchRequest
from indexer.schema import NAMED, PROFILED
from indexer.search.results import Profile
from indexer.search.service import SearchService
from webui import language, links
from webui.event_links import EventLinks
from webui.held_offices import AS_PRINTED, LISTED, as_printed, in_line, listed
from webui.pictures.timeline import timeline, times
from webui.profile_acts import acts
from webui.rows import Companion, Rows
from webui.service import service

LATEST = 5
COMPANIONS = 10
VARIANTS = 12

bp = Blueprint("profiles", __name__)


@bp.get(f"/<any({','.join(PROFILED)}):facet>/<article:id>")
def show(facet: str, id: str) -> str | AnyResponse:
    """Names, roles, times, company and latest articles of one facet value.

    The address of a profile that another one took in leads there.
    """
    search = service()
    found = search.profile(facet, id)
    lang, to = language.current(), EventLinks(language.chosen())
    if found is None:
        if kept := search.merged_into(facet, id):
            return redirect(to.profile(facet, kept), 301)
        abort(404)
    only = links.only(facet, id)
    rows = Rows(only, to, lang)
    return render_template(
        "profile.html",
        profile=found,
        name=language.label(found, lang),
        other=language.other_label(found, lang),
        variants=variants(found)[:VARIANTS],
        held=in_line(found.offices, lang),
        offices=listed(found.offices[:LISTED], lang),
        as_printed=as_printed(found.unread[:AS_PRINTED], lang),
        only=only,
        request_=SearchRequest(),
        page=search.page(replace(only, sort="newest", size=LATEST)),
        rows=rows,
        company=list(_company(search, rows, facet, id)),
        timeline=timeline(times(search, only), only, to, lang),
        acts=acts(search, facet, id, to, lang) if facet in NAMED else None,
    )


def variants(profile: Profile) -> list[tuple[str, int]]:
    """The ways in which a value is written, apart from the names that head its page."""
    return [one for one in profile.variants if one[0] not in (profile.name, profile.name_en)]


def _company(
    search: SearchService, rows: Rows, facet: str, id: str
) -> Iterator[tuple[str, list[Companion]]]:
    """For each facet the values that most often stand in the same articles."""
    for kind in PROFILED:
        found = search.together(rows.request, kind, kind, (0, COMPANIONS + 1)).columns
        others = [value for value in found if (kind, value.id) != (facet, id)][:COMPANIONS]
        if others:
            yield kind, list(rows.company(kind, others))
