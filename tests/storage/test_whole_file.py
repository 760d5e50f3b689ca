"""A file is there when it is whole, and not before."""

from pathlib import Path

import pytest

from indexer.storage.whole_file import whole_file


def test_what_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")
    with whole_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with pytest.raises(OSError, match="full"), whole_file(path) as file:
        file.write(b"half")
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []
