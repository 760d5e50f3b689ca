"""The facet of weekdays: the days of the week that an article names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer.matcher import GazetteerEntry, longest, of_facet
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue, Mention

FACET = "weekdays"
#: What each value is called, in Arabic and in English.
NAMES = {
    "SAT": ("السبت", "Saturday"),
    "SUN": ("الأحد", "Sunday"),
    "MON": ("الاثنين", "Monday"),
    "TUE": ("الثلاثاء", "Tuesday"),
    "WED": ("الأربعاء", "Wednesday"),
    "THU": ("الخميس", "Thursday"),
    "FRI": ("الجمعة", "Friday"),
}


def facet(tools: FacetTools) -> FacetReader:
    """The reader of weekdays; the extractor asks the module of each facet for one."""
    return WeekdaysFacet()


class WeekdaysFacet(FacetReader):
    """Counts the days that are named."""

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        for id, (name, _) in NAMES.items():
            yield name, GazetteerEntry(FACET, id, "name")

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for part in parts:
            for match in longest(of_facet(part.matches.all, FACET)):
                mention = part.mention(match.start, match.end, "weekday")
                mentions[match.entries[0].id].append(mention)
        return tuple(
            FacetValue(id, *NAMES[id], score=float(len(of)), mentions=tuple(of))
            for id, of in sorted(mentions.items(), key=lambda item: (-len(item[1]), item[0]))
        )
