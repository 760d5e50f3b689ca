"""What is found in single sentences, as tables that readers of Arabic can review."""

import pytest

from facet_cases import cases, facets


@pytest.mark.parametrize(("text", "expected"), cases("countries.tsv", "countries_news.tsv"))
def test_countries_are_found_in_every_form(text, expected):
    assert sorted(value.id for value in facets(text)["countries"]) == expected.split()


@pytest.mark.parametrize(("text", "expected"), cases("people.tsv", "people_news.tsv"))
def test_people_are_found_with_the_extent_of_their_names(text, expected):
    people = facets(text)["people"]
    names = [v.name for v in sorted(people, key=lambda value: value.mentions[0].start)]
    assert names == [name for name in expected.split("|") if name]


@pytest.mark.parametrize(("text", "expected"), cases("organisations.tsv", "organisations_news.tsv"))
def test_organisations_are_found_by_name_and_pattern(text, expected):
    assert sorted(value.id for value in facets(text)["organisations"]) == expected.split()


@pytest.mark.parametrize(("text", "expected"), cases("roles.tsv"))
def test_a_role_is_the_office_of_the_person_alone(text, expected):
    people = sorted(facets(text)["people"], key=lambda value: value.mentions[0].start)
    assert "|".join("، ".join(person.roles) or "-" for person in people) == expected
