"""How well the layers of analysis bring forms of a word together, beside the stemmers in use.

    python benchmarks/quality/stemming.py DATA [--only NAME…] [--speed FILE.jsonl.gz]

DATA holds ud_arabic/ and folders with corpus.jsonl, queries.jsonl and qrels.tsv. All stemmers
read the same printed words in one run:

- conflation: word types of UD Arabic (nouns, adjectives, verbs, names), gold is the lemma;
  precision, recall and F1 over pairs of types.
- lemmas: the share of UD's running words in Arabic letters whose lemma is one that UD gives them.
- retrieval: BM25 (k1 1.2, b 0.75) over the stems, MRR@10 of the judged documents.
- speed: tokens a second through ``Analyzer.analyze``, with an empty cache and with a warm one.

Peers are measured where they are installed: PyStemmer (Snowball), Tashaphyne, ISRI of whoosh3, and
Lucene's ArabicAnalyzer (Debian's liblucene8-java and a JDK, which runs one source file).
"""

import argparse
import gzip
import importlib.util
import json
import math
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.model import Word
from indexer.text import Analyzer
from indexer.text.normalize import normalize

WORD = re.compile(r"[\w\u064b-\u0652\u0640]+")
LETTERS = re.compile("[\u0621-\u0652\u0640\u0670]+")
VOWELS = re.compile("[\u064b-\u0652\u0670]")
OPEN_CLASS = ("NOUN", "ADJ", "VERB", "PROPN")
K1, B = 1.2, 0.75
JARS = Path("/usr/share/java")
LUCENE = """
import java.io.*;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class Stems {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        var analyzer = new ArabicAnalyzer(CharArraySet.EMPTY_SET);
        for (String line; (line = in.readLine()) != null; ) {
            var terms = new StringBuilder();
            try (TokenStream stream = analyzer.tokenStream("", line)) {
                var term = stream.addAttribute(CharTermAttribute.class);
                stream.reset();
                while (stream.incrementToken()) terms.append(term).append(' ');
                stream.end();
            }
            out.println(terms.toString().trim());
        }
        out.flush();
    }
}
"""

Stems = Mapping[str, str]
Stemmer = Callable[[Sequence[str]], Iterable[str]]


class Judged(NamedTuple):
    """A retrieval set: texts by document, and each query with its own and its right documents."""

    name: str
    documents: dict[str, str]
    queries: list[tuple[str, str | None, set[str]]]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--speed", type=Path, metavar="FILE.jsonl.gz", help="articles to time")
    given = parser.parse_args()
    gold = read_gold(given.data / "ud_arabic")
    sets = [read_judged(path.parent) for path in sorted(given.data.glob("*/qrels.tsv"))]
    words = sorted(set(gold).union(*(words_of(judged) for judged in sets)))
    print(f"{len(gold)} word types of UD Arabic; {len(words)} words to stem")
    names = "".join(f" {judged.name:>14}" for judged in sets)
    print(f"{'':12} precision recall    F1{names}")
    for name, stemmer in stemmers().items():
        if given.only and name not in given.only:
            continue
        stems = dict(zip(words, stemmer(words), strict=True))
        precision, recall = conflation(gold, stems)
        f1 = 2 * precision * recall / (precision + recall)
        ranks = "".join(f" {reciprocal_rank(judged, stems):14.3f}" for judged in sets)
        print(f"{name:12} {precision:9.3f} {recall:6.3f} {f1:5.3f}{ranks}", flush=True)
    for path in sorted((given.data / "ud_arabic").glob("*_surface_lemma.tsv")):
        print(f"{path.name}: {right_lemmas(path):.3f} of running words have a gold lemma")
    if given.speed:
        print_speed(given.speed)


def right_lemmas(path: Path) -> float:
    """The share of running words whose lemma is one of those that a treebank has for the word."""
    gold: dict[str, Counter[str]] = defaultdict(Counter)
    for line in path.read_text("utf-8").splitlines()[1:]:
        surface, lemma, _, _, count = line.split("\t")
        if LETTERS.fullmatch(surface):
            gold[surface][normalize(lemma)] += int(count)
    analyzer = Analyzer()
    right = sum(c.total() for word, c in gold.items() if analyzer.word(word).lemma in c)
    return right / sum(c.total() for c in gold.values())


