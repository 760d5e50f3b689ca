"""The case tables beside the tests: tab-separated, readable without Python."""

from pathlib import Path

CASES = Path(__file__).parents[1] / "sources"


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table; lines that begin with «# » are for its reader."""
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]
