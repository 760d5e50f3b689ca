"""Derive ``text/lexicon.bin``: the lemma of each Arabic word type.

Sources: the word types and their frequencies from wordfreq (data CC BY-SA 4.0), every reading of
them from farahidi/AlKhalil (GPL-3), broken plurals from Arramooz (GPL-3), names from Wikidata (CC0)
and CLDR (Unicode-3.0), and ``tables/lemmas.tsv``, ``tables/corrections.tsv`` and
``tables/variants.tsv`` by hand, which have the last word.

A word is left out when the affix rules of ``indexer.text.lexicon`` find the same lemma by a shorter
word that is listed, unless it is frequent: then it is listed to be found faster.

usage: python -m indexer.generate.lexicon_table --gazetteers PATH [--analyses FILE] [--jobs N]
       The file of farahidi's readings is made if it is not there, about an hour of CPU, and
       completed if the run that made it was broken off.
   or: python -m indexer.generate.lexicon_table --correct
       Corrects the lexicon that is there, by the tables as they are now; a minute.
"""

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale

from indexer.generate import gazetteers, lexicon_corrections, morphology
from indexer.generate.candidates import WordType, gather
from indexer.generate.disambiguation import Chosen, choose
from indexer.text import tables
from indexer.text.lexicon import Entry, Lexicon
from indexer.text.normalize import normalize

LEXICON = Path(__file__).parents[1] / "text" / "lexicon.bin"
#: Words this frequent are listed even where a rule would find them.
FREQUENT = 2e-7
#: Bearers of a name, over all kinds, for it to count as one.
BEARERS = 3
#: Latin spellings of a foreign name token in Wikidata for it to count as one.
SPELLINGS = 3
_ARABIC = re.compile("[\u0621-\u064a]{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the table of lemmas that Rasad ships.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--gazetteers", type=Path, help="folder of the source tables")
    source.add_argument("--correct", action="store_true", help="only correct what is there")
    parser.add_argument(
        "--analyses", type=Path, help="farahidi's readings: read, made, or completed"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that ask farahidi")
    parser.add_argument("--out", type=Path, default=LEXICON)
    options = parser.parse_args()
    frequency = lexicon_corrections.frequencies()
    variants = read_table("variants.tsv")
    if options.correct:
        entries = lexicon_corrections.entries_of(Lexicon.load(options.out), frequency)
    else:
        types = _types(options.gazetteers, options.analyses, options.jobs)
        entries = entries_of(types, choose(types), variants)
    entries = lexicon_corrections.corrected(
        entries, frequency, lexicon_corrections.read(), variants
    )
    lexicon = without_derivable(entries, frequency)
    lexicon.save(options.out)
    print(f"{len(lexicon)} of {len(entries)} word types, {options.out.stat().st_size} bytes")


def _types(lists: Path, analyses: Path | None, jobs: int) -> list[WordType]:
    with tempfile.TemporaryDirectory() as folder:
        path = analyses or Path(folder) / "analyses.jsonl.gz"
        morphology.complete(path, jobs)
        return gather(
            morphology.read(path),
            plurals=read_plurals(lists / "broken_plurals.tsv"),
            names=read_names(lists),
            decided=read_countries() | read_table("lemmas.tsv"),
        )


def read_table(name: str) -> dict[str, str]:
    """One of our own tables of forms and their lemmas, both normalised."""
    pairs = tables.rows("indexer.generate", f"tables/{name}")
    return {normalize(form): normalize(lemma) for form, lemma in pairs}


def read_countries() -> dict[str, str]:
    """The Arabic names of countries that are one word (CLDR), each its own lemma."""
    names = map(normalize, Locale("ar").territories.values())
    words = {name.removeprefix("ال") for name in names if _ARABIC.fullmatch(name)}
    return {word: word for word in words if len(word) > 2}


def read_plurals(path: Path) -> dict[str, set[str]]:
    """Broken plural → its singulars; rows with notes in place of a word are passed over."""
    singulars: dict[str, set[str]] = defaultdict(set)
    for plural, singular, _ in _rows(path):
        one, many = normalize(singular), normalize(plural)
        if _ARABIC.fullmatch(one) and _ARABIC.fullmatch(many) and len(many) > 2 and one != many:
            singulars[many].add(one)
    return singulars


def read_names(folder: Path) -> set[str]:
    """Tokens of people's names that Wikidata has often enough."""
    names = {
        normalize(token)
        for token, _, _, bearers in _rows(folder / "wikidata_units_arab.tsv")
        if int(bearers) >= BEARERS
    }
    foreign: dict[str, int] = defaultdict(int)
    for _, token, count in _rows(folder / "netransliteration_wd_arabic.tsv"):
        foreign[normalize(token)] += int(count)
    return names | {token for token, count in foreign.items() if count >= SPELLINGS}


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows of a gazetteer that are whole."""
    return (row for row in gazetteers.rows(path) if row[-1].isdigit() or row[-1] in ("bp", "sg"))


def entries_of(
    types: Iterable[WordType], chosen: Mapping[str, Chosen], variants: Mapping[str, str]
) -> dict[str, Entry]:
    """What the lexicon should say of each word that is written in Arabic letters."""
    entries = {}
    for word_type in types:
        word, (lemma, proclitic) = word_type.word, chosen[word_type.word]
        lemma = variants.get(lemma, lemma)
        particles = len(proclitic) if word.startswith(proclitic) else 0
        if _ARABIC.fullmatch(word) and _ARABIC.fullmatch(lemma) and particles < len(word):
            entries[word] = Entry(lemma, particles)
    return entries


def without_derivable(
    entries: Mapping[str, Entry], frequency: Mapping[str, float], frequent: float = FREQUENT
) -> Lexicon:
    """The entries that the rules do not find by shorter ones, and the frequent ones."""
    lexicon = Lexicon()
    frequents = {}
    for word in sorted(entries, key=lambda word: (len(word), word)):
        if lexicon.inside(word) != entries[word]:
            lexicon.add(word, entries[word])
        elif frequency.get(word, 0) >= frequent:
            frequents[word] = entries[word]
    for word, entry in frequents.items():
        lexicon.add(word, entry)
    return lexicon


if __name__ == "__main__":
    main()
