"""How well the results page answers judged queries over a news archive, beside other engines.

    python benchmarks/quality/results_page.py DATA [--index FOLDER] [--engine ENGINE]

DATA holds saudinewsnet.jsonl.gz, which is indexed in a temporary folder unless an index of it is
given. The queries and grades are in news_queries.tsv and news_grades.tsv; peers read the same
titles and bodies in the same run, see other_engines.py. For each: nDCG@10 with gains of
2^grade - 1; judged@10, the share of the first ten that were graded (the others count as wrong);
and R@100, the share of the articles graded 1 or 2 that are among the first hundred.
"""

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from other_engines import LUCENE, TOP, Found, peers

from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.meaning.encoder import encoders_of
from indexer.model import SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer

HERE = Path(__file__).parent
SHOWN = 10
PERMUTATIONS = 10_000

Grades = Mapping[str, Mapping[str, int]]  # query → article → grade


def main() -> None:
    """Print a line for each way of asking, and the test of the page against the best peer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the archive")
    parser.add_argument("--engine", default="whoosh", help="where an index is to be made")
    given = parser.parse_args()
    grades = read_grades()
    arabic, english = read_queries()
    with news_index(given.data, given.index, given.engine) as index:
        service = SearchService(index, default_analyzer(), encoders_of(index.settings.meaning))
        print(f"{len(arabic)} queries, {index.engine.name}")
        print(f"{'':24} nDCG@10  judged@10  R@100  found  full (medians)")
        page = report("page", *asked(service, arabic), grades)
        report("page, words alone", *asked(service, arabic, meaning=False), grades)
        batch = {query: service.ranked(text, TOP) for query, text in arabic.items()}
        report("batch", batch, "", grades)
        report("page, asked in English", *asked(service, english), grades)
        report("the same, words alone", *asked(service, english, meaning=False), grades)
        french = dict(_rows(HERE / "news_queries_fr.tsv"))
        report(f"{len(french)} asked in French", *asked(service, french), grades)
        report("the same, words alone", *asked(service, french, meaning=False), grades)
        found = peers(dict(texts(index)), arabic)
    others = {name: report(name, found[name], "", grades) for name in found}
    if f"Lucene {LUCENE}" not in others:
        print("Lucene itself could not be run: no Java, no Maven, or no way to its jars.")
    best = max(others, key=lambda name: statistics.mean(others[name]))
    gained = statistics.mean(page) - statistics.mean(others[best])
    p = chance(page, others[best])
    print(f"page against {best}: {gained:+.4f}, p {p:.4f} ({PERMUTATIONS} permutations)")


def read_queries() -> tuple[dict[str, str], dict[str, str]]:
    """The queries by id, in Arabic and in English."""
    rows = list(_rows(HERE / "news_queries.tsv"))
    return {id: arabic for id, arabic, _ in rows}, {id: english for id, _, english in rows}


def read_grades() -> Grades:
    """What the reader gave the articles of each query."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for query, article, grade in _rows(HERE / "news_grades.tsv"):
        grades[query][article] = int(grade)
    return grades


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@contextmanager
def news_index(data: Path, folder: Path | None, engine: str) -> Iterator[Index]:
    """The index of the archive that is given, or a new one that goes again."""
    if folder:
        index = Index.open(folder)
        try:
            yield index
        finally:
            index.close()
        return
    with (
        tempfile.TemporaryDirectory() as temporary,
        writable(Path(temporary) / "index", {"engine": engine}) as index,
    ):
        index_pages([data / "saudinewsnet.jsonl.gz"], index)
        yield index


def asked(
    service: SearchService, queries: Mapping[str, str], *, meaning: bool = True
) -> tuple[Found, str]:
    """The articles on the first pages of results, copies shown, and how many there are in all."""
    found, totals = {}, []
    for query, text in queries.items():
        page = service.page(SearchRequest(q=text, copies=True, size=TOP, meaning=meaning))
        found[query] = [result.record.article.id for result in page.results]
        totals.append((page.total, page.total_full))
    total, full = map(statistics.median, zip(*totals, strict=True))
    return found, f"{total:6.0f} {full:5.0f}"


def texts(index: Index) -> Iterator[tuple[str, str]]:
    """Title and body of every article."""
    ids = sorted(index.engine.ids())
    for start in range(0, len(ids), 1000):
        for record in index.engine.records(ids[start : start + 1000], mentions=False):
            yield record.article.id, f"{record.article.title}\n{record.article.body}"


def report(name: str, found: Found, totals: str, grades: Grades) -> list[float]:
    """Print the figures of one way of asking; return nDCG@10 of each query."""
    gains = [ndcg(found[query], grades[query]) for query in found]
    judged = [
        sum(id in grades[query] for id in ids[:SHOWN]) / max(1, len(ids[:SHOWN]))
        for query, ids in found.items()
    ]
    recalled = []
    for query, ids in found.items():
        right = {id for id, grade in grades[query].items() if grade}
        recalled.append(len(right.intersection(ids[:TOP])) / len(right))
    figures = [statistics.mean(values) for values in (gains, judged, recalled)]
    print(f"{name:24} {figures[0]:7.4f} {figures[1]:10.3f} {figures[2]:6.3f} {totals}", flush=True)
    return gains


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """The discounted gain of the first ten against the best there is."""
    ideal = dcg(sorted(grades.values(), reverse=True))
    return dcg([grades.get(id, 0) for id in ids]) / ideal if ideal else 0.0


def dcg(grades: Sequence[int]) -> float:
    """The discounted gain of the first ten of these grades."""
    gains = 2.0 ** np.array(grades[:SHOWN]) - 1
    return float(np.sum(gains / np.log2(np.arange(len(gains)) + 2)))


def chance(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely so large a difference is where names of the two were dealt at random."""
    differences = np.subtract(one, other)
    signs = np.random.default_rng(1).choice((-1, 1), (PERMUTATIONS, len(differences)))
    as_large = np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12
    return float((1 + np.count_nonzero(as_large)) / (1 + PERMUTATIONS))


if __name__ == "__main__":
    main()
