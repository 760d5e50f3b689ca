"""Cleaning: which lines of a page are the story, and what the others tell about it."""
