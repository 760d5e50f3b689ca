"""The pages for users are whole: settings, commands, addresses and JSON, each by its own list."""

import json
import re
import runpy
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from werkzeug.datastructures import MultiDict

from indexer.commands import rasad
from webui import event_params
from webui.wsgi import application

ROOT = Path(__file__).parent.parent
#: Folders that a path in a page begins with.
TOPS = ("indexer", "webui", "templates", "tests", "benchmarks", "docs", "seeds")
#: Paths that stand for any of their kind.
EXAMPLES = {"indexer/engines/NAME/", "indexer/generate/NAME_table.py"}
DOCS = ROOT / "docs"
SETTINGS = (DOCS / "settings.md").read_text("utf-8")
JSON = (DOCS / "json.md").read_text("utf-8")
SOURCES = {
    path: path.read_text("utf-8")
    for top in ("indexer", "webui")
    for path in sorted((ROOT / top).rglob("*.py"))
}
#: Where the keys of an object are data: facets, reasons, rules, names of libraries.
KEYED = {
    *("facets", "distinct", "modes", "versions"),
    *("reasons", "dates", "encodings", "removed_lines", "skipped"),
}


def section(page: str, heading: str) -> str:
    """What stands under a heading, down to the next one of its level or above."""
    level = len(heading.partition(" ")[0])
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", page, re.MULTILINE | re.DOTALL
    )
    assert found, f"{heading!r} is missing"
    return found[1]


def rows(text: str) -> dict[str, str]:
    """The rows of the tables in a text, by what stands as code in their first column."""
    return dict(re.findall(r"^\| `([^`|]+)` \|(.*)\|$", text, re.MULTILINE))