def stemmers() -> dict[str, Stemmer]:
    """Rasad's layers, and every peer that is installed."""
    analyzer = Analyzer()
    found: dict[str, Stemmer] = {
        "exact": lambda words: [layer(analyzer, word, "exact") for word in words],
        "stem": lambda words: [layer(analyzer, word, "stem") for word in words],
        "lemma": lambda words: [layer(analyzer, word, "lemma") for word in words],
    }
    if importlib.util.find_spec("Stemmer"):
        import Stemmer as snowball

        found["Snowball"] = snowball.Stemmer("arabic").stemWords
    if importlib.util.find_spec("tashaphyne"):
        from tashaphyne.stemming import ArabicLightStemmer

        found["Tashaphyne"] = lambda words: map(ArabicLightStemmer().light_stem, words)
    if importlib.util.find_spec("whoosh"):
        from whoosh.lang.isri import ISRIStemmer

        found["ISRI"] = lambda words: map(ISRIStemmer().stem, words)
    if list(JARS.glob("lucene-analyzers-common-*.jar")) and shutil.which("javac"):
        found["Lucene"] = lucene
    return found


def layer(analyzer: Analyzer, printed: str, name: str) -> str:
    words: list[Word] = [token.word for token in analyzer.analyze(printed)]
    return " ".join(getattr(word, name) for word in words) or printed


def lucene(words: Sequence[str]) -> list[str]:
    """What Lucene's ArabicAnalyzer makes of each word."""
    jars = ":".join(map(str, JARS.glob("lucene-*.jar")))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "Stems.java"
        source.write_text(LUCENE)
        run = subprocess.run(
            ["java", "-cp", jars, source],
            input="\n".join(words) + "\n",
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return run.stdout.split("\n")[: len(words)]


def read_gold(folder: Path) -> dict[str, str]:
    """Word type → its most frequent lemma, without vowels."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*_surface_lemma.tsv")):
        for line in path.read_text("utf-8").splitlines()[1:]:
            surface, lemma, _, pos, count = line.split("\t")
            if pos in OPEN_CLASS and WORD.fullmatch(surface):
                counts[surface][lemma] += int(count)
    return {word: VOWELS.sub("", lemmas.most_common(1)[0][0]) for word, lemmas in counts.items()}


def read_judged(folder: Path) -> Judged:
    documents = {
        row["id"]: f"{row.get('title') or ''} {row['text']}"
        for row in rows(folder / "corpus.jsonl")
    }
    right: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, *fields = line.split()
        right[query].add(next(field for field in reversed(fields) if field in documents))
    queries = [
        (row["text"], row.get("own"), right[row["id"]])
        for row in rows(folder / "queries.jsonl")
        if row["id"] in right
    ]
    return Judged(folder.name, documents, queries)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def words_of(judged: Judged) -> set[str]:
    texts = [*judged.documents.values(), *(text for text, _, _ in judged.queries)]
    return {word for text in texts for word in WORD.findall(text)}


def conflation(gold: Mapping[str, str], stems: Stems) -> tuple[float, float]:
    """Precision and recall over pairs of word types: same stem against same lemma."""
    right = pairs(Counter((lemma, stems[word]) for word, lemma in gold.items()))
    found = pairs(Counter(stems[word] for word in gold))
    return (right / found if found else 1.0), right / pairs(Counter(gold.values()))


def pairs(sizes: Counter[object] | Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def reciprocal_rank(judged: Judged, stems: Stems) -> float:
    """MRR@10 with BM25 over the stems."""
    ids = list(judged.documents)
    texts = [terms(text, stems) for text in judged.documents.values()]
    lengths = np.array([len(text) for text in texts])
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        for term, count in Counter(text).items():
            postings[term].append((number, count))
    total = 0.0
    for text, own, right in judged.queries:
        scores = np.zeros(len(ids))
        for term in set(terms(text, stems)) & postings.keys():
            places, counts = np.array(postings[term]).T
            weight = math.log(1 + (len(ids) - len(places) + 0.5) / (len(places) + 0.5))
            scores[places] += weight * counts * (K1 + 1) / (counts + norm[places])
        best = [ids[n] for n in np.argsort(-scores)[:11] if scores[n] > 0 and ids[n] != own][:10]
        total += next((1 / rank for rank, one in enumerate(best, 1) if one in right), 0)
    return total / len(judged.queries)


def terms(text: str, stems: Stems) -> list[str]:
    return [term for word in WORD.findall(text) for term in stems[word].split()]


def print_speed(path: Path, articles: int = 2000) -> None:
    """Time the analysis of real articles, with an empty cache and again with a warm one."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line, _ in zip(file, range(articles), strict=False)]
    analyzer = Analyzer()
    normalize(texts[0])
    for label in ("empty cache", "warm cache"):
        start = time.process_time()
        tokens = sum(len(analyzer.analyze(text)) for text in texts)
        seconds = time.process_time() - start
        print(f"{label}: {tokens / seconds:,.0f} tokens a second ({tokens:,} tokens)")


if __name__ == "__main__":
    main()
