"""An index from elsewhere is read without running anything that its files name."""

import io
import os
import pickle
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from factories import write
from indexer.engines import open_engine
from indexer.engines.whoosh.restricted_pickles import load, loads
from indexer.errors import EngineError


class Evil:
    """What makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> object:
        return os.mkdir, (str(self.path),)


def toc(folder: Path) -> Path:
    (found,) = folder.glob("_MAIN_*.toc")
    return found


def test_a_pickle_of_another_class_is_refused(tmp_path: Path) -> None:
    evil = pickle.dumps(Evil(tmp_path / "made"))
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        loads(evil)
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        load(io.BytesIO(evil))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_whoosh_keeps_is_read(protocol: int) -> None:
    value = {"a": (1, 2.5, b"\x00\xff", None, [True])}
    assert loads(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("place", ["schema", "segments", "an older format"])
def test_an_index_that_names_code_is_not_opened(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    engine = open_engine("whoosh", folder, create=True)
    write(engine, [])
    engine.close()
    evil = pickle.dumps(Evil(tmp_path / "made"), 2)
    path = toc(folder)
    stream = FileStorage(str(tmp_path)).create_file("new.toc")
    for size in (4, 8, 4):
        stream.write_varint(size)
    stream.write_int(-12345)
    stream.write_int(-110 if place == "an older format" else -111)
    for part in (2, 7, 4):
        stream.write_varint(part)
    if place == "segments":
        stream.write_string(pickle.dumps({}, 2))
        stream.write_int(int(path.name.split("_")[2].partition(".")[0]))
        stream.write_int(0)
    if place == "segments":
        stream.write(evil)
    else:
        stream.write_string(evil)
    stream.close()
    (tmp_path / "new.toc").replace(path)
    with pytest.raises(EngineError):
        open_engine("whoosh", folder)
    assert not (tmp_path / "made").exists()
