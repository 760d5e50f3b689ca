"""Each file that a script makes is in the manifest, which tells when it is stale."""

import shutil
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.generate.__main__ import main
from indexer.generate.manifest import MANIFEST, ROOT, Manifest
from indexer.text.tables import head

CORRECTIONS = "indexer/generate/tables/corrections.tsv"
LEXICON = "indexer/text/lexicon.bin"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A root that holds what the manifest speaks of, and the manifest itself."""
    for entry in Manifest().entries.values():
        for path in (*entry.outputs, *entry.reads):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, tmp_path / path)
    shutil.copy(MANIFEST, tmp_path / "manifest.toml")
    return tmp_path


def faults(root: Path) -> list[str]:
    manifest = Manifest(root / "manifest.toml", root)
    return [line for entry in manifest.entries.values() for line in entry.faults(root)]


def append(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line, "utf-8")


def test_what_is_shipped_is_as_it_was_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_changed_table_makes_stale_what_is_made_of_it(copied: Path) -> None:
    append(copied / CORRECTIONS, "noun\tكلمة\n")
    assert faults(copied) == [f"{LEXICON} is stale: {CORRECTIONS} has changed since it was made"]


def test_a_changed_comment_makes_nothing_stale(copied: Path) -> None:
    append(copied / CORRECTIONS, "# Nothing more.\n")
    assert faults(copied) == []


def test_a_file_changed_by_hand_is_named_and_so_is_what_is_made_of_it(copied: Path) -> None:
    path = "indexer/facets/tables/lexemes.tsv"
    append(copied / path, "g\tكلمه\n")
    found = faults(copied)
    assert f"{path} is not as it was made: changed by hand?" in found
    assert (
        f"indexer/facets/tables/cities.tsv is stale: {path} has changed since it was made" in found
    )


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "webui/pictures/world.tsv").unlink()
    assert faults(copied) == ["webui/pictures/world.tsv is not there"]


def test_a_making_is_recorded_and_nothing_else_of_the_manifest_changes(copied: Path) -> None:
    append(copied / CORRECTIONS, "noun\tكلمة\n")
    before = (copied / "manifest.toml").read_text("utf-8").splitlines()
    manifest = Manifest(copied / "manifest.toml", copied)
    manifest.record(manifest.entries["lexicon"], {})
    after = (copied / "manifest.toml").read_text("utf-8").splitlines()
    assert faults(copied) == []
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == [f'"{CORRECTIONS}"']


def test_an_unknown_name_is_said_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lexicon", "nothing"]) == 2
    said = capsys.readouterr().err
    assert "«nothing»" in said and "lexicon" in said
    with pytest.raises(ConfigError, match="roots"):
        Manifest().chosen(("nothing",))


def test_what_lacks_is_named_with_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cities", "--data", str(tmp_path), "--work", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "cities15000_ar.tsv" in said and "https://" in said


def test_entries_stand_in_the_order_of_their_needs() -> None:
    seen: set[str] = set()
    made = {path for entry in Manifest().entries.values() for path in entry.outputs}
    for entry in Manifest().entries.values():
        assert not (entry.reads.keys() & made) - seen
        seen |= entry.outputs.keys()


def test_each_generated_file_is_in_the_manifest_and_in_notice() -> None:
    entries = Manifest().entries.values()
    made = {path: entry for entry in entries for path in entry.outputs}
    found = {
        path.relative_to(ROOT).as_posix()
        for top in ("indexer", "webui")
        for path in (ROOT / top).rglob("*")
        if path.suffix in (".bin", ".npz") or _is_made(path)
    }
    assert found == made.keys()
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for path, entry in made.items():
        assert Path(path).name in notice
        assert entry.recipe.module.rpartition(".")[2] + ".py" in notice


def _is_made(path: Path) -> bool:
    if path.suffix not in (".tsv", ".txt") or "fonts" in path.parts:
        return False
    top, _, name = path.relative_to(ROOT).as_posix().partition("/")
    return head(top, name).made.startswith("by indexer.generate.")


def test_a_table_names_the_script_that_its_entry_names() -> None:
    for entry in Manifest().entries.values():
        for path in entry.outputs:
            if path.endswith((".tsv", ".txt")):
                top, _, name = path.partition("/")
                assert f"by {entry.recipe.module} from " in head(top, name).made
