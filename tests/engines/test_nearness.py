"""Both engines find and rank by vectors alike, beside words, filters and stories."""

import datetime as dt
import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from factories import make_document, word
from indexer.engines.base import Nearness, Pairing, Search
from indexer.engines.columnar.columns import Columns, row
from indexer.engines.columnar.vectors import VectorColumns
from indexer.engines.whoosh.segments import Segment
from indexer.meaning.packing import packed, unpacked
from indexer.model import Document, Filter
from indexer.query.ast import EVERYTHING, Between, Match
from indexer.schema import COLUMNS

DIMENSIONS = 32
EMBASSY = "سفارة"
AXES = np.linalg.qr(np.random.default_rng(5).normal(size=(DIMENSIONS, DIMENSIONS)))[0].astype(
    np.float32
)


def towards(*shares: float) -> bytes:
    """A vector made of so much of each of the first axes."""
    return packed(np.asarray(shares, np.float32) @ AXES[: len(shares)])


def near(axis: int, weight: float = 1.0, floor: float = 0.5) -> tuple[Nearness]:
    return (Nearness(AXES[axis], weight, floor),)


def document(id: str, *vectors: bytes, **fields: object) -> Document:
    made = make_document(id, **fields)
    return Document(made.record, made.title, made.body, story=made.story, vectors=vectors)


def filled(corpus: Corpus) -> Corpus:
    corpus.write(
        document("word", towards(0, 1), title=EMBASSY, countries={"EG"}),
        document("both", towards(1), title=EMBASSY, countries={"FR"}),
        document("meaning", towards(1, 0.2), title="بعثة", countries={"FR"}),
        document("neither", towards(0, 0, 1), title="كرة"),
        make_document("bare", title="كرة"),
    )
    return corpus


def test_what_is_near_is_found_beside_what_the_words_find(corpus: Corpus) -> None:
    found = filled(corpus).find(Match(word(EMBASSY)), nearness=near(0))
    assert [(hit.id, hit.by, hit.full) for hit in found.hits] == [
        ("both", "words", True),
        ("word", "words", True),
        ("meaning", "meaning", False),
    ]
    assert (found.total, found.total_full, found.total_near, found.articles) == (3, 2, 1, 3)
    assert dict(found.counts["countries"].values) == {"EG": 1, "FR": 2}


def test_without_nearness_only_words_find(corpus: Corpus) -> None:
    found = filled(corpus).find(Match(word(EMBASSY)))
    assert {hit.id for hit in found.hits} == {"word", "both"}
    assert found.total_near == 0


def test_likeness_orders_what_the_words_find_alike(corpus: Corpus) -> None:
    found = filled(corpus).find(Match(word(EMBASSY)), nearness=near(1, floor=2.0))
    assert [hit.id for hit in found.hits] == ["word", "both"]
    assert found.hits[0].score == pytest.approx(1 + 1, abs=0.1)


def test_a_weight_of_nothing_leaves_the_order_of_words(corpus: Corpus) -> None:
    plain = filled(corpus).find(Match(word(EMBASSY)))
    found = corpus.find(Match(word(EMBASSY)), nearness=near(1, weight=0.0, floor=2.0))
    assert [hit.id for hit in found.hits] == [hit.id for hit in plain.hits]


@pytest.mark.parametrize("country", ["FR", "EG"])
def test_filters_hold_for_what_is_near(corpus: Corpus, country: str) -> None:
    chosen = Filter("countries", country)
    found = filled(corpus).find(Match(word(EMBASSY)), chosen, nearness=near(0))
    assert {hit.id for hit in found.hits} == {"FR": {"both", "meaning"}, "EG": {"word"}}[country]
    assert found.total_near == (country == "FR")


def test_a_stretch_of_time_holds_for_what_is_near(corpus: Corpus) -> None:
    corpus.write(
        document("old", towards(1), title="بعثة", date="2015-01-01"),
        document("new", towards(1), title="بعثة", date="2016-01-01"),
        document("undated", towards(1), title="بعثة"),
    )
    clause = Match(word("لاشيء"))
    since = Between(dt.date(2015, 6, 1), None)
    assert len(corpus.find(clause, nearness=near(0)).hits) == 3
    assert [hit.id for hit in corpus.find(clause, nearness=near(0), dates=since).hits] == ["new"]
    pairs = corpus.engine.pairs(
        Search(clause, nearness=near(0), dates=since), Pairing("dates", "dates")
    )
    assert pairs.rows == (("2016-01", 1),)


