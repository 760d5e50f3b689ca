"""What a correction of a profile changes, before it is made: read off the catalogue."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.catalogue import Catalogue, Sighting
from indexer.entities.corrections import Corrections, ProfileCorrection, Split
from indexer.entities.resolution import HIDDEN, PEOPLE


def moved(
    catalogue: Catalogue, new: Sequence[ProfileCorrection], before: Corrections
) -> tuple[Sighting, ...]:
    """The mentions that belong to another profile afterwards, or to one of another name.

    Newest first, undated ones last. All of ``new`` are of one kind and of one profile.
    """
    first = new[0]
    id = first.fields[2] if first.kind == "merge" else first.fields[1]
    seen = catalogue.sightings(PEOPLE, id)
    if first.kind == "split":
        gone: set[Sighting] = set()
        for split in map(Split.of, new):
            named = _articles_with(catalogue, split.text.upper()) if split.kind == "country" else ()
            renamed = id in before.names
            gone.update(s for s in seen if split.was_seen(s, frozenset(named), renamed=renamed))
        seen = list(gone)
    return tuple(sorted(seen, key=lambda one: (one.date, one.article), reverse=True))


def read_anew(catalogue: Catalogue, corrections: Iterable[ProfileCorrection]) -> int:
    """How many articles are read anew when corrections are written or taken back."""
    ids = {id for one in corrections for id in one.ids}
    return len(
        {
            seen.article
            for facet in (PEOPLE, HIDDEN)
            for id in ids
            for seen in catalogue.sightings(facet, id)
        }
    )


def spellings(seen: Iterable[Sighting], limit: int) -> list[str]:
    """The names in full by which articles call a profile, most frequent first."""
    counted = Counter(one.texts[0] for one in seen if one.texts)
    return [text for text, _ in counted.most_common(limit)]


def _articles_with(catalogue: Catalogue, country: str) -> set[str]:
    return {seen.article for seen in catalogue.sightings("countries", country)}
