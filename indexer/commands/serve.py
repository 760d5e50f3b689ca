"""``rasad serve``: the search page on this machine."""

import ipaddress
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import chosen_folder, index_option
from indexer.config import LOG_FORMATS, settings


class _Address(click.ParamType[str]):
    """An IP address: connections are compared with it by their numbers."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        try:
            return str(ipaddress.ip_address(value))
        except ValueError:
            self.fail(f"{value!r} is no IP address.", param, ctx)


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--edit", is_flag=True, help="Let readers correct the profiles of people [off].")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--proxy", type=_Address(), help="A proxy that is believed whom it speaks for.")
@click.option(
    "--log-format", type=click.Choice(LOG_FORMATS), help="How each request is logged [text]."
)
@click.option("--private-logs", is_flag=True, help="Log no queries and no addresses [off].")
@click.option("--metrics", is_flag=True, help="Tell Prometheus numbers at /metrics [off].")
def serve(
    folder: Path | None,
    host: str,
    port: int,
    edit: bool,
    workers: int,
    proxy: str | None,
    log_format: str | None,
    private_logs: bool,
    metrics: bool,
) -> None:
    """Serve the search page and the JSON; workers that die are replaced."""
    from webui.serving.supervisor import new_token, run
    from webui.serving.worker import Site

    asked = settings()
    site = Site(
        folder=chosen_folder(folder),
        host=host,
        edit=edit or asked.edit,
        token=new_token(),
        proxy=proxy,
        log_format=log_format or asked.log_format or "text",
        private_logs=private_logs or asked.private_logs,
        metrics=metrics or asked.metrics,
    )
    run(site, port, workers)
