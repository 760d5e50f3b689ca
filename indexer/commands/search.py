"""``rasad search`` and ``rasad batch``: one query for a person, many for a program."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import FILE, index_option, json_option, service
from indexer.commands.printing import tell_json, tell_page
from indexer.commands.request_options import (
    any_option,
    copies_option,
    days_options,
    facet_options,
    request_of,
    sort_option,
)
from indexer.errors import RasadError


@click.command()
@click.argument("query")
@index_option
@facet_options
@any_option
@days_options
@sort_option
@copies_option
@click.option("--full", is_flag=True, help="Only articles that hold all of the query.")
@click.option("--meaning/--no-meaning", default=True, help="Find by meaning, too [on].")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, 100), default=10)
@json_option("Print the answer of /api/v1/search.")
def search(
    query: str,
    folder: Path | None,
    any_of: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    sort: Any,
    copies: bool,
    full: bool,
    meaning: bool,
    page: int,
    size: int,
    as_json: bool,
    **values: tuple[str, ...],
) -> None:
    """Search for QUERY; a leading - before an ID excludes it.

    Of people, countries, organisations, topics and events an article has all that are given.
    """
    request = request_of(
        query,
        values,
        start,
        end,
        any_of=any_of,
        sort=sort,
        page=page,
        size=size,
        copies=copies,
        full=full,
        meaning=meaning,
    )
    with service(folder) as searches:
        found = searches.page(request)
        if as_json:
            from webui.api.schemas import search_page

            tell_json(search_page(found))
        else:
            tell_page(found)


@click.command()
@click.argument("queries", type=FILE)
@index_option
@click.option("--top", type=click.IntRange(1, 100), default=10, help="Hits a query [10].")
def batch(queries: Path, folder: Path | None, top: int) -> None:
    """Answer QUERIES.jsonl, {"id", "text"} a line, with {"id", "hits": [article ids]} lines."""
    with service(folder) as searches, queries.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line.decode("utf-8-sig"))
                id, text = asked["id"], str(asked["text"])
            except (ValueError, KeyError, TypeError) as error:
                raise RasadError(
                    f'{queries}:{number} is not a query; expected {{"id": …, "text": …}} ({error})'
                ) from error
            hits = searches.ranked(text, top)
            tell_json({"id": id, "hits": hits})
