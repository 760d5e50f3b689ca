"""A few articles by hand and a plain search over them, for tests of the pages alone.

``Archive`` keeps the promises of ``webui.service.Service`` by looking at every article each time.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from indexer.model import Article, FacetValue, Filter, Mention, Record, Removed, SearchRequest
from indexer.schema import FACET_IDS
from indexer.search.autocomplete import Suggestion
from indexer.search.highlight import Passage, Span
from indexer.search.repair import Repair as Reading
from indexer.search.service import (
    ArticlePage,
    Facet,
    Profile,
    Result,
    SearchPage,
    Stats,
    Together,
    Value,
)

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
            "وجرى بحث سُبُل التعاون بين البلدين.",
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
            f"متن {SCRIPT} والسفير & \"شيء\" 'آخر'",
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


class Archive:
    """Answers like the real service over ``records``; a query's words all stand in an article."""

    def __init__(self, records: Iterable[Record] = RECORDS) -> None:
        self.records = tuple(records)
        self.names = {
            (facet, v.id): (v.name, v.name_en)
            for record in self.records
            for facet, values in record.facets.items()
            for v in values
        }

    def page(self, request: SearchRequest) -> SearchPage:
        """For «تقريبا» no article holds all of the query, for «معظم» only the first does."""
        found = [r for r in self.records if self._matches(r, request, FACET_IDS)]
        if request.sort != "relevance":
            found.sort(key=_date, reverse=request.sort == "newest")
        relaxed = "any-word" if "تقريبا" in request.q else None
        full = 0 if relaxed else 1 if "معظم" in request.q else len(found)
        if request.full:
            found, relaxed = found[:full], None
        start = (request.page - 1) * request.size
        shown = enumerate(found[start : start + request.size], start)
        return SearchPage(
            request,
            parsed=request.q,
            total=len(found),
            results=tuple(_result(r, request.q, full=n < full) for n, r in shown),
            facets={name: self._counted(name, request) for name in FACET_IDS},
            relaxed=relaxed,
            suggestion=f"السفير {SCRIPT}" if relaxed else None,
            repaired=Reading(f"السفير {SCRIPT}", "keyboard") if request.q == "hgstdv" else None,
            took_ms=1.25,
            total_full=full,
            articles=len(found),
        )

    def article(self, id: str, q: str = "") -> ArticlePage | None:
        for record in self.records:
            if record.article.id == id:
                article = record.article
                return ArticlePage(record, _marked(article.title, q), _marked(article.body, q))
        return None

    def gone(self, id: str) -> str | None:
        return {"old-news": f"خبر قديم {SCRIPT}"}.get(id)

    def similar(self, record: Record, size: int = 5) -> list[Record]:
        return [one for one in self.records if one != record and one.article.date][:size]

    def profile(self, facet: str, id: str) -> Profile | None:
        held = [record for record in self.records if id in record.values(facet)]
        if not held:
            return None
        name, name_en = self.labels(facet, id)
        roles = [
            (role, record.article.date, record.article.date, 1)
            for record in held
            for value in record.facets.get(facet, ())
            if value.id == id
            for role in value.roles
        ]
        variants = ((name, len(held)), (f"ال{name}", 1))
        wikidata = id if facet == "people" else None
        return Profile(facet, id, name, name_en, variants, tuple(roles), wikidata, *[len(held)] * 2)

    def stats(self) -> Stats:
        dates = sorted(r.article.date.isoformat() for r in self.records if r.article.date)
        distinct = {f: len({v for r in self.records for v in r.values(f)}) for f in FACET_IDS}
        return Stats(
            len(self.records),
            "archive",
            dates[0] if dates else None,
            dates[-1] if dates else None,
            distinct,
            len(self.records),
        )

    def labels(self, facet: str, id: str) -> tuple[str, str]:
        return self.names.get((facet, id), (id, id))

    def facet(self, name: str, request: SearchRequest, contains: str = "", size: int = 50) -> Facet:
        whole = self._counted(name, request)
        values = [v for v in whole.values if contains.lower() in f"{v.name} {v.name_en}".lower()]
        return replace(whole, values=tuple(values[:size]), distinct=len(values))

    def together(
        self, request: SearchRequest, rows: str, columns: str, sizes: tuple[int | None, int | None]
    ) -> Together:
        found = [r for r in self.records if self._matches(r, request, FACET_IDS)]
        sides = []
        for facet, size in zip((rows, columns), sizes, strict=True):
            counts = Counter(id for record in found for id in record.values(facet))
            ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
            sides.append(tuple(Value(id, *self.labels(facet, id), count) for id, count in ordered))
        held = [(record.values(rows), record.values(columns)) for record in found]
        together = tuple(
            tuple(sum(a.id in ours and b.id in theirs for ours, theirs in held) for b in sides[1])
            for a in sides[0]
        )
        return Together(*sides, together)

    def suggest(self, q: str) -> list[Suggestion]:
        return [
            Suggestion(f"{q} …", "word"),
            *(
                Suggestion(arabic, "name", facet, id, latin)
                for (facet, id), (arabic, latin) in self.names.items()
                if latin.lower().startswith(q.lower())
            ),
        ]

    def _matches(self, record: Record, request: SearchRequest, facets: Iterable[str]) -> bool:
        text = f"{record.article.title} {record.article.body}"
        date = record.article.date
        return (
            all(
                word in text or word in ("تقريبا", "معظم")
                for word in request.q.replace('"', " ").split()
            )
            and (not request.date_from or (date is not None and date >= request.date_from))
            and (not request.date_to or (date is not None and date <= request.date_to))
            and all(self._passes(record, request, facet, facet in facets) for facet in FACET_IDS)
        )

    def _passes(self, record: Record, request: SearchRequest, facet: str, chosen: bool) -> bool:
        held = set(record.values(facet))
        unwanted = {f.value for f in request.filters if f.facet == facet and f.exclude}
        wanted = set(request.chosen(facet)) if chosen else set()
        enough = wanted <= held if request.mode(facet) == "and" else bool(held & wanted)
        return not held & unwanted and (not wanted or enough)

    def _counted(self, name: str, request: SearchRequest) -> Facet:
        mode = request.mode(name)
        others = [facet for facet in FACET_IDS if facet != name or mode == "and"]
        counts = Counter(
            id for r in self.records if self._matches(r, request, others) for id in r.values(name)
        )
        for chosen in request.filters:
            if chosen.facet == name:
                counts.setdefault(chosen.value, 0)
        values = tuple(
            Value(
                id,
                *self.labels(name, id),
                count,
                selected=Filter(name, id) in request.filters,
                excluded=Filter(name, id, exclude=True) in request.filters,
            )
            for id, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )
        return Facet(name, values, len(values), mode)


def _date(record: Record) -> dt.date:
    return record.article.date or dt.date.min


def _result(record: Record, q: str, *, full: bool) -> Result:
    title, snippet = _marked(record.article.title, q), _snippet(record, q)
    return Result(record, 1.0, title, snippet, full=full, missing=() if full else (SCRIPT,))


def _marked(text: str, q: str) -> Passage:
    return Passage(text, tuple(_spans(text, q)))


def _snippet(record: Record, q: str) -> Passage:
    cut = record.article.body[:60]
    return Passage(cut, tuple(_spans(cut, q)), after=len(cut) < len(record.article.body))


def _spans(text: str, q: str) -> Iterable[Span]:
    words = set(q.split())
    for match in re.finditer(r"\w+", text):
        if match[0] in words:
            yield match.span()
