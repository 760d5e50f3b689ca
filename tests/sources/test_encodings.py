"""Bytes to text: the encodings of Arabic pages, and what is no readable text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "cp720"])
@pytest.mark.parametrize("foreign", ["وزارة", "الرئيسية | سياسة | رياضة", "و"])
def test_foreign_words_among_utf8_are_read_in_their_own_table(encoding, foreign):
    payload = foreign.encode(encoding) + b"\n" + TEXT.encode()
    decoded = decode(payload)
    assert decoded.encoding == "utf-8"
    assert decoded.text.partition("\n")[2] == TEXT
    if encoding == "cp1256":
        assert decoded.text == f"{foreign}\n{TEXT}"


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
def test_utf8_among_single_bytes_is_read_as_such(encoding):
    payload = in_iso(TEXT) if encoding == "iso8859-6" else TEXT.encode(encoding)
    assert decode(payload + "الرئيسية".encode()) == (TEXT + "الرئيسية", encoding)


def test_a_sign_that_a_table_lacks_does_not_change_the_table():
    assert decode(in_iso(TEXT) + b" \xab").encoding == "iso8859-6"


def test_letters_cut_in_two_are_marked_and_no_others():
    cut = TEXT.encode().replace(b" ", b"\xd8 ", 3)
    assert decode(cut).text == TEXT.replace(" ", "\ufffd ", 3)


def test_french_in_utf8_survives_a_word_in_latin1():
    assert decode("Été à Genève, ".encode() + "café".encode("latin-1")).text == (
        "Été à Genève, café"
    )


def test_a_garbled_menu_is_no_reason_to_refuse_a_story():
    menu = "الرئيسية سياسة رياضة ".encode().decode("latin-1") * 12
    assert TEXT in decode((menu + TEXT * 20).encode()).text


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "utf-16", "utf-7", "rot13", "a\0b", "é", "x" * 99]
)
def test_no_declaration_is_a_traceback(name):
    assert decode(TEXT.encode("cp1256"), name).text == TEXT


@given(st.text(), st.sampled_from([None, "cp1256", "iso-8859-6", "latin-1", "utf-16"]))
def test_utf8_is_read_as_it_stands(text, declared):
    text = text.replace("\0", "").removeprefix("\ufeff")
    try:
        assert decode(text.encode(errors="ignore"), declared).text == text
    except SourceError as error:
        assert "garbled" in str(error) or "question marks" in str(error)


@given(st.binary(max_size=60), st.integers(0, 200), st.sampled_from([None, "gbk", "iso-8859-6"]))
def test_a_few_foreign_bytes_leave_the_other_words_alone(foreign, place, declared):
    words = TEXT.split()
    place %= len(words)
    foreign = foreign.replace(b"\0", b"")
    before, after = (" ".join(part).encode() for part in (words[:place], words[place:]))
    text = decode(before + b" " + foreign + b" " + after, declared).text
    assert text.startswith(before.decode())
    assert text.endswith(after.decode())
