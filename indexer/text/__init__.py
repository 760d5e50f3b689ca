"""Arabic text: strings in, tokens out."""

from indexer.text.analysis import Analyzer, default_analyzer, exact_forms

__all__ = ["Analyzer", "default_analyzer", "exact_forms"]

#: Raised when words get other layers than before; see indexing.versions.
VERSION = 1
