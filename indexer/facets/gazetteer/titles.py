"""What stands between a title and the name of the person who bears it.

«رئيس الوزراء البلجيكي، ألكسندر دي كرو», «السفير الكندي في بغداد، أولريك شانون»,
«مدير عام الشؤون الصحية بمنطقة جازان الدكتور أحمد السهلي»: adjectives, places and the subject of
an office may come first. ``tables/titles.tsv`` explains the classes of titles.
"""

from collections.abc import Iterator
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.tables import rows

FACET = "titles"


class Title(NamedTuple):
    """A title's class (office, head, honorific, royal) and role in English."""

    kind: str
    role: str


def read_titles() -> Iterator[tuple[str, Title]]:
    """Yield every form of every title."""
    for alternatives, kind, role in rows("titles.tsv"):
        for form in alternatives.split("|"):
            yield form, Title(kind, role)


def entries() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield the titles as phrases: the role as id, the class as kind."""
    for form, title in read_titles():
        yield form, GazetteerEntry(FACET, title.role, title.kind)
