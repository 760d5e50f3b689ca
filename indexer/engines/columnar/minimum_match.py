"""How much of a query an article holds, as numpy arrays: the «minimum should match» of ``Most``.

Words count by how rare they are, so an article that lacks «وزير» holds more of «وزير خارجية
ليتوانيا» than one that lacks «ليتوانيا». How much is enough depends on how many articles there are
that hold more: a long question is answered although nobody prints all of its words.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.engines.columnar.columns import Mask
from indexer.engines.ranking import Ranking

_ROUNDING = 1e-9


def rarity(holding: NDArray[np.int64] | int, articles: int) -> NDArray[np.float64]:
    """The inverse document frequency, as Lucene's BM25 has it: never negative."""
    held = np.minimum(holding, articles)  # replaced articles may be counted, too
    weights: NDArray[np.float64] = np.log1p((articles - held + 0.5) / (held + 0.5))
    return weights


def full(held: NDArray[np.bool_]) -> Mask:
    """Which articles all clauses match."""
    matches: Mask = np.logical_and.reduce(held, axis=0)
    return matches


def covering(held: NDArray[np.bool_], alive: Mask, ranking: Ranking) -> Mask:
    """Which of the living articles hold enough; ``held`` is a mask of articles for each clause.

    A clause that no article matches asks for nothing: it is everybody's lack alike.
    """
    counts = np.count_nonzero(held & alive, axis=1)
    weights = np.where(counts > 0, rarity(counts, int(np.count_nonzero(alive))), 0.0)
    share = np.where(alive, weights @ held, 0.0) / max(float(weights.sum()), _ROUNDING)
    for floor in ranking.floors:
        found: Mask = share >= floor - _ROUNDING
        if np.count_nonzero(found) >= ranking.enough:
            return found
    some: Mask = share > 0
    return some
