"""Every country is found by each of its names and demonyms, and «المملكة» by who writes it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from facet_cases import facets
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.phrase_words import split

MEMBERS = [
    id
    for line in Path(__file__).with_name("states.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for id in line.split()
]
#: The observers, and the territories that the press writes about.
OTHERS = ["VA", "PS", "EH", "XK", "TW", "HK", "MO", "GL", "PR", "FO", "BM", "NC", "PF"]
ADJECTIVES = ("adjective", "faint")


def forms() -> Iterator[tuple[str, str, str]]:
    """Yield the country, the kind and each form of every line of the tables."""
    for id, kind, alternatives in known_countries.country_forms():
        for form in alternatives.split("|"):
            yield id, kind, form


def owners() -> dict[tuple[str, ...], set[str]]:
    """The countries that a form may mean; most mean one."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for id, kind, form in forms():
        if kind != "label":
            found[tuple(split(form))].update(id.split("/"))
    return found


OWNERS = owners()


def found_in(text: str) -> set[str]:
    """The countries of a text."""
    return {value.id for value in facets(text)["countries"]}


def test_there_are_193_members():
    assert len(set(MEMBERS)) == len(MEMBERS) == 193
    assert set(MEMBERS + OTHERS) <= set(known_countries.labels())


@pytest.mark.parametrize("country", MEMBERS + OTHERS)
def test_a_country_is_found_by_each_of_its_names(country):
    names = [form for id, kind, form in forms() if id == country and kind == "name"]
    assert names
    for name in names:
        found = found_in(f"بيان رئيس {name} أمس")
        assert found & OWNERS[tuple(split(name))], name
        assert country in found or len(OWNERS[tuple(split(name))]) > 1, name


@pytest.mark.parametrize("country", [id for id in MEMBERS + OTHERS if id != "MO"])
def test_a_country_is_found_by_each_form_of_its_demonyms(country):
    tried = 0
    for id, kind, form in forms():
        if country not in id.split("/") or kind not in (*ADJECTIVES, "people", "shared"):
            continue
        several = [form] if kind not in ADJECTIVES else known_countries.inflected(form)
        for inflected in several:
            if kind == "faint" and not inflected.startswith("ال"):
                continue  # it counts only behind what a state has: «الحكومة الرومانية»
            before = "السفير" if inflected.startswith("ال") else "وفد"
            printed = re.sub("ه$", "ة", inflected)  # «كوبيه» is a car
            found = found_in(f"{before} {printed} أمس")
            assert found & OWNERS[tuple(split(form))] and len(found) == 1, inflected
            tried += 1
    assert tried, country


@pytest.mark.parametrize("particles", ["و", "ف", "ب", "ل", "ك", "وب", "فل", "ول"])
def test_demonyms_bear_particles(particles):
    for country, adjective in known_countries.adjectives().items():
        if " " in adjective:
            continue
        joined = particles[:-1] + "لل" if particles.endswith("ل") else particles + "ال"
        assert found_in(f"قرار {joined}{adjective}ين أمس") == {country}, adjective


@pytest.mark.parametrize(
    ("source", "url", "country"),
    [
        ("عكاظ", None, "SA"),
        ("هسبريس", None, "MA"),
        ("بترا", None, "JO"),
        (None, "https://example.com.sa/1", "SA"),
        (None, "https://news.example.ma/1", "MA"),
        (None, "https://example.bh:8080/1", "BH"),
        (None, "https://example.org/1", "SA"),
        (None, None, "SA"),
    ],
)
def test_the_kingdom_is_that_of_the_paper(source, url, country):
    (found,) = facets("أعلنت المملكة موقفها", source=source, url=url)["countries"]
    assert found.id == country


def test_a_saudi_paper_means_its_own_kingdom_beside_another():
    values = facets("وقعت المملكة اتفاقا مع المغرب", source="واس")["countries"]
    assert sorted(value.id for value in values) == ["MA", "SA"]
