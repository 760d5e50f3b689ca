"""Where a person's name stands in an article, and what was found with it."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.part import AnnotatedPart
from indexer.model import Mention

#: The rule of a demonym that is a surname only if the article names its bearer in full.
BY_DEMONYM = "surname"
#: The rule of a name of which a street, a school or a prize is called: it is no person's here.
NOBODY = "named-after"


class NameMention(NamedTuple):
    """A name where it stands: words ``start`` to ``end`` of a part.

    ``words`` is the name's key without particles; ``title`` the class of the title before it,
    ``role`` the office as printed, ``known`` the id of a person of the table. ``single`` says how
    surely a name of one word means that person: «single», or «weak» if others bear it too.
    ``seen`` is how sure the model is that a person is named there, None where it was not asked.
    """

    part: AnnotatedPart
    start: int
    end: int
    words: tuple[str, ...]
    rule: str
    title: str = ""
    role: str = ""
    known: str = ""
    single: str = ""
    seen: float | None = None

    def offsets(self) -> Mention:
        """The mention as offsets into the text."""
        return self.part.mention(self.start, self.end, self.rule)

    def printed(self) -> str:
        """The name as printed, without the particles before it.

        «للكاظمي» is «الكاظمي»: after ل the article's alef is not written.
        """
        printed = self.part.printed(self.start, self.end)
        first = self.part.words[self.start]
        if first == self.words[0] or self.words[0].startswith(first):
            return printed
        for base, particles in possible_bases(first):
            if particles and self.words[0].startswith(base):
                if len(base) + len(particles) > len(first):
                    return "ال" + printed[len(particles) + 1 :]
                return printed[len(particles) :]
        return printed


def bare(words: Sequence[str], particles: str) -> list[str]:
    """The exact words of a name, the first without its particles."""
    if not particles:
        return list(words)
    first = next(base for base, taken in possible_bases(words[0]) if taken == particles)
    return [first, *words[1:]]
