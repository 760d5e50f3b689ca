"""The agencies and papers that Rasad knows, found by name, by host or by alias.

The table gives an outlet its id, its Arabic and its Latin name, its hosts and other names. Names
are folded like the text that they meet, and words such as «وكالة» or «صحيفة» before them don't
matter.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from indexer.sources.tables import rows
from indexer.text.normalize import normalize

#: What an outlet is; a name is known with these words and without them.
KINDS = "وكالة الأنباء|وكالة أنباء|وكالة الانباء|وكالة انباء|وكالة|صحيفة|جريدة|موقع|قناة|شبكة|مجلة"
_KIND = re.compile(rf"(?:{normalize(KINDS)})\s+")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One agency or paper; ``is_word`` where its name is an ordinary word too: «اليوم»."""

    id: str
    name: str
    name_en: str
    is_word: bool = False


class Outlets:
    """The table, with its names folded."""

    def __init__(self) -> None:
        self._names: dict[str, Outlet] = {}
        self._hosts: dict[str, Outlet] = {}
        for id, name, name_en, hosts, aliases, *word in rows("outlets.tsv"):
            outlet = Outlet(id, name, name_en, bool(word))
            for known in filter(None, (id, name, name_en, *aliases.split("|"))):
                self._names.setdefault(_fold(known), outlet)
            for host in filter(None, hosts.split("|")):
                self._hosts[host] = outlet
                self._names.setdefault(_fold(host), outlet)

    @property
    def all(self) -> frozenset[Outlet]:
        """Every outlet of the table."""
        return frozenset(self._names.values())

    def named(self, name: str) -> Outlet | None:
        """The outlet of this name, wherever it came from: page, metadata, address."""
        return self.of_folded(normalize(name))

    def of_folded(self, folded: str) -> Outlet | None:
        """As ``named``, for a name that is folded already."""
        name = _only_words(folded)
        return self._names.get(name) or self._names.get(_KIND.sub("", name, count=1))

    def of_url(self, url: str) -> Outlet | None:
        """The outlet whose site an address belongs to."""
        try:
            host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
        except ValueError:
            return None
        while "." in host:
            if outlet := self._hosts.get(host):
                return outlet
            host = host.partition(".")[2]
        return None


def _fold(name: str) -> str:
    return _only_words(normalize(name))


def _only_words(folded: str) -> str:
    return _NOT_WORD.sub(" ", folded).strip()


@cache
def outlets() -> Outlets:
    """The outlets of the table that comes with Rasad."""
    return Outlets()
