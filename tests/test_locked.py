"""What is installed is locked by hashes, its licences are told, and a wheel is made alike twice."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
TOLD = "Installed beside Rasad"
#: Licences under which a library may be used by a program under GPL-3.0-or-later.
COMPATIBLE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "GPL-3.0-or-later",
    "LGPL-2.1-or-later",
    "MIT",
    "MPL-2.0",
    "PSF-2.0",
    "ZPL-2.1",
    "Zlib",
}
#: What packages without an SPDX expression say of their licence.
AS_STATED = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GPL": "GPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "Zope Public License": "ZPL-2.1",
}


def locked(name: str) -> dict[str, set[str]]:
    """The packages of a lock with their versions; fails for one without hashes."""
    found: dict[str, set[str]] = {}
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    for line in filter(None, text.splitlines()):
        package, version = re.match(r"([a-z0-9-]+)==([^ ;]+)", line).groups()  # type: ignore[union-attr]
        assert "--hash=sha256:" in line, f"{package} has no hash in {name}"
        found.setdefault(package, set()).add(version)
    return found


def asked() -> dict[str, list[str]]:
    """What pyproject.toml asks for, of each lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    deployed = [*project["dependencies"], *extras["build"]]
    return dict(zip(LOCKS, (deployed, [*deployed, *extras["dev"]]), strict=True))


def licences() -> dict[str, str]:
    """The licence of each package that NOTICE tells of."""
    section = (ROOT / "NOTICE").read_text("utf-8").partition(TOLD)[2].partition("\n\n")[0]
    found = {}
    for line in section.replace("\n    ", " ").splitlines()[1:]:
        licence, _, names = line.strip().partition(": ")
        found.update((name, licence) for name in names.split(", "))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked(name: str) -> None:
    packages = locked(name)
    for wanted in asked()[name]:
        package, exact, version = wanted.partition("==")
        package = re.split(r"[<>=]", package)[0]
        assert package in packages, f"{package} is not in {name}: make lock"
        assert not exact or packages[package] == {version}, f"{wanted} is not in {name}: make lock"


def test_both_locks_agree() -> None:
    deployed, development = map(locked, LOCKS)
    assert deployed.items() <= development.items()


def test_the_wheel_is_built_by_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(project["build-system"]["requires"]) <= set(asked()["requirements.txt"])


def test_every_licence_is_told_and_compatible() -> None:
    told = licences()
    assert set(told) == set(locked("requirements.txt"))
    for package, expression in told.items():
        choices = [set(one.split(" AND ")) for one in expression.split(" OR ")]
        assert any(choice <= COMPATIBLE for choice in choices), f"{package} is {expression}"


def test_licences_are_told_as_packages_state_them() -> None:
    for package, licence in licences().items():
        try:
            about = metadata.metadata(package)
        except metadata.PackageNotFoundError:  # of another platform or version of Python
            continue
        classifiers = [c for c in about.get_all("Classifier") or () if c.startswith("License ::")]
        stated = (
            about.get("License-Expression")
            or next((c.rpartition(" :: ")[2] for c in classifiers), "")
            or about.get("License", "")
        )
        stated = AS_STATED.get(stated, stated)
        assert licence.startswith("BSD") if stated == "BSD" else licence == stated, package
