"""The five sample pages: what a reader of Arabic takes from them."""

from pathlib import Path

import pytest

from indexer.sources import Raw, read, walk

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def pages():
    raws = list(walk([SEEDS]))
    assert all(isinstance(raw, Raw) for raw in raws)
    return {article.id[:3]: article for article in map(read, raws)}


def test_menus_and_notices_are_removed_with_their_rule(pages):
    why = {line.text: line.why for line in pages["001"].removed}
    assert why["رئيسيسياسةعربي ودولي"] == "menu"
    assert why["اترك تعليقاً"] == "comments"


def test_a_dateline_becomes_source_and_author(pages):
    assert pages["002"].author == "إبراهيم صالح"
    assert pages["002"].source == "الأناضول"
    assert pages["002"].date.isoformat() == "2021-06-10"
    assert pages["002"].date_origin == "text"


def test_a_photo_s_date_is_not_the_article_s(pages):
    assert pages["004"].date is None
    assert "May 9" not in pages["004"].body


def test_a_weekday_alone_is_no_date(pages):
    assert pages["001"].date is None
