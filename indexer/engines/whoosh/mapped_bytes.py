"""Segments read where they are mapped, not copied into memory.

Whoosh maps a segment's file, but gives each part of it a ``BytesIO``, which copies: an open index
takes as much memory as it takes room on the disk, 190 MB for 31,000 articles. Most of what is read
goes past that object; where it does not, ``MappedBytes`` reads out of the mapping.
"""

import os
from typing import Any


class MappedBytes:
    """What Whoosh asks of ``BytesIO``, over bytes that stay where they are; reading only."""

    def __init__(self, mapped: Any) -> None:
        self._mapped = mapped
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        """The next ``size`` bytes, all that are left where it is below zero or None."""
        end = len(self._mapped)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        taken = bytes(self._mapped[self._at : end])
        self._at += len(taken)
        return taken

    def readline(self, size: int | None = -1) -> bytes:
        """The bytes up to and with the next line's end."""
        line = self.read(size)
        end = line.find(b"\n") + 1
        if end:
            self._at -= len(line) - end
            line = line[:end]
        return line

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Read on from elsewhere; returns from where."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._mapped)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """From where it is read next."""
        return self._at

    def close(self) -> None:
        """Let go of the mapping."""
        self._mapped = b""


def read_where_mapped(structfile: Any) -> None:
    """Let Whoosh's module ``structfile`` read so, whose ``BufferFile`` calls its ``BytesIO``."""
    structfile.BytesIO = MappedBytes
