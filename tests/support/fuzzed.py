"""How much is tried of what has no end: a little, fifty times as much in ``make fuzz``."""

import os

TIMES = int(os.environ.get("RASAD_FUZZED", "1"))
