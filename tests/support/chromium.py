"""Pages in Chromium: who imports this is passed over where Playwright or Chromium is missing.

With RASAD_REQUIRE_BROWSER set their absence is a failure.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = bool(os.environ.get("RASAD_REQUIRE_BROWSER"))
try:
    import axe_playwright_python
    from playwright.sync_api import sync_playwright
except ImportError:
    if REQUIRED:
        raise
    pytest.skip("playwright is not installed", allow_module_level=True)
if not CHROMIUM and not REQUIRED:
    pytest.skip("no Chromium here", allow_module_level=True)

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@contextmanager
def launched() -> Iterator[Any]:
    """Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def visits(browser: Any, site: str, expected: str = r"\Z.") -> Iterator[Callable[..., Any]]:
    """Opens an address in a fresh context; afterwards nothing may have gone wrong unseen.

    What the console says that holds the pattern ``expected`` is no trouble.
    """
    contexts, troubles, strangers = [], [], []

    def visit(address: str, size: str = "desktop", lang: str = "ar", **options: Any) -> Any:
        context = browser.new_context(viewport=SIZES[size], locale=lang, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: strangers.append(request.url))
        page.goto(site + address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [text for text in troubles if not re.search(expected, text)] == []
    assert [url for url in strangers if not url.startswith((site, "data:"))] == []


def barriers(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds that keeps people out: the rule, and the elements that break it."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", LEVELS)
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]


def too_wide_for(page: Any) -> list[int]:
    """The widths of a window, in pixels, out of which the page sticks."""
    wider = []
    for width in (1280, 760, 360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(width)
    return wider
