"""Vectors of words and articles: what they mean, as places beside which their likes stand."""

#: Raised by hand when an article gets another vector than before; the table's hash counts as well.
VERSION = 1
