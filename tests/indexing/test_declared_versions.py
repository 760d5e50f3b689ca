"""A station that reads anything else than before has another version, or archives stay unread.

``readings.tsv`` keeps the versions with a hash of what each station reads out of the seeds and out
of the case tables. Where a change fails here and was meant, raise the VERSION of the station and
put the line that is asked for into the table; where only cases were added, the line is enough.
"""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from indexer.events.event_extractor import event_extractor
from indexer.events.quotations import QuotationExtractor
from indexer.facets.extractor import default_extractor
from indexer.indexing.near_duplicates import signature
from indexer.indexing.versions import STATIONS
from indexer.meaning import whole_model
from indexer.meaning.table import PATH
from indexer.meaning.whole_model import MEAN, SHA256
from indexer.meaning.word_encoder import HALF, LEAD, word_encoder
from indexer.model import Article
from indexer.sources import Raw, read, walk
from indexer.text import default_analyzer

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("readings.tsv")


def articles() -> list[Article]:
    return [read(raw) for raw in walk([ROOT / "seeds"]) if isinstance(raw, Raw)]


def cases(room: str) -> Iterator[str]:
    """The texts of a room's case tables."""
    for path in sorted((ROOT / "tests" / room).glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.split("\t")[0]


def sources() -> Iterator[object]:
    for article in articles():
        yield article.title, article.body, article.date, article.source, article.author
        yield [(piece.text, piece.why) for piece in article.removed]


def text() -> Iterator[object]:
    analyzer = default_analyzer()
    for piece in (*(article.body for article in articles()), *cases("text")):
        yield [tuple(token) for token in analyzer.analyze(piece)]


def facets() -> Iterator[object]:
    analyzer = default_analyzer()
    read_by = default_extractor(analyzer)
    made = (Article(str(n), "", piece) for n, piece in enumerate(cases("facets")))
    for article in (*articles(), *made):
        title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
        yield sorted(read_by.extract(article, title, body).items())


def events() -> Iterator[object]:
    analyzer = default_analyzer()
    read_by, found, said = (
        default_extractor(analyzer),
        event_extractor(),
        QuotationExtractor(),
    )
    made = (Article(str(n), "", piece) for n, piece in enumerate(cases("events")))
    for article in (*articles(), *made):
        title, body = analyzer.analyze(article.title), analyzer.analyze(article.body)
        parts = read_by.parts(article, title, body)
        facets = read_by.facets(article, parts)
        yield found.extract(article, parts, facets), said.extract(article, parts, facets)


def near_duplicates() -> Iterator[object]:
    analyzer = default_analyzer()
    for article in articles():
        yield signature([token.word for token in analyzer.analyze(article.body)])


def meaning() -> Iterator[object]:
    # Vectors themselves may differ in a rounding between processors.
    yield blake2b(PATH.read_bytes(), digest_size=8).hexdigest(), HALF, LEAD
    yield blake2b(MEAN.read_bytes(), digest_size=8).hexdigest(), whole_model.LEAD, SHA256
    analyzer, encoder = default_analyzer(), word_encoder()
    for piece in (*(article.body for article in articles()), *cases("text")):
        yield list(encoder.numbers(token.word for token in analyzer.analyze(piece)))


READ_BY = {
    "sources": sources,
    "text": text,
    "facets": facets,
    "events": events,
    "meaning": meaning,
    "near-duplicates": near_duplicates,
}


def test_every_station_is_held_to_its_version() -> None:
    assert READ_BY.keys() == STATIONS.keys()


@pytest.mark.parametrize("station", READ_BY)
def test_a_station_reads_what_its_version_reads(station: str) -> None:
    state = blake2b(digest_size=8)
    for one in READ_BY[station]():
        state.update(repr(one).encode())
    lines = TABLE.read_text("utf-8").splitlines()
    assert f"{station}\t{STATIONS[station]}\t{state.hexdigest()}" in lines
