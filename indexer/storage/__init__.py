"""The folder of an index on the disk: who may write there, and what takes its place."""
