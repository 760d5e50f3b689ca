"""Derive what datelines are made of: ``sources/tables/places.txt`` and ``given_names.txt``.

Sources: cities with Arabic names (GeoNames, CC BY 4.0; CLDR, Unicode-3.0), countries (CLDR) and the
given names of people of Arab countries, Iran, Pakistan and Afghanistan (Wikidata, CC0). What they
lack is curated by hand in ``places_more.txt`` and ``given_names_more.txt``.

usage: python -m indexer.build.datelines --gazetteers PATH
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parents[1] / "sources" / "tables"
ARAB = frozenset(["AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"])
#: People in a city from which on papers report from it; those of Arab countries from smaller ones.
LARGE, LARGE_ARAB = 1_000_000, 30_000
#: People of this given name among 86,739; rarer ones are often surnames or misspelt.
BEARERS = 3
#: Given names that begin sentences far more often than names: «بيان», «فتح», «نجاح».
WORDS = frozenset(
    ["عليه", "هنا", "منه", "الان", "باسم", "ذو", "الشاب", "السيد", "فتح", "بيان", "سلام", "نجاح", "خير", "عهد", "ملك", "قادر", "شهد", "مسلم", "يمني", "العربي", "حين", "كل", "بعد", "قبل", "عند", "وعد", "تمام", "مفتاح", "ثابت", "جامع", "انتصار", "حوار", "احداث", "اخبار"]
)
#: Names of towns that are words far more often: «الجديد», «بيان», «الخميس».
NOT_PLACES = frozenset(
    ["العالم", "صور", "الصور", "الجديد", "الجديدة", "جامعة", "جمال", "الثورة", "ثورة", "عالية", "العين", "الأبيض", "الابيض", "ترك", "الحد", "الباب", "الخميس", "بيان", "الحي", "وقف", "الوقف", "خبر", "بلد", "الوجه", "الصف", "الجميل", "القائم", "الشهداء", "البيض", "سعيدة", "بشار", "الهندية", "الزعيم", "ماهي", "الطبقة", "نوم", "ميدان", "الساحل", "حديثة", "الخمس", "معسكر", "عمران", "رياض", "سحر", "الزاوية", "سلطات", "رشيد", "القصير", "حولي", "القاسم", "الوادي", "البرج", "العبور", "ربك", "جاسم", "جوهر", "السلمية", "سلمية", "خالص", "ديانا", "بيلا", "نايف", "تاني", "بورصة", "بحري", "الكردي", "جوني", "الطور", "بحركة", "الشروق", "زرقاء", "التل", "هيو", "سلالة", "النعمة", "مساكن", "سترة", "كالي", "سحاب", "الغازية", "خفي", "كوت", "بركان", "كولن", "لوم", "رباط", "الخارجة", "مدينه", "جنان", "سلوى", "دخيل", "سمراء", "سنتر", "روم", "الكاف", "الجمالية", "نوى", "الميادين", "السياسة", "الحرة", "الرياضية", "المدى"]
)
_ARABIC = re.compile("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*")


def places(gazetteers: Path) -> Iterator[str]:
    """Names of cities and countries, in Arabic letters."""
    with (gazetteers / "cities15000_ar.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            _, _, country, people, names = row.rstrip("\n").split("\t")[:5]
            if int(people) >= (LARGE_ARAB if country in ARAB else LARGE):
                yield from names.split("|")
    yield from _values(gazetteers / "cldr_exemplar_cities_ar.json", "exemplarCity")
    territories = json.loads((gazetteers / "cldr_territories_ar.json").read_text("utf-8"))
    yield from territories["main"]["ar"]["localeDisplayNames"]["territories"].values()


def given_names(gazetteers: Path) -> Iterator[str]:
    """Given names that several people bear."""
    bearers: Counter[str] = Counter()
    with (gazetteers / "wikidata_units_arab.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            name, kind, count = row.rstrip("\n").split("\t")[:3]
            if kind == "given":
                bearers[name] += int(count)
    for name, count in bearers.items():
        if count >= BEARERS and name not in WORDS:
            yield name


def _values(path: Path, key: str) -> Iterator[str]:
    """All values of ``key``, however deep they stand."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, below in value.items():
                if name == key:
                    yield below
                else:
                    yield from inside(below)

    yield from inside(json.loads(path.read_text("utf-8")))


def _write(name: str, source: str, words: Iterable[str]) -> None:
    arabic = sorted({word for word in words if len(word) > 2 and _ARABIC.fullmatch(word)})
    head = f"# Made by indexer.build.datelines from {source}. One a line.\n"
    (TABLES / name).write_text(head + "\n".join(arabic) + "\n", "utf-8")


def main() -> None:
    """Write the two tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gazetteers", type=Path, required=True)
    gazetteers = arguments.parse_args().gazetteers
    named = set(places(gazetteers)) - NOT_PLACES
    _write("places.txt", "GeoNames (CC BY 4.0) and CLDR (Unicode-3.0)", named)
    _write("given_names.txt", "Wikidata (CC0)", given_names(gazetteers))


if __name__ == "__main__":
    main()
