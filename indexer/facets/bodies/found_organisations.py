"""The organisations of an article while it is read."""

from collections import defaultdict
from dataclasses import dataclass, field

from indexer.facets.bodies.body_names import body_id, body_names
from indexer.facets.gazetteer.known_organisations import OrganisationNames
from indexer.facets.gazetteer.matcher import PhraseMatch
from indexer.facets.part import AnnotatedPart
from indexer.model import Mention

#: The rule of an organisation that is made of an institution and a country.
BY_PATTERN = "organisation-pattern"


@dataclass(slots=True)
class FoundOrganisations:
    """What is found in an article, by id: certain mentions, doubtful ones, names as printed.

    ``national`` are institutions with a country, ``bare`` those without one.
    """

    mentions: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    doubtful: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, OrganisationNames] = field(default_factory=dict)
    national: set[str] = field(default_factory=set)
    bare: list[tuple[str, Mention]] = field(default_factory=list)

    def add_national(self, part: AnnotatedPart, known: str, id: str, start: int, end: int) -> None:
        """Add an institution with its country; the tables may have another id for it."""
        self.national.add(id)
        self.mentions[known].append(part.mention(start, end, BY_PATTERN))

    def add_body(self, part: AnnotatedPart, body: PhraseMatch) -> None:
        """Add a body that no table knows."""
        id = body_id(part, body)
        printed = body_names(part, body)
        if len(printed.name) > len(self.names.get(id, printed)[0]) or id not in self.names:
            self.names[id] = printed
        self.mentions[id].append(part.mention(body.start, body.end, "organisation-body"))

    def join_shorter(self) -> None:
        """Give the mentions of a shorter name to the longer: «هيئة السياحة» to all of its name."""
        longer: dict[str, list[str]] = defaultdict(list)
        for id in self.names:
            for at, letter in enumerate(id):
                if letter == "-":
                    longer[id[:at]].append(id)
        for id in sorted(self.names.keys() & longer.keys(), key=len):
            if len(longer[id]) == 1:
                self.mentions[longer[id][0]] += self.mentions.pop(id)
