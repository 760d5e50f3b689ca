"""What a reader may be about to type: words, names, terms and titles that go on as it does."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

from indexer.catalogue import Catalogue
from indexer.catalogue.names import HOST
from indexer.query import write
from indexer.query.ast import HasValue
from indexer.search.catalogue_cache import CatalogueCache
from indexer.search.prefix_index import PrefixIndex
from indexer.text import exact_forms
from indexer.text.analysis import stop_words
from indexer.text.normalize import normalize, unmarked

_WORDS = 5
_NAMES = 5
_TERMS = 3
_TITLES = 3
#: The newest titles that are offered: beyond, only memory grows.
_MOST_TITLES = 200_000
_MOST_PAIRS = 1000  # places in titles that are looked at for how words go on
_MOST_NAMES = 500  # names that are looked at for one with all of several parts
_INSIDE = 3  # letters that tell a name by its middle
_ARTICLE = "ال"
#: What a reader who writes them means to write; others leave them out.
_HAMZAS = frozenset("أإآؤئ")


#: Gives texts in Latin letters, each with its Arabic.
Terms = Callable[[], Iterable[tuple[str, str]]]


class Suggestion(NamedTuple):
    """A whole query to offer.

    A name also carries the facet value that it leads to, a term in Latin letters its ``arabic``.
    """

    text: str
    kind: Literal["word", "name", "term", "title"]
    facet: str = ""
    id: str = ""
    name_en: str = ""
    arabic: str = ""

    @property
    def query(self) -> str:
        """What is searched when it is chosen: the value of a name, not whoever is called so.

        >>> Suggestion("مصر", "name", "countries", "EG").query
        'country:EG'
        """
        return write(HasValue(self.facet, (self.id,))) if self.facet else self.text


class _Known(NamedTuple):
    """What can be offered in one state of the catalogue, in order of preference."""

    names: PrefixIndex
    name_keys: list[tuple[str, str]]  # facet and id
    words: PrefixIndex
    word_forms: list[str]
    printed: dict[str, str]  # how forms are usually printed that look otherwise
    titles: PrefixIndex
    title_articles: list[str]
    terms: PrefixIndex
    term_texts: list[tuple[str, str]]  # Latin, Arabic

    @classmethod
    def read(cls, catalogue: Catalogue, terms: Terms) -> "_Known":
        offered = list(terms())
        names = catalogue.folded_names()
        stop = stop_words()
        frequent = catalogue.frequent_words()
        words = [form for form in frequent.articles if form not in stop]
        # Copies have one title; it is offered once, as the newest prints it.
        titles = {folded: id for id, folded in reversed(catalogue.folded_titles(_MOST_TITLES))}
        newest = list(reversed(titles))
        return cls(
            PrefixIndex([_without_hosts(folded) for _, _, folded in names]),
            [(facet, id) for facet, id, _ in names],
            PrefixIndex(words),
            words,
            frequent.printed,
            PrefixIndex(newest),
            [titles[folded] for folded in newest],
            PrefixIndex([normalize(latin).replace("-", " ") for latin, _ in offered]),
            offered,
        )


class Suggester:
    """Makes suggestions out of one catalogue; safe to share between threads.

    ``terms`` gives further texts to offer, in Latin letters with their Arabic, best first.
    """

    def __init__(self, catalogue: Catalogue, terms: Terms = tuple) -> None:
        self._catalogue = catalogue
        self._known = CatalogueCache(catalogue, partial(_Known.read, terms=terms))

    def suggestions(self, q: str) -> list[Suggestion]:
        """Names first, then terms, words and titles; the best of each; at most 16."""
        forms = list(exact_forms(q))
        if not forms or len(forms[-1][2]) < 2:
            return []
        known = self._known.current()
        text = " ".join(form for _, _, form in forms)
        start, end, _ = forms[-1]
        titles: list[int] = []
        if len(forms) > 1:
            titles = known.titles.words(text, _TITLES)
        return [
            *self._offered(known.name_keys[n] for n in _names(known.names, text)),
            *(_term(*known.term_texts[n]) for n in known.terms.words(text, _TERMS)),
            *(
                Suggestion(q[:start] + _as_typed(q[start:end], known.printed.get(w, w)), "word")
                for w in _words(known, [form for _, _, form in forms])
            ),
            *(
                Suggestion(title, "title")
                for title in self._catalogue.titles(known.title_articles[n] for n in titles)
            ),
        ]

    def _offered(self, keys: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
        """The values of these keys that the catalogue still has; what is known may be older."""
        for facet, id in keys:
            for name in self._catalogue.names(facet, [id]).values():
                yield Suggestion(name.name, "name", facet, id, name.name_en)


def _without_hosts(folded: str) -> str:
    return " ".join(word for word in folded.split() if not word.startswith(HOST))


def _term(latin: str, arabic: str) -> Suggestion:
    return Suggestion(latin, "term", arabic=arabic)


def _names(names: PrefixIndex, text: str) -> list[int]:
    """The names that hold a text: where a part begins, else all its words, else inside a part."""
    begin = {*names.words(text, _NAMES), *names.words(_ARTICLE + text, _NAMES)}
    found = dict.fromkeys(sorted(begin))
    if len(found) < _NAMES and " " in text:
        found |= dict.fromkeys(islice(_with_all(names, text.split()), _NAMES))
    if len(found) < _NAMES and len(text) >= _INSIDE:
        found |= dict.fromkeys(names.inside(text, _NAMES))
    return list(found)[:_NAMES]


def _with_all(names: PrefixIndex, parts: list[str]) -> Iterator[int]:
    """The names in which a word begins with each of these, in any order."""
    for number in names.words(max(parts, key=len), _MOST_NAMES):
        line = f" {names.line(number)}"
        if all(f" {part}" in line for part in parts):
            yield number


def _words(known: _Known, forms: list[str]) -> list[str]:
    """How the last word goes on: behind others only as some title has them together."""
    if len(forms) == 1:
        return [known.word_forms[n] for n in known.words.lines(forms[0], _WORDS)]
    stop = stop_words()
    for several in (forms, forms[-2:]):
        found = Counter(known.titles.completions(" ".join(several), _MOST_PAIRS))
        words = [word for word, _ in found.most_common(2 * _WORDS) if word not in stop]
        if words:
            return words[:_WORDS]
    return []


def _as_typed(typed: str, printed: str) -> str:
    """A word as it is printed, with the hamzas that the reader wrote.

    >>> _as_typed("الإستق", "الاستقبال"), _as_typed("الاسلا", "الإسلامية")
    ('الإستقبال', 'الإسلامية')
    """
    letters = unmarked(typed)
    kept = (a if a in _HAMZAS else b for a, b in zip(letters, printed, strict=False))
    return "".join(kept) + printed[len(letters) :]
