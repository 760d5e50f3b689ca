"""CAMeL Tools (extra «camel»), imported late and never through the network.

They ask for a catalogue of their data when they are imported, so an import waits until a catalogue
is there: where none is, an empty one stands in for it. What is in the data is looked up here.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import ConfigError

INSTALL = "pip install 'rasad[camel]'"
_CATALOGUE = "catalogue.json"
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


@contextmanager
def offline() -> Iterator[None]:
    """Import CAMeL Tools in the block; raises ``ConfigError`` where they are not installed."""
    before = {name: os.environ.get(name) for name in ("CAMELTOOLS_DATA", *_OFFLINE)}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(dict.fromkeys(_OFFLINE, "1"))
        if not (_data() / _CATALOGUE).is_file():
            empty = {"version": "0", "packages": {}, "components": {}}
            (Path(folder) / _CATALOGUE).write_text(json.dumps(empty), "utf-8")
            os.environ["CAMELTOOLS_DATA"] = folder
        try:
            yield
        except ImportError as error:
            raise ConfigError(f"CAMeL Tools are not installed; run: {INSTALL}") from error
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def dataset(component: str, name: str) -> Path | None:
    """The folder of a set of their data, by their catalogue; None where that does not list it."""
    try:
        catalogue = json.loads((_data() / _CATALOGUE).read_text("utf-8"))
        path = catalogue["components"][component]["datasets"][name]["path"]
    except (OSError, ValueError, KeyError):
        return None
    return _data() / "data" / str(path)


def _data() -> Path:
    """The folder where CAMeL Tools keep their data."""
    named = os.environ.get("CAMELTOOLS_DATA")
    return Path(named).expanduser() if named else Path.home() / ".camel_tools"
