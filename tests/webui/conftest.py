import pytest
from archive import Archive
from flask import Flask
from flask.testing import FlaskClient

from webui import create_app


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def app(archive: Archive) -> Flask:
    app = create_app(archive)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
