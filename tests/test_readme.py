"""The README is true: its commands run, and everything a user can say to Rasad stands in it."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import click
import pytest

from indexer.commands import rasad
from indexer.query import parse
from indexer.query.lexer import FIELDS
from indexer.schema import FACET_IDS
from indexer.text import default_analyzer
from indexer.text.normalize import normalize

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ARABIC = (ROOT / "README.ar.md").read_text("utf-8")
RASAD = [sys.executable, "-c", "from indexer.commands import main; main()"]


def commands(text: str) -> list[str]:
    """The indented lines below each «<!-- run -->»."""
    blocks = re.findall(r"<!-- run -->\n((?: {4}.*\n)+)", text)
    return [line.strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("text", [README, ARABIC], ids=["README.md", "README.ar.md"])
def test_the_commands_run(text: str, tmp_path: Path, free_port: int) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "seeds", tmp_path / "FOLDER")
    found = [shlex.split(line) for line in commands(text)]
    assert len([words for words in found if words[0] == "rasad"]) >= 3
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    for words in found:
        if words[:2] == ["pip", "install"]:
            continue  # test_wheel.py does
        assert words[0] == "rasad"
        if words[1] == "serve":
            server = subprocess.Popen(
                [*RASAD, *words[1:], "--port", str(free_port)], cwd=tmp_path, env=environment
            )
            try:
                answer = ask(f"http://127.0.0.1:{free_port}/api/v1/search")
                assert answer["total"] == 5
            finally:
                server.terminate()
                server.wait(10)
        else:
            done = subprocess.run(
                [*RASAD, *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, (words, done.stderr)
            assert done.stdout


def test_the_json_example_answers_as_shown(tmp_path: Path, free_port: int) -> None:
    url = re.search(r"curl -G '(.+)' --data-urlencode '(.+)'", README)
    example = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert url and example
    shown = json.loads(example[1])
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    subprocess.run(
        [*RASAD, "index", str(ROOT / "seeds")],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    server = subprocess.Popen(
        [*RASAD, "serve", "--port", str(free_port)], cwd=tmp_path, env=environment
    )
    try:
        parts = urlsplit(url[1])
        asked = quote(f"{parts.query}&{url[2]}", safe="=&")
        answer = ask(f"http://127.0.0.1:{free_port}{parts.path}?{asked}")
    finally:
        server.terminate()
        server.wait(10)
    for key in (
        "query",
        "parsed",
        "total",
        "total_full",
        "articles",
        "counted",
        "page",
        "size",
        "relaxed",
    ):
        assert answer[key] == shown[key]
    assert answer["hits"][0]["id"] == shown["hits"][0]["id"]
    assert set(shown["hits"][0]) <= set(answer["hits"][0])
    countries = {value["id"]: value for value in answer["facets"]["countries"]}
    for value in shown["facets"]["countries"]:
        assert countries[value["id"]].items() >= value.items()
    assert answer["modes"].items() >= shown["modes"].items()


def test_every_command_and_option_is_named() -> None:
    assert isinstance(rasad, click.Group)
    for name, command in rasad.commands.items():
        assert f"rasad {name}" in README
        for option in command.params:
            if isinstance(option, click.Option):
                long = max(option.opts, key=len)
                assert f"`{long}" in README, (name, long)


def test_every_setting_and_parameter_is_named() -> None:
    for name in (
        "RASAD_INDEX",
        "RASAD_ENGINE",
        "any",
        "from",
        "to",
        "sort",
        "page",
        "size",
        *FACET_IDS,
    ):
        assert f"`{name}`" in README


def test_every_field_of_the_query_language_is_named() -> None:
    for name in FIELDS:
        if name.isascii():
            assert f"`{name}:" in README, name
    folded = {normalize(name) for name in re.findall(r"`(\w+):", ARABIC)}
    assert {name for name in FIELDS if not name.isascii()} <= folded


@pytest.mark.parametrize("text", [README, ARABIC], ids=["README.md", "README.ar.md"])
def test_each_example_of_the_query_language_is_understood(text: str) -> None:
    lines = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    examples = re.findall(r"`(.+?)`", "\n".join(lines).replace("\\|", "|"))
    assert len(examples) > 15
    for example in examples:
        query = parse(example, default_analyzer())
        assert query.unknown == query.notes == (), example


def ask(url: str) -> dict[str, object]:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url) as answer:
                found: dict[str, object] = json.loads(answer.read())
                return found
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")
