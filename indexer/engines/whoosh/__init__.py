"""Whoosh behind the contract of an engine."""
