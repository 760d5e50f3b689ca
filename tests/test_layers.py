"""The parts may lean only on the parts before them; this reads every import and checks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VALUES = {"indexer.model", "indexer.errors", "indexer.clauses"}
LIBRARIES_OF_ENGINES = {"whoosh", "tantivy"}

#: Module or package → what of Rasad it may import. A package's own modules may import each other.
MAY_IMPORT = {
    "indexer.model": set(),
    "indexer.errors": set(),
    "indexer.clauses": {"indexer.model"},
    "indexer.config": {"indexer.errors", "indexer.model"},
    "indexer.cameltools": {"indexer.errors"},
    "indexer.record": {"indexer.model"},
    "indexer.sources": VALUES | {"indexer.text"},
    "indexer.text": VALUES | {"indexer.cameltools"},
    "indexer.facets": VALUES | {"indexer.cameltools", "indexer.text"},
    "indexer.engines": VALUES | {"indexer.record"},
    "indexer.catalogue": VALUES | {"indexer.text"},
    "indexer.corrections": VALUES | {"indexer.text"},
    "indexer.people": VALUES | {"indexer.catalogue", "indexer.corrections", "indexer.text"},
    "indexer.profiles": VALUES
    | {"indexer.catalogue", "indexer.corrections", "indexer.facets", "indexer.text"},
    "indexer.report": {"indexer.model", "indexer.sources"},
    "indexer.fetching": {"indexer.errors", "indexer.sources"},
    "indexer.watching": {"indexer.sources"},
    "indexer.copies": {"indexer.catalogue", "indexer.model"},
    "indexer.differences": {"indexer.text"},
    "indexer.spelling": {"indexer.catalogue"},
    "indexer.index": {
        "indexer.clauses",
        "indexer.errors",
        "indexer.engines",
        "indexer.catalogue",
        "indexer.corrections",
        "indexer.model",
    },
    "indexer.pipeline": VALUES
    | {"indexer.sources", "indexer.text", "indexer.facets", "indexer.index", "indexer.catalogue"}
    | {"indexer.copies", "indexer.corrections", "indexer.profiles", "indexer.report"},
    "indexer.query": VALUES | {"indexer.text"},
    "indexer.highlight": VALUES | {"indexer.text"},
    "indexer.variants": {"indexer.clauses", "indexer.catalogue", "indexer.text"},
    "indexer.resolving": {
        "indexer.clauses",
        "indexer.catalogue",
        "indexer.spelling",
        "indexer.variants",
    },
    "indexer.beginnings": set(),
    "indexer.remembering": {"indexer.catalogue"},
    "indexer.suggesting": {
        "indexer.beginnings",
        "indexer.catalogue",
        "indexer.clauses",
        "indexer.query",
        "indexer.remembering",
        "indexer.text",
    },
    "indexer.repair": {
        "indexer.catalogue",
        "indexer.clauses",
        "indexer.remembering",
        "indexer.spelling",
        "indexer.text",
    },
    "indexer.similar": {
        "indexer.catalogue",
        "indexer.clauses",
        "indexer.engines",
        "indexer.model",
        "indexer.resolving",
        "indexer.text",
    },
    "indexer.english": VALUES | {"indexer.catalogue", "indexer.remembering", "indexer.text"},
    "indexer.linking": {
        "indexer.catalogue",
        "indexer.clauses",
        "indexer.english",
        "indexer.query",
        "indexer.text",
    },
    "indexer.search": VALUES
    | {
        "indexer.catalogue",
        "indexer.differences",
        "indexer.english",
        "indexer.engines",
        "indexer.highlight",
        "indexer.index",
        "indexer.linking",
        "indexer.query",
        "indexer.repair",
        "indexer.resolving",
        "indexer.similar",
        "indexer.suggesting",
        "indexer.text",
    },
    "indexer.cli": {"indexer", "webui"},
    "indexer.build": {"indexer"},
    "webui": VALUES | {"indexer.search", "indexer.highlight"},
    "webui.wsgi": VALUES
    | {"webui", "indexer.config", "indexer.index", "indexer.search", "indexer.text"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("indexer", "webui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(part + ".")


def part_of(module: str) -> str:
    return max((part for part in MAY_IMPORT if within(module, part)), key=len, default="")


every_module = pytest.mark.parametrize(
    ("module", "path"), [pytest.param(*one, id=one[0]) for one in modules()]
)


@every_module
def test_imports_point_one_way(module: str, path: Path) -> None:
    if module == "indexer":
        assert not list(imported(path))
        return
    own = part_of(module)
    assert own, f"{module} has no place in the layers; add it to MAY_IMPORT"
    allowed = MAY_IMPORT[own] | {own}
    for name in imported(path):
        if not within(name, "indexer") and not within(name, "webui"):
            continue
        # «from indexer import query» names the package as well; the part imported is what counts.
        if name in {"indexer", "webui"} and not within(own, name):
            continue
        assert any(within(name, part) or name == "indexer" for part in allowed), (
            f"{module} imports {name}"
        )


@every_module
def test_only_its_adapter_knows_an_engines_library(module: str, path: Path) -> None:
    known = {name.split(".")[0] for name in imported(path)} & LIBRARIES_OF_ENGINES
    assert all(module.startswith(f"indexer.engines.{library}") for library in known)


def test_the_core_knows_no_web() -> None:
    for module, path in modules():
        if within(module, "indexer") and not within(module, "indexer.cli"):
            assert not {name.split(".")[0] for name in imported(path)} & {"flask", "jinja2"}
