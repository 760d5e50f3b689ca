"""A profile is corrected in Chromium: by keys, without scripts, for readers of screens.

Passed over where Playwright or Chromium is missing, as the other pages in the browser.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from chromium import barriers, served, too_wide_for, visits
from commands import indexed
from webui.wsgi import application

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
    index = indexed(tmp_path_factory.mktemp("corrected"), PAGES)
    line = "rename\temmanuel-macron\tإ. ماكرون\tE. Macron\t# 2026-03-09 يوقّع هكذا\n"
    (index / "profiles.tsv").write_text(line, "utf-8")
    with served(application(index, edit=True)) as address:
        yield address


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    with visits(browser, site) as visit:
        yield visit


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [("desktop", "ar", "light"), ("phone", "ar", "dark"), ("desktop", "en", "dark")],
)
def test_everybody_can_use_the_pages(
    visit: Any, name: str, size: str, lang: str, scheme: str
) -> None:
    page = visit(ADDRESSES[name], size, lang, color_scheme=scheme)
    if name == "profile":
        page.locator(".to-correct summary").click()
    assert barriers(page) == []


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_sticks_out_of_the_page(visit: Any, name: str, lang: str) -> None:
    page = visit(ADDRESSES[name], lang=lang)
    assert too_wide_for(page) == []


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
