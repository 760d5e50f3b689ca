"""What several tests of indexing are given."""

from pathlib import Path

import pytest


@pytest.fixture
def at(tmp_path: Path) -> list[str]:
    """The option that names the index."""
    return ["--index", str(tmp_path / "index")]
