"""Bytes to text, for pages that say nothing, or something wrong, about their encoding.

Arabic pages come as UTF-8, UTF-16, Windows-1256 or ISO-8859-6. The last two give different letters
for the same bytes and no errors, so the reading with more Arabic words is taken.
"""

import codecs
import re
from typing import NamedTuple

from indexer.errors import SourceError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The commonest short words; as whole words they are rare in text read with the wrong table.
_COMMON = re.compile(r"(?<!\w)(?:في|من|على|إلى|الى|أن|ان|عن|مع|التي|الذي|ما|هذا|و?ال\w{3,})(?!\w)")
_ARABIC = re.compile(r"[\u0620-\u064a]")
#: One byte of each pair of a two-byte Arabic letter, as single-byte tables print it.
_MOJIBAKE = {
    "UTF-8 read as Windows-1256": re.compile(
        "[\u0637\u0638][^\\s\u0620-\u064a]|\u0637[\u0621-\u063a]"
    ),
    "UTF-8 read as Latin-1": re.compile("[ØÙ][\u0080-\u00ff\u2000-\u2122]"),
    "Windows-1256 read as Latin-1": re.compile("[ÇáÃäæãíÉÓÊÑÞÚÏÍßÈåÝÌÎÖÛØÕÐÒÔËÙ]{3,}"),
}
_LOST = re.compile(r"\?{3,}|\ufffd")


class Decoded(NamedTuple):
    """Text and the encoding that gave it."""

    text: str
    encoding: str


def decode(payload: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``payload``; raise SourceError if it holds no readable text."""
    decoded = _decode(payload, declared)
    _refuse_garbled(decoded.text)
    return decoded


def _decode(payload: bytes, declared: str | None) -> Decoded:
    for bom, encoding in BOMS:
        if payload.startswith(bom):
            text = payload.decode(encoding, "replace").removeprefix("\ufeff")
            return Decoded(text, encoding)
    if b"\0" in payload[:4096]:
        return _with_nulls(payload)
    try:
        return Decoded(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _almost_utf8(payload, error.start):
            return Decoded(payload.decode("utf-8", "replace"), "utf-8")
    return _single_byte(payload, declared)


def _with_nulls(payload: bytes) -> Decoded:
    """UTF-16 without a mark: its spaces and digits have a zero byte, always on the same side."""
    even, odd = payload[:4096:2].count(0), payload[1:4096:2].count(0)
    if min(even, odd) * 20 > max(even, odd) or even + odd < 0.02 * len(payload[:4096]):
        raise SourceError("The file holds no text: it has null bytes, as programs and images do.")
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return Decoded(payload.decode(encoding, "replace"), encoding)


def _almost_utf8(payload: bytes, start: int) -> bool:
    """Whether broken UTF-8 is still UTF-8: cut at its end, or with a few bad bytes among many."""
    text = payload.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad <= 3 + len(text) // 1000 and len(_ARABIC.findall(text)) > 10 * bad


def _single_byte(payload: bytes, declared: str | None) -> Decoded:
    names = dict.fromkeys(filter(None, (declared, "cp1256", "iso8859-6")))
    readings = []
    for name in names:
        try:
            readings.append(Decoded(payload.decode(name), codecs.lookup(name).name))
        except (UnicodeDecodeError, LookupError):
            continue  # another table will do
    return max(readings, key=lambda decoded: len(_COMMON.findall(decoded.text)))


def _refuse_garbled(text: str) -> None:
    arabic = len(_ARABIC.findall(text))
    for mistake, pattern in _MOJIBAKE.items():
        garbled = sum(len(match) for match in pattern.findall(text))
        if garbled > 20 and garbled > 0.6 * arabic:
            raise SourceError(f"The text is garbled ({mistake}); save the page again as UTF-8.")
    lost = sum(len(match) for match in _LOST.findall(text))
    if lost > 20 and lost > arabic:
        raise SourceError("The letters of the text are lost: most are question marks.")
