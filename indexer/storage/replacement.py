"""A folder takes another one's place in one step, and what killed processes left beside it goes.

Linux exchanges two folders at once. Elsewhere the old one is moved away before the new one is moved
in; whoever comes in between, and finds that nobody is at it any more, puts the old one back.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from indexer.storage.exclusive import is_held

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
#: What ``renameat2`` says where the system or the file system can't exchange.
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
_NEW, _OLD = "new", "old"


def beside(folder: Path) -> Path:
    """Where this process makes what is to take a folder's place."""
    return _own(folder, _NEW)


def replace(folder: Path) -> None:
    """Let what was made ``beside`` a folder take its place; the old one is left for ``clear``."""
    new = beside(folder)
    if not _exchanged(new, folder):
        folder.rename(_own(folder, _OLD))
        new.rename(folder)


def clear(folder: Path) -> None:
    """Remove what this process or killed ones left beside a folder."""
    for kind in (_NEW, _OLD):
        shutil.rmtree(_own(folder, kind), ignore_errors=True)
        for left in _left(folder, kind):
            shutil.rmtree(left, ignore_errors=True)


def recover(folder: Path) -> bool:
    """Put the old folder back where a killed process had moved it away; whether that was so."""
    if folder.exists():
        return False
    for left in (_own(folder, _OLD), *_left(folder, _OLD)):
        try:
            left.rename(folder)
        except OSError:  # another one was faster, or nothing may be written here
            continue
        return True
    return False


def _own(folder: Path, kind: str) -> Path:
    return folder.with_name(f"{folder.name}.{kind}-{os.getpid()}")


def _left(folder: Path, kind: str) -> Iterator[Path]:
    """What processes left that are no longer there; those of another container hold a lock."""
    for left in folder.parent.glob(f"{folder.name}.{kind}-*"):
        made_by = left.name.rpartition("-")[2]
        if made_by.isdecimal() and not _is_alive(int(made_by)) and not is_held(left):
            yield left


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where that can't be done here."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's, or none that there can be
        return True
    return True
