"""What an index knows about each article besides its words, as numpy arrays: facet values, dates,
lengths. Counting a facet over thousands of found articles is then one ``bincount``.
"""

import datetime as dt
import io
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Counts
from indexer.model import FACETS, Document, Filter

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
_FEW = 0.05  # of the articles: measured, from here on reading every pair is faster
UNDATED = 0  # a date is its proleptic ordinal; none is 0


class Row(NamedTuple):
    """One article's entry in the columns."""

    id: str
    date: int
    length: int  # words in title and body
    title_length: int
    values: tuple[tuple[str, ...], ...]  # for each of FACETS


def row(document: Document) -> Row:
    """Return the entry of one document."""
    record = document.record
    date = record.article.date
    return Row(
        record.article.id,
        date.toordinal() if date else UNDATED,
        len(document.title) + len(document.body),
        len(document.title),
        tuple(tuple(dict.fromkeys(record.values(facet))) for facet in FACETS),
    )


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """All (article, value) pairs of one facet: ``labels[codes[i]]`` belongs to ``owners[i]``.

    Both ``labels`` and ``owners`` ascend.
    """

    labels: tuple[str, ...]
    codes: Ints
    owners: Ints

    @classmethod
    def build(cls, values: Iterable[tuple[str, ...]]) -> "FacetColumn":
        """Make a column from each article's values, in article order."""
        pairs = [(owner, label) for owner, labels in enumerate(values) for label in labels]
        labels = sorted({label for _, label in pairs})
        code = {label: i for i, label in enumerate(labels)}
        codes = np.array([code[label] for _, label in pairs], np.int64)
        return cls(tuple(labels), codes, np.array([owner for owner, _ in pairs], np.int64))

    @classmethod
    def join(cls, parts: Sequence[tuple["FacetColumn", int]]) -> "FacetColumn":
        """Put columns one after the other; each comes with the number of its first article."""
        labels = sorted({label for column, _ in parts for label in column.labels})
        code = {label: i for i, label in enumerate(labels)}
        codes, owners = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for column, base in parts:
            new = np.array([code[label] for label in column.labels], np.int64)
            codes.append(new[column.codes])
            owners.append(column.owners + base)
        return cls(tuple(labels), np.concatenate(codes), np.concatenate(owners))

    def select(self, articles: Mask) -> "FacetColumn":
        """The pairs of the articles in the mask alone, which are renumbered from 0."""
        kept = articles[self.owners]
        renumbered = np.cumsum(articles, dtype=np.int64) - 1
        return FacetColumn(self.labels, self.codes[kept], renumbered[self.owners[kept]])

    def count(self, articles: Mask, size: int | None) -> Counts:
        """Count the values of the articles in the mask."""
        counts = np.bincount(self._codes_of(articles), minlength=len(self.labels))
        present = np.flatnonzero(counts)
        best = present
        if size is not None and len(present) > size:
            # Ties at the cut are kept, so that the cut is made by count and then by id.
            least = np.partition(counts[present], -size)[-size] if size else counts.max() + 1
            best = present[counts[present] >= least]
        best = best[np.argsort(-counts[best], kind="stable")][:size]
        values = zip((self.labels[i] for i in best), counts[best].tolist(), strict=True)
        return Counts(tuple(values), len(present))

    def _codes_of(self, articles: Mask) -> Ints:
        """The codes of the articles in the mask. Few articles are looked up, many sifted out."""
        found = np.flatnonzero(articles)
        if len(found) == len(articles):
            return self.codes
        if len(found) > _FEW * len(articles):
            return self.codes[articles[self.owners]]
        starts = self.owners.searchsorted(found)
        sizes = self.owners.searchsorted(found, side="right") - starts
        before = np.cumsum(sizes) - sizes
        places = np.repeat(starts - before, sizes) + np.arange(sizes.sum())
        codes: Ints = self.codes[places]
        return codes

    def holding(self, values: Iterable[str], articles: int) -> Mask:
        """Which of ``articles`` articles hold any of these values."""
        mask = np.zeros(articles, np.bool_)
        for value in set(values):
            code = bisect_left(self.labels, value)
            if self.labels[code : code + 1] == (value,):
                mask[self.owners[self.codes == code]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a whole index or of one segment, by article number."""

    ids: tuple[str, ...]
    dates: Ints
    lengths: Ints
    title_lengths: Ints
    facets: dict[str, FacetColumn]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(cls, rows: Sequence[Row]) -> "Columns":
        """Make columns from rows in the order of their article numbers."""
        numbers = np.array([(r.date, r.length, r.title_length) for r in rows], np.int64)
        dates, lengths, title_lengths = numbers.reshape(-1, 3).T
        facets = {
            facet: FacetColumn.build(r.values[i] for r in rows) for i, facet in enumerate(FACETS)
        }
        return cls(tuple(r.id for r in rows), dates, lengths, title_lengths, facets)

    @classmethod
    def join(cls, parts: Sequence["Columns"]) -> "Columns":
        """Put the columns of segments one after the other."""
        bases = np.cumsum([0, *(len(part) for part in parts)])
        none = np.zeros(0, np.int64)
        return cls(
            tuple(id for part in parts for id in part.ids),
            np.concatenate([none, *(part.dates for part in parts)]),
            np.concatenate([none, *(part.lengths for part in parts)]),
            np.concatenate([none, *(part.title_lengths for part in parts)]),
            {
                facet: FacetColumn.join(
                    [(p.facets[facet], int(b)) for p, b in zip(parts, bases[:-1], strict=True)]
                )
                for facet in FACETS
            },
        )

    def select(self, articles: Mask) -> "Columns":
        """The columns of the articles in the mask alone, renumbered from 0 in the same order."""
        numbers = np.flatnonzero(articles)
        return Columns(
            tuple(self.ids[n] for n in numbers),
            self.dates[numbers],
            self.lengths[numbers],
            self.title_lengths[numbers],
            {facet: column.select(articles) for facet, column in self.facets.items()},
        )

    def save(self, path: Path) -> None:
        """Write the columns to a file that ``load`` reads; the file appears whole or not at all."""
        part = path.with_suffix(f".{uuid4().hex}.part")  # several readers may save at once
        part.write_bytes(self.to_bytes())
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Columns":
        """Read what ``save`` wrote; raises ``OSError``, ``ValueError`` or ``KeyError``."""
        return cls.from_bytes(path.read_bytes())

    def to_bytes(self) -> bytes:
        """The columns as bytes, for ``from_bytes``."""
        arrays: dict[str, Any] = {
            "dates": self.dates,
            "lengths": self.lengths,
            "title_lengths": self.title_lengths,
            "ids": _packed(self.ids),
        }
        for facet, column in self.facets.items():
            arrays[f"{facet}.labels"] = _packed(column.labels)
            arrays[f"{facet}.codes"] = column.codes.astype(np.int32)
            arrays[f"{facet}.owners"] = column.owners.astype(np.int32)
        file = io.BytesIO()
        np.savez(file, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Columns":
        """Read what ``to_bytes`` made; raises ``ValueError`` or ``KeyError`` for anything else."""
        try:
            with np.load(io.BytesIO(packed)) as data:
                return cls._of(data)
        except (BadZipFile, EOFError) as error:
            raise ValueError("no columns, or cut off") from error

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> "Columns":
        facets = {
            facet: FacetColumn(
                _unpacked(data[f"{facet}.labels"]),
                data[f"{facet}.codes"].astype(np.int64),
                data[f"{facet}.owners"].astype(np.int64),
            )
            for facet in FACETS
        }
        return cls(
            _unpacked(data["ids"]),
            data["dates"],
            data["lengths"],
            data["title_lengths"],
            facets,
        )

    def between(self, start: dt.date | None, end: dt.date | None) -> Mask:
        """Which articles are dated from ``start`` to ``end``."""
        first = start.toordinal() if start else UNDATED + 1
        last = end.toordinal() if end else dt.date.max.toordinal()
        inside: Mask = (self.dates >= first) & (self.dates <= last)
        return inside

    def filtered(self, filters: Iterable[Filter]) -> tuple[Mask, dict[str, Mask]]:
        """Which articles pass the exclusions, and for each filtered facet who holds a choice."""
        passing = np.ones(len(self), np.bool_)
        chosen: dict[str, list[str]] = {}
        for one in filters:
            if one.exclude:
                passing &= ~self.facets[one.facet].holding([one.value], len(self))
            else:
                chosen.setdefault(one.facet, []).append(one.value)
        return passing, {
            facet: self.facets[facet].holding(values, len(self)) for facet, values in chosen.items()
        }


def _packed(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(strings).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(json.loads(packed.tobytes()))
