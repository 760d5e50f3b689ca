"""A server whose threads and memory no slow client holds: waitress, with limits of its own.

Waitress reads a request whole and keeps an answer until it is taken, both outside its threads. What
it lacks is told apart here: who makes room when there are too many connections, and for how long
one may send by single bytes.
"""

import socket
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from webui import limits
from webui.service import READING
from webui.serving.refusals import BoundedParser, RefusedTask

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n"
    b"Content-Length: 0\r\n\r\n"
)


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for its client."""

    error_task_class = RefusedTask
    parser_class = BoundedParser

    def __init__(self, server: "BoundedServer", *args: Any, **kwargs: Any) -> None:
        super().__init__(server, *args, **kwargs)
        self.since = time.time()
        self.answered = 0

    def received(self, data: bytes) -> bool:
        """What the client sends; the first bytes begin a request."""
        if self.request is None and not self.requests:
            self.since = time.time()
        return bool(super().received(data))

    def service(self) -> None:
        """Answers a request, in a thread; from then on the client has to take it."""
        super().service()
        self.since = time.time()
        self.answered += 1

    def is_awaited(self, seconds: float) -> bool:
        """Whether a server that ends, ``seconds`` ago, should wait for it.

        A request that has come, an answer not yet taken; for what writes longer, and from its head
        on: its reader can't tell whether it was done, and should not do it twice.
        """
        begun = [*self.requests, *([self.request] if self.request else [])]
        if any(getattr(one, "command", "GET") not in READING for one in begun):
            return seconds < limits.ENDING_A_CORRECTION
        return bool(self.requests or self.total_outbufs_len) and seconds < limits.ENDING

    def worth(self) -> tuple[bool, bool, float]:
        """The least is let go first: who has asked nothing yet, then who has waited longest."""
        return self.total_outbufs_len > 0, self.answered > 0, self.since

    def is_overdue(self, now: float) -> bool:
        """Whether the client has had its time: to send, to take, or to ask for more."""
        if self.total_outbufs_len:
            idle = now - self.last_activity > limits.IDLE
            return idle or now - self.since > limits.TAKING
        if self.requests:
            return False
        return now - self.since > (limits.ARRIVING if self.request else limits.IDLE)


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """Accepts whoever comes, and lets go of one that it waits for.

    ``proxies`` are addresses that speak for many readers: of them it counts no connections.
    """

    channel_class = BoundedChannel
    proxies: Collection[str] = ()

    def handle_accept(self) -> None:
        """Takes a connection; with too many, the one that has waited longest is closed."""
        before = set(self.active_channels)
        super().handle_accept()
        for number in set(self.active_channels) - before:
            self._make_room(self.active_channels[number])

    def _make_room(self, new: BoundedChannel) -> None:
        address = new.addr[0]
        others = [one for one in self.active_channels.values() if one is not new]
        near = [one for one in others if one.addr[0] == address and address not in self.proxies]
        if len(near) >= limits.CONNECTIONS_OF_ADDRESS:
            others = near
        elif len(others) < limits.CONNECTIONS:
            return
        waiting = [one for one in others if not one.requests]
        longest = min(waiting, key=BoundedChannel.worth, default=None)
        if longest is None:
            with suppress(OSError):  # gone already
                new.send(_BUSY)
        (longest or new).handle_close()

    def maintenance(self, now: float) -> None:
        """Closes every connection whose client has had its time."""
        for channel in [*self.active_channels.values()]:
            if channel.is_overdue(now):
                channel.handle_close()

    def is_awaited(self, seconds: float) -> bool:
        """Whether a request is under way, or an answer not yet taken, that still has its time."""
        return any(one.is_awaited(seconds) for one in [*self.active_channels.values()])


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets of every address that a host's name stands for; raises ``OSError``."""
    found: list[socket.socket] = []
    for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
        one = socket.socket(family, kind, protocol)
        found.append(one)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind(address)
        one.listen(1024)
    return found


class Serving:
    """An application on sockets that listen already, perhaps in several processes."""

    def __init__(
        self,
        app: Callable[..., Iterable[bytes]],
        sockets: Sequence[socket.socket],
        proxy: str | None = None,
    ) -> None:
        forwarded = {
            "trusted_proxy": proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
        adjusted = Adjustments(
            sockets=[*sockets],
            ident="rasad",
            backlog=1024,
            cleanup_interval=2,
            asyncore_use_poll=True,
            max_request_header_size=limits.HEAD,
            max_request_body_size=limits.BODY,
            outbuf_overflow=limits.ANSWER_IN_MEMORY,
            connection_limit=1 << 30,  # who comes is accepted: see _make_room
            **(forwarded if proxy else {}),
        )
        self._map: dict[int, Any] = {}
        self._dispatcher = ThreadedTaskDispatcher()
        self._dispatcher.set_thread_count(limits.THREADS)
        self._ending = False
        self._servers = [self._server(app, one, adjusted, proxy) for one in sockets]

    def _server(
        self, app: Callable[..., Iterable[bytes]], one: socket.socket, adjusted: Any, proxy: Any
    ) -> BoundedServer:
        server = BoundedServer(
            app,
            map=self._map,
            _sock=one,
            dispatcher=self._dispatcher,
            adj=adjusted,
            sockinfo=(one.family, one.type, one.proto, one.getsockname()),
            bind_socket=False,
        )
        server.proxies = (proxy,) if proxy else ()
        return server

    def end(self) -> None:
        """Take no more requests; safe in a handler of signals."""
        self._ending = True
        self._servers[0].pull_trigger()

    def run(self, each_second: Callable[[], None]) -> None:
        """Serve until told to end, then finish what is under way."""
        told = 0.0
        while not self._ending:
            self._turn(1)
            if time.monotonic() - told >= 1:
                told = time.monotonic()
                each_second()
        for server in self._servers:
            server.del_channel()
            server.socket.close()
        told_to_end = time.monotonic()
        while any(one.is_awaited(time.monotonic() - told_to_end) for one in self._servers):
            self._turn(0.1)
        self._dispatcher.shutdown(timeout=0.5)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)
