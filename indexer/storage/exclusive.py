"""One writer to a folder at a time, from before there is an index in it to the end of the run.

The lock is on the folder itself: it goes with the process, leaves no file, and stands before an
engine is made that has a lock of its own.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.errors import EngineError, IndexLocked
from indexer.storage.disk_errors import outside


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Write to a folder alone; it is made where there is none, and goes again if it stays empty.

    Raises ``IndexLocked`` while another process writes, ``EngineError`` where it can't be made.
    """
    try:
        held = _held(folder)
    except OSError as error:
        why = outside(folder, error) or f"The folder {folder} can't be used: {error}."
        raise EngineError(why) from error
    try:
        yield
    finally:
        with suppress(OSError):  # it holds an index, or may not be removed
            folder.rmdir()
        if held is not None:
            os.close(held)


def is_held(folder: Path) -> bool:
    """Whether a process writes to a folder."""
    try:
        held = _locked(folder)
    except IndexLocked:
        return True
    except OSError:
        return False
    if held is not None:
        os.close(held)
    return False


def _held(folder: Path) -> int | None:
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # whoever held it has removed it
            held = _locked(folder)
            if held is None or os.path.samestat(os.fstat(held), folder.stat()):
                return held
            os.close(held)  # another folder has taken its place


if sys.platform == "win32":

    def _locked(folder: Path) -> int | None:
        """Nothing: only engines have locks here."""
        return None

else:
    import fcntl

    def _locked(folder: Path) -> int | None:
        """The folder, open and locked; None where the file system has no locks."""
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(opened)
            raise IndexLocked(
                f"Another process is writing to the index in {folder}; try again later."
            ) from error
        except OSError:
            os.close(opened)
            return None
        return opened
