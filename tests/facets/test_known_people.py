"""People of the table, by any spelling of their names."""

import pytest

from facet_cases import cases
from indexer.facets.gazetteer.known_people import KnownPeople, key, one_slip, slug

KNOWN = KnownPeople()


@pytest.mark.parametrize(("one", "other"), cases("spellings.tsv"))
def test_spellings_of_one_name_give_one_id(one, other):
    found = KNOWN.find(key(one))
    assert found is not None
    assert KNOWN.find(key(other)) == found


@pytest.mark.parametrize(("one", "other"), cases("strangers.tsv"))
def test_names_that_look_alike_stay_apart(one, other):
    first, second = KNOWN.find(key(one)), KNOWN.find(key(other))
    assert (first is None and second is None) or first != second


def test_ids_are_unique_and_plain():
    ids = [slug(person.name_en) for person in KNOWN.people.values()]
    assert len(set(ids)) == len(ids) == len(KNOWN.people) > 400
    assert all(id.replace("-", "").isascii() and id.replace("-", "").isalnum() for id in ids)


def test_a_slip_in_a_long_foreign_name_finds_its_person():
    assert KNOWN.near(key("جان إيف لوريان")) == "jean-yves-le-drian"


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("لوريان", "لودريان", True),
        ("اوبير", "اويير", True),
        ("بوتين", "بوتن", True),
        ("ماكرون", "ماركون", True),
        ("ماس", "ماك", False),
        ("بوتين", "بايدن", False),
    ],
)
def test_a_slip_is_one_letter(one, other, slip):
    assert one_slip(one, other) is slip
    assert one_slip(other, one) is slip
