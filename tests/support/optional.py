"""Marks of tests that need an extra; with its RASAD_REQUIRE_… set they fail instead of skipping."""

import importlib.util
import os

import pytest

CAMEL = bool(importlib.util.find_spec("camel_tools") and importlib.util.find_spec("torch"))
needs_camel = pytest.mark.skipif(
    not CAMEL and os.environ.get("RASAD_REQUIRE_CAMEL") != "1",
    reason="the extra «camel» (camel-tools, torch) is not installed",
)
