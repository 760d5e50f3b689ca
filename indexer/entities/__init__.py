"""Entities: one profile of a person over all articles, and what people correct about it."""
