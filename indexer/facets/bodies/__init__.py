"""Bodies that no table knows by name, what they are called, and whose institutions are."""
