"""Articles that say by which commit they were written, and a look at answers for what they say."""

import datetime as dt
import re
from collections.abc import Iterator

from indexer.model import Article

#: Stands in every marked article and in no other.
WORD = "كركميش"
_STAYING = 12
_DAY = dt.date(2021, 6, 30)
_NUMBER = re.compile(r"\bg(\d+)g\b")


def marked(number: int) -> Iterator[Article]:
    """The marked articles of a commit: some stay and are changed, others are of it alone."""
    for id in ids(number):
        title = f"{WORD} في أخبار g{number}g"
        body = f"زار السفير الفرنسي {WORD} يوم الأحد، وفق بيان g{number}g من وزارة الخارجية ({id})."
        yield Article(id, title, body, _DAY, "text", source=f"صحيفة g{number}g")


def ids(number: int) -> list[str]:
    """Of the marked articles of a commit; how many there are tells it from its neighbours."""
    own = [f"marked-{number}-{n}" for n in range(1 + number % 5)]
    return [*(f"marked-{n}" for n in range(_STAYING)), *own]


def gone(number: int) -> list[str]:
    """Which articles the next commit after this one removes."""
    return ids(number)[_STAYING:]


def written_in(answer: str) -> set[int]:
    """By which commits the marked articles in an answer were written."""
    return set(map(int, _NUMBER.findall(answer)))
