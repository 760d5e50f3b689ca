"""How well the results page answers judged queries over a news archive, beside other engines.

    python benchmarks/quality/results_page.py DATA [--index FOLDER] [--engine ENGINE]

DATA holds saudinewsnet.jsonl.gz, which is indexed in a temporary folder unless an index of it is
given. The queries and grades are in news_queries.tsv, news_queries_fr.tsv and news_grades.tsv;
peers read the same titles and bodies in the same run, see other_engines.py. Where the index has
vectors of the whole model, the page is measured with these as well. For each way, by ir-measures:
nDCG@10 with gains of 2^grade - 1; judged@10, the share of the first ten that were graded (the
others count as wrong); and R@100, the share of the articles graded 1 or 2 that are among the first
hundred. What two ways of asking differ by is tested by paired randomisation.
"""

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import Judged, R, nDCG
from other_engines import LUCENE, TOP, Found, peers
from scipy.stats import permutation_test

from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.meaning.encoder import encoders_of
from indexer.meaning.whole_model import DIMENSIONS
from indexer.model import SearchRequest
from indexer.schema import MODEL, WORDS
from indexer.search.service import SearchService
from indexer.text import default_analyzer

HERE = Path(__file__).parent
PERMUTATIONS = 10_000
NDCG = nDCG(gains={0: 0, 1: 1, 2: 3}) @ 10
JUDGED, RECALL = Judged @ 10, R @ 100  # of no articles none is judged
MEASURES = (NDCG, RECALL)

Grades = Mapping[str, Mapping[str, int]]  # query → article → grade


def main() -> None:
    """Print a line for each way of asking, and tests of what they differ by."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, help="an index of the archive")
    parser.add_argument("--engine", default="whoosh", help="where an index is to be made")
    given = parser.parse_args()
    grades = read_grades()
    with news_index(given.data, given.index, given.engine) as index:
        meanings = [WORDS, MODEL] if DIMENSIONS in index.engine.vectors() else [WORDS]
        services = {
            meaning: SearchService(index, default_analyzer(), encoders_of(meaning))
            for meaning in meanings
        }
        print(f"{index.engine.name}, articles graded: {sum(map(len, grades.values()))}")
        print(f"{'':36} nDCG@10  judged@10  R@100  found  full (medians)")
        pages = {}
        for language, queries in zip(("Arabic", "English", "French"), read_queries(), strict=True):
            asks = {"by words alone": asked(services[WORDS], queries, meaning=False)}
            asks |= {f"by {one}": asked(services[one], queries) for one in meanings}
            for way, (found, totals) in asks.items():
                name = f"{len(queries)} in {language}, {way}"
                pages[language, way] = report(name, found, totals, grades)
        arabic = read_queries()[0]
        batch = {query: services[meanings[-1]].ranked(text, TOP) for query, text in arabic.items()}
        report(f"batch, by {meanings[-1]}", batch, "", grades)
        found = peers(dict(texts(index)), arabic)
    others = {("Arabic", name): report(name, found[name], "", grades) for name in found}
    if f"Lucene {LUCENE}" not in found:
        print("Lucene itself could not be run: no Java, no Maven, or no way to its jars.")
    best = max(others, key=lambda name: statistics.mean(others[name]))
    ways = ["by words alone", *(f"by {one}" for one in meanings)]
    differ("Arabic", ways[1], best[1], pages["Arabic", ways[1]], others[best])
    for language in ("Arabic", "English", "French"):
        for one, other in zip(ways[1:], ways, strict=False):
            differ(language, one, other, pages[language, one], pages[language, other])


def read_queries() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The queries by id, in Arabic, in English and, some of them, in French."""
    rows = list(_rows(HERE / "news_queries.tsv"))
    return (
        {id: arabic for id, arabic, _ in rows},
        {id: english for id, _, english in rows},
        dict(_rows(HERE / "news_queries_fr.tsv")),
    )


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
    run = {
        query: {id: -float(place) for place, id in enumerate(ids)} for query, ids in found.items()
    }
    asked_for = {query: grades[query] for query in found}
    every: dict[object, dict[str, float]] = defaultdict(dict)
    some = {query: ids for query, ids in run.items() if ids}
    for measures, of in ((MEASURES, run), ([JUDGED], some)):
        for one in ir_measures.iter_calc(measures, asked_for, of):
            every[one.measure][one.query_id] = one.value
    figures = [statistics.mean(every[measure].values()) for measure in (NDCG, JUDGED, RECALL)]
    print(f"{name:36} {figures[0]:7.4f} {figures[1]:10.3f} {figures[2]:6.3f} {totals}", flush=True)
    return [every[NDCG][query] for query in sorted(found)]


def differ(
    language: str, one: str, other: str, ours: Sequence[float], theirs: Sequence[float]
) -> None:
    """Print what two ways differ by, and how likely that is where their names were dealt."""
    test = permutation_test(
        (ours, theirs),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        permutation_type="samples",
        n_resamples=PERMUTATIONS,
        rng=1,
    )
    print(f"{language}, {one} against {other}: {test.statistic:+.4f}, p {test.pvalue:.4f}")


if __name__ == "__main__":
    main()
