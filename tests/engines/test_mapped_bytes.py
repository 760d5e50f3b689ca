"""Segments are read where they are mapped: as from memory, without a copy in it."""

import io
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb import structfile

from factories import make_document, write
from indexer.engines.whoosh.mapped_bytes import MappedBytes
from indexer.engines.whoosh.whoosh_engine import WhooshEngine

SIZES = st.one_of(st.none(), st.integers(-2, 12))
STEPS = st.one_of(
    st.tuples(st.just("read"), SIZES),
    st.tuples(st.just("readline"), SIZES),
    st.tuples(st.just("seek"), st.integers(0, 12), st.sampled_from([os.SEEK_SET])),
    st.tuples(st.just("seek"), st.integers(0, 3), st.sampled_from([os.SEEK_CUR, os.SEEK_END])),
    st.tuples(st.just("tell")),
)


@given(data=st.binary(max_size=10).map(lambda b: b.replace(b"\x00", b"\n")), steps=st.lists(STEPS))
def test_it_reads_as_from_memory(data: bytes, steps: list[tuple[object, ...]]) -> None:
    mapped, copied = MappedBytes(memoryview(data)), io.BytesIO(data)
    for name, *given_ in steps:
        assert getattr(mapped, str(name))(*given_) == getattr(copied, str(name))(*given_)


def test_an_open_index_has_no_copy_of_its_segments(tmp_path: Path) -> None:
    engine = WhooshEngine.open(tmp_path / "index", create=True)
    write(engine, [make_document("a", body="وصل الوزير إلى بغداد")])
    opened = structfile.BufferFile(memoryview(b"abc"))
    assert isinstance(opened.file, MappedBytes)  # what Whoosh calls is what was put in its place
    assert engine.records(["a"])[0].article.id == "a"
    opened.close()
    engine.close()
