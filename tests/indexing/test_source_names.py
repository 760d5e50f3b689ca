"""What sources are called in Latin letters."""

import pytest

from factories import make_article
from indexer.facets.ner.romanise import romanise
from indexer.indexing.source_names import latin_source


@pytest.mark.parametrize(
    ("source", "url", "latin"),
    [
        ("عكاظ", None, "Okaz"),
        ("صحيفة الأهرام", "https://example.org/1", "Al-Ahram"),
        ("منبر الوادي", "https://www.minbar-alwadi.example/news/1", "minbar-alwadi.example"),
        ("صحيفة ليلى", None, romanise("ليلى")),
        ("Le Monde", "https://lemonde.example/1", "Le Monde"),
        (None, "https://example.org/1", ""),
    ],
)
def test_a_source_is_called_by_its_table_its_host_or_its_letters(
    source: str | None, url: str | None, latin: str
) -> None:
    assert latin_source(make_article(source=source, url=url)) == latin
