"""Run every measure of quality and write what they print to one page.

python benchmarks/quality.py ../shared/data docs/quality.md
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
MEASURES = {
    "Words: the layers of analysis beside other stemmers": ["stemming.py", "{data}"],
    "Ranking: mixtures of the layers on judged queries": ["ranking.py", "{data}"],
    "Retrieval through the whole product, Whoosh": ["retrieval.py", "{data}"],
    "Retrieval through the whole product, Tantivy": [
        "retrieval.py",
        "{data}",
        "--engine",
        "tantivy",
    ],
    "Facets of the five sample pages": ["facets_pages.py", "{data}"],
    "Topics on hand-labelled articles": ["facets_topics.py", "{data}/saudinewsnet.jsonl.gz"],
    "Names on ten folds": ["names_folds.py", "{data}/ner/anercorp_train.conll"],
    "The 300 most frequent people": ["people.py", "{data}/saudinewsnet.jsonl.gz"],
    "Copies on pairs that were read": ["copies.py", "{data}/saudinewsnet.jsonl.gz"],
}


def main() -> None:
    """Run the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    given.out.write_text("\n".join(page(given.data)) + "\n", "utf-8")


def page(data: Path) -> Iterator[str]:
    """The lines of the page."""
    yield "# Quality, as measured"
    yield ""
    yield "Written by `make quality`. The data it measures on is not part of the project."
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    yield f"This run: {machine}, whoosh3 {version('whoosh3')}, tantivy {version('tantivy')}."
    for title, (script, *words) in MEASURES.items():
        print(title, flush=True)
        command = [sys.executable, str(HERE / script), *(word.format(data=data) for word in words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{script} failed:\n{done.stderr}")
        shown = " ".join(["python", f"benchmarks/{script}", *words])
        yield from ("", f"## {title}", "", f"    {shown.format(data='DATA')}", "", "```")
        yield done.stdout.rstrip()
        yield "```"


if __name__ == "__main__":
    main()
