"""What large requests leave behind is given back."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Many pieces are made and freed but for a few between them, as by requests of many filters.
PIECES = """
from pathlib import Path
from webui.serving import heap

def held():
    status = Path("/proc/self/status").read_text()
    return next(int(l.split()[1]) for l in status.splitlines() if l.startswith("RssAnon"))

here = heap.Heap()
pieces = [bytes(1000) for _ in range(60_000)]
kept = pieces[::500]
del pieces
full = held()
here.give_back_now_and_then()
early = held()
heap.Heap(every=0).give_back_now_and_then()
print(full, early, held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_what_is_free_is_given_back_but_not_at_every_second() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PIECES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    full, early, late = map(int, re.findall(r"\d+", done.stdout))
    assert early > full - 5_000
    assert late < full - 30_000
