"""The indexing run: raw pages in, commits out."""
