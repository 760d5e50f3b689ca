"""A correction of a profile as a page asks for it, and what the preview shows of it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from indexer.entities.corrections import Corrections, ProfileCorrection
from indexer.entities.effects import moved, read_anew, usual_name
from indexer.entities.profiles_file import Contradiction, check, cleaned
from indexer.indexing.editing import ProfileEditor
from indexer.model import Article
from indexer.schema import PEOPLE
from webui.language import Named

EXAMPLES = 5
#: More articles than are read anew while a reader would look on.
MANY = 300


class Side(NamedTuple):
    """A profile before or after a correction; ``name_en`` «» is still to be made."""

    id: str
    name: str
    name_en: str
    articles: int


class Preview(NamedTuple):
    """What corrections would change; all of ``new`` are of one kind and of one profile.

    ``moved`` articles tell of another profile afterwards, ``read`` articles are read anew.
    """

    new: Sequence[ProfileCorrection]
    before: Sequence[Side]
    after: Sequence[Side]
    moved: int
    read: int
    examples: Sequence[Article]
    contradicted: ProfileCorrection | None

    @property
    def takes_long(self) -> bool:
        """Whether a reader should be told to wait."""
        return self.read > MANY

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to confirm."""
        return not self.moved or list(self.before) == list(self.after)


def asked(
    values: MultiDict[str, str], editor: ProfileEditor, corrections: Corrections
) -> list[ProfileCorrection]:
    """The corrections that a form asks for, dated today; none where it asks for nothing whole."""
    kind, id, other = (cleaned(values.get(name, "")) for name in ("kind", "id", "other"))
    lines: list[tuple[str, ...]] = []
    match kind:
        case "merge":
            lines = [(kind, id, other)]
        case "rename":
            names = [cleaned(values.get(name, "")) for name in ("name", "latin")]
            lines = [(kind, id, *(names if names[1] else names[:1]))]
        case "hide":
            lines = [(kind, id)]
        case "split":
            new = other or _free(id, editor, corrections)
            whats = dict.fromkeys(cleaned(what) for what in values.getlist("what"))
            lines = [(kind, id, new, what) for what in whats]
    note = values.get("note", "")
    return [ProfileCorrection(line, dt.date.today(), note) for line in lines]


def preview(new: Sequence[ProfileCorrection], editor: ProfileEditor) -> Preview:
    """What corrections would change; raises ``ConfigError`` where they can't be made."""
    corrections = editor.corrections()
    contradicted = None
    try:
        check(new, corrections)
    except Contradiction as error:
        contradicted = error.other
    seen = moved(editor.catalogue, new, corrections)
    articles = {one.article for one in seen}
    before, after = _sides(new[0], editor, articles)
    renamed = new[0].fields[1] in corrections.names
    if (
        new[0].kind == "split"
        and after
        and seen
        and not editor.catalogue.name(PEOPLE, after[-1].id)
    ):
        after[-1] = after[-1]._replace(name=usual_name(seen, renamed=renamed), name_en="")
    return Preview(
        new,
        before,
        after,
        len(articles),
        read_anew(editor.catalogue, new),
        editor.articles([one.article for one in seen[:EXAMPLES]]),
        contradicted,
    )


def _sides(
    one: ProfileCorrection, editor: ProfileEditor, moving: set[str]
) -> tuple[list[Side], list[Side]]:
    id, held = one.fields[1], _articles(editor, one.fields[1])
    first = _side(editor, id, len(held))
    match one.fields:
        case ("merge", _, gone):
            both = len(held | moving)
            return [first, _side(editor, gone, len(moving))], [first._replace(articles=both)]
        case ("rename", _, name, *latin):
            return [first], [first._replace(name=name, name_en=latin[0] if latin else "")]
        case ("split", _, new, _):
            other = _articles(editor, new)
            before = [first, *([_side(editor, new, len(other))] if other else [])]
            rest = first._replace(articles=len(held - moving))
            target = _side(editor, new, len(other | moving))
            return before, [*([rest] if rest.articles else []), target]
    return [first], []


def _side(editor: ProfileEditor, id: str, articles: int) -> Side:
    name: Named | None = editor.catalogue.name(PEOPLE, id)
    return Side(id, name.name if name else id, name.name_en if name else "", articles)


def _articles(editor: ProfileEditor, id: str) -> set[str]:
    return {one.article for one in editor.catalogue.sightings(PEOPLE, id)}


def _free(id: str, editor: ProfileEditor, corrections: Corrections) -> str:
    """An id for somebody who is split off a profile."""
    taken = {one for entry in corrections.entries for one in entry.ids}
    number = 2
    while (free := f"{id}-{number}") in taken or editor.catalogue.name(PEOPLE, free):
        number += 1
    return free
