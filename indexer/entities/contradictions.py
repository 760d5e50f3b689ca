"""Corrections of profiles that can't hold beside each other.

A second «rename» of a profile is none of them: the later one counts. Nor is it one to hide what
was split off.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from indexer.entities.corrections import ProfileCorrection


def contradicted(
    new: ProfileCorrection, others: Iterable[ProfileCorrection]
) -> ProfileCorrection | None:
    """The first of other corrections that can't hold beside a new one."""
    entries = list(others)
    for other in entries:
        if _clash(new, other) or _clash(other, new):
            return other
    return _circle(new, entries)


def contradictions(
    entries: Iterable[ProfileCorrection],
) -> Iterator[tuple[ProfileCorrection, ProfileCorrection]]:
    """The corrections that can't hold beside an earlier one, each with the first such."""
    met: dict[str, list[ProfileCorrection]] = defaultdict(list)
    for entry in entries:
        earlier = [other for id in entry.ids for other in met[id]]
        if other := contradicted(entry, earlier):
            yield entry, other
        for id in entry.ids:
            met[id].append(entry)


def _clash(one: ProfileCorrection, other: ProfileCorrection) -> bool:
    match one.fields, other.fields:
        case ("merge", kept, gone), ("merge", other_kept, other_gone):
            return gone == other_gone and kept != other_kept
        case ("merge", kept, gone), ("hide", id):
            return id in (kept, gone)
        case ("merge", kept, gone), ("split", id, new, _):
            return {kept, gone} == {id, new}
        case ("hide", id), ("rename", named, *_):
            return id == named
        case ("split", id, new, what), ("split", other_id, other_new, other_what):
            return (id, what) == (other_id, other_what) and new != other_new
    return False


def _circle(
    new: ProfileCorrection, others: Iterable[ProfileCorrection]
) -> ProfileCorrection | None:
    """The correction that merges what a new one would keep into what it would let go."""
    if new.kind != "merge":
        return None
    merges = {other.fields[2]: other for other in others if other.kind == "merge"}
    _, kept, gone = new.fields
    first, met = merges.get(kept), {kept}
    while kept in merges and (kept := merges[kept].fields[1]) not in met:
        if kept == gone:
            return first
        met.add(kept)
    return None
