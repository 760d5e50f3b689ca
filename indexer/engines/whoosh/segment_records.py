"""The records that a damaged Whoosh index still holds, segment by segment."""

from collections.abc import Collection, Iterator
from pathlib import Path

from whoosh import index
from whoosh.filedb import structfile
from whoosh.reading import SegmentReader

from indexer.engines import record_json
from indexer.engines.base import LeftRecord
from indexer.engines.whoosh.mapped_bytes import read_where_mapped
from indexer.engines.whoosh.restricted_pickles import restrict


def left_records(folder: Path, damaged: Collection[str]) -> Iterator[LeftRecord]:
    """Every record that can be read; ``damaged`` are names of files, those of which are unsure."""
    read_where_mapped(structfile)
    restrict()
    try:
        ix = index.open_dir(folder)
        segments = ix._segments()
    except Exception:  # whatever damaged bytes make of it: there is nothing to begin with
        return
    for segment in segments:
        try:
            reader = SegmentReader(ix.storage, ix.schema, segment)
        except Exception:  # as above; the other segments may be whole
            continue
        sure = not any(name.startswith(segment.segment_id()) for name in damaged)
        dead = set(segment.deleted_docs())
        for number in range(segment.doc_count_all()):
            if number in dead:
                continue
            try:
                stored = reader.stored_fields(number)
                if stored["slot"] >= 0:
                    yield LeftRecord(record_json.loads(stored["record"]), sure)
            except Exception:  # as above; the other records may be whole
                continue
        reader.close()
    ix.close()
