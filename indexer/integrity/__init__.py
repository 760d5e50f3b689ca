"""Whether the bytes of an index are those that were written."""
