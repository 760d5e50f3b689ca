"""A real ``rasad serve``, as a process with workers of its own."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RASAD = (sys.executable, "-c", "from indexer.commands import main; main()")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


class Site:
    """A site that is being served on ``port``; what it prints goes to ``log``."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer; 0 where the connection breaks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=given)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        except (OSError, http.client.HTTPException):
            return 0, "", {}
        finally:
            connection.close()

    def status(self, path: str, **headers: str) -> int:
        """Only the status of an answer."""
        return self.get(path, **headers)[0]

    def json(self, path: str) -> Any:
        """An answer that is JSON."""
        return json.loads(self.get(path)[1])

    def workers(self) -> list[int]:
        """The processes that answer."""
        found = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        return [int(line.split()[0]) for line in found.splitlines() if "spawn_main" in line]

    def log(self) -> str:
        """All that the site has printed."""
        return self._log.read_text("utf-8")

    def until(self, holds: Callable[[], bool], seconds: float = 40) -> None:
        """Wait until something holds; fails after some seconds."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.log()
            assert self.process.poll() is None, self.log()
            time.sleep(0.1)


@contextmanager
def served(index: Path, port: int, *words: str) -> Iterator[Site]:
    """A site over an index, ready to answer."""
    log = index.parent / f"log-{port}.txt"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*RASAD, "serve", "--index", str(index), "--port", str(port), *words],
            env=ENVIRONMENT,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    site = Site(process, port, log)
    try:
        site.until(lambda: site.status("/readyz") == 200)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
