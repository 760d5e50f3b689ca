"""What requests cost that are made to cost much: time, and memory that stays.

    python benchmarks/speed/hostile_queries.py DIR [--slowest 15] [--every 1]

Puts some 1,500 requests to the site over the index in DIR: hostile queries to the results, an
article and the suggestions, some of them to every other page as well, and hostile filters, pages
and sizes. Prints the slowest in seconds of the processor, how many were answered in part since
their time was up (RASAD_TIME_LIMIT), and how much the process has grown, without the files that it
reads: also after what is free was given back, as a worker does each minute.
"""

import argparse
import gc
import time
from collections.abc import Iterator
from itertools import cycle, islice, pairwise, product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

from flask.testing import FlaskClient
from memory import private

from indexer.config import settings
from indexer.index import Index
from indexer.model import SearchRequest
from indexer.schema import FACET_IDS, PROFILED
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui import create_app
from webui.params import MAX_FILTERS, MAX_PAGE, MAX_QUERY, MAX_VALUE
from webui.serving.heap import Heap

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
#: Asked with every query, and with one in so many.
ALWAYS = ("/search?q={}", "/api/v1/suggest?q={}", "{article}?q={}")
SOMETIMES = (
    *("/api/v1/search?q={}&size=100", "/search.csv?q={}&full=0", "/search.atom?q={}&full=0"),
    *("/search?q={}&sort=oldest&copies=1", "/search?q={}&full=1", "/search?q={}&page=1000000"),
    *("/pictures/map?q={}", "/pictures/people?q={}", "/pictures/topics?q={}"),
    *("/facets/people?q={}", "/facets/people?contains={}", "/facets/sources?q={}&contains={}"),
    "/api/v1/facets/people?q={}&contains={}&order=name",
    *("/people/{}", "/article/{}", "/api/v1/articles/{}"),
    *("/events?q={}&place={}&type={}", "/events?party=people:{}&since={}", "/events/{}"),
    *("/quotations?q={}&speaker=people:{}", "/pictures/events?q={}", "/pictures/visits?q={}"),
    *("/day/{}", "/api/v1/events?q={}&size=100", "/events.csv?q={}"),
)
SOME = 12
PARTIAL = (b"took too long", b'"partial":true')
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


def addresses(queries: list[str], article: str, values: dict[str, list[str]]) -> Iterator[str]:
    """The requests; ``values`` are the most frequent ones of each facet."""
    for number, q in enumerate(queries):
        for pattern in (*ALWAYS, *(() if number % SOME else SOMETIMES)):
            yield pattern.replace("{article}", article).replace("{}", quote(q[:MAX_QUERY], ""))
    for facet, some in values.items():
        chosen = [(facet, one) for one in some[:MAX_FILTERS]]
        excluded = [(facet, f"-{one}") for one in some[:MAX_FILTERS]]
        unknown = [(facet, f"{n}" * MAX_VALUE) for n in range(2 * MAX_FILTERS)]
        for filters in (chosen, excluded, unknown, [*chosen[::2], *excluded[1::2]]):
            for extra in ({}, {"any": facet}, {"q": "وزير الخارجية"}, {"page": MAX_PAGE}):
                yield f"/search?{urlencode([*filters, *extra.items()])}"
            for page in ("/search.csv", "/pictures/people", f"/facets/{facet}", "/api/v1/search"):
                yield f"{page}?{urlencode([*filters, ('size', 10**9)])}"
        for order in ("", "name"):
            yield f"/facets/{facet}?order={order}&page={MAX_PAGE}"
            yield f"/facets/{facet}?order={order}&contains={quote(LETTERS * 90)}"
            yield f"/facets/{facet}?order={order}&contains={quote('ا ' * 150)}"
        if facet in PROFILED:
            for one in some[:3]:
                yield f"/{facet}/{quote(one)}"
                yield f"/api/v1/profiles/{facet}/{quote(one)}"
    every = [(facet, one) for facet, some in values.items() for one in some]
    yield f"/search?{urlencode(every)}"
    yield f"/search?{urlencode([('any', 'x' * 1000)] * 5000)}"
    yield from ("/", "/search?from=0001&to=9999", f"/search?page={'9' * 9000}&size={'9' * 9000}")
    yield from ("/search.csv", "/search.csv?meaning=1&full=0", "/search.atom?size=1000000")


class Cost(NamedTuple):
    """What one request took, left behind and answered."""

    seconds: float
    megabytes: int
    status: int
    partial: bool
    address: str


def main() -> None:
    """Ask everything and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--slowest", type=int, default=15)
    parser.add_argument("--every", type=int, default=1, help="ask one request in so many")
    given = parser.parse_args()
    index = Index.open(given.index)
    service = SearchService(index, default_analyzer(), time_limit=settings().time_limit)
    service.prepare()
    client = create_app(service).test_client()
    hostile = list(queries(index.catalogue.frequent_forms(3000)))
    first = service.page(SearchRequest("وزير~2 الخارجي* Putin"))
    article = f"/article/{quote(first.results[0].record.article.id)}"
    values = {
        facet: [one.id for one in service.facet(facet, SearchRequest(), size=300).values]
        for facet in FACET_IDS
    }
    heap = Heap(every=0)
    before = private()
    costs = [
        ask(client, address)
        for address in islice(addresses(hostile, article, values), 0, None, given.every)
    ]
    gc.collect()
    print(f"{len(costs)} requests, {sum(cost.seconds for cost in costs):.1f} s,", end=" ")
    print(f"{sum(cost.partial for cost in costs)} answered in part,", end=" ")
    print(f"{sum(cost.status >= 500 for cost in costs)} failed")
    for cost in sorted(costs, reverse=True)[: given.slowest]:
        print(f"{cost.seconds:7.2f} s  {'part ' if cost.partial else '     '}{shown(cost.address)}")
    after = private()
    heap.give_back_now_and_then()
    print(
        f"memory: {before} MB before, {after} MB after, {private()} MB once what is free", end=" "
    )
    print("is given back; those that it grew most with:")
    for cost in sorted(costs, key=lambda cost: -cost.megabytes)[:5]:
        print(f"{cost.megabytes:6} MB  {shown(cost.address)}")


def ask(client: FlaskClient, address: str) -> Cost:
    """Ask for one page."""
    held, started = private(), time.process_time()
    answer = client.get(address)
    seconds = time.process_time() - started
    data = answer.get_data()
    partial = any(sign in data for sign in PARTIAL)
    partial = partial or "too long" in " ".join(answer.headers.getlist("X-Rasad-Note"))
    urlsplit.cache_clear()  # the client keeps addresses, no server does
    return Cost(seconds, private() - held, answer.status_code, partial, address)


def shown(address: str) -> str:
    """An address as a line can show it."""
    plain = unquote(address)
    return f"{plain[:90]!r} ({len(plain)} letters)"


if __name__ == "__main__":
    main()
