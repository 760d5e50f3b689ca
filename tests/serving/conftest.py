import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import run
from served_site import ROOT, Site, served


def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample pages, not to be written to."""
    index = tmp_path_factory.mktemp("sample") / "index"
    assert run("index", ROOT / "seeds", "--index", index, "--engine", "tantivy").exit_code == 0
    return index


@pytest.fixture
def index(sample: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(sample, tmp_path / "index"))


@pytest.fixture(scope="session")
def watched(sample: Path) -> Iterator[Site]:
    """A site with two workers that tells of everything, but not of its readers."""
    words = ("--workers", "2", "--metrics", "--private-logs", "--log-format", "json", "--edit")
    with served(sample, port(), *words) as site:
        yield site
