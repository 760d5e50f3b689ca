"""What is told of a disk that is full or fails, whoever says it."""

import errno
from pathlib import Path

import pytest

from indexer.engines.failures import unusable

FOLDER = Path("index")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        ValueError("An IO error occurred: 'No space left on device (os error 28)'"),
        ValueError('Lockfile: IoError(Os { code: 28, kind: StorageFull, message: "No space" })'),
    ],
)
def test_a_full_disk_is_named(error: Exception) -> None:
    told = str(unusable(FOLDER, error))
    assert told.startswith("The disk is full")
    assert "--rebuild" not in told


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "Input/output error"),
        ValueError("A worker thread encountered an error (io::Error most likely) or panicked."),
    ],
)
def test_a_failing_disk_asks_for_no_new_index(error: Exception) -> None:
    told = str(unusable(FOLDER, error))
    assert str(error) in told
    assert "--rebuild" not in told


def test_damage_asks_for_a_repair() -> None:
    assert "rasad repair" in str(unusable(FOLDER, ValueError("magic number 7")))
