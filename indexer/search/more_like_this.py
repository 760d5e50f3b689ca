"""Articles about the same matter as one that is read: they mean alike, share rare words and names.

The engine finds candidates by the article's most telling words and by its vector; what they share
with it in people, countries, organisations and topics, each weighed by how rare it is, orders them
as well. Of 60 articles whose lists were read, the same number being shown, 170 are right where
words and names alone had 155, and 117 are about the very same matter where they had 101.
"""

import math
from collections import Counter
from collections.abc import Iterable

from indexer.catalogue import Catalogue
from indexer.engines.base import Engine, Nearness, Search
from indexer.meaning.packing import Floats
from indexer.model import Record, Word
from indexer.query.ast import Any, Match
from indexer.schema import EXTRACTED
from indexer.search.expansion import expanded
from indexer.text import Analyzer
from indexer.text.normalize import normalize

_WORDS = 14  # of the article, to look for candidates
_CANDIDATES = 40
_IN_TITLE = 3  # how much more a word of the title tells
_ENOUGH = 1500  # letters of the body: news says first what it is about
#: See Nearness. Of pairs that were read, 21 to 33 % from .3 to .5 are right, and 54 to 88 % above.
_MEANING, _ALIKE, _CLEAR = 2.0, 0.5, 0.6
_NAMES = 0.2  # the share that names and topics have in the order, words have the rest
_LEAST = 0.2  # below this two articles share a word by chance


def similar(
    record: Record,
    engine: Engine,
    catalogue: Catalogue,
    analyzer: Analyzer,
    vector: Floats | None,
    size: int,
) -> list[Record]:
    """Up to ``size`` other articles, most similar first; none twice, and no copy of this one.

    ``vector`` says where the article stands by its meaning, if that is known.
    """
    articles = engine.find(Search(limit=0, facets=())).total
    words = _telling(record, articles, catalogue, analyzer)
    clause = expanded(Any(tuple(Match(word) for word in words)), catalogue)
    near = () if vector is None else (Nearness(vector, _MEANING, _ALIKE, _CLEAR),)
    search = Search(clause, limit=_CANDIDATES, facets=(), collapse=True, nearness=near)
    hits = engine.find(search).hits
    scores = {hit.id: hit.score for hit in hits}
    most = max(scores.values(), default=0.0) or 1.0
    weights = _weights(record, articles, catalogue)
    copies = {record.article.id, *engine.story(record.article.id)}
    others = [
        id for id in scores if id not in copies and (vector is None or _is_like(vector, id, engine))
    ]
    ranked = sorted(
        (
            (
                (1 - _NAMES) * scores[one.article.id] / most + _NAMES * _shared(one, weights),
                one.article.id,
                one,
            )
            for one in engine.records(others, mentions=False)
        ),
        key=lambda rated: (-rated[0], rated[1]),
    )
    titles = {normalize(record.article.title)}
    found = []
    for rating, _, one in ranked:
        title = normalize(one.article.title)
        if rating >= _LEAST and title not in titles:
            titles.add(title)
            found.append(one)
    return found[:size]


def _is_like(vector: Floats, id: str, engine: Engine) -> bool:
    """Whether an article means what one with this vector does, as far as that is known."""
    other = engine.vector(id, len(vector))
    return other is None or float(vector @ other) >= _ALIKE


def _telling(record: Record, articles: int, catalogue: Catalogue, analyzer: Analyzer) -> list[Word]:
    """The words that stand often here and in few other articles."""
    counts: Counter[str] = Counter()
    words: dict[str, Word] = {}
    for text, weight in ((record.article.title, _IN_TITLE), (record.article.body[:_ENOUGH], 1)):
        for token in analyzer.analyze(text):
            if not token.word.stop:
                words.setdefault(token.word.lemma, token.word)
                counts[token.word.lemma] += weight
    known = catalogue.known([word.exact for word in words.values()])

    def tells(lemma: str) -> float:
        return (1 + math.log(counts[lemma])) * _rarity(known.get(words[lemma].exact, 0), articles)

    return [words[lemma] for lemma in sorted(counts, key=lambda one: (-tells(one), one))[:_WORDS]]


def _weights(record: Record, articles: int, catalogue: Catalogue) -> dict[tuple[str, str], float]:
    """How much each value of the article tells, all of them together 1."""
    weights = {
        (facet, id): _rarity(name.articles, articles)
        for facet in EXTRACTED
        for id, name in catalogue.names(facet, record.values(facet)).items()
    }
    whole = sum(weights.values())
    return {value: weight / whole for value, weight in weights.items()} if whole else {}


def _shared(record: Record, weights: dict[tuple[str, str], float]) -> float:
    return sum(weights.get(value, 0.0) for value in _values(record))


def _values(record: Record) -> Iterable[tuple[str, str]]:
    return ((facet, id) for facet in EXTRACTED for id in record.values(facet))


def _rarity(holding: int, articles: int) -> float:
    """0 for what only this article holds or all do; else more the fewer there are."""
    return math.log(articles / holding) if 1 < holding < articles else 0.0
