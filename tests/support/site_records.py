"""A few articles by hand, and the real search over an index of them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from factories import learn, write
from indexer.catalogue import EntityNames, Sighting
from indexer.index import writable
from indexer.indexing.source_names import latin_source
from indexer.model import (
    Article,
    Document,
    FacetValue,
    Mention,
    Record,
    Removed,
    SearchRequest,
    Word,
)
from indexer.search.results import Result, SearchPage
from indexer.search.service import SearchService
from indexer.text import default_analyzer

SCRIPT = "<script>alert(1)</script>"


def value(id: str, name: str, name_en: str = "", score: float = 1.0, *roles: str) -> FacetValue:
    return FacetValue(id, name, name_en, score, roles)


def mentioned(value: FacetValue, *spans: tuple[int, int]) -> FacetValue:
    return replace(value, mentions=tuple(Mention("body", *span, "by hand") for span in spans))


EGYPT = value("EG", "مصر", "Egypt")
FRANCE = value("FR", "فرنسا", "France")
MINISTER = value("Q1", "سامح شكري", "Sameh Shoukry", 3, "وزير الخارجية")
TALKS = value("visits-meetings", "زيارات ولقاءات", "Visits and meetings", 0.8)
HOSTILE = value('x"><b>', f"اسم {SCRIPT}", f"name {SCRIPT}")

RECORDS = (
    Record(
        Article(
            "cairo-talks",
            "وزير الخارجية يستقبل السفير الفرنسي في القاهرة",
            "استقبل وزير الخارجية سامح شكري اليوم السفير الفرنسي.\n\n"
            "وجرى بحث سُبُل التعاون بين البلدين في مجالات التجارة والطاقة والتعليم والثقافة قبل "
            "المؤتمر في باريس، واتفق الجانبان على عقد اجتماع ثان في الخريف المقبل لمتابعة ما جرى "
            "الاتفاق عليه، وأن يحضره الخبراء.",
            date=dt.date(2021, 6, 9),
            date_origin="text",
            source="صحيفة الأهرام",
            author="محرر",
            url="https://example.org/cairo",
            removed=(Removed("اقرأ أيضا", "related"),),
        ),
        {
            "people": (mentioned(MINISTER, (21, 30)),),
            "countries": (EGYPT, FRANCE),
            "organisations": (value("UN", "الأمم المتحدة", "United Nations", 2),),
            "topics": (TALKS,),
        },
    ),
    Record(
        Article(
            "paris",
            "باريس تعلن موعد المؤتمر",
            "أعلنت باريس أن المؤتمر يعقد في الخريف، وقال السفير إن الدعوات أرسلت.",
            date=dt.date(2021, 7, 1),
            date_origin="metadata",
            source="وكالة",
        ),
        {"people": (), "countries": (FRANCE,), "organisations": (), "topics": (TALKS,)},
    ),
    Record(
        Article("undated/notes", "ملاحظات من الأرشيف", "نص قصير عن السفير بلا تاريخ ولا مصدر."),
        {"people": (), "countries": (), "organisations": (), "topics": ()},
    ),
    Record(
        Article(
            f"hostile {SCRIPT}",
            f"عنوان {SCRIPT} السفير",
            f"متن {SCRIPT} والسفير & \"شيء\" 'آخر'{' وكلام طويل بلا معنى ولا نهاية' * 30}",
            date=dt.date(2020, 1, 2),
            source=f"مصدر {SCRIPT}",
            author=SCRIPT,
            url="javascript:alert(1)",
            removed=(Removed(SCRIPT, SCRIPT),),
        ),
        {
            "people": (mentioned(HOSTILE, (4, 15), (0, 3)),),
            "countries": (EGYPT,),
            "organisations": (HOSTILE,),
            "topics": (HOSTILE,),
        },
    ),
)
#: An article that was in the archive and was removed.
GONE = {"old-news": f"خبر قديم {SCRIPT}"}


def numbered(records: Sequence[Record], times: int) -> list[Record]:
    """The records so many times, each time with other ids."""
    return [
        replace(record, article=replace(record.article, id=f"{record.article.id} {n}"))
        for n in range(times)
        for record in records
    ]


@contextmanager
def searched(folder: Path, records: Iterable[Record] = RECORDS) -> Iterator[SearchService]:
    """The search over a new index of these records; their facets are as given."""
    with writable(folder / "index") as index:
        documents = [_document(record) for record in records]
        learn(index.catalogue, *documents)
        index.catalogue.sight([], [one for record in records for one in _sightings(record)])
        known = EntityNames(
            MINISTER.id, MINISTER.name, MINISTER.name_en, MINISTER.name, "", MINISTER.id
        )
        index.catalogue.rename("people", [known], ())
        write(index.engine, documents)
        index.catalogue.replace_pages([], (), GONE)
        yield SearchService(index, default_analyzer())


class Exported:
    """What ``SearchService.export`` gives, of a page that a test has made up."""

    def __init__(self, page: SearchPage) -> None:
        self.page = page

    def __iter__(self) -> Iterator[Result]:
        return iter(self.page.results)

    def close(self) -> None:
        """Nothing is held."""


def exported(search: SearchService, request: SearchRequest, _seconds: float = 0.0) -> Exported:
    """In the place of ``SearchService.export``, where ``page`` was replaced."""
    return Exported(search.page(replace(request, page=1, size=100)))


def _document(record: Record) -> Document:
    article = record.article
    return Document(
        record, _words(article.title), _words(article.body), source_en=latin_source(article)
    )


def _words(text: str) -> tuple[Word, ...]:
    return tuple(token.word for token in default_analyzer().analyze(text))


def _sightings(record: Record) -> Iterator[Sighting]:
    """What an article says of its values, each of which it writes in two ways."""
    date = record.article.date.isoformat() if record.article.date else ""
    for facet, values in record.facets.items():
        for one in values:
            texts = (one.name, f"ال{one.name}")
            yield Sighting(record.article.id, facet, one.id, date, texts, one.roles)
