"""Facets: from an article to the people, countries, organisations, topics in it."""
