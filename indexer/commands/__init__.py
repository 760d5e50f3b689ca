"""The ``rasad`` command: wires the parts together and speaks with the person at the keyboard.

A subject is a file here. Each imports the rooms that it needs where it needs them: «rasad --help»
and completion in a shell load none.
"""

import signal
import sys

import click

from indexer.commands import (
    alerts,
    backup,
    check,
    events,
    export,
    fetch,
    index,
    inspect,
    lexicon,
    meaning,
    people,
    repair,
    search,
    serve,
    watch,
)
from indexer.errors import RasadError


def main() -> None:
    """Run the command; what Rasad itself reports is one line on standard error and exit code 1."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends a run as Ctrl-C does
    try:
        rasad()
    except RasadError as error:
        click.echo(f"rasad: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # of a disk or a network that is as it is
        click.echo(f"rasad: {error}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rasad")
def rasad() -> None:
    """Search Arabic diplomatic news: index pages, filter by people, countries, topics."""


for command in (
    index.index,
    watch.watch,
    fetch.fetch,
    search.search,
    search.batch,
    events.events,
    export.export,
    inspect.inspect,
    inspect.analyze,
    people.people,
    lexicon.lexicon,
    meaning.meaning,
    serve.serve,
    check.check,
    check.stats,
    repair.repair,
    backup.backup,
    backup.restore,
    alerts.alerts,
):
    rasad.add_command(command)
