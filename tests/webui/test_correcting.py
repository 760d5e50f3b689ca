"""Corrections of profiles in the browser: who may, what is shown, written, refused, undone."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commands import indexed
from html_pages import Page, read
from indexer.entities.corrections import Corrections
from indexer.errors import EngineError
from indexer.index import Index, IndexWriter
from indexer.indexing.editing import ProfileEditor
from indexer.storage.exclusive import exclusive
from site_records import SCRIPT
from webui.wsgi import application

PAGES = {
    "a": "لقاء في عمّان\n١٢ يونيو ٢٠٢١\n\nاستقبل السفير الأردني خالد المجالي وفداً في عمّان.",
    "b": "كلمة في دمشق\n١٥ يونيو ٢٠٢١\n\nقال السفير الأردني خالد المجالي إن سوريا جارة قريبة.",
    "c": "وصول وفد\n١٦ يونيو ٢٠٢١\n\nوصل الرئيس الروسي فلاديمير بوتين إلى جنيف أمس.",
}
MAJALI = "خالد-المجالي"
PUTIN = "vladimir-putin"
SAME = {"Origin": "http://localhost"}
ADDRESSES = ("/corrections", f"/corrections/people/{PUTIN}", "/corrections/preview?kind=hide")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("corrected"), PAGES)


@pytest.fixture
def file(made: Path) -> Iterator[Path]:
    """The file of corrections; none when the test begins, and all are undone behind it."""
    path = made / "profiles.tsv"
    yield path
    if path.exists():
        site = application(made, edit=True).test_client()
        if keys := re.findall('name="key" value="([^"]+)"', site.get("/corrections").text):
            assert post(site, "undo", key=keys).status_code == 303
        path.unlink()


@pytest.fixture
def site(made: Path, file: Path) -> FlaskClient:
    return application(made, edit=True).test_client()


def token(site: FlaskClient) -> str:
    found: str = site.application.extensions["rasad token"]
    return found


def post(site: FlaskClient, to: str, headers: Any = None, **fields: Any) -> TestResponse:
    """What a form of a page sends, with its token unless another is given."""
    sent = {"token": fields.pop("token", None) or token(site), **fields}
    return site.post(f"/corrections/{to}", data=sent, headers=headers or SAME)


def test_without_edit_there_is_nothing(made: Path) -> None:
    site = application(made).test_client()
    for address in ADDRESSES:
        assert site.get(address).status_code == 404
    for what in ("add", "undo"):
        assert site.post(f"/corrections/{what}", headers=SAME).status_code == 404
    assert "corrections" not in site.get(f"/people/{PUTIN}").text


def test_the_setting_opens_it_and_edit_comes_before(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASAD_EDIT", "1")
    assert application(made).test_client().get("/corrections").status_code == 200
    assert application(made, edit=False).test_client().get("/corrections").status_code == 404


def test_a_profile_leads_to_its_corrections_and_other_facets_do_not(site: FlaskClient) -> None:
    assert read(site, f"/people/{PUTIN}").link("تصحيح هذا الملف") == f"/corrections/people/{PUTIN}"
    assert "/corrections" not in site.get("/countries/JO").text


def test_profiles_are_found_by_a_name_in_either_script(site: FlaskClient) -> None:
    for typed in ("Putin", "بوتين", "Poutine"):
        page = read(site, f"/corrections/people/{quote(MAJALI)}?contains={quote(typed)}&lang=en")
        address = page.link("Vladimir Putin")
        assert f"other={PUTIN}" in address and address.endswith("lang=en")
    page = read(site, f"/corrections/people/{PUTIN}?contains=Putin&lang=en")
    assert "No other profile has this name." in page.texts("p", class_="nothing")


@pytest.mark.parametrize(
    ("asked", "after", "moved"),
    [
        (
            f"kind=merge&id={PUTIN}&other={MAJALI}",
            ["Vladimir Putin · فلاديمير بوتين · 3 articles"],
            2,
        ),
        (f"kind=rename&id={PUTIN}&name=ف. بوتين&latin=V. P.", ["V. P. · ف. بوتين · 1 article"], 1),
        (f"kind=hide&id={PUTIN}", [], 1),
    ],
)
def test_the_preview_shows_what_would_change_and_writes_nothing(
    site: FlaskClient, file: Path, asked: str, after: list[str], moved: int
) -> None:
    page = read(site, f"/corrections/preview?{asked}&lang=en")
    assert page.texts("section", aria_labelledby="after")[0].removeprefix("Afterwards ") == (
        after[0] if after else "No profile; the articles stay."
    )
    assert f"{moved} article" in page.texts("section", aria_labelledby="moved")[0]
    assert not file.exists()


def test_a_preview_is_of_one_commit(
    made: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = application(made, edit=True).test_client()
    address = f"/corrections/preview?kind=merge&id={PUTIN}&other={MAJALI}&lang=en"
    other = application(made, edit=True).test_client()
    corrections = ProfileEditor.corrections

    def after_another(editor: ProfileEditor) -> Corrections:
        monkeypatch.undo()
        assert post(other, "add", kind="rename", id=PUTIN, name="ف. بوتين").status_code == 303
        return corrections(editor)

    before = read(site, address).texts("section", aria_labelledby="before")
    monkeypatch.setattr(ProfileEditor, "corrections", after_another)
    meanwhile = read(site, address).texts("section", aria_labelledby="before")
    assert meanwhile == before
    assert read(site, address).texts("section", aria_labelledby="before") != before


def test_the_examples_are_told_with_title_and_day(site: FlaskClient) -> None:
    page = read(site, f"/corrections/preview?kind=hide&id={quote(MAJALI)}")
    assert page.texts("ul", class_="examples-moved") == [
        "كلمة في دمشق 15 يونيو 2021 لقاء في عمّان 12 يونيو 2021"
    ]


def test_a_merge_is_written_with_day_and_note_shown_and_undone(
    site: FlaskClient, file: Path
) -> None:
    answer = post(site, "add", kind="merge", id=MAJALI, other=PUTIN, note="مثال\tلا غير\n")
    assert answer.status_code == 303
    day = dt.date.today().isoformat()
    assert file.read_text("utf-8").splitlines()[1:] == [
        f"merge\t{MAJALI}\t{PUTIN}\t# {day} مثال لا غير"
    ]
    page = read(site, answer.location)
    assert page.texts("h1") == ["خالد المجالي"]
    assert page.all("div", role="status")
    assert site.get(f"/people/{PUTIN}").status_code == 404
    assert site.get("/api/v1/search?people=" + quote(MAJALI)).json["total"] == 3
    listed = read(site, "/corrections")
    assert "مثال لا غير" in listed.texts("dl", class_="correction")[0]
    back = post(site, "undo", key=page.all("input", name="key")[0][0]["value"])
    assert back.status_code == 303
    assert read(site, back.location).all("div", role="status")
    assert file.read_text("utf-8").splitlines()[1:] == []
    assert read(site, f"/people/{PUTIN}").texts("h1") == ["فلاديمير بوتين"]


def test_a_split_does_what_its_preview_says(site: FlaskClient, file: Path) -> None:
    asked = f"kind=split&id={quote(MAJALI)}&what={quote('country=SY')}&lang=en"
    page = read(site, f"/corrections/preview?{asked}")
    assert page.texts("section", aria_labelledby="after")[0].count("1 article") == 2
    new = page.all("input", name="other")[0][0]["value"]
    assert new == f"{MAJALI}-2"
    assert post(site, "add", kind="split", id=MAJALI, other=new, what="country=SY").location
    assert site.get("/api/v1/search?people=" + quote(new)).json["hits"][0]["id"] == "b"
    assert site.get("/api/v1/search?people=" + quote(MAJALI)).json["hits"][0]["id"] == "a"


def test_a_profile_is_renamed_and_hidden(site: FlaskClient, file: Path) -> None:
    done = post(site, "add", kind="rename", id=PUTIN, name="ف. بوتين", latin="V. Putin")
    page = read(site, done.location)
    assert (page.texts("h1"), page.texts("bdi", class_="other")[:1]) == (["ف. بوتين"], ["V. Putin"])
    assert post(site, "undo", key=page.all("input", name="key")[0][0]["value"]).status_code == 303
    hidden = post(site, "add", kind="hide", id=PUTIN)
    assert hidden.location.startswith("/corrections?")
    assert read(site, hidden.location).all("div", role="status")
    assert site.get(f"/people/{PUTIN}").status_code == 404


@pytest.mark.parametrize("given", ["", "wrong", "صح"])
def test_a_wrong_token_is_refused(site: FlaskClient, file: Path, given: str) -> None:
    sent = {"kind": "hide", "id": PUTIN, "token": given}
    answer = site.post("/corrections/add", data=sent, headers=SAME)
    assert (answer.status_code, file.exists()) == (403, False)
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/localhost"},
        {"X-Nothing": "said"},
    ],
)
def test_another_origin_is_refused(site: FlaskClient, file: Path, headers: Any) -> None:
    answer = post(site, "add", headers, kind="hide", id=PUTIN)
    assert (answer.status_code, file.exists()) == (403, False)


@pytest.mark.parametrize(
    "headers", [{"Referer": "http://localhost/corrections"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_each_way_of_a_browser_to_say_whence_is_understood(
    site: FlaskClient, file: Path, headers: Any
) -> None:
    assert post(site, "add", headers, kind="hide", id=PUTIN).status_code == 303


def test_a_name_that_was_turned_to_this_machine_reads_no_token(site: FlaskClient) -> None:
    strange = {"Host": "evil.example"}
    for address in (*ADDRESSES, f"/people/{PUTIN}?corrected=none"):
        assert "token" not in site.get(address, headers=strange).text
    assert site.get("/corrections", headers=strange).status_code == 403
    assert site.get("/corrections", headers={"Host": "192.168.0.7:8000"}).status_code == 200
    assert site.get("/corrections", headers={"Host": "[::1]:8000"}).status_code == 200


def test_the_host_that_was_given_is_a_name_of_this_machine(made: Path) -> None:
    site = application(made, edit=True, host="archive.local").test_client()
    assert site.get("/corrections", headers={"Host": "archive.local:8000"}).status_code == 200


def test_what_writes_takes_no_reading(site: FlaskClient, file: Path) -> None:
    for what in ("add", "undo"):
        answer = site.get(f"/corrections/{what}?kind=hide&id={PUTIN}")
        assert (answer.status_code, file.exists()) == (405, False)


def test_a_contradiction_is_named_and_nothing_written(site: FlaskClient, file: Path) -> None:
    post(site, "add", kind="rename", id=PUTIN, name="ف. بوتين", note="كما وقّع")
    before = file.read_text("utf-8")
    page = read(site, f"/corrections/preview?kind=hide&id={PUTIN}")
    (told,) = page.texts("div", role="alert")
    assert "ف. بوتين" in told and "كما وقّع" in told
    assert not page.all("form", class_="confirm")
    sent = {"kind": "hide", "id": PUTIN, "token": page.all("input", name="token")[0][0]["value"]}
    answer = site.post("/corrections/add", data=sent, headers=SAME)
    assert (answer.status_code, file.read_text("utf-8")) == (409, before)
    assert "كما وقّع" in answer.text


def test_while_somebody_writes_nothing_is_written(
    site: FlaskClient, made: Path, file: Path
) -> None:
    known = token(site)
    index = Index.open(made)
    try:
        with index.writer():
            answer = post(site, "add", token=known, kind="hide", id=PUTIN)
    finally:
        index.close()
    assert (answer.status_code, file.exists()) == (409, False)
    assert "الفهرس" in Page(answer.text).texts("h1")[0]
    assert post(site, "add", kind="hide", id=PUTIN).status_code == 303


def test_while_the_index_is_made_anew_nothing_is_written(
    site: FlaskClient, made: Path, file: Path
) -> None:
    known = token(site)
    with exclusive(made):  # as a run with --rebuild does, which writes to another folder
        answer = post(site, "add", token=known, kind="hide", id=PUTIN)
    assert (answer.status_code, file.exists()) == (409, False)


def test_what_fails_on_the_way_leaves_the_file_as_it_was(
    site: FlaskClient, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(site, "add", kind="rename", id=PUTIN, name="ف. بوتين")
    before = file.read_text("utf-8")

    def fail(*_: object) -> None:
        raise EngineError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(IndexWriter, "renew", fail)
        answer = post(site, "add", kind="rename", id=PUTIN, name="اسم آخر")
    assert (answer.status_code, file.read_text("utf-8")) == (503, before)
    assert read(site, f"/people/{PUTIN}").texts("h1") == ["ف. بوتين"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 400),
        ("kind=marry&id=x", 400),
        (f"kind=split&id={PUTIN}", 400),
        (f"kind=split&id={PUTIN}&what=country%3DJordan", 400),
        (f"kind=split&id={PUTIN}&what=planet%3DX", 400),
        (f"kind=rename&id={PUTIN}&name=", 400),
        (f"kind=rename&id={PUTIN}&name=%23+x", 400),
        (f"kind=merge&id={PUTIN}&other={PUTIN}", 400),
        (f"kind=merge&id={PUTIN}&other=nobody", 404),
        ("kind=hide&id=nobody", 404),
    ],
)
def test_what_makes_no_sense_is_said(
    site: FlaskClient, file: Path, asked: str, status: int
) -> None:
    answer = site.get(f"/corrections/preview?{asked}")
    assert (answer.status_code, file.exists()) == (status, False)


def test_what_changes_nothing_has_nothing_to_confirm(site: FlaskClient) -> None:
    nothing = f"kind=split&id={PUTIN}&what=country%3DJP"
    same = f"kind=rename&id={PUTIN}&name=فلاديمير بوتين&latin=Vladimir Putin"
    for asked in (nothing, same):
        page = read(site, f"/corrections/preview?{asked}&lang=en")
        assert "This would change nothing." in page.texts("p", role="status")
        assert not page.all("form", class_="confirm")


def test_what_was_undone_cant_be_undone_again(site: FlaskClient, file: Path) -> None:
    page = read(site, post(site, "add", kind="rename", id=PUTIN, name="اسم").location)
    key = page.all("input", name="key")[0][0]["value"]
    assert post(site, "undo", key=key).status_code == 303
    assert post(site, "undo", key=key).status_code == 409
    assert post(site, "undo").status_code == 409


def test_hostile_names_and_notes_are_shown_and_never_run(site: FlaskClient, file: Path) -> None:
    evil = f'"><b>{SCRIPT}'
    sent = {"name": evil, "latin": SCRIPT}
    preview = (
        f"/corrections/preview?kind=rename&id={PUTIN}&name={quote(evil)}&latin={quote(SCRIPT)}"
    )
    done = post(site, "add", kind="rename", id=PUTIN, note=f"{evil}\nhide\t{MAJALI}", **sent)
    assert len(file.read_text("utf-8").splitlines()) == 2
    contains = f"/corrections/people/{PUTIN}?contains={quote(evil)}"
    for address in (preview.replace("kind=rename", "kind=hide"), done.location, contains):
        page = read(site, address)
        assert not page.all("b")
        assert all("src" in attributes for attributes, _text in page.all("script"))
    listed = read(site, "/corrections")
    assert SCRIPT in listed.texts("dl", class_="correction")[0]
    assert not listed.all("b")
    assert site.get(f"/people/{quote(MAJALI)}").status_code == 200


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_pages_are_well_made_and_kept_nowhere(site: FlaskClient, lang: str) -> None:
    preview = f"/corrections/preview?kind=merge&id={PUTIN}&other={quote(MAJALI)}&lang={lang}"
    forms = f"/corrections/people/{quote(MAJALI)}?lang={lang}"
    for address in (f"/corrections?lang={lang}", forms, preview):
        answer = site.get(address)
        assert Page(answer.text).unclosed == []
        assert answer.headers["Cache-Control"] == "no-store"
    # Another language shows the same correction.
    assert "other=" in read(site, preview).link("English")
