"""Events of articles that come, change and go, and of runs that end in the midst of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands import pages_in, run
from damage import flip
from indexer.entities.corrections import Corrections
from indexer.index import Index, IndexSettings
from indexer.indexing.run import correct_profiles, index_pages
from indexer.model import Event

MEETING = """لقاء في القاهرة

القاهرة – 7 يوليو 2015

التقى وزير الخارجية المصري سامح شكري اليوم الثلاثاء نظيره الفرنسي لوران فابيوس في القاهرة.
وقال شكري إن المحادثات كانت مفيدة للبلدين.
"""
SAME = """فابيوس في مصر

القاهرة – 8 يوليو 2015

استقبل وزير الخارجية المصري سامح شكري أمس في القاهرة نظيره الفرنسي لوران فابيوس وودعه مساء.
"""
OTHER = """شكري في عمان

عمان – 15 يوليو 2015

التقى وزير الخارجية المصري سامح شكري اليوم نظيره الأردني ناصر جودة في عمان وبحثا شؤون المنطقة.
"""
NAMES = {"a": MEETING, "b": SAME, "c": OTHER}


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index", IndexSettings(engine=request.param))
    yield opened
    opened.close()


def told(index: Index, id: str) -> tuple[Event, ...]:
    """The events of an article as the index has it."""
    (record,) = index.engine.records([id])
    return record.events


def kept(index: Index) -> list[tuple[object, ...]]:
    """What the catalogue keeps of events, but for its own numbers."""
    every = index.catalogue.event_rows(range(1, 100))
    return [event[1:] for event in every]


def test_articles_that_tell_one_event_have_its_id(index: Index, tmp_path: Path) -> None:
    index_pages([pages_in(tmp_path / "pages", NAMES)], index, jobs=1)
    (one,), (other,), (third,) = (told(index, id) for id in "abc")
    assert one.id == other.id != third.id
    (record,) = index.engine.records(["a"])
    assert record.values("events") == ("meeting",)
    assert set(record.values("met")) == {"sameh-shoukry", "EG", "laurent-fabius", "FR"}
    assert record.values("said") == ("sameh-shoukry",)
    assert index.complaints() == []


def test_runs_one_after_the_other_are_one_run(index: Index, tmp_path: Path) -> None:
    folder = pages_in(tmp_path / "pages", NAMES)
    index_pages([folder], index, jobs=1)
    with closing(Index.create(tmp_path / "other", index.settings)) as other:
        for name in sorted(NAMES):
            index_pages([folder / f"{name}.txt"], other, jobs=1)
        assert kept(other) == kept(index)


def test_an_article_that_changes_tells_other_events(index: Index, tmp_path: Path) -> None:
    folder = pages_in(tmp_path / "pages", NAMES)
    index_pages([folder], index, jobs=1)
    (before,) = told(index, "a")
    pages_in(
        folder, {"b": OTHER.replace("ناصر جودة", "لوران فابيوس").replace("الأردني", "الفرنسي")}
    )
    index_pages([folder], index, jobs=1)
    assert told(index, "a") == (before,)
    assert told(index, "b")[0].id != before.id
    assert len(kept(index)) == 3


def test_events_go_with_their_articles(index: Index, tmp_path: Path) -> None:
    folder = pages_in(tmp_path / "pages", NAMES)
    index_pages([folder], index, jobs=1)
    (folder / "a.txt").unlink()
    (folder / "c.txt").unlink()
    index_pages([folder], index, prune=True, jobs=1)
    assert [event.articles for event in index.catalogue.event_rows(range(1, 9))] == [1]
    assert index.catalogue.telling_articles() == {"b"}
    assert index.catalogue.list_quotations(None, None, 0, 9) == (0, [])
    assert index.complaints() == []


def test_who_is_corrected_is_another_in_events_as_well(index: Index, tmp_path: Path) -> None:
    index_pages([pages_in(tmp_path / "pages", NAMES)], index, jobs=1)
    lines = "merge\tlaurent-fabius\tnasser-judeh\n"
    merged = Corrections.parse(lines, "test")
    (index.profiles).write_text(lines, "utf-8")
    correct_profiles(index, lambda: merged)
    (event,) = told(index, "c")
    assert {party.id for party in event.parties} == {"sameh-shoukry", "laurent-fabius"}
    numbers = {report.event for report in index.catalogue.reports_of(["c"])}
    assert {one.id for one in index.catalogue.event_rows(numbers)} == {event.id}
    total, _ = index.catalogue.list_quotations(("people", "sameh-shoukry"), None, 0, 9)
    assert total == 1
    assert index.complaints() == []


def test_what_a_killed_run_left_of_events_goes_with_the_next(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pages_in(tmp_path / "pages", NAMES)
    writer = type(index.engine.writer())

    def killed(self: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writer, "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            index_pages([folder], index, jobs=1)
    assert index.catalogue.telling_articles()  # the first step of the commit was written
    assert index.complaints() == []
    index_pages([folder / "c.txt"], index, jobs=1)
    assert index.catalogue.telling_articles() == {"c"}
    assert index.complaints() == []


def test_a_report_of_an_article_that_is_not_there_is_complained_of(
    index: Index, tmp_path: Path
) -> None:
    index_pages([pages_in(tmp_path / "pages", NAMES)], index, jobs=1)
    index.catalogue._db.execute("UPDATE event_reports SET article = 'x' WHERE article = 'a'")
    index.catalogue._db.execute("DELETE FROM events WHERE number = 2")
    index.catalogue._db.commit()
    assert index.complaints() == [
        "1 articles tell events but are not there: x",
        "1 events and reports of them have lost each other",
    ]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_repaired_index_tells_the_same_events(tmp_path: Path, engine: str) -> None:
    folder = pages_in(tmp_path / "pages", NAMES)
    made = run("index", folder, "--index", tmp_path / "index", "--engine", engine)
    assert made.exit_code == 0, made.output
    with closing(Index.open(tmp_path / "index")) as index:
        before = kept(index)
    flip(tmp_path / "index" / "catalogue.db")
    assert run("check", "--index", tmp_path / "index").exit_code == 1
    assert run("repair", "--index", tmp_path / "index").exit_code == 0
    with closing(Index.open(tmp_path / "index")) as index:
        assert kept(index) == before
        assert index.complaints() == []
