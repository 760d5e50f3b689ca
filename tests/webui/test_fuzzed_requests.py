"""Requests that nobody would think of: any route, parameters, text. None ends in a 500."""

import re
from urllib.parse import urlencode

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzed import TIMES
from indexer.schema import FACET_IDS
from site_records import RECORDS
from webui.params import NAMES as PARAMETER_NAMES

#: What the languages that a request is written in are made of.
PIECES = st.sampled_from(
    (
        *(
            '"',
            "(",
            ")",
            "-",
            "+",
            "=",
            "~",
            "~2",
            "*",
            "?",
            ":",
            "/",
            "\\",
            "..",
            "%",
            "&",
            "<",
            ">",
        ),
        *(
            " OR ",
            " AND ",
            " NOT ",
            "person:",
            "شخص:",
            "before:",
            "dates=",
            "country:EG",
            "lang:ar",
        ),
        *("وزير", "الخارجية", "مصر", "Putin", "ﷺ", "١٤٣٦", "2015-07", "0001-01-01", "-1", "9" * 30),
        *(
            "people",
            "ar",
            "en",
            "newest",
            "and",
            "or",
            "body",
            "\u202e",
            "\0",
            "\r\n",
            "\u0301" * 9,
        ),
        *(
            "<script>",
            "' OR 1=1 --",
            "${7*7}",
            "{{7*7}}",
            "%00",
            "%ff",
            "٪",
            "\ufeff",
            "\U0001f600",
        ),
    )
)
WRITTEN = st.lists(PIECES | st.text(max_size=12), max_size=12).map("".join)
TEXT = WRITTEN.map(lambda text: text.encode("utf-8", "replace").decode())
NAMES = st.sampled_from((*PARAMETER_NAMES, "lang", "strict", "fields", "q")) | TEXT
PARAMETERS = st.lists(st.tuples(NAMES, TEXT), max_size=8)
KNOWN = (record.article.id for record in RECORDS)
VALUES = st.sampled_from((*FACET_IDS, *KNOWN, "EG", "map", "bibtex", "rasad.css")) | TEXT
HEADERS = st.dictionaries(
    st.sampled_from(("Accept", "Accept-Language", "If-None-Match", "Range", "Cookie", "Host")),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    max_size=3,
)


def routes(app: Flask) -> list[str]:
    """The rules of all routes."""
    return sorted(rule.rule for rule in app.url_map.iter_rules())


@settings(max_examples=100 * TIMES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), PARAMETERS, HEADERS, st.sampled_from(("GET", "HEAD", "POST", "OPTIONS")))
def test_no_request_ends_in_an_error_of_ours(app, data, parameters, headers, method):
    rule = data.draw(st.sampled_from(routes(app)), label="route")
    path = re.sub("<[^>]+>", lambda _: data.draw(VALUES, label="value"), rule)
    app.testing = False  # what the application raises is an answer of 500, as a server gives it
    answer = app.test_client().open(
        query_string=urlencode(parameters),
        method=method,
        headers=headers,
        environ_overrides={"PATH_INFO": path.encode().decode("latin-1")},
    )
    assert answer.status_code < 500, (method, path, parameters, headers)
