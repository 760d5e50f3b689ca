"""What keeps an index over the years: a backup, and what to do where the disk has damaged it."""
