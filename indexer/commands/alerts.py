"""``rasad alerts``: searches that are watched, each article told once."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import chosen_folder, index_option, json_option, opened, searching
from indexer.commands.printing import tell_json, tell_warning
from indexer.commands.request_options import (
    any_option,
    copies_option,
    days_options,
    facet_options,
    request_of,
)
from indexer.config import settings

if TYPE_CHECKING:
    from indexer.alerts.alert_run import AlertRun
    from indexer.alerts.alert_store import AlertStore

#: Where this archive is served, in what is told.
_SITE = "http://127.0.0.1:8000/"


@click.group()
def alerts() -> None:
    """Watch searches: be told of each article once."""


@alerts.command("add")
@click.argument("name")
@click.argument("query")
@index_option
@facet_options
@any_option
@days_options
@copies_option
@click.option("--json", "json_", multiple=True, metavar="FOLDER", help="Write JSON files there.")
@click.option("--eml", multiple=True, metavar="FOLDER", help="Write files of e-mail there.")
@click.option("--atom", multiple=True, metavar="FILE", help="Keep an Atom feed in this file.")
@click.option("--mail", multiple=True, metavar="ADDRESS", help="Send mail by RASAD_SMTP.")
@click.option("--webhook", multiple=True, metavar="URL", help="Send JSON to this address.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", help="Language of mails.")
@click.option("--all", "every", is_flag=True, help="Tell also what is in the index already.")
def add(
    name: str,
    query: str,
    folder: Path | None,
    any_of: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    copies: bool,
    json_: tuple[str, ...],
    eml: tuple[str, ...],
    atom: tuple[str, ...],
    mail: tuple[str, ...],
    webhook: tuple[str, ...],
    lang: str,
    every: bool,
    **values: tuple[str, ...],
) -> None:
    """Watch QUERY from now on under NAME; «rasad alerts run» tells what is new.

    Without a target JSON files are written beside the index.
    """
    from indexer.alerts.alert_store import Alert
    from indexer.alerts.alert_targets import checked

    request = request_of(
        query,
        values,
        start,
        end,
        any_of=any_of,
        sort="oldest",
        copies=copies,
        full=True,
        meaning=False,
    )
    written = [
        *(f"json:{one}" for one in json_),
        *(f"eml:{one}" for one in eml),
        *(f"atom:{one}" for one in atom),
        *(f"mailto:{one}" for one in mail),
        *webhook,
    ]
    targets = [checked(one) for one in written or [f"json:{_beside(folder) / name}"]]
    made = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    alert = Alert(name, request, tuple(dict.fromkeys(targets)), lang, made)
    with opened(folder) as index, _stored(folder) as store:
        known = [] if every else searching(index).matching(request)
        store.add(alert, known)
    told = "all of them will be told" if every else f"{len(known):,} are known and not told"
    click.echo(f"watching «{query}» as {name}; {told}")


@alerts.command("list")
@index_option
@json_option("An alert a line.")
def list_alerts(folder: Path | None, as_json: bool) -> None:
    """List what is watched, where it is told, and what waits to be delivered."""
    with _stored(folder) as store:
        for one in store.alerts():
            waiting = store.waiting(one.name)
            if as_json:
                tell_json(
                    {
                        "name": one.name,
                        "query": one.request.q,
                        "targets": list(one.targets),
                        "made": one.made,
                        "waiting": [wait._asdict() for wait in waiting],
                    }
                )
                continue
            click.echo(f"{one.name}\t{one.request.q}\t{' '.join(one.targets)}")
            for wait in waiting:
                click.echo(f"\twaits for {wait.target}: {wait.why or 'not tried yet'}")


@alerts.command("run")
@click.argument("names", nargs=-1, metavar="[NAME…]")
@index_option
@click.option("--site", default=_SITE, metavar="URL", help="Where this archive is served.")
def run_alerts(names: tuple[str, ...], folder: Path | None, site: str) -> None:
    """Tell what is new, of all alerts or of those NAMEd; what failed before is tried again."""
    failed = False
    with _running(folder, site) as (store, run):
        chosen = [store.alert(name) for name in names] or store.alerts()
        for alert in chosen:
            done = run.go(alert, tell_warning)
            failed = failed or bool(done.failed)
            click.echo(f"{done.alert}: {done.new:,} new, {done.delivered:,} delivered")
    if failed:
        sys.exit(1)


@alerts.command("remove")
@click.argument("name")
@index_option
def remove(name: str, folder: Path | None) -> None:
    """Watch NAME no longer."""
    with _stored(folder) as store:
        store.remove(name)
    click.echo(f"removed {name}")


def _beside(folder: Path | None) -> Path:
    """The folder of alerts: beside the index, which may be made anew."""
    index = chosen_folder(folder)
    return index.with_name(f"{index.name}.alerts")


@contextmanager
def _stored(folder: Path | None) -> Iterator["AlertStore"]:
    from indexer.alerts.alert_store import AlertStore
    from indexer.storage.exclusive import exclusive

    place = _beside(folder)
    with exclusive(place), AlertStore(place) as store:
        yield store


@contextmanager
def _running(folder: Path | None, site: str) -> Iterator[tuple["AlertStore", "AlertRun"]]:
    from indexer.alerts.alert_run import AlertRun
    from indexer.alerts.alert_targets import MailServer

    chosen = settings()
    mail = MailServer(chosen.smtp, chosen.mail_from) if chosen.smtp else None
    with opened(folder) as index, _stored(folder) as store:
        yield store, AlertRun(store, searching(index), index.engine, site, mail)
