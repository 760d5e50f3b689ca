"""The offices of one person in all articles together."""

import datetime as dt

from indexer.catalogue import Sighting
from indexer.entities.office_spans import OfficeSpan, default_office_reader


def spans(*articles: tuple[str, str]) -> tuple[OfficeSpan, ...]:
    """The offices of articles, each a date and roles apart by |."""
    return default_office_reader().spans(
        [
            Sighting(str(n), "people", "somebody", date, ("اسم",), tuple(roles.split("|")))
            for n, (date, roles) in enumerate(articles)
        ]
    )


def test_all_ways_to_print_an_office_are_one_with_its_time() -> None:
    [office] = spans(
        ("2015-08-03", "وزير الخارجية المصري"),
        ("2015-07-01", "وزير خارجية مصر"),
        ("2015-08-20", "وزير الخارجية"),
        ("", "الوزير"),
    )
    assert (office.id, office.country, office.articles) == ("foreign-minister", "EG", 4)
    assert (office.first, office.last) == (dt.date(2015, 7, 1), dt.date(2015, 8, 20))
    assert set(office.printed) == {
        "وزير الخارجية المصري",
        "وزير خارجية مصر",
        "وزير الخارجية",
        "الوزير",
    }


def test_what_is_short_for_two_offices_joins_neither() -> None:
    found = spans(
        ("2015-01-01", "وزير الداخلية الفرنسي"),
        ("2015-01-02", "رئيس الوزراء الفرنسي"),
        ("2015-01-03", "وزير الدفاع الفرنسي"),
        ("2015-01-04", "الوزير"),
    )
    assert sorted(office.id for office in found) == [
        "defence-minister",
        "interior-minister",
        "minister",
        "prime-minister",
    ]


def test_a_title_that_many_bear_is_no_office_by_itself() -> None:
    assert spans(("2015-01-01", "الرئيس"), ("2015-01-02", "القائد")) == ()


def test_a_former_office_is_another() -> None:
    found = spans(
        ("2015-01-01", "الرئيس اليمني السابق"),
        ("2015-01-02", "المخلوع"),
        ("2014-01-01", "الرئيس اليمني"),
    )
    assert [(office.label_en, office.articles) for office in found] == [
        ("Former president of Yemen", 2),
        ("President of Yemen", 1),
    ]


def test_what_few_say_against_most_is_a_slip() -> None:
    most = [(f"2015-01-{n:02}", "وزير الخارجية القطري") for n in range(1, 21)]
    [office] = spans(*most, ("2015-01-22", "الرئيس الفرنسي"))
    assert office.id == "foreign-minister"


def test_the_deputy_of_whom_one_is_is_another() -> None:
    [office] = spans(
        ("2015-01-01", "المستشارة الألمانية"),
        ("2015-01-02", "المستشارة الألمانية"),
        ("2015-01-03", "نائب المستشارة الألمانية"),
    )
    assert office.label_ar == "المستشارة الألمانية"


def test_articles_without_a_role_need_not_be_read_to_be_counted() -> None:
    titled = [
        Sighting("t", "people", "somebody", "2015-01-01", ("اسم",), ("وزير الخارجية المصري",))
    ]
    plain = [Sighting(str(n), "people", "somebody", "", ("اسم",), ()) for n in range(150)]
    reader = default_office_reader()
    assert reader.spans(titled) != ()
    assert reader.spans([*titled, *plain]) == ()
    assert reader.spans(titled, articles=151) == ()
