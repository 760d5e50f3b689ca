"""The pages, a blueprint a subject."""
