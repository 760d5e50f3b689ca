"""Offices as printed are understood whole, or not at all."""

import time
from pathlib import Path

import pytest

from indexer.entities.office_forms import OfficeForms
from indexer.entities.office_labels import OfficeLabels

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("office_forms.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
FORMS = OfficeForms()
LABELS = OfficeLabels(FORMS)


@pytest.mark.parametrize(("role", "english", "arabic"), CASES)
def test_a_printed_role_is_an_office(role: str, english: str, arabic: str) -> None:
    found = FORMS.read(role)
    if english in ("-", "?"):
        assert found == (None if english == "?" else ())
        return
    assert found
    [(held, _, feminine)] = found
    assert LABELS.english(held, feminine) == english
    assert LABELS.arabic(held, feminine) == arabic


def test_two_offices_in_one_role_are_two() -> None:
    found = FORMS.read("نائب رئيس الوزراء ووزير الدفاع الكويتي") or ()
    assert [reading.held.office for reading in found] == [
        "deputy-prime-minister",
        "defence-minister",
    ]


def test_every_line_of_the_table_has_what_its_office_is_called() -> None:
    for entry in FORMS.entries.values():
        if entry.kind not in ("none", "bare"):
            assert all(entry.en), entry.id
            assert entry.ar[0] or entry.of[0], entry.id


def test_what_is_wider_is_an_office_too() -> None:
    known = {*FORMS.entries, "commander", "adviser", "envoy"}
    assert {entry.wider for entry in FORMS.entries.values()} - {""} <= known


def test_a_chain_of_offices_is_read_in_no_time() -> None:
    chain = " و".join(["رئيس البرلمان"] * 11)
    start = time.perf_counter()
    assert FORMS.read(f"{chain} أمس") is None
    assert FORMS.read(chain * 500) is None
    assert time.perf_counter() - start < 1
