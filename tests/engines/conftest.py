from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Corpus
from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Engine

Open = Callable[..., Engine]


@pytest.fixture(params=sorted(ENGINES))
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; one contract holds for all."""
    return request.param


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index is."""
    return tmp_path / "index"


@pytest.fixture
def open_here(engine_name: str, folder: Path) -> Iterator[Open]:
    """Opens one more engine on the folder."""
    opened: list[Engine] = []

    def open_one(**options: object) -> Engine:
        opened.append(open_engine(engine_name, folder, **options))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_here: Open) -> Engine:
    """An engine over an empty index."""
    return open_here(create=True)


@pytest.fixture
def corpus(engine: Engine) -> Corpus:
    """An empty index and what it should hold: nothing yet."""
    return Corpus(engine)