def test_sorted_by_date_what_the_words_find_comes_first(corpus: Corpus) -> None:
    corpus.write(
        document("old", towards(0, 1), title=EMBASSY, date="2015-01-01"),
        document("new", towards(1), title="بعثة", date="2016-01-01"),
    )
    found = corpus.find(Match(word(EMBASSY)), nearness=near(0), sort="newest")
    assert [(hit.id, hit.by) for hit in found.hits] == [("old", "words"), ("new", "meaning")]


def test_a_story_is_one_result_by_words_where_any_of_it_is(corpus: Corpus) -> None:
    corpus.write(
        document("first", towards(1), title="بعثة", date="2015-01-01"),
        document("copy", towards(1), title=EMBASSY, date="2015-01-02", story="first"),
    )
    found = corpus.find(Match(word(EMBASSY)), nearness=near(0), collapse=True)
    assert [(hit.id, hit.by, hit.copies) for hit in found.hits] == [("copy", "words", 1)]
    assert (found.total, found.total_near) == (1, 0)


def test_pages_of_results_are_one_list(corpus: Corpus) -> None:
    corpus.write(*(document(f"d{n:02}", towards(1, n / 10), title="بعثة") for n in range(12)))
    ask = {"nearness": near(0, floor=0.1)}
    whole = [hit.id for hit in corpus.find(Match(word(EMBASSY)), limit=12, **ask).hits]
    parts = [corpus.find(Match(word(EMBASSY)), start=s, limit=5, **ask).hits for s in (0, 5, 10)]
    assert [hit.id for part in parts for hit in part] == whole
    assert len(whole) == 12


def test_a_replaced_article_has_its_new_vector_and_a_removed_one_none(corpus: Corpus) -> None:
    filled(corpus).write(document("meaning", towards(0, 0, 1), title="بعثة"), remove=["neither"])
    found = corpus.find(Match(word("لاشيء")), nearness=near(2))
    assert [hit.id for hit in found.hits] == ["meaning"]
    assert corpus.engine.vectorless(DIMENSIONS) == ("bare",)


def test_vectors_of_another_length_are_not_known(corpus: Corpus) -> None:
    filled(corpus)
    assert corpus.engine.vectors() == {DIMENSIONS: 4}
    longer = (Nearness(np.ones(2 * DIMENSIONS, np.float32), 1.0, 0.0),)
    found = corpus.find(Match(word(EMBASSY)), nearness=longer)
    assert {hit.id for hit in found.hits} == {"word", "both"}


def test_pairs_are_counted_over_what_is_near_too(corpus: Corpus) -> None:
    asked = Search(Match(word("لاشيء")), nearness=near(0))
    pairs = filled(corpus).engine.pairs(asked, Pairing("countries", "countries"))
    assert pairs.rows == (("FR", 2),)


@pytest.fixture
def both(corpus: Corpus) -> Corpus:
    """Articles with vectors of two encoders, with one and with none."""
    corpus.write(
        document("two", towards(1), longer(1), title="بعثة", date="2015-01-01"),
        document("late", towards(0, 1), title="بعثة", date="2015-03-01"),
        document("early", towards(0, 1), title="بعثة", date="2015-02-01"),
        document("undated", b"", longer(0, 1), title="كرة"),
        make_document("none", title="كرة", date="2015-02-01"),
    )
    return corpus


def longer(*shares: float) -> bytes:
    """A vector of twice as many dimensions."""
    axes = np.kron(AXES[: len(shares)], np.ones(2, np.float32))
    return packed(np.asarray(shares, np.float32) @ axes)


def test_vectors_of_two_encoders_stand_side_by_side(both: Corpus) -> None:
    assert both.engine.vectors() == {DIMENSIONS: 3, 2 * DIMENSIONS: 2}
    twice = (Nearness(np.kron(AXES[1], np.ones(2, np.float32)) / np.sqrt(2), 1.0, 0.5),)
    assert [hit.id for hit in both.find(Match(word("لاشيء")), nearness=twice).hits] == ["undated"]
    found = both.find(Match(word("لاشيء")), nearness=near(1)).hits
    assert {hit.id for hit in found} == {"late", "early"}
    together = both.find(Match(word("لاشيء")), nearness=(*near(0, weight=3.0), *twice)).hits
    assert [hit.id for hit in together] == ["two", "undated"]


def test_an_article_stands_where_its_vector_says(both: Corpus) -> None:
    vector = both.engine.vector("late", DIMENSIONS)
    assert vector is not None
    assert vector @ AXES[1] > 0.9
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    for id in ("undated", "none", "not there"):
        assert both.engine.vector(id, DIMENSIONS) is None
    assert both.engine.vector("late", 8) is None


