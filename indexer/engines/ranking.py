"""How much each kind of evidence counts; the same numbers in every engine.

An article's score is the sum over the query's words of the BM25 scores of their layers, over title
and body together and once more over the title alone; and of what each word that it holds at all
brings, so that an article with many of the words passes one that repeats a few. The weights are
the best of the mixtures that ``benchmarks/quality/ranking.py`` tries on judged queries,
cross-validated; figures in docs/quality.md.
"""

from typing import NamedTuple

from indexer.schema import MODEL

_FEW = 0.5  # of the words of a query


class Likeness(NamedTuple):
    """How much likeness of meaning counts, as far as the vectors of one encoder tell it."""

    #: How often it counts beside the score by words, the best of either being 1, in queries of
    #: one, two, … and more words: few words don't say what they mean.
    weights: tuple[float, ...]
    #: The same in queries in Latin letters: where most words are known names and terms, for which
    #: Arabic ones are searched, and where most are not, so that words find little.
    weights_known: tuple[float, ...]
    weights_unknown: tuple[float, ...]
    #: The likeness of an article that is surely about what was asked.
    clear: float
    #: How like an article must be to be found by meaning alone, in queries of one, two, …: what
    #: a reader judged right of those so like, see docs/quality.md.
    floors: tuple[float, ...]
    #: The same in queries in Latin letters. Vectors of two languages lie further apart: where the
    #: words are read as they stand, less is enough.
    floor_known: float
    floor_unknown: float

    def weight(self, words: int, unknown: float | None) -> float:
        """The weight of likeness in a query of so many words.

        ``unknown`` is the share of its words that are no known names or terms; None in Arabic.
        """
        if unknown is None:
            return _of(self.weights, words)
        return _of(self.weights_unknown if unknown > _FEW else self.weights_known, words)

    def floor(self, words: int, unknown: float | None) -> float:
        """The least likeness of what is found by meaning alone, as for ``weight``."""
        if unknown is None:
            return _of(self.floors, words)
        return self.floor_unknown if unknown > _FEW else self.floor_known


class Ranking(NamedTuple):
    """The weights."""

    exact: float = 0.5
    stem: float = 0.5
    lemma: float = 0.5
    #: Words of the same root, in queries of one, two, three, four and more words: the more others
    #: there are, the less a related word leads astray. Where only related words are left to ask
    #: for, the last.
    roots: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0)
    whole: float = 1.5  # a phrase, or a word in this form only: what a loose word reaches at most
    variant: float = 2 / 3  # times the one above: another spelling counts as another form does
    title: float = 0.25  # times the weights above, for a match in the title
    #: Times its rarity, for each word of which a word of the same root stands there at all, and for
    #: each name that does.
    kin: float = 1.0
    #: Times the rarity of all words together, for an article that holds all of them, in queries of
    #: one, two, three, four and more words: two are asked for together, of ten some are spare.
    full: tuple[float, ...] = (0.0, 1.0, 0.5, 0.2, 0.0)
    row: float = 1.0  # the whole query as typed, one word behind the other
    k1: float = 1.2
    b: float = 0.75
    #: How much of a query, by rarity, an article must hold to be listed, and how many articles
    #: must hold so much; else the next floor is tried.
    floors: tuple[float, ...] = (0.5, 0.4, 0.3, 0.2, 0.1)
    enough: int = 200
    #: Of meaning, by the table of words, and what the whole model adds to it. Chosen on 68 Arabic,
    #: 68 English and 32 French queries and held against arcd and headlines, where heavier weights
    #: lose; on queries left out, nDCG@10 is up to .01 below that of the docs. Only four of the
    #: queries have one or two words, so what stands for these is careful.
    by_words: Likeness = Likeness(
        weights=(0.0, 0.1, 0.2, 0.3, 0.3, 0.25),
        weights_known=(0.0, 0.1, 0.8),
        weights_unknown=(0.0, 0.3, 1.3),
        clear=0.3,
        floors=(0.5, 0.5, 0.45),
        floor_known=0.45,
        floor_unknown=0.35,
    )
    by_model: Likeness = Likeness(
        weights=(0.0, 0.2, 0.4, 0.6),
        weights_known=(0.0, 0.3, 1.0),
        weights_unknown=(0.0, 1.0, 3.0),
        clear=0.45,
        floors=(0.5,),
        floor_known=0.45,
        floor_unknown=0.45,
    )

    def root(self, words: int) -> float:
        """The weight of related words in a query of so many words."""
        return _of(self.roots, words)

    def likeness(self, meaning: str) -> Likeness:
        """What counts where vectors are made so, by one of ``MEANINGS``."""
        return self.by_model if meaning == MODEL else self.by_words

    def all_words(self, words: int) -> float:
        """The weight of holding all of a query of so many words."""
        return _of(self.full, words)


def _of(weights: tuple[float, ...], words: int) -> float:
    return weights[min(max(words, 1), len(weights)) - 1]


RANKING = Ranking()
