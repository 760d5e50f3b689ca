"""Where a person's name stands in an article, and what was found with it."""

from typing import NamedTuple

from indexer.facets.gazetteer.matcher import readings
from indexer.facets.part import Part
from indexer.model import Mention

#: The rule of a demonym that is a surname only if the article names its bearer in full.
BY_DEMONYM = "surname"


class Spot(NamedTuple):
    """A name where it stands: words ``start`` to ``end`` of a part.

    ``words`` is the name's key without particles; ``title`` the class of the title before it,
    ``role`` the office as printed, ``known`` the id of a person of the table. ``single`` says how
    surely a name of one word means that person: «single», or «weak» if others bear it too.
    """

    part: Part
    start: int
    end: int
    words: tuple[str, ...]
    rule: str
    title: str = ""
    role: str = ""
    known: str = ""
    single: str = ""

    def mention(self) -> Mention:
        """The spot as offsets into the text."""
        first, last = self.part.tokens[self.start], self.part.tokens[self.end - 1]
        return Mention(self.part.name, first.start, last.end, self.rule)

    def printed(self) -> str:
        """The name as printed, without the particles before it.

        «للكاظمي» is «الكاظمي»: after ل the article's alef is not written.
        """
        printed = self.part.printed(self.start, self.end)
        first = self.part.words[self.start]
        if first == self.words[0] or self.words[0].startswith(first):
            return printed
        for base, particles in readings(first):
            if particles and self.words[0].startswith(base):
                if len(base) + len(particles) > len(first):
                    return "ال" + printed[len(particles) + 1 :]
                return printed[len(particles) :]
        return printed


def bare(words: list[str], particles: str) -> list[str]:
    """The exact words of a name, the first without its particles."""
    if particles:
        words[0] = next(base for base, taken in readings(words[0]) if taken == particles)
    return words
