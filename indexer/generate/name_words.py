"""Derive ``lexemes.tsv`` and ``letters.tsv``: which words are names.

Whether «صالح» or «الحربي» is a name cannot be told from a list of names alone, since such lists
hold ordinary words too. The ratio of a word's count among names (Wikidata) to its frequency in
text (wordfreq) tells: «محمد» has 6.9 bearers for each occurrence in a million words, «حساب» 0.006.
Whether a word has a reading that is no name is asked of farahidi.

Sources: Wikidata labels (CC0), wordfreq (data CC BY-SA 4.0), farahidi/AlKhalil (GPL-3).

usage: python -m indexer.generate.name_words --gazetteers PATH [--analyses FILE.jsonl.gz]
"""

import argparse
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.facets.ner.trigrams import triples
from indexer.generate import gazetteers
from indexer.text.normalize import normalize
from indexer.text.tables import TableHead

TABLES = Path(__file__).parents[1] / "facets" / "tables"
MADE = "by indexer.generate.name_words from Wikidata labels, wordfreq and farahidi"
LICENCE = "CC0-1.0 (Wikidata), CC BY-SA 4.0 (wordfreq), GPL-3.0-or-later (farahidi)"
LEXEMES = TableHead(
    "Which words are names: classes of words on the exact layer, apart by spaces.\n"
    "g given name, h given name and ordinary word, s surname, t surname and ordinary word,\n"
    "f name token of another language, o ordinary word, v ordinary word with a verb's reading",
    MADE,
    LICENCE,
    ("classes", "words"),
)
LETTERS = TableHead(
    "Three letters in a row, and ten times the log odds that their word is a name.",
    MADE,
    LICENCE,
    ("letters", "odds"),
)
#: Words on a line of the table.
LINE = 12
#: Words rarer than this per thousand million words are left unknown.
FREQUENT = 10**2.7
FREQUENT_TRIPLE = 6
#: Bearers per occurrence in a million words.
CERTAIN, POSSIBLE, SURNAME_POSSIBLE = 1.0, 0.12, 0.02
FOREIGN_CERTAIN, FOREIGN_POSSIBLE = 2.0, 0.5
ARABIC = re.compile("[\u0621-\u064a]+")
_LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Readings(NamedTuple):
    """What a word can be beside a proper name."""

    noun: bool = False
    verb: bool = False
    particle: bool = False

    def __or__(self, other: tuple[bool, ...]) -> "Readings":
        return Readings(*(a or b for a, b in zip(self, other, strict=True)))


class NameCounts:
    """Counts of name words, from the gazetteers."""

    def __init__(self, folder: Path) -> None:
        self.given: Counter[str] = Counter()
        self.surname: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()
        for arabic, kind, count, _ in gazetteers.rows(folder / "wikidata_units_arab.tsv"):
            word = normalize(arabic)
            if word.startswith("عبد "):
                word = word.replace(" ", "")
            if " " not in word and kind != "unknown":
                counter = self.given if kind == "given" else self.surname
                counter[word] += int(count)
        for latin, arabic, count in gazetteers.rows(folder / "netransliteration_wd_arabic.tsv"):
            if ARABIC.fullmatch(word := normalize(arabic)) and _LATIN.fullmatch(latin):
                self.foreign[word] += int(count)


def rows(names: NameCounts, words: dict[str, tuple[float, Readings]]) -> Iterator[tuple[str, str]]:
    """Yield (word, classes), sorted, for names and frequent words."""
    for word in sorted({*names.given, *names.surname, *names.foreign, *words}):
        frequency, readings = words.get(word, (0.0, Readings()))
        classes = _classes(word, names, frequency / 1000, readings)
        if _is_joined(word, classes, names):
            continue
        if classes and len(word) > 1:
            yield word, classes


def _is_joined(word: str, classes: str, names: NameCounts) -> bool:
    """Whether an ordinary word is a given name behind «and»: «ومحمد»; it is left to be read so."""
    bare = word.removeprefix("و")
    frequent = names.given[bare] >= 20 and names.given[bare] > 10 * names.given[word]
    return word.startswith("و") and frequent and not set(classes) & set("gsf")


