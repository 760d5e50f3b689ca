"""An application whose index is not opened says so, and still serves what needs none."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webui.wsgi import Watching, unreadable


@pytest.fixture
def degraded(tmp_path: Path) -> FlaskClient:
    return unreadable(tmp_path, Watching("none", private_logs=False, metrics=False)).test_client()


@pytest.mark.parametrize(("lang", "text"), [("en", "The index is damaged"), ("ar", "الفهرس تالف")])
def test_a_page_says_when_to_come_again(degraded: FlaskClient, lang: str, text: str) -> None:
    answer = degraded.get(f"/?lang={lang}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert text in answer.text


def test_it_is_alive_but_not_ready(degraded: FlaskClient) -> None:
    alive = degraded.get("/healthz")
    assert (alive.status_code, alive.json) == (200, {"status": "degraded"})
    assert degraded.get("/readyz").status_code == 503
    assert degraded.get("/static/rasad.css").status_code == 200
