"""Feeds are read in the encoding of their bytes, whatever they declare."""

import pytest

from indexer.sources import Raw, Skipped, read, walk
from made_pages import BODY, TITLE

DECLARED = (
    "windows-1256",
    "iso-8859-6",
    "iso-8859-1",
    "utf-8",
    "utf-16",
    "koi8-r",
    "none-such",
    "",
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1256", "iso8859-6", "cp720")
HEADLINE = "الكاظمي يلتقي ستولتنبرغ"


def rss(declared, title=TITLE, text=BODY):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    entry = f"<item><title>{title}</title><description>{text}</description></item>"
    return f'{head}\n<rss version="2.0"><channel><title>صحيفة</title>{entry}</channel></rss>'


def atom(declared, title=TITLE, text=BODY):
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    entry = f"<entry><title>{title}</title><content>{text}</content></entry>"
    return f'{head}<feed xmlns="http://www.w3.org/2005/Atom"><title>ص</title>{entry}</feed>'


def entry(tmp_path, content):
    (tmp_path / "a.xml").write_bytes(content)
    [raw] = walk([tmp_path])
    assert isinstance(raw, Raw), raw
    return read(raw)


@pytest.mark.parametrize("kind", [rss, atom])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", DECLARED)
def test_bytes_say_more_than_the_declaration(tmp_path, kind, encoding, declared):
    stored = kind(declared).encode(encoding, "ignore")  # DOS has no Arabic comma
    body = BODY.encode(encoding, "ignore").decode(encoding).removeprefix("\ufeff")
    article = entry(tmp_path, stored)
    assert (article.title, article.body.split()) == (TITLE, body.split())


@pytest.mark.parametrize("declared", ["iso-8859-1", "iso-8859-6", ""])
def test_a_headline_without_common_words_is_enough(tmp_path, declared):
    assert entry(tmp_path, rss(declared, HEADLINE, "").encode("cp1256")).title == HEADLINE


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("windows-1251", "Президент встретился с послом Египта"),
        ("iso-8859-1", "Le président élu a été reçu à Genève"),
        ("windows-1252", "Müller trifft Außenminister in Köln"),
        ("iso-8859-9", "İstanbul'da görüşme yapıldı"),
        ("gb18030", "总统会见了埃及大使"),
        ("utf-16", TITLE),
        ("utf-8", "گفتگوی وزیر با سفیر"),
    ],
)
def test_a_right_declaration_stays_right(tmp_path, declared, title):
    assert entry(tmp_path, rss(declared, title, title).encode(declared, "ignore")).title == title


def test_one_foreign_word_does_not_change_the_others(tmp_path):
    good, foreign = (text.encode() for text in rss("utf-8").split("<description>"))
    article = entry(tmp_path, good + b"<description>" + "سياسة ".encode("cp1256") + foreign)
    assert article.title == TITLE
    assert article.body.split() == ["سياسة", *BODY.split()]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (rss("utf-8").encode().decode("latin-1").encode(), "garbled"),
        (b"<?xml version='1.0'?><rss>\0\0\1\2" + bytes(range(256)) * 9, "null bytes"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>'.join(("", rss(""))).encode("utf-16"), "entities"),
    ],
)
def test_what_is_not_readable_is_named(tmp_path, content, why):
    (tmp_path / "a.xml").write_bytes(content)
    [skipped] = walk([tmp_path])
    assert isinstance(skipped, Skipped)
    assert why in skipped.why
