"""Work done in a fork of this process, which may be killed at it."""

import contextlib
import gc
import io
import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

from indexer.commands import rasad
from indexer.errors import RasadError

_PATIENCE = 60.0  # seconds for what takes a fraction of one


class Ended(NamedTuple):
    """How a child ended, and what it reported until then, a value a line."""

    status: int
    reports: list[Any]

    @property
    def killed(self) -> bool:
        return os.WIFSIGNALED(self.status)


def forked(work: Callable[[Callable[[Any], None]], None]) -> Ended:
    """Do some work in a fork; it is given what reports to this process."""
    reading, writing = os.pipe()
    gc.freeze()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(lambda value: _send(writing, value))
        except BaseException:
            _send(writing, {"broken": traceback.format_exc()})
        finally:
            os._exit(0)
    os.close(writing)
    received = _received(reading, child)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    lines = received.decode("utf-8", "replace").split("\n")[:-1]
    return Ended(status, [json.loads(line) for line in lines])


def _send(pipe: int, value: Any) -> None:
    data = json.dumps(value, ensure_ascii=False).encode() + b"\n"
    while data:
        data = data[os.write(pipe, data) :]


def _received(pipe: int, child: int) -> bytes:
    parts = []
    until = time.monotonic() + _PATIENCE
    while True:
        if not select.select([pipe], [], [], max(0, until - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)  # it hangs
            return b"".join([*parts, b'{"broken": "hangs"}\n'])
        if not (part := os.read(pipe, 1 << 16)):
            return b"".join(parts)
        parts.append(part)


def command(words: list[str]) -> tuple[str, str]:
    """How a command ends, «done», «refused» or «traceback», and what it says of that."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            rasad.main(words, standalone_mode=False)
    except RasadError as error:
        return "refused", str(error)
    except SystemExit as ended:
        return ("refused" if ended.code else "done"), said.getvalue()
    except BaseException:
        return "traceback", traceback.format_exc()
    return "done", said.getvalue()
