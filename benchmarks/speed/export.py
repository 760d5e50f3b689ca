"""What it costs to download all results: articles a second, and memory while they are sent.

python benchmarks/speed/export.py INDEX [--query WORDS] [--formats csv,docx]
"""

import argparse
import time
from contextlib import closing
from pathlib import Path

from memory import private

from indexer.index import Index
from indexer.search.service import SearchService
from webui import create_app
from webui.exporting import FORMATS

_LOOKS = 5  # at the memory, while a file is sent


def main() -> None:
    """Ask a site without a server for each format, and take it piece by piece."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--query", default="", help="What is asked for [everything].")
    parser.add_argument("--formats", default=",".join(FORMATS), help="Apart by commas [all].")
    given = parser.parse_args()
    with closing(Index.open(given.index)) as index:
        service = SearchService.over(index, print)
        service.prepare()
        client = create_app(service).test_client()
        client.get("/search", query_string={"q": given.query})
        print(f"{index.engine.name}, {private()} MB held before")
        for name in given.formats.split(","):
            print(f"{name:7}", _measured(client, name, given.query))


def _measured(client, name: str, query: str) -> str:
    wall, processor = time.perf_counter(), time.process_time()
    answer = client.get(f"/export.{name}", query_string={"q": query, "copies": "1"})
    first = time.perf_counter() - wall
    total, size, held = int(answer.headers["X-Rasad-Total"]), 0, []
    for piece in answer.iter_encoded():
        size += len(piece)
        held.append(private())
    answer.close()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    looks = [held[n * (len(held) - 1) // _LOOKS] for n in range(_LOOKS + 1)]
    return (
        f"{total:,} articles, {size / 1e6:.1f} MB, first bytes after {1000 * first:.0f} ms; "
        f"{total / processor:,.0f} a second of the processor, {total / wall:,.0f} by the clock; "
        f"MB held: {' '.join(map(str, looks))}"
    )


if __name__ == "__main__":
    main()
