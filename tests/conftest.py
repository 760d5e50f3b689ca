"""Settings of the whole suite; what several tests use is in ``tests/support``, on the path."""

import socket
from pathlib import Path

import pytest
from hypothesis import settings

from indexer.catalogue import Catalogue

# The same examples in every run, however slow the machine is.
settings.register_profile("rasad", derandomize=True, deadline=None)
settings.load_profile("rasad")


@pytest.fixture
def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """An empty catalogue."""
    return Catalogue.create(tmp_path / "catalogue.sqlite")
