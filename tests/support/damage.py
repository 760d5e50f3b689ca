"""What a disk does to a file, and a folder on a disk that can't be written."""

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def flip(path: Path, bit: int | None = None) -> None:
    """Turn one bit of a file, the middle one if none is named."""
    content = bytearray(path.read_bytes())
    at = len(content) * 4 if bit is None else bit
    content[at // 8] ^= 1 << (at % 8)
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Take away a file's last byte."""
    path.write_bytes(path.read_bytes()[:-1])


def flips(files: list[Path], count: int) -> Iterator[Path]:
    """Each time another file with one random bit turned; it is as it was afterwards."""
    chance = random.Random(7)
    for _ in range(count):
        path = chance.choice(files)
        whole = path.read_bytes()
        flip(path, chance.randrange(len(whole) * 8))
        yield path
        path.write_bytes(whole)


def files_of(folder: Path) -> list[Path]:
    """All files of an index that hold anything."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """A folder in which nobody may write, root neither, who is not bound by permissions."""
    if os.geteuid():
        yield from _without_permission(folder)
        return
    place = folder.with_name("read-only")
    place.mkdir()
    if subprocess.run(["mount", "--bind", folder, place], capture_output=True).returncode:
        pytest.skip("root can write everywhere, and may not mount here")
    try:
        remount = ["mount", "-o", "remount,ro,bind", place]
        subprocess.run(remount, check=True, capture_output=True)
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def _without_permission(folder: Path) -> Iterator[Path]:
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield folder
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
