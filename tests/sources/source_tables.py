"""The case tables beside the tests: tab-separated, readable without Python."""

from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table; lines that begin with «# » are for its reader."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]
