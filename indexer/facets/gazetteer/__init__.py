"""Gazetteers: what is known before an article is read, and the one pass that finds it."""
