"""Numbers about the server for Prometheus, where they are asked for.

``partial`` and the like may be called in any case; without ``start`` they count nothing, and the
library isn't even loaded. Workers write their numbers into files of a folder that they share
(prometheus_client's multiprocess mode): any of them can tell those of all, and a worker that dies
takes none along.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, current_app

from webui.middleware.request_log import Exchange

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

#: Where prometheus_client looks for the folder that processes share.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)

_GENERATION = "rasad index generation"

_bp = Blueprint("metrics", __name__)


class _Numbers:
    """What is counted."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = CollectorRegistry()
        by: dict[str, Any] = {"registry": self.registry}
        self.requests = Counter("rasad_requests", "Requests answered", ["route", "status"], **by)
        self.seconds = Histogram(
            "rasad_request_seconds",
            "Time until an answer was sent",
            ["route"],
            buckets=_BUCKETS,
            **by,
        )
        self.errors = Counter("rasad_errors", "Answers of 500 and above", **by)
        self.partial = Counter("rasad_partial_answers", "Answers cut short by a time limit", **by)
        self.restarts = Counter(
            "rasad_worker_restarts", "Workers that died and were replaced", ["how"], **by
        )
        self.generation = Gauge(
            "rasad_index_generation",
            "When the index was last written to, in seconds since 1970",
            multiprocess_mode="mostrecent",
            **by,
        )
        self.readable = Gauge(
            "rasad_workers_ready",
            "Workers that have the index open",
            multiprocess_mode="livesum",
            **by,
        )

    def exposed(self) -> "CollectorRegistry":
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        if not os.environ.get(SHARED):
            return self.registry
        every = CollectorRegistry()
        MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        return every


_numbers: _Numbers | None = None


def start() -> None:
    """Count from now on, in this process."""
    global _numbers
    _numbers = _numbers or _Numbers()


def exchange(done: Exchange) -> None:
    """A request has been answered."""
    if _numbers:
        route = done.route or "none"
        _numbers.requests.labels(route, str(done.status)).inc()
        _numbers.seconds.labels(route).observe(done.seconds)
        if done.status >= 500:
            _numbers.errors.inc()


def partial() -> None:
    """An answer was cut short by a time limit."""
    if _numbers:
        _numbers.partial.inc()


def readable(yes: bool) -> None:
    """Whether this worker can read the index."""
    if _numbers:
        _numbers.readable.set(yes)


def restarted(how: str) -> None:
    """A worker died of ``how`` and another takes its place."""
    if _numbers:
        _numbers.restarts.labels(how).inc()


def ended(pid: int) -> None:
    """A worker is no more, and no longer ready."""
    if _numbers:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def register(app: Flask, generation: Callable[[], float]) -> None:
    """Let ``app`` tell the numbers at «/metrics»; ``generation`` says when its index changed."""
    start()
    app.extensions[_GENERATION] = generation
    app.register_blueprint(_bp)


@_bp.get("/metrics")
def metrics() -> Response:
    """The numbers, in Prometheus's text format."""
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    assert _numbers  # registering has started it
    _numbers.generation.set(current_app.extensions[_GENERATION]())
    return Response(generate_latest(_numbers.exposed()), content_type=CONTENT_TYPE_LATEST)
