"""Pickles of nothing but what Rasad's own indexes hold.

Whoosh keeps its schema, segments and some postings as pickles, and unpickling calls whatever a file
names: an index from elsewhere would run code. Here only these classes are ever looked up, see
https://docs.python.org/3/library/pickle.html#restricting-globals.
"""

import io
import pickle
from types import SimpleNamespace
from typing import IO, Any

from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

#: The classes in an index, by module.
ALLOWED = {
    "builtins": {"bytes", "int"},
    "__builtin__": {"bytes", "int"},
    "collections": {"defaultdict"},
    "whoosh.fields": {"Schema", "STORED"},
    "whoosh.analysis.tokenizers": {"IDTokenizer"},
    "whoosh.codec.whoosh3": {"W3Codec", "W3Segment"},
    "indexer.engines.whoosh.words_field": {"PlaceFormat", "WordsField"},
}


def loads(pickled: bytes) -> Any:
    """As ``pickle.loads``; raises ``UnpicklingError`` for anything but these classes."""
    return _Restricted(io.BytesIO(pickled)).load()


def load(file: IO[bytes]) -> Any:
    """As ``pickle.load``, likewise."""
    return _Restricted(file).load()


def restrict() -> None:
    """Let Whoosh unpickle so, and read no format of its past."""
    index.pickle = SimpleNamespace(
        loads=loads, dumps=pickle.dumps, PicklingError=pickle.PicklingError
    )
    index.toc_loaders = {}
    structfile.load = load
    for module in (columns, formats, whoosh3):
        module.loads = loads


class _Restricted(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) == ("_codecs", "encode"):  # how protocol 2 writes bytes
            return _latin
        if global_name not in ALLOWED.get(module_name, ()):
            raise pickle.UnpicklingError(
                f"it names {module_name}.{global_name}, which no index of Rasad holds"
            )
        return super().find_class(module_name, global_name)


def _latin(text: str, encoding: str) -> bytes:
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"it holds bytes as {encoding}")
    return text.encode("latin1")
