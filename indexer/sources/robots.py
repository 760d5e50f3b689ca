"""What a site wants no programs to fetch: its robots.txt, as RFC 9309 reads it."""

from urllib.parse import urlsplit

from protego import Protego

from indexer.errors import SourceError
from indexer.sources.http_get import get

#: The name by which robots.txt may speak of Rasad, and what it says of itself.
AGENT = "Rasad"
USER_AGENT = f"{AGENT} (fetches a feed or page when its user asks)"
#: Bytes of a robots.txt that are read.
_MOST = 1_000_000


class Robots:
    """Asks each site once for its robots.txt."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._rules: dict[str, Protego | None] = {}

    def refuse(self, url: str, deadline: float) -> None:
        """Raises ``SourceError`` for an address that the site wants no program to fetch."""
        try:
            parts = urlsplit(url)
        except ValueError:  # who fetches it says so
            return
        if parts.scheme not in ("http", "https"):
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._read(site, deadline)
        rules = self._rules[site]
        if rules is None:
            raise SourceError(
                f"{url} is not fetched: {site}/robots.txt can't be read, so the site may not want "
                "it; add --ignore-robots if you may."
            )
        if not rules.can_fetch(url, AGENT):
            raise SourceError(
                f"{url} is not fetched: {site}/robots.txt wants no programs there; "
                "add --ignore-robots if you may."
            )

    def _read(self, site: str, deadline: float) -> Protego | None:
        """The site's rules; none where there is no such file, None where that is not known."""
        answer = get(
            f"{site}/robots.txt",
            {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close"},
            _MOST,
            allow_private=self._allow_private,
            deadline=deadline,
            cut=True,
        )
        if answer.status >= 500:
            return None
        return Protego.parse(answer.body.decode("utf-8", "replace"))
