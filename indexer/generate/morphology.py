"""What a morphological analyzer says of each word type: every way to read it.

farahidi (a port of AlKhalil Morpho Sys 2) reads some hundred words a second, far too slow for
running text and fast enough for a list of word types. Its answers are kept in one gzipped file, a
line a word,
``[word, frequency, [[lemma, root, stem, part of speech, type, gender, number, score, [proclitics],
[enclitics], [suffixes]], …]]``, so that the choice among them can be made again without the hour.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

from indexer.text.normalize import normalize

_CHUNK = 500


class Analysis(NamedTuple):
    """One way to read a word; every string is normalised, an absent part is empty."""

    lemma: str
    pos: str  # part of speech, in farahidi's Arabic terms
    type: str  # the kind of noun or particle
    number: str
    proclitic: str
    enclitic: str
    suffix: str
    stem: str  # the word without its clitics


class WordReadings(NamedTuple):
    """A printed word type, its share of running words, and all its readings."""

    word: str
    frequency: float
    readings: tuple[Analysis, ...]


def frequencies() -> dict[str, float]:
    """Every Arabic word type of wordfreq with its share of running words, most frequent first."""
    import wordfreq

    found: dict[str, float] = wordfreq.get_frequency_dict("ar", "large")
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def complete(path: Path, jobs: int) -> None:
    """Ask farahidi about the words that ``path`` lacks, rarest last, and add what it says.

    The whole list takes an hour or more; a file from a run that was broken off is gone on with.
    """
    known = frequencies()
    words = list(known.keys() - _answered(path)) if path.exists() else list(known)
    words.sort(key=lambda word: (-known[word], word))
    chunks = [words[start : start + _CHUNK] for start in range(0, len(words), _CHUNK)]
    with Pool(jobs) as pool, path.open("ab") as file:
        for chunk, rows in zip(chunks, pool.imap(_read_chunk, chunks), strict=True):
            lines = (
                json.dumps([word, known[word], row], ensure_ascii=False) + "\n"
                for word, row in zip(chunk, rows, strict=True)
            )
            file.write(gzip.compress("".join(lines).encode()))  # one after another, they are one
            file.flush()


def _answered(path: Path) -> set[str]:
    """The words in a file, whose torn end is cut off if the run that wrote it was broken off."""
    words: set[str] = set()
    whole = 0
    with path.open("rb") as file:
        content = file.read()
    while whole < len(content):
        inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            text = inflate.decompress(content[whole:])
        except zlib.error:
            break
        if not inflate.eof:
            break
        words.update(json.loads(line)[0] for line in text.decode().splitlines())
        whole = len(content) - len(inflate.unused_data)
    with path.open("rb+") as file:
        file.truncate(whole)
    return words


def read(path: Path) -> Iterator[WordReadings]:
    """The readings in a file that ``complete`` made, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            word, frequency, rows = json.loads(line)
            yield WordReadings(word, frequency, tuple(dict.fromkeys(map(_reading, rows))))


def _reading(row: list[Any]) -> Analysis:
    lemma, _, stem, pos, kind, _, number, _, proclitics, enclitics, suffixes = row
    return Analysis(
        lemma=normalize(lemma),
        pos=pos,
        type=kind or "",
        number=number or "",
        proclitic=normalize("".join(proclitics)),
        enclitic=normalize("".join(enclitics)),
        suffix=normalize("".join(suffixes)),
        stem=normalize(stem),
    )


@cache
def _farahidi() -> Any:
    from farahidi import Analyzer

    return Analyzer()


def _read_chunk(words: Iterable[str]) -> list[list[list[Any]]]:
    return [_rows(_farahidi().analyze(word)) for word in words]


def _rows(analyses: Iterable[Any]) -> list[list[Any]]:
    """Farahidi's analyses, those that differ only in voice, tense or case kept once, best first."""
    rows: dict[str, list[Any]] = {}
    for a in analyses:
        proclitics, enclitics, suffixes = (
            [part.form for part in parts] for parts in (a.proclitics, a.enclitics, a.suffixes)
        )
        row = [a.lemma, a.root, a.stem, a.pos, a.type, a.gender, a.number, round(a.score, 6)]
        row += [proclitics, enclitics, suffixes]
        key = json.dumps([row[:2], row[3:7], row[8:]])
        rows.setdefault(key, row)
    return list(rows.values())
