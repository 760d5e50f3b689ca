"""The people of an index, and the corrections that «rasad people» writes into its file."""

from collections.abc import Iterator
from pathlib import Path

from indexer.catalogue import Catalogue, Name
from indexer.entities.corrections import FILE, Corrections
from indexer.errors import RasadError
from indexer.text.phonetics import sounds

PEOPLE = "people"
_HEADER = "# Corrections of profiles, written by «rasad people» or by hand; see the README.\n"


def corrections_file(folder: Path, named: Path | None) -> Path:
    """The file of corrections: the one that is named, else the one in the index's folder."""
    return named or folder / FILE


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file, none where there is no file."""
    return Corrections.read(path) if path.exists() else Corrections()


def add_correction(path: Path, *fields: str) -> Corrections:
    """Write one more line into a file of corrections; returns all that it holds then.

    The file stays as it is when the line is none that can stand there.
    """
    before = path.read_text("utf-8-sig") if path.exists() else _HEADER
    text = before + ("" if before.endswith("\n") else "\n") + "\t".join(fields) + "\n"
    corrections = Corrections.parse(text, str(path))
    new = path.with_name(path.name + ".new")
    new.write_text(text, "utf-8")
    new.replace(path)
    return corrections


def matching(catalogue: Catalogue, text: str, limit: int) -> list[Name]:
    """People by id, by words of a name, or by its sound in the other script; best first."""
    exact = catalogue.name(PEOPLE, text)
    names = [exact] if exact else []
    names += catalogue.named(PEOPLE, text, limit)
    if not names:
        names += catalogue.sounding(sounds(text), limit)
    return list(dict.fromkeys(names))[:limit]


def known(catalogue: Catalogue, id: str) -> Name:
    """The person with an id; raises ``RasadError`` that says who may be meant."""
    name = catalogue.name(PEOPLE, id)
    if name is None:
        others = ", ".join(_told(matching(catalogue, id, 3)))
        hint = f"; did you mean {others}?" if others else "; see «rasad people find»."
        raise RasadError(f"No person has the id {id!r}{hint}")
    return name


def _told(names: list[Name]) -> Iterator[str]:
    for name in names:
        yield f"{name.id} ({name.name})"
