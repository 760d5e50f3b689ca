"""Formats: how a file falls into pages, and what each format can say of a page."""
