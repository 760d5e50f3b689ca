"""The exceptions a caller may want to catch; their text is for the person at the keyboard."""


class RasadError(Exception):
    """Anything that Rasad itself reports; the message says what happened and what to do."""


class ConfigError(RasadError):
    """A setting that can't be used; names the setting."""


class SourceError(RasadError):
    """A page or file that can't be read; names it and why.

    ``source`` is the outlet of a page that was read so far.
    """

    def __init__(self, why: str, source: str | None = None) -> None:
        super().__init__(why)
        self.source = source


class EngineError(RasadError):
    """The index can't be opened, read or written."""


class IndexMissing(EngineError):
    """There is no index where one was looked for."""


class LibraryMissing(EngineError):
    """The engine that keeps an index is not installed."""


class IndexLocked(EngineError):
    """Another process is writing to this index."""


class ExportBroken(RasadError):
    """A list of all results that ends before its end, which it says by this."""


class LexiconError(RasadError):
    """A lexicon that can't be read or made; names the file and why."""


class TableError(RasadError):
    """A table that ships with Rasad is not as it should be; names the file, the line and why."""


class AlertError(RasadError):
    """An alert that can't be kept, or a target that can't be told."""
