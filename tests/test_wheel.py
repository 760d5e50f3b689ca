"""The wheel carries all that Rasad needs, and runs where there is no source beside it."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("rasad-*.whl"))


def test_the_wheel_holds_pages_seeds_tables_and_licences(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("seeds", "indexer/seeds"), ("templates", "webui/templates")):
        for path in (ROOT / folder).iterdir():
            assert f"{inside}/{path.name}" in held
    for package in ("indexer", "webui"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in held
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in held}


def test_two_builds_are_equal_byte_for_byte(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / "another place"
    ignored = shutil.ignore_patterns(".*", "var", "dist", "__pycache__", "tests", "benchmarks")
    shutil.copytree(ROOT, copy, ignore=ignored)
    shutil.copy(ROOT / ".gitignore", copy)
    for path in copy.rglob("*"):
        os.utime(path, (0, 0))
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    again = next(tmp_path.glob("rasad-*.whl"))
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_runs_in_a_clean_environment_and_another_folder(
    wheel: Path, tmp_path: Path, free_port: int
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    rasad = str(tmp_path / "env" / "bin" / "rasad")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(*words: str) -> str:
        return subprocess.run(
            [rasad, *words],
            cwd=elsewhere,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert json.loads(run("index", "--sample", "--json"))["indexed"] == 5
    assert json.loads(run("search", "سفراء", "--json"))["total"] > 0
    server = subprocess.Popen(
        [rasad, "serve", "--port", str(free_port)], cwd=elsewhere, env=environment
    )
    try:
        page = _fetched(f"http://127.0.0.1:{free_port}/search?q=%D8%B3%D9%81%D9%8A%D8%B1")
        assert "<mark>" in page
        assert _fetched(f"http://127.0.0.1:{free_port}/static/rasad.css")
    finally:
        server.terminate()
        server.wait(10)


def _fetched(url: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")
