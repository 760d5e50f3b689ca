import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from webui.limits import HEAD

ADDRESSES = ("/", "/search?q=x", "/nowhere", "/api/v1/search", "/api/nowhere", "/opensearch.xml")


@pytest.mark.parametrize("address", [*ADDRESSES, "/static/rasad.css"])
def test_every_answer_forbids_foreign_and_inline_code(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    sources = re.findall(r"(?:-src|-action|-uri|-ancestors) ([^;]+)", policy)
    assert set(sources) == {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_is_for_robots(client, address):
    assert "noindex" in client.get(address).headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("path", "query"), [("/search", "q=" + "x" * HEAD), ("/api/v1/articles/" + "x" * HEAD, "")]
)
def test_an_address_that_is_too_long_is_not_even_taken_apart(
    client: FlaskClient, path: str, query: str
) -> None:
    sent = EnvironBuilder(path, query_string=query).get_environ()
    sent |= {"REQUEST_URI": f"{path}?{query}"}
    told: list[Any] = []
    answer = client.application(sent, lambda *begin: told.extend(begin))
    status, headers = told[0], dict(told[1])
    assert status.startswith("431 ")
    kind = "application/problem+json" if path.startswith("/api/") else "text/html"
    assert headers["Content-Type"].startswith(kind)
    assert "x" * HEAD not in b"".join(answer).decode()
    assert sum(len(value) for value in sent.values() if isinstance(value, str)) < HEAD + 2000