def _classes(word: str, names: NameCounts, per_million: float, readings: Readings) -> str:
    given, surname, foreign = names.given[word], names.surname[word], names.foreign[word]
    ordinary = any(readings)
    ratio = (given + surname) / per_million if per_million else float("inf")
    classes = ""
    certain = (ratio >= CERTAIN and (given + surname >= 2)) or not ordinary
    if given and given * 8 >= surname and (certain or ratio >= POSSIBLE):
        classes += "g" if certain else "h"
    if surname and (certain or ratio >= SURNAME_POSSIBLE):
        classes += "s" if certain else "t"
    foreign_ratio = foreign / per_million if per_million else float("inf")
    if foreign and (not ordinary or foreign_ratio >= FOREIGN_POSSIBLE):
        classes += "f"
    if foreign_ratio >= FOREIGN_CERTAIN and foreign >= 5 and not readings.noun:
        certain = True  # farahidi reads rare verbs into many a foreign name
    if ordinary and not certain:
        classes += "v" if readings.verb else "o"
    return classes


def frequencies() -> dict[str, float]:
    """Normalised Arabic words with their count in a thousand million words."""
    import wordfreq

    total: Counter[str] = Counter()
    for word, share in wordfreq.get_frequency_dict("ar", "large").items():
        if ARABIC.fullmatch(normalized := normalize(word)):
            total[normalized] += share * 1e9
    return {word: count for word, count in total.items() if count >= FREQUENT}


def analysed(path: Path | None) -> Iterator[tuple[str, Readings]]:
    """Yield words as written with their readings, analysed now or read from a file.

    A line of the file holds ``[word, frequency, [[lemma, root, stem, part of speech, type, …]]]``.
    """
    if path:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                word, _, analyses = json.loads(line)
                yield word, _readings((row[3], row[4]) for row in analyses)
    else:
        import wordfreq
        from farahidi import Analyzer

        analyzer = Analyzer()
        for word, share in wordfreq.get_frequency_dict("ar", "large").items():
            if share * 1e9 >= FREQUENT / 4:
                found = analyzer.analyze(word)
                yield word, _readings((analysis.pos, analysis.type) for analysis in found)


def _readings(analyses: Iterable[tuple[str, str | None]]) -> Readings:
    found = Readings()
    for pos, kind in analyses:
        found |= (pos == "اسم" and kind != "اسم علم", pos == "فعل", pos not in ("اسم", "فعل"))
    return found


def main() -> None:
    """Write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, required=True)
    parser.add_argument("--analyses", type=Path)
    options = parser.parse_args()
    frequent = frequencies()
    readings: dict[str, Readings] = defaultdict(Readings)
    for word, found in analysed(options.analyses):
        normalized = normalize(word)
        if normalized in frequent:
            readings[normalized] |= found
        elif options.analyses and not readings:
            raise SystemExit(f"{options.analyses} holds no frequent words")
    words = {word: (count, readings[word]) for word, count in frequent.items()}
    table = list(rows(NameCounts(options.gazetteers), words))
    (TABLES / "lexemes.tsv").write_text(LEXEMES.text() + _by_class(table), "utf-8")
    letters = "".join(f"{triple}\t{odds}\n" for triple, odds in sorted(_odds(table).items()))
    (TABLES / "letters.tsv").write_text(LETTERS.text() + letters, "utf-8")


def _odds(table: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Ten times the logarithm of each frequent triple's odds, in names to ordinary words."""
    names: Counter[str] = Counter()
    ordinary: Counter[str] = Counter()
    sizes = [0, 0]
    for word, classes in table:
        if set(classes) <= set("gsf"):
            names.update(set(triples(word)))
            sizes[0] += 1
        elif set(classes) <= set("ov"):
            ordinary.update(set(triples(word)))
            sizes[1] += 1
    return {
        triple: round(
            10 * math.log((names[triple] + 0.5) / sizes[0] / (ordinary[triple] + 0.5) * sizes[1])
        )
        for triple in names | ordinary
        if names[triple] + ordinary[triple] >= FREQUENT_TRIPLE
    }


def _by_class(table: Iterable[tuple[str, str]]) -> str:
    """The words of each class, a dozen a line, so that a change to one is a change of a line."""
    classes: dict[str, list[str]] = defaultdict(list)
    for word, own in table:
        classes[own].append(word)
    lines = (
        f"{own}\t{' '.join(words[at : at + LINE])}\n"
        for own, words in sorted(classes.items())
        for at in range(0, len(words), LINE)
    )
    return "".join(lines)


if __name__ == "__main__":
    main()
