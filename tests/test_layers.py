"""The rooms lean only on the rooms below them; this reads every import and checks.

Two levels: between the rooms of ``indexer`` and ``webui`` (docs/architecture.md has a paragraph for
each), and between the parts of the three large rooms, ``facets``, ``sources``, ``engines``.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.schema import EXTRACTED

ROOT = Path(__file__).parent.parent
LIBRARIES_OF_ENGINES = {"whoosh", "tantivy"}

#: Room → the other rooms that it may import, besides the floors.
ROOMS = {
    "errors": set(),
    "deadline": set(),
    "schema": set(),
    "model": {"schema"},
    "config": {"errors", "schema"},
    "text": set(),
    "meaning": {"text"},
    "sources": {"text"},
    "facets": {"text"},
    "query": {"text"},
    "storage": set(),
    "catalogue": {"storage.disk_errors", "text"},
    "entities": {"text", "facets", "catalogue"},
    "events": {"text", "facets", "catalogue"},
    "integrity": set(),
    "engines": {"integrity", "meaning.packing", "query.ast", "storage.disk_errors"},
    "index": {"engines", "catalogue", "integrity", "query.ast", "storage"},
    "indexing": {
        *("text", "sources", "facets", "events", "entities", "catalogue", "index", "meaning"),
        "storage.exclusive",
    },
    "alerts": {"search", "engines.base", "storage.whole_file"},
    "upkeep": {
        *("catalogue", "engines", "entities", "events", "index", "indexing", "integrity"),
        *("sources", "storage.exclusive"),
    },
    "search": {
        *("text", "meaning", "query", "catalogue", "entities", "events", "engines", "index"),
        "facets.ner.romanise",
    },
    "generate": {"text", "meaning", "sources", "facets", "search.english"},
    "webui": {
        "search",
        "query.ast",
        "text.tables",
        "facets.ner.romanise",
        "entities",
        "events.frames",
        "indexing.editing",
        "webui.api.schemas",
    },
    "webui.api.schemas": {"search", "catalogue", "sources", "indexing.report", "webui"},
    "webui.wsgi": {"search", "index", "indexing.editing", "webui"},
    "webui.serving": {"webui", "webui.wsgi"},
    "commands": {
        "text",
        "sources",
        "facets",
        "catalogue",
        "entities",
        "events",
        "index",
        "indexing",
        "integrity",
        "meaning",
        "search",
        "alerts",
        "storage.exclusive",
        "storage.whole_file",
        "upkeep",
        "webui",
        "webui.serving",
    },
}
GROUND = {"errors", "schema", "model", "config", "deadline"}
#: Within a large room: part → the parts of the same room that it may import.
WITHIN = {
    "facets": {
        "tables": set(),
        "gazetteer": {"tables"},
        "triggers": {"gazetteer"},
        "part": {"gazetteer"},
        "ner": {"gazetteer", "part", "tables"},
        "other_words": {"gazetteer", "ner", "part", "tables"},
        "bodies": {"gazetteer", "ner", "part", "tables"},
        "facet_reader": {"gazetteer", "ner", "part"},
        "topic_scores": {"gazetteer", "part"},
        **{
            facet: {"bodies", "facet_reader", "gazetteer", "ner", "other_words", "part", "tables"}
            for facet in EXTRACTED
        },
        "topics": {"facet_reader", "gazetteer", "part", "topic_scores"},
        "extractor": {"facet_reader", "gazetteer", "ner", "part", "triggers"},
    },
    "sources": {
        "": {"article", "cleaning", "files", "raw"},
        "limits": set(),
        "raw": set(),
        "tables": set(),
        "cleaning": {"limits", "raw", "tables"},
        "formats": {"cleaning", "limits", "raw", "tables"},
        "files": {"formats", "limits", "raw"},
        "article": {"cleaning", "formats", "limits", "raw", "tables"},
        "http_get": set(),
        "robots": {"http_get"},
        "fetch": {"formats", "http_get", "limits", "raw", "robots"},
        "watch": {"files", "raw"},
    },
    "engines": {
        "": {"base", "ranking"},
        "base": set(),
        "failures": set(),
        "ranking": set(),
        "record_json": set(),
        "columnar": {"base", "ranking", "record_json"},
        "whoosh": {"base", "columnar", "failures", "ranking", "record_json"},
        "tantivy": {"base", "columnar", "failures", "ranking", "record_json"},
    },
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("indexer", "webui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


MODULES = dict(modules())


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, as far as a name tells: «from a import b» is a.b if that is
    a module, else a."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for name in node.names:
                full = f"{node.module}.{name.name}"
                yield full if full in MODULES else str(node.module)


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def place(module: str) -> str:
    """A module's name below «indexer», or «webui…»."""
    return module.removeprefix("indexer").removeprefix(".")


def room_of(module: str) -> str:
    return max((room for room in ROOMS if inside(place(module), room)), key=len, default="")


def part_of(module: str, room: str) -> str:
    """The part of a large room that a module belongs to, «» for the room's own front."""
    return module.removeprefix(f"indexer.{room}").removeprefix(".").partition(".")[0]


every_module = pytest.mark.parametrize(
    ("module", "path"), [pytest.param(*one, id=one[0]) for one in MODULES.items()]
)


@every_module
def test_rooms_lean_on_the_rooms_below_them(module: str, path: Path) -> None:
    room = room_of(module)
    allowed = ROOMS.get(room, set()) | (GROUND if room not in GROUND else set())
    assert room or module == "indexer", f"{module} stands in no room; give it one in ROOMS"
    for name in imported(path):
        if not (inside(name, "indexer") or inside(name, "webui")) or room_of(name) == room:
            continue
        assert any(inside(place(name), one) for one in allowed), f"{module} imports {name}"


@every_module
def test_parts_of_a_room_lean_one_way(module: str, path: Path) -> None:
    room = room_of(module)
    if room not in WITHIN:
        return
    parts, own = WITHIN[room], part_of(module, room)
    assert own in parts or not own, f"{module} has no place in its room; give it one in WITHIN"
    for name in imported(path):
        if inside(name, f"indexer.{room}") and (part := part_of(name, room)) != own:
            assert part in parts.get(own, set()), f"{module} imports {name}"


@every_module
def test_only_its_adapter_knows_an_engines_library(module: str, path: Path) -> None:
    known = {name.split(".")[0] for name in imported(path)} & LIBRARIES_OF_ENGINES
    assert all(inside(module, f"indexer.engines.{library}") for library in known)


def test_the_core_knows_no_web() -> None:
    for module, path in MODULES.items():
        if inside(module, "indexer") and not inside(module, "indexer.commands"):
            assert not {name.split(".")[0] for name in imported(path)} & {"flask", "jinja2"}


def test_the_root_holds_six_files() -> None:
    files = {path.stem for path in (ROOT / "indexer").glob("*.py")} - {"__init__"}
    assert files <= {"model", "schema", "errors", "config", "deadline", "index"}


def test_no_module_name_stands_twice() -> None:
    """But for commands, which are named as they are typed."""
    names = [
        path.stem
        for module, path in MODULES.items()
        if inside(module, "indexer") and not inside(module, "indexer.commands")
    ]
    names = [name for name in names if name not in {"__init__", "__main__"}]
    assert not {name for name in names if names.count(name) > 1}


def test_no_public_class_name_stands_twice() -> None:
    names = [
        node.name
        for module, path in MODULES.items()
        if inside(module, "indexer")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert not {name for name in names if names.count(name) > 1}