def commands(
    group: click.Group = rasad, path: Sequence[str] = ("rasad",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def test_every_setting_is_explained() -> None:
    named = {name for text in SOURCES.values() for name in re.findall(r"RASAD_[A-Z_]+", text)}
    assert named == set(rows(section(SETTINGS, "## Settings of the environment")))


@pytest.mark.parametrize(("words", "command"), [*commands()])
def test_every_option_is_explained_with_its_default(words: str, command: click.Command) -> None:
    explained = rows(section(SETTINGS, f"### {words}"))
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert set(explained) == {max(one.opts, key=len) for one in options}
    for one in options:
        if isinstance(one.default, str | int | float) and not one.is_flag:
            assert f" `{one.default}` |" in explained[max(one.opts, key=len)], one.opts


def test_no_command_is_explained_that_there_is_none_of() -> None:
    headings = re.findall(r"^### (rasad .+)$", SETTINGS, re.MULTILINE)
    assert sorted(headings) == sorted(words for words, _ in commands())


class _Asked(MultiDict[str, str]):
    """A query string of nothing that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.names.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.names.add(key)
        return super().getlist(key, *args, **kwargs)


def test_every_parameter_of_an_address_is_explained() -> None:
    asked = _Asked()
    event_params.read(asked)
    literal = re.compile(r'\bargs\.get(?:list)?\(\s*"(\w+)"')
    others = {name for text in SOURCES.values() for name in literal.findall(text)}
    assert {"q", "people", "page"} <= asked.names
    assert {"contains", "lang"} <= others
    named = " ".join(
        re.findall(r"^\| (`.+?`) \|", section(SETTINGS, "### Parameters"), re.MULTILINE)
    )
    assert asked.names | others == set(re.findall("`(\\w+)`", named))


# The answers of every kind over the sample pages, a copy of one and an empty page.

SEARCH = "## `/api/v1/search`, `rasad search --json`"
EXPORT = "## `/export.jsonl`, `rasad export --format jsonl`"
ARTICLE = "## `/api/v1/articles/ID`"
PROFILE = "## `/api/v1/profiles/FACET/ID`"
FACET = "## `/api/v1/facets/NAME`"
EVENTS = "## `/api/v1/events`, `rasad events --json`"
QUOTATIONS = "## `/api/v1/quotations`"
SUGGEST = "## `/api/v1/suggest`"
HEALTH = "## `/healthz`"
ERRORS = "## Errors"
REPORT = "## `rasad index --json`, `rasad fetch --json`"
INSPECT = "## `rasad inspect --json`"
STATS = "## `rasad stats --json`"
PEOPLE = "## `rasad people list --json`, `rasad people find --json`"
ALERTS = "## `rasad alerts list --json`"
BATCH = "## `rasad batch`"
#: Heading → addresses that are answered under it.
ASKED = {
    SEARCH: (
        "/api/v1/search?q=Putin lang:ar&page=no",
        "/api/v1/search?q=stdv",  # «سفير» on the other keyboard
    ),
    ARTICLE: ("/api/v1/articles/copy?q=سفير", "/api/v1/articles/004_bd8cad1627366d7d"),
    PROFILE: ("/api/v1/profiles/people/mustafa-al-kadhimi",),
    FACET: ("/api/v1/facets/people", "/api/v1/facets/dates"),
    EVENTS: ("/api/v1/events?type=nonsense",),
    QUOTATIONS: ("/api/v1/quotations?speaker=nobody:x",),
    SUGGEST: ("/api/v1/suggest?q=ambas", "/api/v1/suggest?q=Put"),
    HEALTH: ("/healthz",),
    ERRORS: ("/api/v1/articles/none",),
}


def said(*words: str) -> list[Any]:
    """What a command prints, JSON a line."""
    done = CliRunner().invoke(rasad, words, catch_exceptions=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def said_of_alerts(at: Sequence[str]) -> list[Any]:
    """What is listed of an alert whose target is a file where a folder should be."""
    target = Path(__file__)
    words = ("alerts", "add", "envoys", "سفير", "--all", "--json", str(target), *at)
    assert not CliRunner().invoke(rasad, words).exit_code
    assert CliRunner().invoke(rasad, ("alerts", "run", *at)).exit_code == 1
    return said("alerts", "list", "--json", *at)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The answers that stand under each heading."""
    folder = tmp_path_factory.mktemp("docs")
    pages, index = folder / "pages", folder / "index"
    shutil.copytree(ROOT / "seeds", pages)
    first = next(pages.glob("000_*")).read_text("utf-8")
    copy = (
        first.replace("بغداد", "عمان")
        + '\n\nوقال: "we are in favour of this treaty and that is all".\n'
    )
    (pages / "copy.txt").write_text(copy, "utf-8")
    (pages / "empty.txt").touch()
    queries = folder / "queries.jsonl"
    query = {"id": 1, "text": "سفير"}
    queries.write_text(json.dumps(query), "utf-8")
    at = ("--index", str(index))
    found = {
        REPORT: said("index", str(pages), "--json", *at),
        INSPECT: said("inspect", str(pages), "--json"),
        EXPORT: said("export", "", "--format", "jsonl", *at),
        STATS: said("stats", "--json", *at),
        PEOPLE: said("people", "list", "--json", *at),
        BATCH: [query, *said("batch", str(queries), *at)],
        ALERTS: said_of_alerts(at),
    }
    client = application(index).test_client()
    for heading, addresses in ASKED.items():
        found[heading] = [client.get(address).json for address in addresses]
    return found


def fields(answer: Any, *, keyed: bool = False) -> Iterator[str]:
    """The names of all fields in an answer."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if not keyed:
                yield name
            yield from fields(value, keyed=not keyed and name in KEYED)
    elif isinstance(answer, list):
        for value in answer:
            yield from fields(value)


def test_every_field_of_an_answer_is_explained(answers: dict[str, list[Any]]) -> None:
    for heading, given in answers.items():
        text = section(JSON, heading)
        missing = {name for name in fields(given) if f"`{name}`" not in text}
        assert not missing, (heading, missing)


def test_no_field_is_explained_that_no_answer_has(answers: dict[str, list[Any]]) -> None:
    for heading, given in answers.items():
        assert set(rows(section(JSON, heading))) <= set(fields(given)), heading


def test_every_kind_of_answer_is_explained(answers: dict[str, list[Any]]) -> None:
    headings = set(re.findall(r"^## .+$", JSON, re.MULTILINE))
    assert headings - {"## What returns everywhere"} == set(answers)


PAGES = sorted(DOCS.glob("*.md"))
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@every_page
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for name, anchor in re.findall(r"\]\(([\w./]+)(?:#([^)]*))?\)", page.read_text("utf-8")):
        path = DOCS / name
        assert path.is_file(), name
        if anchor:
            headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), (name, anchor)


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "README.md"], ids=lambda page: page.name
)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    """But for those that docs/extending.md adds."""
    text = page.read_text("utf-8")
    named = re.findall(rf"`((?:{'|'.join(TOPS)})/[\w./-]*)`", text)
    added = re.findall(r"^The file `([^`]+)`", text, re.MULTILINE)
    missing = {path for path in named if not (ROOT / path).exists()} - {*added, *EXAMPLES}
    assert not missing


ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
PACKAGES = sorted(
    path.parent.relative_to(ROOT).as_posix() for path in SOURCES if path.name == "__init__.py"
)


@pytest.mark.parametrize("package", [one for one in PACKAGES if one != "indexer"])
def test_every_room_has_its_paragraph(package: str) -> None:
    assert section(ARCHITECTURE, f"### {package}/").strip()


def test_every_file_at_the_root_has_its_line() -> None:
    files = {path.name for path in (ROOT / "indexer").glob("*.py")} - {"__init__.py"}
    told = section(ARCHITECTURE, "## The files at the root of indexer")
    assert set(re.findall(r"^- \*\*`indexer/(\w+\.py)`\*\*", told, re.MULTILINE)) == files


def test_the_rooms_may_use_what_the_test_of_layers_lets_them() -> None:
    told = rows(section(ARCHITECTURE, "## Who may use whom"))
    allowed = runpy.run_path(str(ROOT / "tests" / "test_layers.py"))["ROOMS"]
    assert {room: set(re.findall(r"`([^`]+)`", text)) for room, text in told.items()} == allowed


def test_files_that_are_named_without_their_folder_are_there() -> None:
    names = {path.name for path in SOURCES}
    assert set(re.findall(r"`(\w+\.py)`", ARCHITECTURE)) <= names


def test_where_to_begin_is_in_the_room_itself() -> None:
    for package in PACKAGES:
        if package != "indexer":
            told = " ".join(section(ARCHITECTURE, f"### {package}/").split())
            begin = re.findall(r"[Bb]egin with `([^`]+)`", told)
            assert all(path.startswith(f"{package}/") for path in begin), package
            assert begin or package.endswith("/tables"), package


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
