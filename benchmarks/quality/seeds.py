"""The facets of the five sample pages against what should be read out of them.

The measure and the expected values are the owner's: tools/facet_eval.py and gold/seeds.json beside
the folder of data.

    python benchmarks/quality/seeds.py DATA
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
INSPECT = "from indexer.commands import main; main()"


def main() -> None:
    """Print what the measure prints of «rasad inspect --json»."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    inspect = [sys.executable, "-c", INSPECT, "inspect", "--json", str(SEEDS)]
    read = subprocess.run(inspect, capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "seeds.jsonl"
        found.write_bytes(read.stdout)
        tool, gold = data.parent / "tools" / "facet_eval.py", data.parent / "gold" / "seeds.json"
        subprocess.run([sys.executable, str(tool), str(gold), str(found)], check=True)


if __name__ == "__main__":
    main()
