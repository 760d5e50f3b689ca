"""How much each kind of evidence counts; the same numbers in every engine.

An article's score is the sum over the query's words of three BM25 scores, one for each layer, over
title and body together, and once more over the title alone.
"""

from typing import NamedTuple


class Ranking(NamedTuple):
    """The weights; chosen by measurement, see docs/quality.md."""

    exact: float = 0.5
    stem: float = 1.0
    lemma: float = 1.0
    root: float = 1.0  # only where a query asks for related words
    whole: float = 2.5  # a phrase, or a word in this form only: what a loose word reaches at most
    title: float = 0.5  # times the weights above, for a match in the title
    k1: float = 1.2
    b: float = 0.75


RANKING = Ranking()
