"""Copies of Rasad to extend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checkout import Checkout, copied


@pytest.fixture
def grown(tmp_path: Path) -> Callable[[], Checkout]:
    """A function that gives a copy of this checkout, which a test lets grow."""
    return lambda: copied(tmp_path / "checkout")
