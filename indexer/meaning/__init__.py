"""Vectors of words and articles: what they mean, as places beside which their likes stand."""

#: Raised when an article gets another vector than before; see indexing.versions.
VERSION = 3
