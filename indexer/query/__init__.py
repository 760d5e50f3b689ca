"""The query language: what a reader typed, as a tree of clauses and back as text.

    وزير الخارجية          all of these words, in any form
    "وزير الخارجية"        a phrase as printed; "…"~3 with up to three other words between
    سفير OR مبعوث          either («أو», | and || too); AND, && and brackets as usual
    +سفير                   this word must be there, as those around AND must
    -لبنان                 not this; NOT, ! and any other sign that looks like a minus, too
    سفير وليس مبعوث        the same, where it can be no sentence: see ``false_operators``
    وزار*  و*ارة  لودر?ان  words of this form
    لبنن~  =وزير            near spellings, this form only
    title:  person:  country:  org:  topic:  source:  date:2021-06..2021-07
    intitle:  allintitle:  site:  before:2021  after:2021-06-10

Words side by side must all match. AND binds more tightly than OR, and OR more tightly than words
side by side, as search engines on the web have it: «a b OR c» is «a (b OR c)». Arabic names of
fields, quotation marks, punctuation and digits do as well. Nothing typed is an error.
"""

from indexer.query.combine import has_words
from indexer.query.parser import Query, parse
from indexer.query.printer import write
from indexer.query.relaxation import graded, related, relaxations, words_of

__all__ = [
    "Query",
    "graded",
    "has_words",
    "parse",
    "related",
    "relaxations",
    "words_of",
    "write",
]
