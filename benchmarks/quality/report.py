"""Run every measure of quality and write what they print to one page.

    python benchmarks/quality/report.py DATA docs/quality.md [--index FOLDER] [--only WORD]

What needs an index of the news archive gets the one in FOLDER, else one that is made for the run.
With --only, measures with this word in their titles are run, and the page keeps the other sections.
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
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
    "News and meaning: the results page on judged queries, beside other engines": [
        "results_page.py",
        "{data}",
        "--index",
        "{index}",
    ],
    "News and meaning: what is right at which likeness": ["likeness.py", "{index}"],
    "News and meaning: weights, cross-validated": ["meaning_weights.py", "{index}"],
    "Retrieval through the whole product, Whoosh": ["retrieval.py", "{data}"],
    "Retrieval through the whole product, Tantivy": [
        "retrieval.py",
        "{data}",
        "--engine",
        "tantivy",
    ],
    "Facets of the five sample pages": ["seeds.py", "{data}"],
    "Countries and organisations of articles that were read": [
        "countries_organisations.py",
        "{data}/saudinewsnet.jsonl.gz",
    ],
    "Topics on hand-labelled articles": ["topics.py", "{data}/saudinewsnet.jsonl.gz"],
    "Names on five folds": ["names.py", "{data}/ner/anercorp_train.conll", "--folds", "5"],
    "Names in Latin letters": ["latin_names.py"],
    "People: the 500 most frequent and 500 others": [
        "people.py",
        "{index}",
        *("--many", "500", "--drawn", "500", "--seed", "99"),
    ],
    "Offices on profiles": ["offices.py", "{index}"],
    "Copies on pairs that were read": ["copies.py", "{data}/saudinewsnet.jsonl.gz"],
}


def main() -> None:
    """Run the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the archive, made with Whoosh")
    parser.add_argument("--only", default="", help="a word in the titles of what is measured")
    given = parser.parse_args()
    kept = dict(sections(given.out)) if given.only else {}
    with news_index(given.data, given.index, "whoosh") as index:
        lines = list(page(given.data, index.folder, given.only, kept))
    given.out.write_text("\n".join(lines) + "\n", "utf-8")


def sections(path: Path) -> Iterator[tuple[str, str]]:
    """The sections of a page that was written before: title and text."""
    for section in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        yield title, text.strip("\n")


def page(data: Path, index: Path, only: str, kept: Mapping[str, str]) -> Iterator[str]:
    """The lines of the page; those that are ``kept`` are not measured again."""
    yield "# Quality, as measured"
    yield ""
    yield "Written by `make quality`. The data it measures on is not part of the project."
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    yield f"This run: {machine}, whoosh3 {version('whoosh3')}, tantivy {version('tantivy')}."
    if kept:
        yield f"Measured again last: what has «{only}» in its title; the rest is of runs before."
    for title, (script, *words) in MEASURES.items():
        if title in kept and only not in title:
            yield from ("", f"## {title}", "", kept[title])
            continue
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
