"""How fast pages come and stand still in a browser, and pictures of them for the README.

    python benchmarks/speed/browser.py                     the sample pages
    python benchmarks/speed/browser.py --index DIR         an index of your own
    python benchmarks/speed/browser.py --screenshots docs  also a picture of each kind of page

For each kind of page, in milliseconds from the request: the first byte (median of 20 answers, read
by this script), and what Chromium tells of the largest contentful paint; then the layout shift,
and the kilobytes of a first and of a second visit. Needs Chromium and playwright.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from indexer.index import writable
from indexer.indexing.run import index_pages
from webui.wsgi import application

SEEDS = Path(__file__).parents[2] / "seeds"
ROUNDS = 20
SIZES = {"desktop": {"width": 1100, "height": 720}, "phone": {"width": 390, "height": 780}}
#: Kept before the page's own scripts, so that no entry is missed.
WATCH = """
window.seen = {paint: 0, shift: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) seen.paint = e.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) seen.shift += e.value;
}).observe({type: "layout-shift", buffered: true});
"""


class View(NamedTuple):
    """A page as somebody sees it."""

    name: str
    address: str
    lang: str = "ar"
    scheme: str = "light"
    size: str = "desktop"


def views(site: str) -> list[View]:
    """A page of each kind; the article, person and query are those that stand first."""
    found = _json(f"{site}/api/v1/search?size=1&sort=newest")
    person = found["facets"]["people"][0]
    article = found["hits"][0]["id"]
    q = quote("محاربة داعش")
    return [
        View("start", "/"),
        View("results", f"/search?q={q}"),
        View("results-en", f"/search?q={q}&lang=en", "en", "dark"),
        View("results-phone", f"/search?q={q}", size="phone"),
        View("article", f"/article/{quote(article)}?q={quote(person['name'])}"),
        View("person", f"/people/{quote(person['id'])}"),
        View("map", "/pictures"),
        View("people", "/pictures/people"),
        View("topics", "/pictures/topics"),
        View("facet", "/facets/people"),
        View("events", "/events"),
        View("events-en", "/events?lang=en", "en", "dark"),
        View("countries", "/pictures/events"),
        View("day", f"/day/{found['hits'][0]['date']}"),
    ]


def main() -> None:
    """Measure, and take pictures where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path)
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chosen = given.index or Path(folder) / "index"
        if not given.index:
            with writable(chosen) as index:
                index_pages([SEEDS], index, jobs=1)
        with serving(chosen) as site, sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            print(
                f"{'page':14} {'first byte':>10} {'paint':>7} {'shift':>7} {'cold kB':>8} warm kB"
            )
            for view in views(site):
                print(measured(browser, site, view, given.screenshots))
            browser.close()


def measured(browser: Any, site: str, view: View, folder: Path | None) -> str:
    """A line of figures; the picture is taken on the second visit."""
    context = browser.new_context(
        viewport=SIZES[view.size], locale=view.lang, color_scheme=view.scheme
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    weights = []
    for _ in ("cold", "warm"):
        page.goto(site + view.address, wait_until="load")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        weights.append(
            page.evaluate(
                "[...performance.getEntriesByType('resource'), "
                "performance.getEntriesByType('navigation')[0]]"
                ".reduce((sum, entry) => sum + entry.transferSize, 0)"
            )
        )
    seen = page.evaluate("seen")
    if folder:
        page.screenshot(path=str(folder / f"{view.name}.png"))
    context.close()
    first = statistics.median(first_byte(site + view.address) for _ in range(ROUNDS))
    cold, warm = (weight / 1000 for weight in weights)
    return (
        f"{view.name:14} {first:10.1f} {seen['paint']:7.0f} {seen['shift']:7.4f}"
        f" {cold:8.0f} {warm:7.0f}"
    )


def first_byte(address: str) -> float:
    """Milliseconds until an answer begins."""
    started = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        answer.read(1)
        return 1000 * (time.perf_counter() - started)


@contextmanager
def serving(index: Path) -> Iterator[str]:
    """The site over an index, as «rasad serve» serves it."""
    server = create_server(application(index), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def _json(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