def test_what_has_no_vector_of_an_encoder_is_told_newest_first(both: Corpus) -> None:
    assert both.engine.vectorless(DIMENSIONS) == ("none", "undated")
    assert both.engine.vectorless(2 * DIMENSIONS) == ("late", "early", "none")
    both.write(remove=["late"])
    assert both.engine.vectorless(2 * DIMENSIONS) == ("early", "none")
    assert both.engine.vectorless(8) == ("early", "none", "two", "undated")


some = st.sampled_from([b"", towards(1), towards(0, 1), towards(0, 0, 1)])
more = st.sampled_from([b"", longer(1), longer(0, 1)])
vectors = st.lists(st.tuples(some, more), max_size=30)


@given(vectors, st.data())
def test_columns_keep_each_vector_with_its_article(
    given_vectors: list[tuple[bytes, bytes]], data: st.DataObject
) -> None:
    documents = [document(f"d{n}", *both) for n, both in enumerate(given_vectors)]
    columns = Columns.build([row(one) for one in documents])
    cut = data.draw(st.integers(0, len(documents)))
    halves = [
        Columns.build([row(one) for one in documents[s]]) for s in (slice(cut), slice(cut, None))
    ]
    kept = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(documents), max_size=len(documents))),
        np.bool_,
    )
    for made in (columns, Columns.join(halves), Columns.from_bytes(columns.to_bytes())):
        assert held(made) == given_vectors
        assert held(made.select(kept)) == [
            v for v, keep in zip(given_vectors, kept, strict=True) if keep
        ]


def held(columns: Columns) -> list[tuple[bytes, bytes]]:
    found = {DIMENSIONS: [b""] * len(columns), 2 * DIMENSIONS: [b""] * len(columns)}
    for column in columns.vectors:
        for owner, vector in zip(column.owners, column.packed, strict=True):
            found[column.dimensions][owner] = vector.tobytes()
    return list(zip(*found.values(), strict=True))


def test_columns_of_an_older_index_have_no_vectors() -> None:
    columns = Columns.build([row(make_document("a", countries={"EG"}))])
    head, _, rest = columns.to_bytes().partition(b"\n")
    known = json.loads(head)
    del known["vectors"]
    older = Columns.from_bytes(json.dumps(known).encode() + b"\n" + rest)
    assert older.ids == ("a",)
    assert older.facets["countries"].labels == ("EG",)
    assert not list(older.vectors)
    assert set(older.facets) == set(COLUMNS)


def test_columns_of_one_length_of_vectors_are_read() -> None:
    """As the first that had any were written."""
    for vectors in ([towards(1), towards(0, 1)], [b"", b""]):
        documents = [document(f"d{n}", vector) for n, vector in enumerate(vectors)]
        columns = Columns.build([row(one) for one in documents])
        head, _, rest = columns.to_bytes().partition(b"\n")
        known = json.loads(head)
        if known["vectors"]:
            known["vectors"] = known["vectors"][0]
        else:
            known["vectors"], known["sizes"] = 0, [*known["sizes"], 0]
        older = Columns.from_bytes(json.dumps(known).encode() + b"\n" + rest)
        assert held(older) == held(columns)


def test_a_stored_row_of_one_vector_is_read() -> None:
    made = row(document("a", towards(1)))
    leaf = SimpleNamespace(
        doc_count_all=lambda: 1,
        stored_fields=lambda number: {"slot": 0, "row": (*made[:-1], towards(1))},
    )
    assert held(Segment.build(leaf).columns)[0][0] == towards(1)


@pytest.mark.parametrize("cut", [1, 8, 40])
def test_vectors_that_are_cut_off_are_damage(cut: int) -> None:
    columns = Columns.build([row(document("a", towards(1)))])
    with pytest.raises(ValueError, match="cut off"):
        Columns.from_bytes(columns.to_bytes()[:-cut])


def test_likeness_is_the_cosine_of_what_was_packed() -> None:
    random = np.random.default_rng(1)
    made = random.normal(size=(200, 320)).astype(np.float32)
    query = made[0] / np.linalg.norm(made[0])
    column = VectorColumns.build([(packed(one),) for one in made]).of(320)
    assert column
    wanted = np.maximum(made @ query / np.linalg.norm(made, axis=1), 0)
    assert np.abs(column.likeness(query, 200) - wanted).max() < 0.12
    assert column.likeness(query, 200)[0] > 0.9
    assert unpacked(column.packed).shape == made.shape


def test_everything_is_ordered_without_words(corpus: Corpus) -> None:
    filled(corpus)
    assert corpus.find(EVERYTHING).total == 5
