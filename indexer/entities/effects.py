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


def names_in_full(seen: Iterable[Sighting], limit: int, *, renamed: bool) -> list[tuple[str, int]]:
    """The names by which articles call a profile, most frequent first.

    With each how many articles «name=…» would split off, which takes longer names along. Of a
    profile that a correction ``renamed`` the full names are not known, only what is printed.
    """
    names = Counter(one.texts[1:] if renamed else one.texts[:1] for one in seen)
    return _with_articles("name", names, limit)


def offices(seen: Iterable[Sighting], limit: int) -> list[tuple[str, int]]:
    """The offices of a profile, most frequent first, with what «role=…» would split off."""
    return _with_articles("role", Counter(one.roles for one in seen), limit)


def _articles_with(catalogue: Catalogue, country: str) -> set[str]:
    return {seen.article for seen in catalogue.sightings("countries", country)}


def _with_articles(kind: str, held: Counter[tuple[str, ...]], limit: int) -> list[tuple[str, int]]:
    """``held`` is how many articles hold each group of texts."""
    usual: Counter[str] = Counter()
    for texts, articles in held.items():
        usual.update(dict.fromkeys(texts, articles))
    splits = [Split("", kind, text) for text, _ in usual.most_common(limit)]
    return [
        (split.text, sum(n for texts, n in held.items() if split.stands_in(texts)))
        for split in splits
    ]
