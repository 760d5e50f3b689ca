"""How well the real index ranks: MRR@10 and recall@10 of judged queries, as «rasad batch» answers.

    python benchmarks/quality/retrieval.py DATA [SET…] [--engine whoosh|tantivy]

DATA holds folders with corpus.jsonl, queries.jsonl and qrels.tsv. Each corpus is indexed as any
file of records is, so what is measured is the product: reading, analysis, index and ranking.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path

from indexer.index import writable
from indexer.indexing.run import index_pages
from indexer.search.service import SearchService
from indexer.text import default_analyzer


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--engine", default="whoosh")
    given = parser.parse_args()
    for name in given.sets or sorted(p.parent.name for p in given.data.glob("*/qrels.tsv")):
        mrr, recall, asked = measured(given.data / name, given.engine)
        print(
            f"{name:15} {given.engine}: MRR@10 {mrr:.4f}, recall@10 {recall:.4f}, {asked} queries"
        )


def measured(folder: Path, engine: str) -> tuple[float, float, int]:
    """MRR@10, recall@10 and the number of queries of one test set."""
    right: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document = line.split("\t")[:2]
        right[query].add(document)
    reciprocal, recalled = [], []
    with (
        tempfile.TemporaryDirectory() as temporary,
        writable(Path(temporary) / "index", {"engine": engine}) as index,
    ):
        report = index_pages([folder / "corpus.jsonl"], index)
        for skipped in report.skipped:
            print(f"  skipped {skipped.origin}: {skipped.why}")
        service = SearchService(index, default_analyzer())
        for line in (folder / "queries.jsonl").read_text("utf-8").splitlines():
            query = json.loads(line)
            if query["id"] not in right:
                continue
            wanted = right[query["id"]]
            hits = [id for id in service.ranked(query["text"], 11) if id != query.get("own")][:10]
            reciprocal.append(next((1 / n for n, id in enumerate(hits, 1) if id in wanted), 0.0))
            recalled.append(len(wanted.intersection(hits)) / len(wanted))
    asked = len(reciprocal)
    return sum(reciprocal) / asked, sum(recalled) / asked, asked


if __name__ == "__main__":
    main()
