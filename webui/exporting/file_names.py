"""What a file of results is called: by what was asked for, and the day."""

import datetime as dt
import unicodedata
from urllib.parse import quote

from indexer.model import SearchRequest

_LONGEST = 60  # letters of what was asked for
#: What may stand in a name of RFC 5987 as it is.
_PLAIN = "!#$&+-.^_`|~"


def file_name(request: SearchRequest, day: dt.date, ending: str) -> str:
    """A name that every file system takes.

    >>> file_name(SearchRequest(q="«وزير الخارجيّة» *?"), dt.date(2026, 12, 1), "csv")
    'rasad-وزير-الخارجية-2026-12-01.csv'
    """
    return _joined(_asked(request), day, ending)


def disposition(request: SearchRequest, day: dt.date, ending: str, *, what: str = "") -> str:
    """The header that gives a file its name, as RFC 6266 has it; ``what`` it is of a request.

    >>> disposition(SearchRequest(q="لقاء NATO"), dt.date(2026, 12, 1), "ris")[:58]
    'attachment; filename="rasad-NATO-2026-12-01.ris"; filename'
    """
    words = [*what.split(), *_asked(request)]
    full = _joined(words, day, ending)
    plain = _joined([word for word in words if word.isascii()], day, ending)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe=_PLAIN)}"


def _asked(request: SearchRequest) -> list[str]:
    """What was asked for in words: letters and digits alone."""
    filters = sorted(f"not-{one.value}" if one.exclude else one.value for one in request.filters)
    dates = [f"{day:%Y%m%d}" for day in (request.date_from, request.date_to) if day]
    return "".join(map(_letter, " ".join([request.q, *filters, *dates]))).split()


def _letter(letter: str) -> str:
    """The letter itself, nothing for a mark on the one before it, else what ends a word."""
    kind = unicodedata.category(letter)
    if kind[0] in "LN":
        return letter
    return "" if kind in ("Mn", "Cf", "Lm") else " "


def _joined(words: list[str], day: dt.date, ending: str) -> str:
    asked = "-".join(words)[:_LONGEST].strip("-")
    return "-".join(part for part in ("rasad", asked, day.isoformat()) if part) + f".{ending}"
