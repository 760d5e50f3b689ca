"""What others would find: BM25 over plain words and over light stems, and Lucene itself.

Any word of a query is enough, k1 is 1.2 and b 0.75 everywhere, title and body are one text. The
light stemmer is light10 of Larkey, Ballesteros and Connell, «Light Stemming for Arabic Information
Retrieval» (2007), step by step as Lucene's ArabicAnalyzer has it.
"""

import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from indexer.text.normalize import normalize

HERE = Path(__file__).parent
LUCENE = "9.12.0"
K1, B = 1.2, 0.75
TOP = 100
WORD = re.compile(r"[^\W_]+(?:[\u064b-\u0652\u0640]+[^\W_]*)*")

LUCENE_LETTERS = str.maketrans(
    {
        "\u0622": "\u0627",  # alef with madda
        "\u0623": "\u0627",  # alef with hamza above
        "\u0625": "\u0627",  # alef with hamza below
        "\u0649": "\u064a",  # alef maqsura
        "\u0629": "\u0647",  # teh marbuta
        **dict.fromkeys(map(chr, range(0x064B, 0x0653)), ""),  # vowel marks
        "\u0640": "",  # tatweel
    }
)
PREFIXES = (
    "ال",
    "وال",
    "بال",
    "كال",
    "فال",
    "لل",
    "و",
)
SUFFIXES = (
    "ها",
    "ان",
    "ات",
    "ون",
    "ين",
    "يه",
    "ية",
    "ه",
    "ة",
    "ي",
)

Found = dict[str, list[str]]  # the best articles' ids for each query
Terms = Callable[[str], list[str]]


def peers(articles: Mapping[str, str], queries: Mapping[str, str]) -> dict[str, Found]:
    """What each peer finds; Lucene only where there are Java, Maven and a way to its jars."""
    found = {
        "BM25, words": bm25(articles, queries, words),
        "BM25, light10": bm25(articles, queries, light_stems),
    }
    lucene = lucene_found(articles, queries)
    return found | ({f"Lucene {LUCENE}": lucene} if lucene else {})


def words(text: str) -> list[str]:
    """The words as Rasad's exact layer folds their letters."""
    return WORD.findall(normalize(text))


def light_stems(text: str) -> list[str]:
    """The terms that Lucene's ArabicAnalyzer makes."""
    stop = _stop_words()
    return [light_stem(word) for word in WORD.findall(text.lower()) if word not in stop]


@cache
def light_stem(word: str) -> str:
    """One word without the prefix and the suffixes that light10 knows.

    >>> light_stem("والمفاوضات")
    'مفاوض'
    """
    word = word.translate(LUCENE_LETTERS)
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) >= max(4, len(prefix) + 2):
            word = word.removeprefix(prefix)
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word.removesuffix(suffix)
    return word


@cache
def _stop_words() -> frozenset[str]:
    lines = (HERE / "light10_stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def bm25(articles: Mapping[str, str], queries: Mapping[str, str], terms: Terms) -> Found:
    """The best articles by BM25 over these terms."""
    asked = {query: set(terms(text)) for query, text in queries.items()}
    wanted = set().union(*asked.values())
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = np.zeros(len(articles))
    for number, text in enumerate(articles.values()):
        found = terms(text)
        lengths[number] = len(found)
        for term, count in Counter(term for term in found if term in wanted).items():
            postings[term].append((number, count))
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    ids = list(articles)
    best: Found = {}
    for query, own in asked.items():
        scores = np.zeros(len(ids))
        for term in own & postings.keys():
            at, tf = np.array(postings[term]).T
            idf = np.log1p((len(ids) - len(at) + 0.5) / (len(at) + 0.5))
            scores[at] += idf * tf * (K1 + 1) / (tf + norm[at])
        order = np.argsort(-scores, kind="stable")[:TOP]
        best[query] = [ids[n] for n in order if scores[n] > 0]
    return best


def lucene_found(articles: Mapping[str, str], queries: Mapping[str, str]) -> Found | None:
    """The best articles of Lucene itself, or None where it can't be run."""
    if not (shutil.which("java") and shutil.which("mvn")):
        return None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if not _fetched(folder):
            return None
        corpus = folder / "articles.tsv"
        lines = (f"{id}\t{' '.join(text.split())}\n" for id, text in articles.items())
        corpus.write_text("".join(lines), "utf-8")
        run = subprocess.run(
            ["java", "-cp", f"{folder}/*", HERE / "LuceneSearch.java", corpus, str(TOP)],
            input="".join(f"{' '.join(text.split())}\n" for text in queries.values()),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return dict(zip(queries, map(str.split, run.stdout.splitlines()), strict=True))


def _fetched(folder: Path) -> bool:
    """Whether Maven could put Lucene's jars there."""
    artifacts: Sequence[str] = ("lucene-core", "lucene-analysis-common")
    return all(
        subprocess.run(
            [
                *("mvn", "--quiet", "--batch-mode", "dependency:copy"),
                f"-Dartifact=org.apache.lucene:{artifact}:{LUCENE}",
                f"-DoutputDirectory={folder}",
            ],
            capture_output=True,
            check=False,
        ).returncode
        == 0
        for artifact in artifacts
    )
