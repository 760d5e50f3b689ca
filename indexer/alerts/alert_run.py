"""A run of alerts: what is new for each, told to each of its targets."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from indexer.alerts.alert_store import Alert, AlertStore, Waiting
from indexer.alerts.alert_targets import Bulletin, MailServer, ToldArticle, deliver
from indexer.engines.base import Engine
from indexer.errors import AlertError
from indexer.search.service import SearchService

#: Entries of a feed, and letters of an article's beginning.
_MOST_PAST, _LEAD = 100, 240
_AT_ONCE = 500


class AlertReport(NamedTuple):
    """What a run did for an alert: new articles, deliveries, and why others failed."""

    alert: str
    new: int
    delivered: int
    failed: tuple[str, ...]


class AlertRun:
    """Tells what is new; ``site`` is where the archive is served."""

    def __init__(
        self,
        store: AlertStore,
        search: SearchService,
        engine: Engine,
        site: str,
        mail: MailServer | None,
    ) -> None:
        self._store = store
        self._search = search
        self._engine = engine
        self._site = site.rstrip("/")
        self._mail = mail

    def go(self, alert: Alert, warn: Callable[[str], None] = lambda why: None) -> AlertReport:
        """Find what is new for an alert and deliver all that waits, the oldest first.

        A target that fails is not tried again in this run; ``warn`` hears why.
        """
        new, known = self._new(alert)
        self._store.tell(alert, new, known)
        delivered, failed = 0, dict[str, str]()
        for one in self._store.waiting(alert.name):
            if one.target in failed:
                continue
            try:
                bulletin = self._bulletin(alert, one)
                if bulletin.articles:  # else all of them are gone by now
                    deliver(one.target, bulletin, self._mail)
            except AlertError as error:
                failed[one.target] = str(error)
                self._store.failed(one, str(error))
                warn(f"{alert.name} → {one.target}: {error} The next run tries again.")
            else:
                self._store.delivered(one)
                delivered += 1
        return AlertReport(alert.name, len(new), delivered, tuple(failed.values()))

    def _new(self, alert: Alert) -> tuple[list[str], list[str]]:
        """The articles to tell, and those of stories that were told: copies come one by one."""
        new: list[str] = []
        known: list[str] = []
        for id in self._store.unmet(alert.name, self._search.matching(alert.request)):
            others = [] if alert.request.copies else self._others(id)
            told = len(self._store.unmet(alert.name, others)) < len(others)
            (known if told else new).append(id)
        return new, known

    def _others(self, id: str) -> list[str]:
        return [one for one in self._engine.story(id) if one != id]

    def _bulletin(self, alert: Alert, one: Waiting) -> Bulletin:
        telling = self._store.telling(one.telling)
        past = self._store.told(alert.name, _MOST_PAST)
        asked = urlencode({"q": alert.request.q, "lang": alert.lang})
        return Bulletin(
            telling.number,
            alert.name,
            alert.request.q,
            alert.lang,
            telling.made,
            f"{self._site}/search?{asked}",
            self._articles([(id, telling.made) for id in telling.articles]),
            self._articles(past) if one.target.startswith("atom:") else (),
        )

    def _articles(self, told: Sequence[tuple[str, str]]) -> list[ToldArticle]:
        """Articles as they are told, without those that are no longer in the index."""
        found = []
        for start in range(0, len(told), _AT_ONCE):
            some = dict(told[start : start + _AT_ONCE])
            for record in self._engine.records(list(some), mentions=False):
                one = record.article
                found.append(
                    ToldArticle(
                        one.id,
                        " ".join(one.title.split()),
                        one.source or "",
                        one.date.isoformat() if one.date else "",
                        " ".join(one.body.split())[:_LEAD],
                        one.url or "",
                        f"{self._site}/article/{quote(one.id)}",
                        one.language,
                        some[one.id],
                    )
                )
        return found
