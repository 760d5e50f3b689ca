"""The case tables of the facets, and the facets of a text."""

from pathlib import Path

from factories import make_article
from indexer.facets.extractor import default_extractor
from indexer.model import Facets
from indexer.text import default_analyzer

CASES = Path(__file__).parents[1] / "facets"


def cases(*names: str) -> list[tuple[str, str]]:
    """The pairs of text and what is expected, from tables beside the tests of facets."""
    texts = [(CASES / name).read_text("utf-8") for name in names]
    lines = [line for text in texts for line in text.splitlines()]
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, expected in pairs]


def facets(body: str, title: str = "", **fields: str) -> Facets:
    """The facets of an article with this text."""
    analyzer = default_analyzer()
    article = make_article("a", title, body, **fields)
    return default_extractor(analyzer).extract(
        article, analyzer.analyze(title), analyzer.analyze(body)
    )
