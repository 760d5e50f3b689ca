"""An index where nothing may be written, for tantivy, which locks even to read."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory


class LinkedFolder:
    """A folder of links to the files of an index, with locks of its own; it goes with this value.

    A commit replaces ``meta.json``, to which the link leads on; other files are new.
    """

    def __init__(self, folder: Path) -> None:
        self._of = folder.absolute()
        self._place = TemporaryDirectory(prefix="rasad-")
        self.folder = Path(self._place.name)
        self.renew()

    def renew(self) -> None:
        """Link to the files that are there now."""
        for path in self._of.iterdir():
            if path.suffix != ".lock":
                with suppress(FileExistsError):
                    (self.folder / path.name).symlink_to(path)

    def close(self) -> None:
        """Remove the links."""
        self._place.cleanup()


def linked(folder: Path) -> LinkedFolder | None:
    """Links to an index where nothing may be written, else None."""
    return None if os.access(folder, os.W_OK) else LinkedFolder(folder)
