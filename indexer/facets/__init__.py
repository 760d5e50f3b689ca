"""Facets: from an article to the people, countries, organisations, topics in it."""

#: Raised when other facet values are found than before; see indexing.versions.
VERSION = 4
