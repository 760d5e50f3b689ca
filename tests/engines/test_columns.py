"""Counting in columns gives what counting by hand gives, however the columns came about."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_document
from indexer.engines.base import Counts
from indexer.engines.columnar.columns import Columns, FacetColumn, row
from indexer.model import Document, Filter
from indexer.schema import FACET_IDS

values = st.lists(st.sampled_from(["ب", "a", "b", "cc", "z"]), max_size=4, unique=True)
articles = st.lists(values.map(tuple), max_size=60)


def counted(values: list[tuple[str, ...]], size: int | None) -> Counts:
    counts = Counter(value for one in values for value in one)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Counts(tuple(ordered[:size]), len(counts))


@given(articles, st.data(), st.sampled_from([None, 0, 1, 2, 50]))
def test_any_selection_is_counted(
    articles: list[tuple[str, ...]], data: st.DataObject, size: int | None
) -> None:
    chosen = data.draw(
        st.lists(st.booleans(), min_size=len(articles), max_size=len(articles))
        | st.integers(0, 60).map(lambda n: [i == n for i in range(len(articles))])
    )
    column, mask = FacetColumn.build(articles), np.array(chosen, np.bool_)
    kept = [one for one, keep in zip(articles, chosen, strict=True) if keep]
    assert column.count(mask, size) == counted(kept, size)
    # The same of columns that were cut, or put together, or both.
    every = np.ones(len(kept), np.bool_)
    assert column.select(mask).count(every, size) == counted(kept, size)
    twice = FacetColumn.join([(column, 0), (column.select(mask), len(articles))])
    both = np.ones(len(articles) + len(kept), np.bool_)
    assert twice.count(both, size) == counted(articles + kept, size)


@given(articles, st.lists(st.sampled_from(["ب", "a", "cc", "none", ""]), max_size=3))
def test_who_holds_a_value(articles: list[tuple[str, ...]], wanted: list[str]) -> None:
    holding = FacetColumn.build(articles).holding(wanted, len(articles))
    assert holding.tolist() == [bool(set(one) & set(wanted)) for one in articles]


@pytest.fixture
def documents() -> list[Document]:
    return [
        make_document("ب", title="a b", body="c", people={"Q1", "Q2"}, date="2021-06-30"),
        make_document("a", body="x y z", people={"Q2"}, source="واس", story="ب"),
        make_document("c"),
    ]


def same(one: Columns, other: Columns) -> bool:
    everywhere = np.ones(len(one), np.bool_)
    return (
        one.ids == other.ids
        and one.stories == other.stories
        and one.dates.tolist() == other.dates.tolist()
        and one.lengths.tolist() == other.lengths.tolist()
        and one.title_lengths.tolist() == other.title_lengths.tolist()
        and all(
            one.facets[facet].count(everywhere, None) == other.facets[facet].count(everywhere, None)
            and one.facets[facet].owners.tolist() == other.facets[facet].owners.tolist()
            for facet in FACET_IDS
        )
    )


def test_columns_come_back_from_bytes(documents: list[Document]) -> None:
    columns = Columns.build([row(document) for document in documents])
    assert same(Columns.from_bytes(columns.to_bytes()), columns)


def test_columns_of_nothing_come_back() -> None:
    assert same(Columns.from_bytes(Columns.build([]).to_bytes()), Columns.join([]))


@pytest.mark.parametrize("kept", [0, 3, 300])
def test_cut_off_columns_are_no_columns(documents: list[Document], kept: int) -> None:
    packed = Columns.build([row(document) for document in documents]).to_bytes()
    with pytest.raises(ValueError, match=r"columns|pickled"):
        Columns.from_bytes(packed[:kept])


def test_columns_are_cut_and_joined(documents: list[Document]) -> None:
    rows = [row(document) for document in documents]
    columns = Columns.build(rows)
    ends = columns.select(np.array([True, False, True]))
    assert same(ends, Columns.build([rows[0], rows[2]]))
    assert same(Columns.join([ends, columns]), Columns.build([rows[0], rows[2], *rows]))


def test_filters_are_told_apart(documents: list[Document]) -> None:
    columns = Columns.build([row(document) for document in documents])
    passing, choices = columns.filtered(
        [
            Filter("people", "Q1", either=True),
            Filter("people", "nobody", either=True),
            Filter("dates", "2021-06", either=True),
            Filter("sources", "واس", exclude=True),
        ]
    )
    assert passing.tolist() == [True, False, True]
    assert {facet: mask.tolist() for facet, mask in choices.items()} == {
        "people": [True, False, False],
        "dates": [True, False, False],
    }
    passing, choices = columns.filtered([Filter("people", "Q1"), Filter("dates", "2021-06")])
    assert (passing.tolist(), choices) == ([True, False, False], {})
