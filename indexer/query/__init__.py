"""The query language: what a reader typed, as a tree of clauses and back as text.

    وزير الخارجية          all of these words, in any form
    "وزير الخارجية"        a phrase as printed; "…"~3 with up to three other words between
    سفير OR مبعوث          either («أو» too); AND and brackets as usual
    -لبنان                 not this (NOT too)
    وزار*  لبنن~  =وزير      words that begin so, near spellings, this form only
    title:  person:  country:  org:  topic:  source:  date:2021-06..2021-07

Words side by side must all match. AND binds more tightly than OR, and OR more tightly than words
side by side, as search engines on the web have it: «a b OR c» is «a (b OR c)». Arabic names of
fields, quotation marks, punctuation and digits do as well. Nothing typed is an error.
"""

from indexer.query.building import has_words
from indexer.query.parsing import Query, parse
from indexer.query.relaxing import any_word, related, relaxations
from indexer.query.writing import write

__all__ = ["Query", "any_word", "has_words", "parse", "related", "relaxations", "write"]
