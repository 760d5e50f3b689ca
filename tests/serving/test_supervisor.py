"""Workers die, and the site comes back by itself; of a damaged index it says so instead."""

import os
import re
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from served_site import Site, served
from webui.serving.server import Serving, listening

SEARCH = "/api/v1/search?q=%D8%B3%D9%81%D9%8A%D8%B1"
#: Tantivy's files that are mapped into memory when a search reads them.
MAPPED = (".store", ".idx", ".term", ".pos")


def test_a_killed_worker_is_replaced_and_the_other_answers_meanwhile(watched: Site) -> None:
    watched.until(lambda: len(watched.workers()) == 2)
    first, second = watched.workers()
    os.kill(first, signal.SIGKILL)
    watched.until(lambda: watched.status(SEARCH) == 200, seconds=1)
    watched.until(lambda: len({*watched.workers()} - {first, second}) == 1)
    assert second in watched.workers()
    assert watched.status(SEARCH) == 200
    assert 'rasad_worker_restarts_total{how="SIGKILL"} 1.0' in watched.get("/metrics")[1]


def test_new_workers_take_the_forms_of_those_that_they_replace(watched: Site) -> None:
    watched.until(lambda: len(watched.workers()) == 2)
    before = set(watched.workers())
    token = token_of(watched)
    watched.process.send_signal(signal.SIGHUP)
    watched.until(lambda: len(watched.workers()) == 2 and not before & set(watched.workers()))
    assert token_of(watched) == token


def test_workers_are_exchanged_one_after_the_other(sample: Path, free_port: int) -> None:
    with served(sample, free_port, "--workers", "2", "--log-format", "none") as site:
        site.until(lambda: len(site.workers()) == 2)
        before = set(site.workers())
        left: list[int] = []

        def are_exchanged() -> bool:
            now = set(site.workers())
            assert len(now) >= 2
            left.append(len(before & now))
            return not before & now and len(now) == 2

        site.process.send_signal(signal.SIGHUP)
        site.until(are_exchanged)
        assert [*dict.fromkeys(left)] == [2, 1, 0]
        assert site.status(SEARCH) == 200
        after = set(site.workers())
        for worker in after:  # as of a terminal that closes
            os.kill(worker, signal.SIGHUP)
        assert site.status(SEARCH) == 200
        assert set(site.workers()) == after


def test_workers_go_on_where_others_cannot_take_their_place(index: Path, free_port: int) -> None:
    with served(index, free_port, "--log-format", "none") as site:
        before = site.workers()
        (index / "catalogue.db").rename(index / "moved")
        site.process.send_signal(signal.SIGHUP)
        site.until(lambda: "those that serve go on" in site.log())
        assert site.workers()[:1] == before
        (index / "moved").rename(index / "catalogue.db")
        assert site.status("/healthz") == 200


def test_a_worker_that_dies_of_what_it_says_is_not_started_for_ever(
    index: Path, free_port: int
) -> None:
    with served(index, free_port, "--log-format", "none") as site:
        (index / "engine" / "meta.json").write_text("{", "utf-8")
        os.kill(site.workers()[0], signal.SIGKILL)
        site.until(lambda: site.status("/readyz") == 503)
        begun = []
        for _ in range(3):
            begun.append(time.monotonic())
            os.kill(site.workers()[0], signal.SIGKILL)
            site.until(lambda: site.status("/readyz") == 503)
        assert begun[2] - begun[1] >= 1
        assert time.monotonic() - begun[2] >= 2


def token_of(site: Site) -> str:
    page = site.get("/corrections/preview?kind=hide&id=mustafa-al-kadhimi")[1]
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


def test_an_index_of_which_workers_die_is_checked_and_not_opened_for_ever(
    sample: Path, free_port: int
) -> None:
    with served(sample, free_port, "--log-format", "none") as site:
        os.kill(site.workers()[0], signal.SIGBUS)
        site.until(lambda: "The index is whole" in site.log())
        site.until(lambda: site.status(SEARCH) == 200)
        os.kill(site.workers()[0], signal.SIGBUS)
        site.until(lambda: site.status("/readyz") == 503)
        assert site.json("/healthz") == {"status": "degraded"}
        status, page, headers = site.get("/search?q=x&lang=en")
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "The index is damaged, or cannot be read" in page
        assert "الفهرس تالف" in site.get("/?lang=ar")[1]
        assert site.json(SEARCH)["status"] == 503
        assert site.status("/static/rasad.css") == 200


def test_of_truncated_files_it_says_so_and_takes_up_whole_ones(index: Path, free_port: int) -> None:
    files = [path for path in (index / "engine").iterdir() if path.suffix in MAPPED]
    whole = {path: path.read_bytes() for path in files}
    with served(index, free_port, "--log-format", "none") as site:
        for path in files:
            os.truncate(path, 0)
        site.until(lambda: site.status(SEARCH) == 503)
        site.until(lambda: "is left closed" in site.log())
        assert site.status("/readyz") == 503
        for path, content in whole.items():
            path.write_bytes(content)
        site.until(lambda: site.status(SEARCH) == 200)


def test_no_worker_is_left_by_a_supervisor_that_ends_or_is_killed(
    sample: Path, free_port: int
) -> None:
    with served(sample, free_port) as site:
        ended = site.workers()
        assert site.status("/metrics") == 404  # nobody has asked for numbers
        site.process.terminate()
        assert site.process.wait(20) == 0
        assert ended
        assert not any(is_alive(worker) for worker in ended)
    with served(sample, free_port) as site:
        left = site.workers()
        site.process.kill()
        site.process.wait()
        end = time.monotonic() + 15
        while any(is_alive(worker) for worker in left):
            assert time.monotonic() < end
            time.sleep(0.1)


def test_what_is_under_way_is_finished() -> None:
    [at] = listening("127.0.0.1", 0)
    port = at.getsockname()[1]
    asked = threading.Event()

    def slow(environ: object, start_response: Any) -> list[bytes]:
        asked.set()
        time.sleep(0.5)
        start_response("200 OK", [("Content-Length", "1000000")])
        return [b"x" * 1_000_000]

    serving = Serving(slow, [at])
    running = threading.Thread(target=serving.run, args=[lambda: None])
    running.start()
    answer: list[bytes] = []
    url = f"http://127.0.0.1:{port}/"
    reader = threading.Thread(target=lambda: answer.append(urlopen(url, timeout=10).read()))
    reader.start()
    assert asked.wait(10)
    serving.end()
    reader.join(10)
    running.join(10)
    assert not running.is_alive()
    assert [len(one) for one in answer] == [1_000_000]
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


@pytest.mark.parametrize(("method", "waits"), [("GET", False), ("POST", True)])
def test_who_writes_is_waited_for_longer(
    method: str, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webui.limits.ENDING", 0.2)
    monkeypatch.setattr("webui.limits.ENDING_A_CORRECTION", 20)
    [at] = listening("127.0.0.1", 0)
    where = at.getsockname()
    done: list[bytes] = []

    def takes(environ: Any, start_response: Any) -> list[bytes]:
        done.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    serving = Serving(takes, [at])
    running = threading.Thread(target=serving.run, args=[lambda: None])
    running.start()
    with socket.create_connection(where, timeout=10) as one:
        one.sendall(b"%b / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nno" % method.encode())
        time.sleep(0.3)
        serving.end()
        running.join(1)
        assert running.is_alive() == waits
        if waits:
            one.sendall(b"te")
            assert one.recv(100).startswith(b"HTTP/1.1 200")
    running.join(10)
    assert not running.is_alive()
    assert done == ([b"note"] if waits else [])


def is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return False
