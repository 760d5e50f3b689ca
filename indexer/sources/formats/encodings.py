"""Bytes to text, for pages that say nothing, or something wrong, about their encoding.

Arabic pages come as UTF-8, UTF-16, Windows-1256, ISO-8859-6 or, from MS-DOS, in code page 720. The
last three give different letters for the same bytes and hardly an error, so the reading with the
most Arabic words is taken.
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
#: Letters of one table shown by another, in runs that no language has.
_GARBLED = {
    "UTF-8 read as Windows-1256": re.compile("(?:[\u0637\u0638][^\\s\u0620-\u064a\\w]?){4,}"),
    "UTF-8 read as Latin-1": re.compile("(?:[\u00d8\u00d9][\u0080-\u00bf\u2013-\u2122]){2,}"),
    "Windows-1256 read as Latin-1": re.compile("[\u00c0-\u00ff]{3,}"),
}
_LOST = re.compile(r"\?{3,}|\ufffd+")
#: What garbled text has and good text hardly: signs and accented letters of Western tables.
_SUSPECT = re.compile(
    "[\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00ff\u02c6\u2020-\u2030\u20ac\u2122?\ufffd]"
)
#: What text in UTF-16 is made of, where chance would give any character at all.
_PLAIN = re.compile("[\\s!-~\u00a0-\u024f\u0600-\u06ff\u2000-\u206f]")
_NO_TEXT = "The file holds no text: it has null bytes, as programs and images do."
#: Letters of a page by which the whole is judged.
_SAMPLE = 2000


class Decoded(NamedTuple):
    """Text and the encoding that gave it."""

    text: str
    encoding: str


def decode(payload: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``payload``; raise SourceError if it holds no readable text."""
    decoded = _decode(payload, declared)
    _refuse_garbled(decoded.text)
    return decoded


def encoding(payload: bytes) -> str:
    """The encoding that the bytes of a text are read in."""
    return decode(payload).encoding


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
        raise SourceError(_NO_TEXT)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = payload.decode(encoding, "replace")
    if len(_PLAIN.findall(text[:_SAMPLE])) < 0.8 * len(text[:_SAMPLE]):
        raise SourceError(_NO_TEXT)
    return Decoded(text, encoding)


def _almost_utf8(payload: bytes, start: int) -> bool:
    """Whether broken UTF-8 is still UTF-8: cut at its end, or with a few bad bytes among many."""
    text = payload.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad <= 3 + len(text) // 1000 and len(_ARABIC.findall(text)) > 10 * bad


def _single_byte(payload: bytes, declared: str | None) -> Decoded:
    names = dict.fromkeys(filter(None, (declared, "cp1256", "iso8859-6", "cp720")))
    readings = []
    for name in names:
        try:
            readings.append(Decoded(payload.decode(name), codecs.lookup(name).name))
        except (UnicodeDecodeError, LookupError):
            continue  # another table will do
    return max(readings, key=lambda decoded: len(_COMMON.findall(decoded.text)))


def _refuse_garbled(text: str) -> None:
    """Garbled text would be indexed as words that nobody searches."""
    sample = text[:_SAMPLE]
    if len(_SUSPECT.findall(sample)) < 20:
        return
    letters = len(re.findall(r"\w", sample))
    for mistake, pattern in _GARBLED.items():
        if sum(map(len, pattern.findall(sample))) > 0.3 * letters:
            raise SourceError(f"The text is garbled ({mistake}); save the page again as UTF-8.")
    if sum(map(len, _LOST.findall(sample))) > 0.5 * letters:
        raise SourceError("The letters of the text are lost: most are question marks.")
