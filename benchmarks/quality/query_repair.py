"""How often Rasad offers what a reader meant, on an index of the Saudi news.

    python benchmarks/quality/query_repair.py DIR

Puts the queries of ``query_repair.tsv`` to the index in DIR and prints those that fail, then for
each kind how many are right and the time that the suggestions take.
"""

import argparse
import statistics
import time
from collections import Counter
from pathlib import Path

from indexer.index import Index
from indexer.model import SearchRequest
from indexer.search.service import SearchService
from indexer.text.analysis import default_analyzer
from indexer.text.normalize import normalize

TABLE = Path(__file__).with_suffix(".tsv")


def main() -> None:
    """Ask everything, print what fails and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    service = SearchService(Index.open(parser.parse_args().index), default_analyzer())
    service.prepare()
    right, every, times = Counter[str](), Counter[str](), list[float]()
    for kind, typed, wanted in cases():
        started = time.perf_counter()
        offered = answers(service, kind, typed)
        if kind in ("partial", "never"):
            times.append(1000 * (time.perf_counter() - started))
        every[kind] += 1
        good = fits(kind, wanted, offered)
        right[kind] += good
        if not good:
            print(f"{kind}: {typed} should give {wanted or 'nothing'}, gives {offered}")
    for kind, count in every.items():
        print(f"{kind:10} {right[kind]} of {count}")
    print(f"suggestions: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms")


def cases() -> list[tuple[str, str, str]]:
    """The rows of the table."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]  # type: ignore[misc]


def answers(service: SearchService, kind: str, typed: str) -> list[str]:
    """What is offered for a query, or while it is typed."""
    if kind in ("partial", "never"):
        return [one.text for one in service.suggest(typed)]
    page = service.page(SearchRequest(q=typed, size=1))
    repaired = getattr(page, "repaired", None)
    return [text for text in (repaired and repaired.q, page.suggestion) if text]


def fits(kind: str, wanted: str, offered: list[str]) -> bool:
    """Whether what is offered is what should be; offers are compared in the exact layer."""
    if kind == "partial":
        return any(text == wanted or text.startswith(wanted + " ") for text in offered)
    if kind == "never":
        return wanted not in offered
    if not wanted:
        return not offered
    meant = {normalize(text) for text in wanted.split("|")}
    return (not offered and "" in meant) or bool(meant & {normalize(text) for text in offered})


if __name__ == "__main__":
    main()
