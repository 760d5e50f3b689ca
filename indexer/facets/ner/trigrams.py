"""How much a word looks like a name, by its letters alone.

Words that no table holds are foreign names or rare forms of ordinary words. Their triples of
letters tell: «جسو» and «سون» of «فيرجسون» are those of names, «است» and «لها» of «استقبالها»
are not.
"""

from functools import cache

from indexer.facets.tables import rows

#: Marks of a word's two ends in the table.
START, END = "^^", "$"


def triples(word: str) -> list[str]:
    """The triples of letters of a word on the exact layer, without its article.

    >>> triples("الصدر")
    ['^^ص', '^صد', 'صدر', 'در$']
    """
    bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
    padded = START + bare + END
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


class TrigramModel:
    """The evidence of triples, ten times the logarithm of the odds that a word is a name."""

    def __init__(self) -> None:
        self._odds = {triple: int(odds) for triple, odds in rows("letters.tsv")}

    def score(self, word: str) -> float:
        """The mean evidence of a word's triples: above 5 a name, below -5 an ordinary word."""
        of_word = triples(word)
        return sum(self._odds.get(triple, 0) for triple in of_word) / len(of_word)


@cache
def default_trigrams() -> TrigramModel:
    """The table, read once."""
    return TrigramModel()
