"""How much memory this process holds, in megabytes (Linux)."""

from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident() -> int:
    """What it holds now."""
    return _megabytes("VmRSS")


def own() -> int:
    """Of that what is its own: the pages of mapped files are the system's to take back."""
    return _megabytes("RssAnon")


def peak() -> int:
    """The most that it has held.

    Not ``getrusage``, whose peak a process inherits from the one that started it.
    """
    return _megabytes("VmHWM")


def _megabytes(name: str) -> int:
    lines = _STATUS.read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) // 1000
