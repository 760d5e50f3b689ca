"""Bytes to text, for pages that say nothing, or something wrong, about their encoding.

Arabic pages come as UTF-8, UTF-16, Windows-1256, ISO-8859-6 or, from MS-DOS, in code page 720. The
last three give different letters for the same bytes and hardly an error, so the reading with the
most Arabic words is taken. Pages put together from several sources may hold some words in another
encoding than the rest; those are read by themselves.
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
#: What XML and HTML say of their encoding, in their first bytes.
_XML = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
#: Each gives a character for a byte, so a word may be cut out and read in another encoding.
_TABLES = ("cp1256", "iso8859-6", "cp720")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
#: Letters of Arabic and French in UTF-8, and its quotes; the other tables hardly make one.
_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
#: An Arabic word in UTF-8: in a single-byte table it is a row of the letters «ط» and «ظ».
_ARABIC_PAIRS = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf]){2,}")
#: What the wrong table makes of Arabic: signs in rows, Latin letters in Arabic words, holes.
_STRANGE = re.compile(
    "[\u00c0-\u00ff]{3,}|[\u00c0-\u00ff](?=[\u0621-\u064a])|(?<=[\u0621-\u064a])[\u00c0-\u00ff]|\ufffd"
)
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


def declared(payload: bytes) -> str | None:
    """The encoding that XML or HTML names in its first bytes, right or wrong."""
    match = _XML.match(payload[:1024]) or _META.search(payload[:4096])
    return match[1].decode("ascii") if match else None


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
    except UnicodeDecodeError:
        if _mostly_utf8(payload):
            return Decoded(_utf8_with_others(payload, declared), "utf-8")
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


def _mostly_utf8(payload: bytes) -> bool:
    """Whether broken UTF-8 is still UTF-8: it has more letters in two bytes than bytes astray."""
    text = payload.decode("utf-8", "replace")
    return len(_PAIR.findall(payload)) > text.count("\ufffd")


def _utf8_with_others(payload: bytes, declared: str | None) -> str:
    """UTF-8 whose broken words are read in the table that suits them."""
    broken = [word for word in _BEYOND_ASCII.findall(payload) if not _is_utf8(word)]
    foreign = b" ".join(word for word in broken if not _mostly_utf8(word))
    table = _single_byte(foreign, declared).encoding if foreign else "utf-8"

    def letters(match: re.Match[bytes]) -> bytes:
        word = match[0]
        encoding = "utf-8" if _is_utf8(word) or _mostly_utf8(word) else table
        return word.decode(encoding, "replace").encode()

    return _BEYOND_ASCII.sub(letters, payload).decode()


def _is_utf8(word: bytes) -> bool:
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(payload: bytes, declared: str | None) -> Decoded:
    """The reading with the most Arabic words; of equal ones the least strange, as declared."""
    readings = []
    for name in dict.fromkeys(filter(None, (declared, *_TABLES))):
        try:
            known = codecs.lookup(name).name
            if not known.startswith("utf"):  # those have been tried
                readings.append(Decoded(_in_table(payload, known), known))
        except (UnicodeError, LookupError, ValueError):
            continue  # another table will do
    return max(readings, key=_likeliness)


def _in_table(payload: bytes, name: str) -> str:
    """Text in one encoding; what single-byte text holds of UTF-8 is read as such."""
    if name not in _TABLES:
        return payload.decode(name, "replace")
    parts, end = [], 0
    for match in _ARABIC_PAIRS.finditer(payload):
        parts += [payload[end : match.start()].decode(name, "replace"), match[0].decode()]
        end = match.end()
    return "".join((*parts, payload[end:].decode(name, "replace")))


def _likeliness(decoded: Decoded) -> tuple[int, int]:
    strange = sum(map(len, _STRANGE.findall(decoded.text)))
    return len(_COMMON.findall(decoded.text)), -strange


def _refuse_garbled(text: str) -> None:
    """Garbled text would be indexed as words that nobody searches.

    A garbled menu above a good story is no reason: the letters beyond ASCII must be garbled in all.
    """
    sample = text[:_SAMPLE]
    if len(_SUSPECT.findall(sample)) < 20:
        return
    letters = len(re.findall(r"\w", sample))
    beyond = len(re.findall(r"[^\W\x00-\x7f]", text))
    for mistake, pattern in _GARBLED.items():
        if _length(pattern, sample) > 0.3 * letters and _length(pattern, text) > 0.3 * beyond:
            raise SourceError(f"The text is garbled ({mistake}); save the page again as UTF-8.")
    if _length(_LOST, sample) > 0.5 * letters and _length(_LOST, text) > 0.5 * beyond:
        raise SourceError("The letters of the text are lost: most are question marks.")


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(match[0]) for match in pattern.finditer(text))
