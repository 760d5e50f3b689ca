"""Corrections of profiles in the words of the page."""

from indexer.entities.corrections import ProfileCorrection, Split
from indexer.schema import PEOPLE
from webui import language
from webui.language import translated as _
from webui.service import service


def correction_kind(kind: str) -> str:
    """The heading of a kind of correction."""
    match kind:
        case "merge":
            return _("Same person")
        case "split":
            return _("Two people in one")
        case "rename":
            return _("Other name")
    return _("Not a person")


def correction_lines(one: ProfileCorrection) -> list[tuple[str, str]]:
    """What a correction says, in pairs: of what, and what of it."""
    match one.fields:
        case ("merge", kept, gone):
            return [(_("Profile"), _person(kept)), (_("is also"), _person(gone))]
        case ("rename", id, *names):
            return [(_("Profile"), _person(id, by_id=True)), (_("Name"), " · ".join(names))]
        case ("split", id, new, _what):
            ids = [(_("Profile"), _person(id)), (_("goes apart as"), _person(new))]
            return [*ids, (_("where"), what_told(one))]
    return [(_("Profile"), _person(one.fields[1]))]


def what_told(one: ProfileCorrection) -> str:
    """By what a correction tells mentions apart; only one of the kind «split» does."""
    split = Split.of(one)
    match split.kind:
        case "article":
            return _("the article is %(text)s", text=split.text)
        case "role":
            return _("the office holds “%(text)s”", text=split.text)
        case "country":
            names = service().labels("countries", split.text.upper())
            name = language.name_of(names, split.text, language.current())
            return _("the article names %(text)s", text=name)
    return _("the name holds “%(text)s”", text=split.text)


def _person(id: str, *, by_id: bool = False) -> str:
    """A profile's name with its id, which alone is left of one that is gone."""
    name = language.name_of(service().labels(PEOPLE, id), id, language.current())
    return id if by_id or name == id else f"{name} ({id})"
