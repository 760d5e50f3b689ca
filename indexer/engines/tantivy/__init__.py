"""Tantivy behind the contract of an engine."""
