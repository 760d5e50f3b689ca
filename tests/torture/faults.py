"""The shim that lets a system call fail: built from ``faults.c``, preloaded into this process."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Kind of fault → its number in ``faults.c``.
KINDS = {"error": 1, "disk full": 2, "torn write": 3, "kill": 4}
_PRELOAD = "LD_PRELOAD"
_SHIM = "faults.so"


def why_not() -> str:
    """Why no fault can be injected here; «» where they can."""
    if sys.platform != "linux":
        return "faults are injected by LD_PRELOAD, on Linux only"
    return "" if shutil.which("gcc") else "there is no gcc to build tests/torture/faults.c with"


def built(folder: Path) -> Path:
    """The shim, built into a folder."""
    target = folder / _SHIM
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", target, source], check=True)
    return target


def loaded() -> Path | None:
    """The shim that this process has, if any."""
    path = Path(os.environ.get(_PRELOAD, ""))
    return path if path.name == _SHIM else None


def preloaded(shim: Path) -> dict[str, str]:
    """The environment of a process that has the shim, where nothing asks for another index."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("RASAD_")}
    return {**others, _PRELOAD: str(shim), "OPENBLAS_NUM_THREADS": "1"}


def arm(folder: Path, kind: str, number: int) -> None:
    """Count calls below a path, or one that begins so; let number ``number`` fail, 0 for none."""
    _shim().faults_arm(os.fsencode(folder), KINDS[kind], ctypes.c_long(number))


def disarm() -> int:
    """Count no more; returns how many calls there were to which the kind of fault applies."""
    shim = _shim()
    shim.faults_disarm.restype = ctypes.c_long
    return int(shim.faults_disarm())


def _shim() -> ctypes.CDLL:
    return ctypes.CDLL(os.environ[_PRELOAD])
