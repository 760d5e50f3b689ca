"""``rasad export`` writes whole files, or none."""

import csv
import io
from pathlib import Path

import pytest

from commands import indexed, run
from indexer.commands.export import FORMATS
from indexer.config import settings
from indexer.errors import ConfigError, ExportBroken
from indexer.search.export import Export
from webui import exporting

PAGES = {
    "one": "السفير يزور العاصمة\n\nاستقبل الوزير السفير أمس.",
    "two": "الوزير في جولة\n\nغادر الوزير إلى الخارج.",
}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(tmp_path, PAGES)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_all_formats_of_the_site_can_be_asked_for() -> None:
    assert tuple(exporting.FORMATS) == FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_written_in_the_format_that_its_name_ends_in(
    index: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / f"out.{exporting.FORMATS[name].ending}"
    done = run("export", "الوزير", "--index", index, "--output", file)
    assert done.exit_code == 0, done.output
    assert done.stderr == f"2 results written as {name}\n"
    asked = run("export", "الوزير", "--index", index, "--format", name)
    if name != "docx":  # which tells the moment
        assert file.read_bytes() == asked.stdout_bytes
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", file.name, "pages"]


def test_addresses_begin_as_the_site_does(index: Path) -> None:
    done = run("export", "السفير", "--index", index, "--site", "https://archive.example/news/")
    (row,) = rows(done.stdout)
    assert row["rasad_url"].startswith("https://archive.example/news/article/")


def test_only_full_matches_are_written_unless_others_are_asked_for(index: Path) -> None:
    query = "الوزير العاصمة"
    assert len(rows(run("export", query, "--index", index).stdout)) == 1
    assert len(rows(run("export", query, "--index", index, "--partial").stdout)) == 2
    none = run("export", "الوزير زرافة", "--index", index)
    assert not rows(none.stdout)
    assert "partial matches are left out here" in none.stderr


def test_an_export_that_breaks_off_leaves_the_file_that_was_there(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Export) -> None:
        raise ExportBroken("It is not whole.")

    monkeypatch.setattr(Export, "_next", broken)
    file = tmp_path / "out.csv"
    file.write_text("before")
    done = run("export", "", "--index", index, "--output", file)
    assert isinstance(done.exception, ExportBroken)
    assert file.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "out.csv", "pages"]


def test_a_file_that_cannot_be_written_is_named(index: Path, tmp_path: Path) -> None:
    done = run("export", "", "--index", index, "--output", tmp_path / "none" / "out.csv")
    assert "out.csv can't be written" in str(done.exception)


@pytest.mark.parametrize(("given", "seconds"), [("", 240.0), ("0", 0.0), ("30", 30.0)])
def test_how_long_a_server_may_export_is_a_setting(given: str, seconds: float) -> None:
    assert settings({"RASAD_EXPORT_TIME_LIMIT": given}).export_time_limit == seconds


def test_that_limit_is_a_number_of_seconds() -> None:
    with pytest.raises(ConfigError, match="RASAD_EXPORT_TIME_LIMIT"):
        settings({"RASAD_EXPORT_TIME_LIMIT": "long"})
