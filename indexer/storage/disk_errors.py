"""What to say where the disk fails: an index is not damaged because nothing more can be written."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import EngineError

_FULL = (errno.ENOSPC, errno.EDQUOT)
#: The disk's or the system's, not the index's.
_OUTSIDE = (*_FULL, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENOMEM)
_IN_TEXT = re.compile(r"os error (\d+)|Os { code: (\d+)")  # so Rust says it
_OF_A_THREAD = "worker thread encountered an error (io::Error most likely)"  # which, it says not


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Let what the disk or the system raises leave as ``EngineError``."""
    try:
        yield
    except OSError as error:
        if told := outside(folder, error):
            raise EngineError(told) from error
        raise


def outside(folder: Path, error: BaseException) -> str:
    """What to tell of an error that is the disk's or the system's; «» where it is none."""
    found = _number(error)
    if found in _FULL:
        return full(folder)
    if found in _OUTSIDE or _OF_A_THREAD in str(error):
        return (
            f"The index in {folder} can't be read or written: {error}; the disk may be full or "
            "fail. What was committed stays; see to the disk, then run the same command again."
        )
    return ""


def full(folder: Path) -> str:
    """What to tell where there is no room on the disk."""
    return (
        f"The disk is full: nothing more can be written to {folder}. What was committed stays; "
        "make room, then run the same command again."
    )


def _number(error: BaseException) -> int | None:
    if isinstance(error, OSError) and error.errno:
        return error.errno
    told = _IN_TEXT.search(str(error))
    return int(told[1] or told[2]) if told else None
