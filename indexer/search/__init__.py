"""A request in, a page out: what web and shell ask of an index."""
