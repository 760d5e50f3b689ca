"""Names of people: where they stand, how far they reach, which of them are one person."""
