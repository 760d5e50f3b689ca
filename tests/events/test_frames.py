"""Types of events are files: those that ship are complete, and one of one's own is one more."""

import re
from pathlib import Path

import pytest

from indexer.errors import TableError
from indexer.events.event_extractor import EventExtractor
from indexer.events.frames import frames
from indexer.facets.extractor import default_extractor
from indexer.model import Article
from indexer.text import default_analyzer

TYPES = [
    *("meeting", "visit", "call", "message", "invitation", "agreement", "support"),
    *("condemnation", "demand", "rejection", "mediation", "envoy", "sanctions", "aid"),
    *("ceasefire", "force", "vote"),
]
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "DEMAND", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "CONCEDE", "REQUEST"),
}
OWN = """
label_ar = "تكريم"
label_en = "Honour"
code = "COOPERATE"
cameo = "050"
line_en = "{a} honoured {b}"
line_ar = "{a} كرم {b}"

[[pattern]]
name = "honours"
verbs = ["كرم يكرم"]
a = ["subject"]
b = ["object"]
"""


def test_the_types_are_these() -> None:
    assert sorted(frames()) == sorted(TYPES)


@pytest.mark.parametrize("id", TYPES)
def test_a_type_has_labels_codes_and_lines(id: str) -> None:
    frame = frames()[id]
    assert frame.label_ar and frame.label_en and frame.code in PLOVER
    assert re.fullmatch(r"\d{2,4}", frame.cameo)
    assert "{a}" in frame.line_en and "{a}" in frame.line_ar


@pytest.mark.parametrize("id", TYPES)
def test_patterns_have_names_of_their_own_and_words(id: str) -> None:
    patterns = frames()[id].patterns
    names = [pattern.name for pattern in patterns]
    assert len(set(names)) == len(names) > 0
    assert all(one.verbs or one.nouns or one.participles for one in patterns)
    assert all(0 < one.certainty <= 1 and one.a for one in patterns)


def test_a_type_of_ones_own_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "honour.toml").write_text(OWN, "utf-8")
    analyzer = default_analyzer()
    facets = default_extractor(analyzer)
    text = "كرم الرئيس الفرنسي فرانسوا هولاند وزير الثقافة المصري حلمي النمنم."
    article = Article("a", "خبر", text)
    parts = facets.parts(article, analyzer.analyze(article.title), analyzer.analyze(text))
    found = EventExtractor(tmp_path).extract(article, parts, facets.facets(article, parts))
    assert [event.told.rule for event in found] == ["honour.honours"]


def test_a_file_that_says_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text("colour = 'blue'", "utf-8")
    with pytest.raises(TableError, match=r"odd\.toml"):
        frames(tmp_path)
