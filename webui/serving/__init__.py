"""The site as processes: a supervisor, its workers, and the limits of what clients may take."""
