from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.model import Record
from indexer.search.service import SearchService
from site_records import searched
from webui import create_app


@pytest.fixture(scope="session")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """The search over ``RECORDS``."""
    with searched(tmp_path_factory.mktemp("archive")) as service:
        yield service


@pytest.fixture(scope="session")
def client_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Sequence[Record]], FlaskClient]]:
    """Makes a site over other records."""
    with ExitStack() as opened:

        def client_of(records: Sequence[Record]) -> FlaskClient:
            folder = tmp_path_factory.mktemp("archive")
            return create_app(opened.enter_context(searched(folder, records))).test_client()

        yield client_of


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from chromium import launched  # where there is none, those who ask are passed over

    with launched() as browser:
        yield browser


@pytest.fixture
def app(search: SearchService) -> Flask:
    app = create_app(search)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
