"""Queries of one to three words whose answer is known: key phrases, and the article of each.

Made from an index of a news archive, the same at every run: the phrases that an article says twice
or more and the archive rarely. Few of them are in one article alone, so they are looked for among
some of the articles only.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log, sqrt

from indexer.index import Index
from indexer.model import Token
from indexer.text import default_analyzer

AMONG, READ, QUERIES = 2500, 700, 600
LONGEST = 3
ENOUGH = 150  # words of an article that phrases are taken from

KnownItems = dict[str, tuple[str, Mapping[str, int]]]  # id → text, grades


def known_items(index: Index) -> tuple[KnownItems, frozenset[str]]:
    """The queries, and the articles that they are looked for among."""
    ids = sorted(index.engine.ids())
    random.Random(7).shuffle(ids)
    items: KnownItems = {}
    for record in index.engine.records(ids[:READ], mentions=False):
        for phrase in phrases(index, record.article.body):
            items[f"k{len(items)}"] = (phrase, {record.article.id: 1})
    return dict(list(items.items())[:QUERIES]), frozenset(ids[:AMONG])


def phrases(index: Index, body: str) -> Iterator[str]:
    """The two best key phrases of an article, and the next of several words."""
    tokens = default_analyzer().analyze(body)
    if len(tokens) < ENOUGH:
        return
    counts: Counter[tuple[str, ...]] = Counter()
    printed: dict[tuple[str, ...], list[Token]] = {}
    for run in runs(tokens, body):
        lemmas = tuple(token.word.lemma for token in run)
        counts[lemmas] += 1
        printed.setdefault(lemmas, run)
    repeated = {lemmas: count for lemmas, count in counts.items() if count > 1}
    forms = {token.word.exact for lemmas in repeated for token in printed[lemmas]}
    known = index.catalogue.known(forms)
    articles = len(index.engine.ids())

    def weight(lemmas: tuple[str, ...]) -> float:
        rarity = sum(
            log(articles / (1 + known.get(token.word.exact, 0))) for token in printed[lemmas]
        )
        return counts[lemmas] * rarity / sqrt(len(lemmas))

    best = sorted(repeated, key=weight, reverse=True)[:8]
    for lemmas in best[:2] + [one for one in best[2:] if len(one) > 1][:1]:
        run = printed[lemmas]
        yield body[run[0].start : run[-1].end]


def runs(tokens: list[Token], body: str) -> Iterator[list[Token]]:
    """Words that count and stand side by side, with nothing but a space between."""
    for length in range(1, LONGEST + 1):
        for start in range(len(tokens) - length + 1):
            run = tokens[start : start + length]
            if all(map(telling, run)) and (
                body[run[0].start : run[-1].end].count(" ") == length - 1
            ):
                yield run


def telling(token: Token) -> bool:
    word = token.word
    return not word.stop and len(word.exact) > 2 and not word.exact.isdigit()
