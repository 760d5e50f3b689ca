"""Bytes to text: the encodings of Arabic pages, and what is no readable text."""

import pytest

from indexer.errors import SourceError
from indexer.sources.formats.encodings import decode
from made_pages import TEXT


def in_iso(text):
    """What ISO-8859-6 can hold of a text: it has no long dashes nor curly quotes."""
    return text.encode("iso8859-6", "ignore")


def test_the_code_page_of_dos_is_read():
    stored = TEXT.encode("cp720", "ignore")  # it has no Arabic comma
    assert decode(stored) == (stored.decode("cp720"), "cp720")


@pytest.mark.parametrize(
    ("payload", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1256"), "cp1256"),
        (in_iso(TEXT), "iso8859-6"),
    ],
)
def test_arabic_text_is_read_in_its_encoding(payload, encoding):
    decoded = decode(payload)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding


def test_a_wrong_declaration_is_not_believed():
    assert decode(TEXT.encode("cp1256"), declared="iso-8859-1").text == TEXT
    assert decode(TEXT.encode(), declared="windows-1256").text == TEXT
    assert decode(TEXT.encode("cp1256"), declared="no-such-encoding").text == TEXT


def test_a_few_bad_bytes_do_not_change_the_encoding():
    payload = TEXT.encode()
    assert decode(payload[:-4] + b"\xd8").text.startswith(TEXT[:40])


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (TEXT.encode().decode("cp1256", "replace").encode(), "UTF-8 read as Windows-1256"),
        (TEXT.encode().decode("latin-1").encode(), "UTF-8 read as Latin-1"),
        (TEXT.encode().decode("cp1252", "replace").encode(), "UTF-8 read as Latin-1"),
        (TEXT.encode("cp1256").decode("latin-1").encode(), "Windows-1256 read as Latin-1"),
        (TEXT.encode("ascii", "replace"), "question marks"),
        (b"\x00\x01\x02\x03" * 500, "null bytes"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "null bytes"),
    ],
)
def test_garbled_text_is_refused_with_the_mistake(payload, why):
    with pytest.raises(SourceError, match=why):
        decode(payload)


@pytest.mark.parametrize(
    "text", ["Déjà vu à Genève : été, forêt, Noël", "Hello?? What???", "گفتگو"]
)
def test_other_languages_are_not_taken_for_garbled(text):
    assert decode((text * 20).encode()).text == text * 20
