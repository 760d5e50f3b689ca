"""The known phrases of a title or body, sorted by what they are to a reader of names."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from indexer.facets.gazetteer.matcher import GazetteerEntry, PhraseMatch, longest

_TITLES = frozenset({"titles"})
_PEOPLE = frozenset({"people"})
_FULL, _SINGLE = frozenset({"full"}), frozenset({"single", "weak"})
#: What is named by these is no person.
_THINGS = frozenset({"countries", "organisations", "places"})


@dataclass(frozen=True, slots=True)
class PartMatches:
    """The known phrases of a part: ``all`` of them, and by their first word the longest at each.

    ``things`` are countries, places and organisations; ``of_things`` are the words of their names,
    ``within`` those behind the first one.
    """

    all: Sequence[PhraseMatch] = ()
    titles: Mapping[int, PhraseMatch] = field(default_factory=dict)
    people: Mapping[int, PhraseMatch] = field(default_factory=dict)
    singles: Mapping[int, PhraseMatch] = field(default_factory=dict)
    things: Mapping[int, PhraseMatch] = field(default_factory=dict)
    of_things: Set[int] = frozenset()
    within: Set[int] = frozenset()

    def end_of(self, at: int) -> int:
        """Where the phrase around a word of ``within`` ends."""
        return next(match.end for match in self.things.values() if match.start < at < match.end)

    @classmethod
    def of(cls, matches: Sequence[PhraseMatch]) -> "PartMatches":
        """Sort the phrases found in a part by what they name."""
        things = _by_start(matches, _THINGS)
        of_things = {at for match in things.values() for at in range(match.start, match.end)}
        within = of_things - things.keys()
        # «جنرال» in «جنرال موتورز» is no title.
        free = [match for match in matches if match.start not in within]
        return cls(
            all=matches,
            titles={
                at: title
                for at, title in _by_start(free, _TITLES).items()
                if at not in things or things[at].end <= title.end
            },
            people=_by_start(free, _PEOPLE, _FULL),
            singles=_by_start(free, _PEOPLE, _SINGLE),
            things=things,
            of_things=of_things,
            within=within,
        )


def _by_start(
    matches: Sequence[PhraseMatch], facets: frozenset[str], kinds: frozenset[str] = frozenset()
) -> dict[int, PhraseMatch]:
    """The longest phrases with meanings of these facets and kinds, by their first word."""
    own = []
    for match in matches:
        entries = _some(match.entries, facets, kinds)
        if entries:
            own.append(
                match
                if len(entries) == len(match.entries)
                else PhraseMatch(match.start, match.end, match.particles, entries)
            )
    return {match.start: match for match in longest(own)}


@cache
def _some(
    entries: tuple[GazetteerEntry, ...], facets: frozenset[str], kinds: frozenset[str]
) -> tuple[GazetteerEntry, ...]:
    """The meanings of these facets and kinds (none given: any)."""
    return tuple(
        entry for entry in entries if entry.facet in facets and (not kinds or entry.kind in kinds)
    )
