"""What an index knows about each article besides its words, as numpy arrays: facet values, dates,
lengths. Counting a facet over thousands of found articles is then one ``bincount``.
"""

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Counts
from indexer.engines.columnar.vectors import VectorColumns
from indexer.model import Document, Filter, Sort
from indexer.schema import COLUMNS, YEARS, year_of

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
#: What to take off the counts of a facet's values over some articles: facet, articles → counts.
Surplus = Callable[[str, Mask], Ints]
_FEW = 0.05  # of the articles: measured, from here on reading every pair is faster
UNDATED = 0  # a date is its proleptic ordinal; none is 0


class Row(NamedTuple):
    """One article's entry in the columns."""

    id: str
    date: int
    length: int  # words in title and body
    title_length: int
    values: tuple[tuple[str, ...], ...]  # for each of COLUMNS
    story: str = ""
    vectors: tuple[bytes, ...] = ()


def row(document: Document) -> Row:
    """Return the entry of one document."""
    record = document.record
    date = record.article.date
    return Row(
        record.article.id,
        date.toordinal() if date else UNDATED,
        len(document.title) + len(document.body),
        len(document.title),
        tuple(tuple(dict.fromkeys(record.values(facet))) for facet in COLUMNS),
        document.story,
        document.vectors,
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

    def renamed(self, name: Callable[[str], str]) -> "FacetColumn":
        """The column with other labels, for articles of one value at most."""
        labels = sorted({name(label) for label in self.labels})
        code = {label: i for i, label in enumerate(labels)}
        new = np.array([code[name(label)] for label in self.labels], np.int64)
        return FacetColumn(tuple(labels), new[self.codes], self.owners)

    def count(self, articles: Mask, size: int | None, surplus: Ints | None = None) -> Counts:
        """Count the values of the articles in the mask, less what is counted too much."""
        counts = np.bincount(self._codes_of(articles), minlength=len(self.labels))
        if surplus is not None:
            counts -= surplus
        present = np.flatnonzero(counts)
        best = present
        if size is not None and len(present) > size:
            # Ties at the cut are kept, so that the cut is made by count and then by id.
            least = np.partition(counts[present], -size)[-size] if size else counts.max() + 1
            best = present[counts[present] >= least]
        best = best[np.argsort(-counts[best], kind="stable")][:size]
        values = zip((self.labels[i] for i in best), counts[best].tolist(), strict=True)
        return Counts(tuple(values), len(present))

    def holders(self, articles: Mask, values: Sequence[str]) -> NDArray[np.bool_]:
        """For each of these values of the column a mask: who of the articles holds it."""
        rows = np.full(len(self.labels), -1)
        rows[[bisect_left(self.labels, value) for value in values]] = np.arange(len(values))
        row = rows[self.codes]
        kept = (row >= 0) & articles[self.owners]
        held = np.zeros((len(values), len(articles)), np.bool_)
        held[row[kept], self.owners[kept]] = True
        return held

    def values_of(self, article: int) -> tuple[str, ...]:
        """The values of one article."""
        start, end = self.owners.searchsorted([article, article + 1])
        return tuple(self.labels[code] for code in self.codes[start:end])

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
    stories: tuple[str, ...]  # empty for an article by itself
    vectors: VectorColumns

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(cls, rows: Sequence[Row]) -> "Columns":
        """Make columns from rows in the order of their article numbers."""
        numbers = np.array([(r.date, r.length, r.title_length) for r in rows], np.int64)
        dates, lengths, title_lengths = numbers.reshape(-1, 3).T
        facets = {
            facet: FacetColumn.build(r.values[i] for r in rows) for i, facet in enumerate(COLUMNS)
        }
        ids, stories = tuple(r.id for r in rows), tuple(r.story for r in rows)
        vectors = VectorColumns.build([r.vectors for r in rows])
        return cls(ids, dates, lengths, title_lengths, facets, stories, vectors)

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
                for facet in COLUMNS
            },
            tuple(story for part in parts for story in part.stories),
            VectorColumns.join(
                [(part.vectors, int(b)) for part, b in zip(parts, bases[:-1], strict=True)]
            ),
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
            tuple(self.stories[n] for n in numbers),
            self.vectors.select(articles),
        )

    def with_years(self) -> "Columns":
        """The columns, and one of the years that the months are of."""
        return replace(self, facets={**self.facets, YEARS: self.facets["dates"].renamed(year_of)})

    def to_bytes(self) -> bytes:
        """The columns as bytes, for ``from_bytes``: a line of JSON, the numbers, the vectors."""
        # Not numpy's own format: reading its headers compiles Python, in which CPython 3.11 fails
        # when threads do it at once (python/cpython#106905).
        strings = {"ids": self.ids, "stories": self.stories}
        strings |= {facet: one.labels for facet, one in self.facets.items()}
        arrays = [self.dates, self.lengths, self.title_lengths]
        for facet in COLUMNS:
            arrays += [self.facets[facet].codes, self.facets[facet].owners]
        arrays += [one.owners for one in self.vectors]
        sizes = [len(array) for array in arrays]
        vectors = [one.packed.tobytes() for one in self.vectors]
        told = {"strings": strings, "sizes": sizes, "vectors": [len(one) for one in vectors]}
        numbers = np.concatenate(arrays).astype("<i4").tobytes()
        return b"\n".join([json.dumps(told).encode(), b"".join([numbers, *vectors])])

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Columns":
        """Read what ``to_bytes`` made; raises ``ValueError`` or ``KeyError`` for anything else."""
        head, _, numbers = packed.partition(b"\n")
        try:
            known = json.loads(head)
        except ValueError as error:
            raise ValueError("no columns, or cut off") from error
        sizes = known["sizes"]
        # Indexes that were made before there were vectors have none.
        widths = known.get("vectors", [])
        if isinstance(widths, int):  # of the first that had, an article had one at most
            sizes, widths = (sizes, [widths]) if widths else (sizes[:-1], [])
        if len(numbers) != 4 * sum(sizes) + sum(widths):
            raise ValueError("no columns, or cut off")
        every = np.frombuffer(numbers, "<i4", sum(sizes)).astype(np.int64)
        dates, lengths, title_lengths, *pairs = np.split(every, np.cumsum(sizes)[:-1])
        pairs, owners = pairs[: 2 * len(COLUMNS)], pairs[2 * len(COLUMNS) :]
        vectors = VectorColumns.of_bytes(owners, widths, numbers[4 * sum(sizes) :])
        strings = {name: tuple(values) for name, values in known["strings"].items()}
        facets = {
            facet: FacetColumn(strings[facet], codes, owners)
            for facet, codes, owners in zip(COLUMNS, pairs[::2], pairs[1::2], strict=True)
        }
        ids, stories = strings["ids"], strings["stories"]
        return cls(ids, dates, lengths, title_lengths, facets, stories, vectors)

    def between(self, start: dt.date | None, end: dt.date | None) -> Mask:
        """Which articles are dated from ``start`` to ``end``."""
        first = start.toordinal() if start else UNDATED + 1
        last = end.toordinal() if end else dt.date.max.toordinal()
        inside: Mask = (self.dates >= first) & (self.dates <= last)
        return inside

    def counted(
        self,
        matches: Mask,
        filters: Iterable[Filter],
        facets: Iterable[str],
        size: int | None,
        surplus: Surplus | None = None,
    ) -> tuple[Mask, dict[str, Counts]]:
        """Which of the matching articles pass all filters, and the counts of each facet.

        A facet is counted over the articles that pass all filters but its own alternatives;
        ``surplus`` says what that counts too much.
        """
        passing, choices = self.filtered(filters)
        base = matches & passing

        def under(masks: Iterable[Mask]) -> Mask:
            mask: Mask = np.logical_and.reduce([base, *masks])
            return mask

        found = under(choices.values())
        counts = {}
        for facet in facets:
            others = [mask for name, mask in choices.items() if name != facet]
            articles = found if len(others) == len(choices) else under(others)
            too_much = surplus(facet, articles) if surplus else None
            counts[facet] = self.facets[facet].count(articles, size, too_much)
        return found, counts

    def ranks(self) -> Ints:
        """The place of each article's id among all ids in order."""
        order = sorted(range(len(self)), key=self.ids.__getitem__)
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    def first(
        self,
        articles: Mask,
        full: Mask,
        sort: Sort,
        limit: int,
        ranks: Ints,
        scores: NDArray[np.float64] | None = None,
    ) -> list[int]:
        """The first ``limit`` of these articles in an order, ties by ``ranks``.

        ``scores`` are those of all articles; without them all are equally relevant. In order of
        date those that are ``full`` come before the others.
        """
        if sort != "relevance" and (lesser := articles & ~full).any():
            whole = self.first(articles & full, full, sort, limit, ranks)
            rest = limit - len(whole)
            return whole + (self.first(lesser, lesser, sort, rest, ranks) if rest else [])
        among = np.flatnonzero(articles)
        dates = self.dates[among]
        keys = {
            "relevance": np.zeros(len(among)) if scores is None else -scores[among].round(4),
            "newest": -dates,
            "oldest": np.where(dates == UNDATED, np.iinfo(np.int64).max, dates),
        }[sort]
        if 0 < limit < len(among):
            last = np.partition(keys, limit - 1)[limit - 1]
            among, keys = among[keys <= last], keys[keys <= last]
        best: list[int] = among[np.lexsort((ranks[among], keys))][:limit].tolist()
        return best

    def filtered(self, filters: Iterable[Filter]) -> tuple[Mask, dict[str, Mask]]:
        """Which articles pass all other filters, and for each facet who holds an alternative."""
        passing = np.ones(len(self), np.bool_)
        chosen: dict[str, list[str]] = {}
        for one in filters:
            if one.either and not one.exclude:
                chosen.setdefault(one.facet, []).append(one.value)
            else:
                passing &= one.exclude ^ self.facets[one.facet].holding([one.value], len(self))
        return passing, {
            facet: self.facets[facet].holding(values, len(self)) for facet, values in chosen.items()
        }
