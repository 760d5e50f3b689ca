"""What a correction of a profile changes, before it is made: read off the catalogue."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from indexer.catalogue import Catalogue, Sighting
from indexer.entities.corrections import Corrections, ProfileCorrection, Split
from indexer.entities.resolution import HIDDEN, most_used
from indexer.schema import PEOPLE
from indexer.text.normalize import normalize


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


def names_in_full(
    seen: Collection[Sighting], limit: int, *, renamed: bool
) -> list[tuple[str, int]]:
    """The names by which articles call a profile, most frequent first.

    With each how many articles «name=…» would split off, which takes longer names along; what would
    take all along is left out. Of a profile that a correction ``renamed`` the full names are not
    known, only what is printed.
    """
    names = Counter(one.texts[1:] if renamed else one.texts[:1] for one in seen)
    return _telling_apart("name", names, limit)


def offices(seen: Collection[Sighting], limit: int) -> list[tuple[str, int]]:
    """The offices of a profile, likewise, for «role=…»."""
    return _telling_apart("role", Counter(one.roles for one in seen), limit)


def usual_name(seen: Iterable[Sighting], *, renamed: bool) -> str:
    """How those are called who leave a profile, as most of their articles do."""
    texts = (one.texts[1:2] if renamed else one.texts[:1] for one in seen)
    return most_used(Counter(text for first in texts for text in first) or {"": 0})


def _articles_with(catalogue: Catalogue, country: str) -> set[str]:
    return {seen.article for seen in catalogue.sightings("countries", country)}


def _telling_apart(kind: str, held: Counter[tuple[str, ...]], limit: int) -> list[tuple[str, int]]:
    """``held`` is how many articles hold each group of texts."""
    usual: Counter[str] = Counter()
    for texts, articles in held.items():
        usual.update(dict.fromkeys(texts, articles))
    found: dict[str, tuple[str, int]] = {}
    for text, _ in usual.most_common():
        if (folded := normalize(text)) not in found:
            split = Split("", kind, text)
            articles = sum(n for texts, n in held.items() if split.stands_in(texts))
            if articles < held.total():
                found[folded] = (text, articles)
        if len(found) == limit:
            break
    return list(found.values())
