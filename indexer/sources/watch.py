"""Folders under watch: which files are new or changed, once they are whole.

Files are looked at every few seconds rather than announced by the system: that works on every file
system, also on those of other computers. A file counts as whole when it was the same twice.
"""

from collections.abc import Sequence
from pathlib import Path

from indexer.sources.files import files

Look = tuple[int, int, int]  # inode, time of change, size


class Watch:
    """Remembers how files looked; the first look only learns what is there."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._settled = _looks(paths)
        self._last = self._settled

    def changes(self) -> list[Path]:
        """Files that are new or changed since they were last given, and were the same last time."""
        now = _looks(self._paths)
        whole = {path: look for path, look in now.items() if self._last.get(path) == look}
        changed = [path for path, look in whole.items() if self._settled.get(path) != look]
        kept = {path: look for path, look in self._settled.items() if path in now}
        self._settled = {**kept, **whole}
        self._last = now
        return changed


def _looks(paths: Sequence[Path]) -> dict[Path, Look]:
    looks = {}
    for path in files(paths):
        if isinstance(path, Path):
            try:
                status = path.stat()
            except OSError:
                continue  # it went while it was looked at; indexing names what stays unreadable
            looks[path] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return looks
