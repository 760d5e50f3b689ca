"""How much each kind of evidence counts; the same numbers in every engine.

An article's score is the sum over the query's words of the BM25 scores of their layers, over title
and body together and once more over the title alone. The weights are the best of 180 mixtures on
two sets of judged queries, cross-validated: ``benchmarks/ranking.py``, figures in docs/quality.md.
That words stand near each other was measured, too, and changed too little to pay for itself.
"""

from typing import NamedTuple


class Ranking(NamedTuple):
    """The weights."""

    exact: float = 0.5
    stem: float = 0.5
    lemma: float = 0.5
    root: float = 2.0  # only where a query asks for related words
    whole: float = 1.5  # a phrase, or a word in this form only: what a loose word reaches at most
    variant: float = 2 / 3  # times the one above: another spelling counts as another form does
    title: float = 0.5  # times the weights above, for a match in the title
    k1: float = 1.2
    b: float = 0.75


RANKING = Ranking()
