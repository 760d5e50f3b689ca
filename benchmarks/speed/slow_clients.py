"""What readers wait while others hold connections open: slow clients beside fast ones.

    python benchmarks/speed/slow_clients.py http://127.0.0.1:8000 [--slow 200] [--seconds 10]

Asks a running site with four fast clients, alone and then beside each kind of slow ones: that open
a connection and say nothing, that send a head or a body by single bytes, that never take the
answers which they ask for. Prints for each how many answers came, how many failed, and the times.
"""

import argparse
import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

FAST = 4
#: After this a reader has gone.
PATIENCE = 10.0
#: A file of some 50 kB.
LARGE = "/static/fonts/plex-sans-arabic-arabic-400.woff2"
QUERIES = ("سفير", "وزير الخارجية", "مجلس الأمن", "زيارة", "treaty", "embassy")

Slow = Callable[[str, int], Awaitable[None]]


@dataclass
class Times:
    """What fast clients saw."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def told(self, name: str) -> str:
        each = sorted(self.seconds) or [float("nan")]
        p50, p99 = (each[int(len(each) * share)] for share in (0.5, 0.99))
        return (
            f"{name:14}{len(self.seconds):8}{self.failed:8}"
            f"{p50 * 1000:10.1f}{p99 * 1000:10.1f}{each[-1] * 1000:10.1f}"
        )


async def silent(host: str, port: int) -> None:
    """Opens a connection and says nothing."""
    reader, _ = await asyncio.open_connection(host, port)
    await reader.read()


async def slow_head(host: str, port: int) -> None:
    """Sends a head that never ends."""
    _, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    await _dribble(writer)


async def slow_body(host: str, port: int) -> None:
    """Sends a form by single bytes."""
    _, writer = await asyncio.open_connection(host, port)
    writer.write(
        b"POST /corrections/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    await _dribble(writer)


async def slow_read(host: str, port: int) -> None:
    """Asks for a megabyte that costs nothing to make, and takes none of it."""
    loop = asyncio.get_running_loop()
    with socket.socket() as one:
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await loop.sock_connect(one, (host, port))
        asked = f"GET {LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        await loop.sock_sendall(one, asked.encode() * 20)
        await asyncio.sleep(60)


KINDS: tuple[Slow, ...] = (silent, slow_head, slow_body, slow_read)


async def _dribble(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(1)


async def _persistent(slow: Slow, host: str, port: int) -> None:
    """A slow client that comes back when it is thrown out."""
    while True:
        with suppress(OSError):
            await slow(host, port)
        await asyncio.sleep(0.5)


async def fast(host: str, port: int, until: float, times: Times) -> None:
    """Reads answer after answer, as a browser does, over a connection that stays."""
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    number = 0
    while time.monotonic() < until:
        number += 1
        begun = time.monotonic()
        path = f"/api/v1/search?q={quote(QUERIES[number % len(QUERIES)])}"
        try:
            async with asyncio.timeout(PATIENCE):
                streams = streams or await asyncio.open_connection(host, port)
                await _answer(*streams, path)
        except (OSError, EOFError, ValueError):
            times.failed += 1
            if streams:
                streams[1].close()
            streams = None
        else:
            times.seconds.append(time.monotonic() - begun)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise ValueError(head)
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(head.partition(b"content-length: ")[2].split()[0]))


async def measured(host: str, port: int, seconds: float, slow: Slow | None, count: int) -> Times:
    """What fast clients see beside slow ones."""
    times = Times()
    crowd = (
        [asyncio.create_task(_persistent(slow, host, port)) for _ in range(count)] if slow else ()
    )
    if crowd:
        await asyncio.sleep(3)
    until = time.monotonic() + seconds
    await asyncio.gather(*(fast(host, port, until, times) for _ in range(FAST)))
    for task in crowd:
        task.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
    return times


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--slow", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    chosen = parser.parse_args()
    site = urlsplit(chosen.site)
    at = (site.hostname or "127.0.0.1", site.port or 80)
    print(f"{'beside':14}{'answers':>8}{'failed':>8}{'p50 ms':>10}{'p99 ms':>10}{'worst ms':>10}")
    for slow in (None, *KINDS):
        times = await measured(*at, chosen.seconds, slow, chosen.slow)
        print(times.told(slow.__name__ if slow else "nobody"), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
