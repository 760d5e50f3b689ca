"""People by what somebody types for their names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import learn
from indexer.catalogue import Catalogue, EntityNames
from indexer.index import writable
from indexer.model import Article, Document, FacetValue, Record
from indexer.search.entity_lookup import matching
from indexer.text.phonetics import sounds

PEOPLE = {
    "abdel-fattah-el-sisi": ("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"),
    "vladimir-putin": ("فلاديمير بوتين", "Vladimir Putin"),
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The catalogue of an index with two people."""
    folder: Path = tmp_path_factory.mktemp("people")
    values = tuple(FacetValue(id, *names, 1.0) for id, names in PEOPLE.items())
    with writable(folder) as index:
        learn(index.catalogue, Document(Record(Article("a", "", ""), {"people": values}), (), ()))
        known = [
            EntityNames(id, *names, " ".join(names), " ".join(sounds(" ".join(names))), "")
            for id, names in PEOPLE.items()
        ]
        index.catalogue.rename("people", known, ())
        yield index.catalogue


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Poutine", "vladimir-putin"),
        ("بوتين", "vladimir-putin"),
        ("Cissi", "abdel-fattah-el-sisi"),
        ("vladimir-putin", "vladimir-putin"),
    ],
)
def test_a_name_is_found_by_its_sound(catalogue: Catalogue, typed: str, id: str) -> None:
    assert [name.id for name in matching(catalogue, typed, 5)] == [id]


@pytest.mark.parametrize("typed", ["zzzz", "s", "cccc ssss", "", "!?"])
def test_nobody_is_called_by_one_sound(catalogue: Catalogue, typed: str) -> None:
    assert matching(catalogue, typed, 5) == []
