"""Names as they are cited: a printed name without the particles that were written onto it."""

from indexer.facets.gazetteer import known_countries, known_organisations
from indexer.facets.gazetteer.known_people import KnownPeople
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.text.normalize import unmarked


class CitationForms:
    """The first words of all names of the tables: where one begins, no particle does."""

    def __init__(self, known: KnownPeople) -> None:
        phrases = (*known_countries.entries(), *known_organisations.entries(), *known.entries())
        self._first = {words[0] for phrase, _ in phrases if (words := split(phrase))}

    def bare(self, printed: str, name: str) -> str:
        """A printed mention of ``name`` without marks and particles: «للكاظمي» is «الكاظمي»."""
        plain = unmarked(printed)
        words = split(plain)
        if not words:
            return plain
        own = set(split(name))
        for base, particles in possible_bases(words[0]):
            if base in own or base in self._first:
                if not particles:
                    return plain
                # After ل the article's alef is not written.
                joined = particles.endswith("ل") and base.startswith("ال")
                return "ال" + plain[len(particles) + 1 :] if joined else plain[len(particles) :]
        return plain
