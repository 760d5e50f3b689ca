import re

import pytest

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
