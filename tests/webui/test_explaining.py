import pytest
from flask import Flask

from indexer import query
from indexer.text import default_analyzer
from webui.explaining import explained

CASES = [
    ("وزير الخارجية", []),
    ('"وزير الخارجية" -لبنان', ["the phrase “وزير الخارجية”", "without: any form of “لبنان”"]),
    ("سفير OR مبعوث", ["any form of “سفير” or any form of “مبعوث”"]),
    ('"الوزير بغداد"~3', ["“الوزير بغداد” with up to 3 words in between"]),
    ("وزار* =سفير", ["words that begin with “وزار”", "exactly “سفير”"]),
    ("لوريان~", ["words spelled almost like “لوريان”"]),
    ("title:بلجيكا", ["in the title: any form of “بلجيكا”"]),
    ("country:EG person:Nobody", ["Countries: Egypt", "People: Nobody"]),
    ("date:2021-06..2021-07", ["1 June 2021 – 31 July 2021"]),
    ("date:2021..", ["from 1 January 2021 on"]),
    ("after:2021-06 before:2021-07", ["from 1 June 2021 on", "until 30 June 2021"]),
    ("+سفير", ["any form of “سفير”, required"]),
    ("سفير", []),
    (
        "سفير && مبعوث",
        [
            "any form of “سفير”, required",
            "any form of “مبعوث”, required",
        ],
    ),
    ("سفير | مبعوث", ["any form of “سفير” or any form of “مبعوث”"]),
    ("سفير !مبعوث", ["any form of “سفير”", "without: any form of “مبعوث”"]),
    ("سفير –مبعوث", ["any form of “سفير”", "without: any form of “مبعوث”"]),
    ("سفير وليس مبعوث", ["any form of “سفير”", "without: any form of “مبعوث”"]),
    ("لودر?ان *زير", ["words matching the pattern “لودر?ان”", "words matching the pattern “*زير”"]),
    ("site:aa.com.tr", ["Sources: aa.com.tr"]),
    ("intitle:بلجيكا", ["in the title: any form of “بلجيكا”"]),
]


@pytest.mark.parametrize(("q", "words"), CASES)
def test_a_query_is_said_in_words(app: Flask, search, q, words):
    clause = query.parse(q, default_analyzer()).clause
    with app.test_request_context("/?lang=en"):
        assert explained(clause, search, "en") == words


def test_words_are_those_of_the_page(app: Flask, search):
    clause = query.parse("(سفير OR مبعوث) country:EG", default_analyzer()).clause
    with app.test_request_context("/?lang=ar"):
        assert explained(clause, search, "ar") == [
            "أي صيغة من «سفير» أو أي صيغة من «مبعوث»",
            "الدول: مصر",
        ]


IN_ARABIC = [
    ("+سفير", "أي صيغة من «سفير»، ولا بد منها"),
    ("بعد:2021-06", "من 1 يونيو 2021"),
    ("قبل:2021-06", "حتى 31 مايو 2021"),
    ("لودر?ان", "كلمات على هيئة «لودر?ان»"),
    ("ليس سفير مبعوث", "دون: أي صيغة من «سفير»"),
]


@pytest.mark.parametrize(("q", "words"), IN_ARABIC)
def test_each_operator_is_said_in_arabic(app: Flask, search, q, words):
    clause = query.parse(q, default_analyzer()).clause
    with app.test_request_context("/?lang=ar"):
        assert explained(clause, search, "ar")[0] == words
