"""What docs/extending.md shows is what there is: the toys, the contract, the manifest, a table."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.text.tables import rows
from steps import blocks, steps

ROOT = Path(__file__).parents[2]
TOYS = Path(__file__).parent / "toys"


@pytest.mark.parametrize("heading", ["A facet", "A format"])
def test_the_code_shown_is_that_of_the_toys(heading: str) -> None:
    for place, content in steps(heading).files.items():
        assert content == (TOYS / Path(place).name).read_text("utf-8")


def test_each_toy_is_shown() -> None:
    shown = {Path(place).name for one in ("A facet", "A format") for place in steps(one).files}
    assert shown == {path.name for path in TOYS.glob("*.py")}


def methods(code: str, name: str) -> Iterator[str]:
    """The methods of a class and what they take and give, in their order."""
    for node in ast.parse(code).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and not one.decorator_list:
                    assert one.returns
                    yield f"{one.name}({ast.unparse(one.args)}) -> {ast.unparse(one.returns)}"


@pytest.mark.parametrize(
    ("shown", "protocol"), [("NamedEngine", "Engine"), ("NamedWriter", "EngineWriter")]
)
def test_the_shape_of_an_engine_is_that_of_the_contract(shown: str, protocol: str) -> None:
    (code,) = blocks("An engine", "python")
    contract = (ROOT / "indexer/engines/base.py").read_text("utf-8")
    assert [*methods(code, shown)] == [*methods(contract, protocol)]


def test_the_entry_of_a_generated_table_is_that_of_the_manifest() -> None:
    (shown,) = blocks("A generated table", "toml")
    manifest = tomllib.loads((ROOT / "indexer/generate/manifest.toml").read_text("utf-8"))
    cities = tomllib.loads(shown)["made"]["cities"]
    for one in (cities, manifest["made"]["cities"]):
        for hashes in (one["outputs"], one["reads"]):
            hashes.update(dict.fromkeys(hashes, ""))
    assert cities == manifest["made"]["cities"]


def test_the_table_shown_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((place, content),) = steps("A table").files.items()
    package = tmp_path / "shown"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / Path(place).name).write_text(content, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    columns = ("id", "name", "name in English", "other names?")
    assert [id for id, *_ in rows("shown", Path(place).name, columns)] == ["SAT", "MON"]
