"""The records that a damaged tantivy index still holds.

Tantivy opens a segment only when all of its files are whole, but records stand in one of them. So
the others are replaced by those of a segment of as many empty documents, whatever they held.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy
from tantivy import Query

from indexer.engines import record_json
from indexer.engines.base import LeftRecord

_META = "meta.json"
_WRITER_BYTES = 100_000_000
_STORE = "store"  # the end of the file of records


def left_records(
    folder: Path, damaged: Collection[str], schema: tantivy.Schema
) -> Iterator[LeftRecord]:
    """Every record that can be read; ``damaged`` are names of files, those of which are unsure."""
    try:
        meta = json.loads((folder / _META).read_bytes())
        segments = [(one["segment_id"], one["max_doc"], one["deletes"]) for one in meta["segments"]]
    except (OSError, ValueError, LookupError, TypeError):  # there is nothing to begin with
        return
    for id, documents, deletes in segments:
        name = id.replace("-", "")
        dead = f"{name}.{deletes['opstamp']}.del" if deletes else ""
        if dead in damaged or not (folder / dead).is_file():
            dead = ""
        sure = f"{name}.{_STORE}" not in damaged and bool(dead or not deletes)
        with TemporaryDirectory(prefix="rasad-") as place:
            try:
                _fill(Path(place), schema, documents)
                searcher = _opened(folder, Path(place), name, dead, deletes)
                found = searcher.search(Query.all_query(), documents, count=False).hits
            except BaseException as error:
                _pass_over(error)
                continue
            for _, address in found:
                try:
                    stored = searcher.doc(address)
                    record = stored.get_first("record")
                    if record is not None:
                        yield LeftRecord(record_json.loads(bytes(record).decode()), sure)
                except BaseException as error:
                    _pass_over(error)


def _fill(place: Path, schema: tantivy.Schema, documents: int) -> None:
    """Make a segment of so many empty documents."""
    writer = tantivy.Index(schema, str(place)).writer(_WRITER_BYTES, 1)
    for _ in range(documents):
        writer.add_document(tantivy.Document())
    writer.commit()
    writer.wait_merging_threads()


def _opened(folder: Path, place: Path, name: str, dead: str, deletes: Any) -> tantivy.Searcher:
    """One segment's records in the place of empty ones.

    Those are left out that ``dead`` names, the file of its ``deletes``.
    """
    meta = json.loads((place / _META).read_bytes())
    (segment,) = meta["segments"]
    made = segment["segment_id"].replace("-", "")
    store = place / f"{made}.{_STORE}"
    store.unlink()
    store.symlink_to((folder / f"{name}.{_STORE}").absolute())
    if dead:
        (place / f"{made}.{deletes['opstamp']}.del").symlink_to((folder / dead).absolute())
        segment["deletes"] = deletes
        (place / _META).write_text(json.dumps(meta), "utf-8")
    return tantivy.Index.open(str(place)).searcher()


def _pass_over(error: BaseException) -> None:
    """Go on with what may be whole; tantivy panics over some damage (see ``engine_errors``)."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error
