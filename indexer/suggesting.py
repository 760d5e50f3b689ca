"""What a reader may be about to type: words, names and titles that go on as the text does."""

import threading
from typing import Literal, NamedTuple

from indexer.beginnings import Beginnings
from indexer.catalogue import Catalogue
from indexer.text import exact_forms
from indexer.text.analysis import stop_words

_WORDS = 5
_NAMES = 5
_TITLES = 3
#: The frequent words and the newest titles that are offered: beyond, only memory grows.
_MOST_WORDS = 200_000
_MOST_TITLES = 200_000


class Suggestion(NamedTuple):
    """A whole query to offer; a name also carries the facet value that it leads to."""

    text: str
    kind: Literal["word", "name", "title"]
    facet: str = ""
    id: str = ""
    name_en: str = ""


class _Known(NamedTuple):
    """What can be offered in one state of the catalogue, in order of preference."""

    state: object
    names: Beginnings
    name_keys: list[tuple[str, str]]  # facet and id
    words: Beginnings
    word_forms: list[str]
    titles: Beginnings
    title_articles: list[str]

    @classmethod
    def read(cls, catalogue: Catalogue) -> "_Known":
        state = catalogue.state()
        names = catalogue.folded_names()
        stop = stop_words()
        words = [form for form in catalogue.frequent_forms(_MOST_WORDS) if form not in stop]
        titles = catalogue.folded_titles(_MOST_TITLES)
        return cls(
            state,
            Beginnings([folded for _, _, folded in names]),
            [(facet, id) for facet, id, _ in names],
            Beginnings(words),
            words,
            Beginnings([folded for _, folded in titles]),
            [article for article, _ in titles],
        )


class Suggester:
    """Makes suggestions out of one catalogue; safe to share between threads.

    Its lists are read when it is first asked. When the catalogue changes they are read anew beside
    the answering, which goes on with the old ones meanwhile: a reader who types can't wait.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: _Known | None = None
        self._reading = threading.Lock()

    def suggestions(self, q: str) -> list[Suggestion]:
        """Names first, then words, then titles; the best of each; at most 13."""
        forms = list(exact_forms(q))
        if not forms or len(forms[-1][2]) < 2:
            return []
        known = self._current()
        text = " ".join(form for _, _, form in forms)
        start, _, last = forms[-1]
        names = [known.name_keys[n] for n in known.names.words(text, _NAMES)]
        words = [known.word_forms[n] for n in known.words.lines(last, _WORDS)]
        titles = []
        if len(forms) > 1:
            titles = [known.title_articles[n] for n in known.titles.words(text, _TITLES)]
        return [
            *(self._name(facet, id) for facet, id in names),
            *(Suggestion(q[:start] + form, "word") for form in words),
            *(Suggestion(title, "title") for title in self._catalogue.titles(titles)),
        ]

    def _name(self, facet: str, id: str) -> Suggestion:
        name = self._catalogue.names(facet, [id])[id]
        return Suggestion(name.name, "name", facet, id, name.name_en)

    def _current(self) -> _Known:
        """What is known, not always of this moment; see the class."""
        if self._known is None:
            with self._reading:
                self._known = self._known or _Known.read(self._catalogue)
        elif self._known.state != self._catalogue.state() and self._reading.acquire(blocking=False):
            threading.Thread(target=self._refresh, daemon=True).start()
        return self._known

    def _refresh(self) -> None:
        """Read anew, and let go of the lock that ``_current`` took."""
        try:
            self._known = _Known.read(self._catalogue)
        finally:
            self._reading.release()
