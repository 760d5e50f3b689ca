"""Metrics, the log of requests and their ids."""

import json
import re

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.wrappers import Request

from served_site import Site
from webui.middleware.request_log import Exchange, RequestLog, asked, log_failures_privately

QUERY = "secretquery"


def numbers(site: Site) -> dict[tuple[str, ...], float]:
    """All samples: name and the values of its labels → number."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(site.get("/metrics")[1])
        for sample in family.samples
    }


def test_the_numbers_of_all_workers_are_told_by_any(watched: Site) -> None:
    before = numbers(watched)
    for _ in range(10):
        watched.status(f"/api/v1/search?q={QUERY}")
    watched.status("/nowhere")
    lost = ("rasad_requests_total", "none", "404")
    # An answer is counted when it has been sent.
    watched.until(lambda: numbers(watched).get(lost, 0) > before.get(lost, 0))
    after = numbers(watched)
    for name in (
        ("rasad_requests_total", "/api/v1/search", "200"),
        ("rasad_request_seconds_count", "/api/v1/search"),
    ):
        assert after[name] - before.get(name, 0) == 10
    assert after[("rasad_index_generation",)] > 1_700_000_000
    watched.until(lambda: numbers(watched)[("rasad_workers_ready",)] == 2)
    assert ("rasad_partial_answers_total",) in after


def test_private_logs_hold_nothing_that_was_typed_and_no_address(watched: Site) -> None:
    watched.status(f"/search?q={QUERY}")
    watched.status(f"/api/v1/articles/{QUERY}")
    _, _, headers = watched.get(f"/{QUERY}")
    watched.until(lambda: headers["X-Request-Id"] in watched.log())
    log = watched.log()
    assert QUERY not in log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {line["address"] for line in lines} == {"-"}
    [asked] = [line for line in lines if line["id"] == headers["X-Request-Id"]]
    assert (asked["path"], asked["status"]) == ("-", 404)
    assert any(line["path"] == "/api/v1/articles/<article:id>" for line in lines)


@pytest.mark.parametrize(
    ("given", "taken"), [("abc-1.2", True), ("a" * 65, False), ("a b", False), ('"x"', False)]
)
def test_an_id_that_is_given_is_taken_over_if_it_is_one(
    watched: Site, given: str, taken: bool
) -> None:
    answered = watched.get("/healthz", X_Request_Id=given)[2]["X-Request-Id"]
    assert answered == given if taken else re.fullmatch(r"[0-9a-f]{16}", answered)


def test_private_logs_say_where_something_failed_but_not_on_what(caplog) -> None:
    app = Flask(__name__)

    @app.get("/fails/<word>")
    def fails(word: str) -> str:
        raise KeyError(word)

    log_failures_privately(app)
    assert app.test_client().get(f"/fails/{QUERY}").status_code == 500
    assert "KeyError" in caplog.text
    assert "/fails/<word>" in caplog.text
    assert QUERY not in caplog.text


def test_a_line_is_one_line_whatever_was_asked() -> None:
    split = Request.from_values("/a%0Ab?q=%0D%22%E2%80%A8سفير").environ
    assert asked(split) == "/a\\u000ab?q=\\u000d\\u0022\\u2028سفير"


def test_a_line_says_who_asked_what_unless_it_is_private() -> None:
    exchange = Exchange("1", "GET", "/search?q=سفير", "10.0.0.1", route="/search", status=200)
    for as_json in (False, True):
        line = RequestLog(as_json=as_json).line(exchange)
        assert "سفير" in line
        assert "10.0.0.1" in line
        private = RequestLog(as_json=as_json, private=True).line(exchange)
        assert "سفير" not in private
        assert "10.0.0.1" not in private
