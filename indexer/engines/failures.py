"""What engines say where an index can't be used: the same words, whichever keeps it."""

from pathlib import Path

from indexer.errors import EngineError, IndexLocked, IndexMissing
from indexer.storage.disk_errors import outside


def unusable(folder: Path, error: BaseException) -> EngineError:
    """The error that something in the index, or in the disk below it, fails."""
    return EngineError(
        outside(folder, error)
        or f"The index in {folder} can't be used: {error}. «rasad check» tells "
        "what is damaged, «rasad repair» brings back what can be."
    )


def locked(folder: Path) -> IndexLocked:
    """The error that another process writes."""
    return IndexLocked(f"Another process is writing to the index in {folder}; try again later.")


def missing(folder: Path) -> IndexMissing:
    """The error that there is no index."""
    return IndexMissing(f"There is no index in {folder}.")
