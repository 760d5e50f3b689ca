"""Lets every writing system call of small runs fail once, and looks at what is left of the index.

    PYTHONPATH=. python tests/torture/sweep.py [--every 10] [--engine whoosh] [--run first] [--json]

After each fault the index holds what its commits reported, article for article; «rasad check»
passes, or names damage; and the next run completes, after which all is as if nothing had failed.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faults

ENGINES = ("whoosh", "tantivy")
#: What may go wrong, each of which is to be 0.
FAILURES = (
    "lost",
    "doubled",
    "unnoticed",
    "next run failed",
    "otherwise after",
    "left behind",
    "traceback",
    "wrong advice",
)
COLUMNS = ("tries", "damage named", *FAILURES)


def main() -> None:
    """Sweep as the command line says; ends with 1 where anything went wrong."""
    asked = _options()
    if why := faults.why_not():
        sys.exit(why)
    if not (shim := faults.loaded()):
        memory = Path("/dev/shm")  # nothing is waited for there
        folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        environment = faults.preloaded(faults.built(folder))
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        wrong = _sweep(asked, shim.parent)
    finally:
        shutil.rmtree(shim.parent)
    sys.exit(1 if wrong else 0)


def _options() -> argparse.Namespace:
    from_line = argparse.ArgumentParser(description=__doc__)
    from_line.add_argument("--every", type=int, default=1, help="every so manieth call")
    from_line.add_argument("--engine", action="append", choices=ENGINES)
    from_line.add_argument("--run", action="append")
    from_line.add_argument("--kind", action="append", choices=tuple(faults.KINDS))
    from_line.add_argument("--number", type=int, help="this call alone")
    from_line.add_argument("--json", action="store_true", help="a line for each row of the table")
    return from_line.parse_args()


def _sweep(asked: argparse.Namespace, folder: Path) -> bool:
    """Tell what becomes of each try; whether anything went wrong."""
    from runs import RUNS, Archive, undisturbed

    began, every = time.monotonic(), Counter[str]()
    if not asked.json:
        print("\t".join(("engine", "run", "kind", *COLUMNS)))
    for engine in asked.engine or ENGINES:
        archive = Archive(folder / engine, engine)
        for run in asked.run or RUNS:
            whole = undisturbed(archive, run)
            for kind in asked.kind or faults.KINDS:
                counted = Counter[str]()
                for number, verdict in _tries(archive, run, kind, whole, asked):
                    counted.update(["tries", *verdict])
                    for one in verdict:
                        where = f"{engine} {run} {kind} {number}"
                        print(f"{where}: {one}: {verdict[one]}", file=sys.stderr)
                every += counted
                _tell([engine, run, kind], counted, asked.json)
    seconds = time.monotonic() - began
    _tell(["all", f"{seconds:.0f} s", ""], every, asked.json)
    return any(every[one] for one in FAILURES)


def _tell(names: list[str], counted: Counter[str], as_json: bool) -> None:
    if as_json:
        print(json.dumps([*names, dict(counted)]), flush=True)
    else:
        print("\t".join([*names, *(str(counted[one]) for one in COLUMNS)]), flush=True)


def _tries(
    archive: Any, run: str, kind: str, whole: list[Any], asked: argparse.Namespace
) -> Iterator[tuple[int, dict[str, str]]]:
    from runs import calls

    if asked.number:
        yield asked.number, _verdict(archive, run, kind, asked.number, whole)
        return
    # Each kind begins elsewhere, so that together they meet more of the calls.
    start = 1 + list(faults.KINDS).index(kind) * 3 % asked.every
    for number in range(start, calls(archive, run, kind) + 1, asked.every):
        yield number, _verdict(archive, run, kind, number, whole)


def _verdict(archive: Any, run: str, kind: str, number: int, whole: list[Any]) -> dict[str, str]:
    """What went wrong in a try: failure → what was seen."""
    from children import command, forked
    from runs import disturbed, looked_at, state

    ended = disturbed(archive, run, kind, number)
    left = archive.left_beside()
    commits = ended.reports.count("commit")
    told = next((one for one in ended.reports if isinstance(one, dict)), {"how": "killed"})
    wrong = _in_words(told, kind)

    def work(report: Any) -> None:
        report(looked_at(archive.index))
        report(command(archive.following(run)))
        report(state(archive.index))
        report(archive.left_beside())

    after = forked(work)
    reports = [*after.reports, None, None, None, None]
    wrong |= _left_behind(left, kind, reports[0])
    wrong |= _of_articles(reports[0], whole, _expected(run, commits, told, whole))
    if reports[1] is None or reports[1][0] != "done":
        wrong["next run failed"] = f"{reports[1] or reports[0]} {after.status}"
    elif reports[2] != whole[-1]:
        wrong["otherwise after"] = _difference(reports[2], whole[-1])
    elif reports[3]:
        wrong["left behind"] = " ".join(reports[3])
    return wrong


def _in_words(told: Any, kind: str) -> dict[str, str]:
    """What is wrong with how a run ended, as far as it could say anything."""
    if "broken" in told or told["how"] == "traceback":
        return {"traceback": told.get("said") or told["broken"]}
    refused = told["how"] == "refused"
    if (
        kind == "disk full"
        and refused
        and ("full" not in told["said"] or "--rebuild" in told["said"])
    ):
        return {"wrong advice": told["said"]}
    return {}


def _left_behind(beside: list[str], kind: str, seen: Any) -> dict[str, str]:
    """What a run leaves that finds the disk full, and could have removed."""
    if kind != "disk full" or not seen:
        return {}
    if seen.get("check") == "done" and not seen["articles"]:
        beside = [*beside, "an empty index"]
    return {"left behind": " ".join(beside)} if beside else {}


def _expected(run: str, commits: int, told: Any, whole: list[Any]) -> list[Any]:
    """What the articles may be: those of the last commit reported, or of the one under way."""
    if run == "rebuild":
        done = told["how"] == "done"
        return [whole[-1]["articles"]] if done else [whole[0], whole[-1]["articles"]]
    states = [*whole[:-1], whole[-1]["articles"]]
    return states[commits : commits + 2]


def _of_articles(seen: Any, whole: list[Any], expected: list[Any]) -> dict[str, str]:
    """What is wrong with the articles before the next run."""
    if seen is None or "broken" in seen:
        return {"unnoticed": f"can't be looked at: {seen}"}
    named = seen["check"] == "refused"
    wrong = {"damage named": seen["said"]} if named else {}
    if "unread" in seen:
        return wrong if named else {"unnoticed": seen["unread"]}
    if seen["check"] != "missing" and seen["total"] != len(seen["articles"]):
        wrong["doubled"] = f"{seen['total']} found, {len(seen['articles'])} ids"
    if seen["articles"] not in expected:
        missing = set.intersection(*(set(one) for one in expected)) - set(seen["articles"])
        wrong["lost" if missing else "unnoticed"] = f"{seen['articles']} is none of {expected}"
    return wrong


def _difference(seen: Any, expected: Any) -> str:
    if not isinstance(seen, dict) or "broken" in seen:
        return str(seen)
    return "; ".join(
        f"{key}: {seen[key]} instead of {expected[key]}"
        for key in expected
        if seen[key] != expected[key]
    )


if __name__ == "__main__":
    main()
