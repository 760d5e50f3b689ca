"""Every rule that readers meet has a sentence of its own; any other is told of in general."""

import pytest
from flask import Flask

from indexer.sources.formats.furniture import BOX_RULES, OUTSIDE
from indexer.sources.tables import rows
from webui.reasons import left_out_as, recognised_by

LEFT_OUT = {OUTSIDE, *(rule for rule, _ in BOX_RULES), *(row[0] for row in rows("boilerplate.tsv"))}


@pytest.mark.parametrize("rule", sorted(LEFT_OUT))
def test_what_is_left_out_of_a_page_is_named(app: Flask, rule: str) -> None:
    with app.test_request_context("/?lang=en"):
        assert left_out_as(rule) != left_out_as("a rule of somebody else")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_rules_of_others_are_told_of_in_general(app: Flask, lang: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        for said in (left_out_as("some-rule"), recognised_by("some-rule")):
            assert said and "some-rule" not in said
