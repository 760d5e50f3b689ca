"""What queries cost that are made to cost much: time, and memory that stays.

    python benchmarks/speed/hostile_queries.py DIR [--slowest 15]

Puts some 300 queries to the index in DIR, the way the web does (a page of results, an article with
the query's words marked, suggestions), and prints the slowest, in seconds of the
processor, and how much the process has grown.
"""

import argparse
import gc
import time
from collections.abc import Iterator
from itertools import cycle, islice, pairwise, product
from pathlib import Path

from memory import resident
from werkzeug.datastructures import MultiDict

from indexer.index import Index
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui.params import MAX_QUERY, parse

SIGNS = ("ﷺ", "ﷲ", "ﷻ", "﷽", "ﷴ", "م", "ا", "\u0301", "ـ", "x", "𝕏", "1")
OPERATORS = (
    "{}",
    "{}~2",
    "{}~",
    "{}*",
    "={}",
    "-{}",
    '"{}"',
    '"{} {}"~50',
    "title:{}",
    "person:{}",
)
FIELDS = ("person", "country", "org", "topic", "source", "date", "title")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def queries(frequent: list[str]) -> Iterator[str]:
    """The queries; ``frequent`` are the archive's most frequent words."""
    for sign, operator in product(SIGNS, OPERATORS):
        yield operator.replace("{}", sign * 400)
    for length in (65, 500, 2000):
        for letter in ("ب", "a", "اب", "لا", "hg"):
            yield (letter * length)[:length]
            yield " ".join([(letter * 30)[:30]] * (length // 30))
    words = [word for word in frequent if len(word) > 3]
    for pattern in ("{}~2", "{}~1", "{}~", "{}*", "-{}", "={}", "title:{}", "-{}~2", "title:{}~2"):
        yield " ".join(pattern.format(word) for word in words[:64])
        yield " OR ".join(pattern.format(word) for word in words[64:128])
        yield " ".join(pattern.format(word[:2]) for word in words[:64])
        yield " ".join(pattern.format(letter) for letter in LETTERS)
        yield f"({' OR '.join(pattern.format(word) for word in words[:32])}) AND ({words[0]})"
        yield " ".join(pattern.format(word[:-1] + word[-1] * 2) for word in words[:64])
    for name in FIELDS:
        yield " ".join(f"{name}:{word}" for word in words[:64])
        yield " ".join(f"{name}:{letter}" for letter in LETTERS)
        yield " OR ".join(f'{name}:"{a} {b}"' for a, b in pairwise(words[:65]))
        yield " ".join(f"-{name}:{word}" for word in words[:64])
    stops = ("في", "من", "على", "الى", "ان", "عن")
    pairs = [pair for pair in product(stops, stops) if pair[0] != pair[1]]
    for slop in (0, 1, 5, 50):
        yield f'"{" ".join(stops)}"~{slop}'
        yield f'"{" ".join(islice(cycle(stops), 64))}"~{slop}'
        yield f'"{" ".join(words[:64])}"~{slop}'
        yield " ".join(f'"{a} {b}"~{slop}' for a, b in pairwise(words[:33]))
        yield " ".join(f'"{a} {b}"~{slop}' for a, b in pairs)
    yield from ("(" * 1000, "-" * 2000, "OR " * 600, '"' * 2000, "~" * 2000, "*" * 2000, "= " * 900)
    yield "(" * 900 + "وزير" + ")" * 900
    yield " ".join(f"({a} OR -{b})" for a, b in pairwise(words[:65]))
    for one, other in (("Putin", "وزير"), ("Lavrof", "سفير"), ("xq", "من"), ("Poutine", "Kerrry")):
        yield " ".join([one, other] * 32)
        yield " ".join(f"{one}{n} {other}{n}" for n in range(32))
    for word in ("hgsu,]dm", "7outhi", "e3teqal", "نثققغ", "لالالالا", "aaaaaaaaaaaaaaaaaaaa3"):
        yield word
        yield " ".join([word] * 12)
        yield (word * 100)[:40]
        yield word * 100
    for n in range(40):
        yield " ".join(word[1:] + word[0] for word in words[n * 64 : n * 64 + 64])
    for n in range(40):
        yield " ".join(f"{word[1:]}{word[0]}" for word in words[n * 3 : n * 3 + 3])


def main() -> None:
    """Ask everything and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--slowest", type=int, default=15)
    given = parser.parse_args()
    index = Index.open(given.index)
    service = SearchService(index, default_analyzer())
    service.prepare()
    ask(service, "وزير~2 الخارجي* Putin")
    frequent = index.catalogue.frequent_forms(3000)
    before = resident()
    took, grew = [], []
    for q in queries(frequent):
        q = q[:MAX_QUERY]
        held, started = resident(), time.process_time()
        ask(service, q)
        took.append((time.process_time() - started, q))
        grew.append((resident() - held, q))
    gc.collect()
    print(f"{len(took)} queries, {sum(seconds for seconds, _ in took):.1f} s")
    for seconds, q in sorted(took, reverse=True)[: given.slowest]:
        print(f"{seconds:7.2f} s  {shown(q)}")
    print(f"memory: {before} MB before, {resident()} MB after; those that it grew most with:")
    for megabytes, q in sorted(grew, reverse=True)[:5]:
        print(f"{megabytes:6} MB  {shown(q)}")


def ask(service: SearchService, q: str) -> None:
    """What a reader's browser asks for while a query is typed and sent."""
    request = parse(MultiDict([("q", q)]))
    page = service.page(request)
    service.suggest(request.q)
    if page.results:
        service.article(page.results[0].record.article.id, request.q)


def shown(q: str) -> str:
    """A query as a line can show it."""
    return f"{q[:60]!r} ({len(q)} letters)"


if __name__ == "__main__":
    main()
