"""A profile is corrected in Chromium: by keys, without scripts, for readers of screens.

Passed over where Playwright or Chromium is missing, as the other pages in the browser.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from indexer.index import Index
from indexer.indexing.run import index_pages
from webui.wsgi import application

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

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "a": "لقاء في جنيف\n١٢ يونيو ٢٠٢١\n\nوصل الرئيس الروسي فلاديمير بوتين إلى جنيف أمس.",
    "b": "قمة في باريس\n١٥ يونيو ٢٠٢١\n\nوصل الرئيس الفرنسي إيمانويل ماكرون إلى باريس أمس.",
}
ADDRESSES = {
    "forms": "/corrections/people/vladimir-putin",
    "found": "/corrections/people/vladimir-putin?contains=Macron",
    "merge": "/corrections/preview?kind=merge&id=vladimir-putin&other=emmanuel-macron",
    "contradiction": "/corrections/preview?kind=hide&id=emmanuel-macron",
    "nothing": "/corrections/preview?kind=split&id=vladimir-putin&what=country%3DJP",
    "list": "/corrections",
    "profile": "/people/vladimir-putin?corrected=none",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("corrected")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / f"{name}.txt").write_text(text, "utf-8")
    index = Index.create(folder / "index")
    index_pages([folder / "pages"], index, jobs=1)
    index.close()
    line = "rename\temmanuel-macron\tإ. ماكرون\tE. Macron\t# 2026-03-09 يوقّع هكذا\n"
    (folder / "index" / "profiles.tsv").write_text(line, "utf-8")
    app = application(folder / "index", edit=True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    """Opens an address in a fresh context; afterwards nothing may have gone wrong unseen."""
    contexts, troubles = [], []

    def visit(address: str, width: int = 1280, lang: str = "ar", **options: Any) -> Any:
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, locale=lang, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(site + address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("width", "lang", "scheme"), [(1280, "ar", "light"), (360, "ar", "dark"), (1280, "en", "dark")]
)
def test_everybody_can_use_the_pages(
    visit: Any, name: str, width: int, lang: str, scheme: str
) -> None:
    page = visit(ADDRESSES[name], width, lang, color_scheme=scheme)
    if name == "profile":
        page.locator(".to-correct summary").click()
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", LEVELS)
    assert [
        (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]
    ] == []


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_sticks_out_of_the_page(visit: Any, name: str, lang: str) -> None:
    page = visit(ADDRESSES[name], lang=lang)
    for width in (1280, 760, 360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_two_profiles_are_merged_and_the_merge_undone(visit: Any, scripts: bool) -> None:
    page = visit("/people/vladimir-putin", java_script_enabled=scripts)
    page.get_by_text("هل في هذا الملف خطأ؟").click()
    page.get_by_role("link", name="تصحيح هذا الملف").click()
    page.get_by_label("الاسم بالعربية أو اللاتينية").fill("Macron")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="ماكرون").click()
    page.get_by_label("ملاحظة").fill("تجربة")
    page.get_by_role("button", name="تأكيد وحفظ").click()
    page.wait_for_url("**/people/vladimir-putin?corrected=*")
    assert "خبران" in page.locator(".names").inner_text()
    page.get_by_role("status").get_by_role("button").click()
    page.wait_for_url("**corrected=none")
    assert "خبر واحد" in page.locator(".names").inner_text()


def test_a_profile_is_renamed_with_keys_alone(visit: Any) -> None:
    page = visit(ADDRESSES["forms"], lang="en")
    page.get_by_label("Arabic name").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("ف. بوتين")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preview?*")
    page.get_by_label("Note").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**corrected=*")
    assert page.locator(".names .other").inner_text() == "ف. بوتين"
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**corrected=none")
    assert page.locator(".names .other").inner_text() == "فلاديمير بوتين"


def test_a_form_on_a_strangers_page_changes_nothing(browser: Any, site: str) -> None:
    """Even one that has got hold of a token."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(site + "/corrections")
        token, key = (page.locator(f"[name={n}]").first.input_value() for n in ("token", "key"))
        form = (
            f"<form method=post action={site}/corrections/undo>"
            f"<input name=token value={token}><input name=key value={key}><button>x</button></form>"
        )
        stranger = "http://stranger.example/"
        page.route(stranger, lambda route: route.fulfill(body=form, content_type="text/html"))
        page.goto(stranger)
        with page.expect_response("**/corrections/undo") as sent:
            page.get_by_role("button").click()
        assert sent.value.status == 403
        page.goto(site + "/corrections")
        assert page.locator("[name=key]").first.input_value() == key
