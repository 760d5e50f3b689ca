"""Results as references, for programs that keep them: RIS, BibTeX, CSL-JSON."""

import json
from collections.abc import Iterator

from webui.citing import STYLES
from webui.exporting.listing import Format, Listing, in_pieces


def _ris(listing: Listing) -> Iterator[bytes]:
    return in_pieces(listing.reference(result).ris() + "\r\n" for result in listing.results)


def _bibtex(listing: Listing) -> Iterator[bytes]:
    return in_pieces(listing.reference(result).bibtex() + "\n" for result in listing.results)


def _csl(listing: Listing) -> Iterator[bytes]:
    return in_pieces(_list(listing))


def _list(listing: Listing) -> Iterator[str]:
    before = "[\n"
    for result in listing.results:
        yield before + json.dumps(listing.reference(result).csl(), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


RIS = Format(*STYLES["ris"], _ris)
BIBTEX = Format(*STYLES["bibtex"], _bibtex)
CSL = Format(*STYLES["csl"], _csl)
