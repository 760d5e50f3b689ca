"""Words are found by their pattern, sources by their hosts."""

from pathlib import Path

import pytest

from factories import learn, make_document
from indexer.catalogue import Catalogue, CommitMark
from indexer.catalogue.vocabulary import hosts
from indexer.errors import IndexLocked
from indexer.search.autocomplete import Suggester

PATTERNS = [
    ("*زير", {"وزير", "الوزير"}),
    ("وز?ر", {"وزير", "الوزير"}),
    ("وزا*ره", {"وزاره", "بالوزاره"}),
    ("لودر?ان", {"لودريان"}),
    ("*زار*", {"وزاره", "بالوزاره", "زار"}),
    ("?زير", {"وزير"}),
    ("زا?", {"زار"}),
    ("زا?ر", set()),
    ("غد?د", set()),  # «ب» may be the first letter of a name: it is taken off nothing
]


@pytest.mark.parametrize(("pattern", "forms"), PATTERNS)
def test_words_of_a_pattern_are_found_also_behind_an_article(
    catalogue: Catalogue, pattern: str, forms: set[str]
):
    text = "زار وزير الخارجية لودريان بغداد والتقى الوزير بالوزارة في مبنى وزارة"
    learn(catalogue, make_document(body=text))
    assert set(catalogue.matching(pattern, 10)) == forms


def test_the_most_frequent_words_of_a_pattern_come_first_and_new_ones_join(catalogue: Catalogue):
    learn(catalogue, make_document("a", body="سفير سفر"), make_document("b", body="سفير"))
    assert catalogue.matching("سف*ر", 10) == ("سفير", "سفر")
    assert catalogue.matching("سف*ر", 1) == ("سفير",)
    learn(catalogue, make_document("c", body="سفاسفر"))
    assert catalogue.matching("سف*ر", 10) == ("سفير", "سفاسفر", "سفر")


@pytest.mark.parametrize(
    "text", ["sahel.example", "news.sahel.example", "الساحل", "co.example", "sahel"]
)
def test_a_source_is_found_by_its_hosts_and_its_name(catalogue: Catalogue, text: str):
    learn(catalogue, make_document("a", source="الساحل", url="https://www.sahel.example/1"))
    learn(catalogue, make_document("b", source="الساحل", url="https://news.sahel.example/2"))
    learn(catalogue, make_document("c", source="الساحل", url="https://sahel.co.example/3"))
    learn(catalogue, make_document("d", source="الأفق", url="https://ofoq.example/1"))
    assert [name.id for name in catalogue.named("sources", text)] == ["الساحل"]


def test_a_source_that_is_a_host_is_found_within_its_domain(catalogue: Catalogue):
    learn(catalogue, make_document("a", source="www.arabic.rt.com"))
    assert [name.id for name in catalogue.named("sources", "rt.com")] == ["www.arabic.rt.com"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://www.arabic.rt.com/news?id=1", ["arabic.rt.com", "rt.com", "arabic"]),
        ("aa.com.tr", ["aa.com.tr", "com.tr"]),
        ("وكالة الساحل", []),
        ("file:///home/a.html", []),
        ("http://[::1", []),
        ("http://a..b/", []),
        ("", []),
    ],
)
def test_the_hosts_of_an_address(address: str, found: list[str]):
    assert hosts(address) == found


def test_a_host_is_not_offered_while_somebody_types(catalogue: Catalogue):
    learn(catalogue, make_document("a", source="الساحل", url="https://news.sahel.example/2"))
    offered = Suggester(catalogue).suggestions("sahel")
    assert not [one for one in offered if one.kind == "name"]


def test_a_catalogue_that_is_written_to_elsewhere_says_so(catalogue: Catalogue) -> None:
    other = Catalogue.open(catalogue._path)
    other._db.execute("PRAGMA busy_timeout=10")
    catalogue.begin()
    catalogue.remember("one", "1")
    with pytest.raises(IndexLocked, match="Another process is writing"):
        other.remember("two", "2")
    assert other.meta("one") is None  # what is only gathered is nobody's yet
    catalogue.commit()
    assert other.meta("one") == "1"
    other.close()


def test_a_state_that_is_held_stays_as_it_was(catalogue: Catalogue) -> None:
    learn(catalogue, make_document("a", title="قديم"))
    held = catalogue.hold()
    assert held
    learn(catalogue, make_document("a", title="جديد"))
    with catalogue.reading(held):
        assert catalogue.titles(["a"]) == ["قديم"]
        state = catalogue.state()
        learn(catalogue, make_document("b", title="آخر"))
        assert catalogue.state() == state
    newer = catalogue.hold()
    assert catalogue.titles(["a"]) == ["جديد"]
    with catalogue.reading(newer):
        assert catalogue.titles(["a", "b"]) == ["جديد", "آخر"]
        assert catalogue.state() > state


def test_of_a_catalogue_that_was_replaced_no_state_is_held(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    catalogue = Catalogue.create(folder / "catalogue.db")
    learn(catalogue, make_document("a", title="قديم"))
    folder.rename(tmp_path / "old")
    folder.mkdir()
    Catalogue.create(folder / "catalogue.db").close()
    assert catalogue.hold() is None
    assert catalogue.titles(["a"]) == ["قديم"]
    catalogue.close()


def test_a_mark_says_between_which_commits_an_index_is(catalogue: Catalogue) -> None:
    assert catalogue.commit_mark() == CommitMark(0, whole=True)
    catalogue.begin_commit()
    assert catalogue.commit_mark() == CommitMark(1, whole=False)
    catalogue.end_commit()
    assert catalogue.commit_mark() == CommitMark(1, whole=True)


def test_a_writer_that_holds_the_catalogue_is_seen(catalogue: Catalogue) -> None:
    assert not catalogue.is_written_to()
    catalogue.begin()
    assert catalogue.is_written_to()
    catalogue.roll_back()
    assert not catalogue.is_written_to()
