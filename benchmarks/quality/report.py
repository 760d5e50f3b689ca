"""Run every measure of quality and write what they print to one page.

    python benchmarks/quality/report.py DATA docs/quality.md [--index FOLDER]

What needs an index of the news archive gets the one in FOLDER, else one that is made for the run.
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from results_page import news_index

HERE = Path(__file__).parent
MEASURES = {
    "Words: the layers of analysis beside other stemmers": ["stemming.py", "{data}"],
    "Ranking: mixtures of the layers on judged queries": [
        "ranking.py",
        "{data}",
        "--index",
        "{index}",
    ],
    "News: the results page on judged queries, beside other engines": [
        "results_page.py",
        "{data}",
        "--index",
        "{index}",
    ],
    "Meaning: what is right at which likeness": ["likeness.py", "{index}"],
    "Retrieval through the whole product, Whoosh": ["retrieval.py", "{data}"],
    "Retrieval through the whole product, Tantivy": [
        "retrieval.py",
        "{data}",
        "--engine",
        "tantivy",
    ],
    "Facets of the five sample pages": ["seeds.py", "{data}"],
    "Topics on hand-labelled articles": ["topics.py", "{data}/saudinewsnet.jsonl.gz"],
    "Names on ten folds": ["names.py", "{data}/ner/anercorp_train.conll"],
    "The 300 most frequent people": ["people.py", "{data}/saudinewsnet.jsonl.gz"],
    "Copies on pairs that were read": ["copies.py", "{data}/saudinewsnet.jsonl.gz"],
}


def main() -> None:
    """Run the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the archive, made with Whoosh")
    given = parser.parse_args()
    with news_index(given.data, given.index, "whoosh") as index:
        lines = list(page(given.data, index.folder))
    given.out.write_text("\n".join(lines) + "\n", "utf-8")


def page(data: Path, index: Path) -> Iterator[str]:
    """The lines of the page."""
    yield "# Quality, as measured"
    yield ""
    yield "Written by `make quality`. The data it measures on is not part of the project."
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    yield f"This run: {machine}, whoosh3 {version('whoosh3')}, tantivy {version('tantivy')}."
    for title, (script, *words) in MEASURES.items():
        print(title, flush=True)
        command = [sys.executable, str(HERE / script), *filled(words, data, index)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{script} failed:\n{done.stderr}")
        shown = " ".join(
            ["python", f"benchmarks/quality/{script}", *filled(words, "DATA", "INDEX")]
        )
        yield from ("", f"## {title}", "", f"    {shown}", "", "```")
        yield done.stdout.rstrip()
        yield "```"


def filled(words: Sequence[str], data: Path | str, index: Path | str) -> list[str]:
    """The words of a command with the places in it."""
    return [word.format(data=data, index=index) for word in words]


if __name__ == "__main__":
    main()
