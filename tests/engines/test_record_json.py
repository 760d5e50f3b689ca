"""A record that an engine gives back is the one that it was given."""

import datetime as dt
from dataclasses import replace

from indexer.engines.record_json import dumps, loads
from indexer.model import (
    Article,
    Event,
    FacetValue,
    Mention,
    Party,
    Quotation,
    Record,
    Removed,
)

TITLE = Mention("title", 0, 8, "verb")
BODY = Mention("body", 3, 40, "noun")
VISITOR = Party("a", "people", "Q1", "منى السالم", "وزيرة الخارجية", "JO")
HOST = Party("b", "countries", "EG", country="EG")
RECORD = Record(
    Article("1", "زيارة", "نص", dt.date(2024, 5, 1), removed=(Removed("شارك", "share"),)),
    {"people": (FacetValue("Q1", "منى السالم", "Mona", 2.0, ("وزيرة",), (TITLE, BODY)),)},
    (
        Event("visit", (VISITOR, HOST), BODY, "planned", "القاهرة", "2024-05-02", 0.75, id="e1"),
        Event("call", (VISITOR,), TITLE, teller=HOST),
    ),
    (Quotation(VISITOR, TITLE, BODY),),
)


def test_nothing_of_a_record_is_lost() -> None:
    assert loads(dumps(RECORD)) == RECORD


def test_without_mentions_a_record_is_what_a_list_needs() -> None:
    value = replace(RECORD.facets["people"][0], mentions=())
    assert loads(dumps(RECORD), mentions=False) == Record(RECORD.article, {"people": (value,)})
