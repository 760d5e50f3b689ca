"""What sentences tell: events with their parties, day, place and status; and which tell none."""

import datetime as dt
from pathlib import Path

import pytest

from growth import grows_faster
from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.model import Article, Event

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
DAY = dt.date(2015, 7, 22)
RECEPTION = "استقبل الرئيس المصري عبد الفتاح السيسي وزير الخارجية الفرنسي لوران فابيوس."


def events(body: str, title: str = "خبر", date: dt.date | None = DAY) -> tuple[Event, ...]:
    article = Article("a", title, body, date, source="عكاظ")
    return document_builder(IndexSettings()).of(article).record.events


def told(event: Event) -> str:
    """An event as a line of the table has it."""

    def side(name: str) -> str:
        own = (party for party in event.parties if party.side == name)
        return "+".join((p.name or p.country or p.org).replace(" ", "_") for p in own)

    place = event.place.replace(" ", "_")
    parties = f"{side('a')}>{side('b')}"
    return " ".join((event.type, event.status, parties, event.when or "-", place or "-"))


@pytest.mark.parametrize(("text", "wanted", "part"), CASES, ids=[text for text, *_ in CASES])
def test_a_sentence_tells_these_events(text: str, wanted: str, part: str) -> None:
    found = events(text) if part == "body" else events("نص.", title=text)
    assert "; ".join(map(told, found)) == wanted


def test_evidence_is_the_sentence_that_tells_it() -> None:
    body = f"كان الجو حارا. {RECEPTION} وحضر كثيرون."
    (event,) = events(body)
    assert body[event.told.start : event.told.end] == RECEPTION.rstrip(".")
    assert (event.told.part, event.told.rule) == ("body", "meeting.receives")


def test_evidence_of_a_pronoun_begins_with_the_sentence_before() -> None:
    body = "أكد الرئيس التركي رجب طيب أردوغان موقفه. والتقى في أنقرة بالرئيس الفنلندي ساولي نينيستو"
    (event,) = events(body)
    assert body[event.told.start : event.told.end] == body


def test_evidence_in_a_very_long_sentence_is_what_stands_around_the_parties() -> None:
    body = "وتحدث الخبراء عن الاقتصاد " * 60 + RECEPTION
    (event,) = events(body)
    evidence = body[event.told.start : event.told.end]
    assert RECEPTION.rstrip(".") in evidence and len(evidence.split()) < 40


def test_title_and_body_tell_one_event_once() -> None:
    (event,) = events(RECEPTION, title="السيسي يستقبل فابيوس")
    assert event.told.part == "body"


def test_two_meetings_of_one_host_are_two() -> None:
    second = "ثم استقبل الرئيس المصري وزير الخارجية الإيطالي باولو جينتيلوني."
    assert len(events(f"{RECEPTION} {second}")) == 2


def test_a_title_calls_people_as_the_body_introduces_them() -> None:
    body = "قال وزير الخارجية الكيني خليفة أحمد إنه راض عن قرار أوغندا."
    (event,) = events(body, title="خليفة أحمد يزور أوغندا")
    assert (event.parties[0].name, event.parties[0].country) == ("خليفة أحمد", "KE")


def test_a_pronoun_means_the_subject_of_the_sentence_before() -> None:
    body = (
        "أكد الرئيس التركي رجب طيب أردوغان موقفه. والتقى في أنقرة بالرئيس الفنلندي ساولي نينيستو."
    )
    assert {party.country for event in events(body) for party in event.parties} == {"TR", "FI"}


def test_a_highness_is_the_prince_before_and_not_the_minister() -> None:
    body = (
        "غادر الأمير محمد بن سلمان القاهرة. وقال وزير الخارجية المصري سامح شكري كلمة. "
        "وبعث سموه برقية شكر إلى الرئيس عبد الفتاح السيسي."
    )
    (event,) = (one for one in events(body) if one.type == "message")
    assert event.parties[0].name == "محمد بن سلمان"


def test_without_a_date_of_the_article_no_day_is_told() -> None:
    (event,) = events(RECEPTION.replace(".", " أمس."), date=None)
    assert event.when == ""


def test_an_event_of_long_ago_is_not_of_the_articles_day() -> None:
    filler = "وتحدث الخبراء عن الاقتصاد. " * 4
    body = f"{filler}وكانت مصر والسودان قد وقعتا اتفاقا في مارس 2010."
    (event,) = events(body)
    assert event.when == "2010-03"


def test_who_is_quoted_for_an_event_is_its_teller() -> None:
    body = "قال الرئيس التركي رجب طيب أردوغان إن وزير الخارجية الفرنسي لوران فابيوس زار الصين."
    (event,) = events(body)
    assert event.teller is not None and event.teller.country == "TR"


def test_who_tells_of_an_act_of_their_own_is_no_teller() -> None:
    body = "قال وزير الخارجية الفرنسي لوران فابيوس إنه سيزور الصين غدا."
    (event,) = events(body)
    assert event.teller is None and event.status == "planned"


def test_parties_are_values_of_the_facets() -> None:
    (event,) = events("زار وزير الخارجية الفرنسي لوران فابيوس مصر.")
    visitor, visited = event.parties
    assert (visitor.facet, visitor.id) == ("people", "laurent-fabius")
    assert (visited.facet, visited.id) == ("countries", "EG")


@pytest.mark.parametrize(
    "unit",
    [
        "استقبل ",
        "قال وأكد وأضاف ",
        "مصر والأردن ",
        "لقاء مع ",
        "في مصر لقاء مع ",
        "وزير الخارجية المصري ",
        "استقبل الرئيس المصري وزير الخارجية الفرنسي، ",
        f"{RECEPTION} ",
        "الذي ",
        "رئيس ",
    ],
)
def test_sentences_of_any_length_are_read_in_linear_time(unit: str) -> None:
    builder = document_builder(IndexSettings())

    def read(size: int):  # type: ignore[no-untyped-def]
        article = Article("a", "خبر", unit * (size // len(unit)), DAY)
        return lambda: builder.of(article)

    read(100)()
    assert not grows_faster(read, 20_000)
