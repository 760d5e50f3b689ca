"""The links of a page: addresses of changed copies of its request.

Templates ask here and write no query strings. A language that the reader chose by ``lang=`` stays
in every address; one that only the browser asked for does not need to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from typing import Literal
from urllib.parse import quote, quote_plus, urljoin

from flask import request as current_request
from flask import url_for

from indexer.model import Filter, SearchRequest, Sort
from indexer.schema import facet_field
from indexer.search.name_expansion import Linked
from webui.params import Query, dump, known

SIZES = (10, 25, 50, 100)
_PARTIAL: dict[bool, Query] = {False: {}, True: {"full": ["0"]}}
_MEANING: dict[bool, Query] = {False: {}, True: {"meaning": ["1"]}}


def included(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """``request`` with a value chosen, or no longer chosen; never chosen and excluded at once."""
    filters = request.filters - {Filter(facet, value, exclude=True)}
    return replace(request, filters=filters ^ {Filter(facet, value)}, page=1)


def excluded(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """``request`` with a value excluded, or no longer excluded."""
    filters = request.filters - {Filter(facet, value)}
    return replace(request, filters=filters ^ {Filter(facet, value, exclude=True)}, page=1)


def narrowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """``request`` with a value chosen, whether or not it was."""
    chosen = Filter(facet, value)
    return replace(request, filters=request.filters | {chosen}, page=1)


def replaced(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """``request`` with this value chosen and no other of its facet."""
    others = frozenset(f for f in request.filters if f.facet != facet or f.exclude)
    return replace(request, filters=others | {Filter(facet, value)}, page=1)


def counted(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request whose total is the number that stands beside a value under ``request``."""
    if request.mode(facet) == "and":
        return narrowed(request, facet, value)
    return replaced(request, facet, value)


def holding(request: SearchRequest, facet: str, *values: str) -> SearchRequest:
    """``request`` for the articles that also hold every one of these values.

    Where the values of the facet are alternatives, that can only be asked for in words.

    >>> any_country = SearchRequest(q="لقاء", any_of=frozenset({"countries"}))
    >>> holding(any_country, "countries", "EG", "FR").q
    'لقاء country:"EG" country:"FR"'
    """
    if request.mode(facet) == "and":
        chosen = {Filter(facet, value) for value in values}
        return replace(request, filters=request.filters | chosen, page=1)
    words = (f"{facet_field(facet).keyword}:{_in_quotes(value)}" for value in values)
    return replace(request, q=" ".join([request.q, *words]).strip(), page=1)


def only(facet: str, value: str) -> SearchRequest:
    """A new search for everything that has this value."""
    return SearchRequest(filters=frozenset({Filter(facet, value)}))


def turned(request: SearchRequest, page: int) -> SearchRequest:
    """``request`` on another page."""
    return replace(request, page=page)


def ordered(request: SearchRequest, sort: Sort) -> SearchRequest:
    """``request`` in another order, from page one."""
    return replace(request, sort=sort, page=1)


def sized(request: SearchRequest, size: int) -> SearchRequest:
    """``request`` with another number of results on a page, from page one."""
    return replace(request, size=size, page=1)


def with_full(request: SearchRequest, full: bool) -> SearchRequest:
    """Only the articles that hold all of the query, or the others behind them as well."""
    return replace(request, full=full, page=1)


def with_meaning(request: SearchRequest, on: bool) -> SearchRequest:
    """``request`` with articles found by their meaning as well, or by the words alone."""
    return replace(request, meaning=on, page=1)


def with_copies(request: SearchRequest, copies: bool) -> SearchRequest:
    """``request`` with every copy of a story shown, or only one."""
    return replace(request, copies=copies, page=1)


def asked(request: SearchRequest, q: str) -> SearchRequest:
    """``request`` with other words, from page one."""
    return replace(request, q=q, page=1)


def literal(request: SearchRequest, words: str) -> SearchRequest:
    """``request`` with these words of its query meant as they stand: «=putin», not the person.

    >>> literal(SearchRequest(q="Putin visit"), "putin").q
    '=Putin visit'
    >>> literal(SearchRequest(q='visit "Islamic State"'), "Islamic State").q
    'visit ="Islamic State"'
    >>> literal(SearchRequest(q='="Kerry visit" Kerry'), "Kerry").q
    '="Kerry visit" =Kerry'
    """
    run = r"\W+".join(map(re.escape, words.split()))
    for found in re.finditer(rf"(?<![\w=]){run}(?!\w)", request.q, re.IGNORECASE):
        before, rest = request.q[: found.start()], request.q[found.start() :]
        phrase = _open_phrase(before)
        if phrase is None:
            meant = re.sub(r"\w+", r"=\g<0>", found[0])
            return asked(request, before + meant + request.q[found.end() :])
        if not before[:phrase].endswith("="):
            return asked(request, f"{before[:phrase]}={before[phrase:]}{rest}")
    return request


def unlinked(request: SearchRequest, linked: Sequence[Linked]) -> SearchRequest:
    """``request`` with none of its English words searched in Arabic."""
    return reduce(literal, (taken.text for taken in linked), request)


def _open_phrase(before: str) -> int | None:
    """Where the phrase begins that is still open at the end of this part of a query."""
    for marks in ('"“”„‟＂', "«»"):
        found = [at for at, letter in enumerate(before) if letter in marks]
        if len(found) % 2:
            return found[-1]
    return None


def verbatim(request: SearchRequest) -> SearchRequest:
    """``request`` with its words as they were typed, whatever keyboard they seem to be typed with.

    >>> verbatim(SearchRequest(q="hgdlk")).q
    '"hgdlk"'
    """
    return asked(request, _in_quotes(request.q))


def undated(request: SearchRequest, side: Literal["from", "to", "both"] = "both") -> SearchRequest:
    """``request`` without its first or last day, or without both."""
    return replace(
        request,
        date_from=request.date_from if side == "to" else None,
        date_to=request.date_to if side == "from" else None,
        page=1,
    )


def unfiltered(request: SearchRequest) -> SearchRequest:
    """``request`` with its words alone."""
    return replace(undated(request), filters=frozenset(), any_of=frozenset())


def is_filtered(request: SearchRequest) -> bool:
    """Whether anything but words narrows the request."""
    return bool(request.filters or request.date_from or request.date_to)


def page_numbers(page: int, pages: int) -> Iterator[int | None]:
    """The numbers under a list: the ends, the neighbours of ``page``, None for a gap.

    >>> list(page_numbers(5, 9))
    [1, None, 4, 5, 6, None, 9]
    """
    shown = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    last = 0
    for number in shown:
        if number == last + 2:
            yield last + 1
        elif number > last + 2:
            yield None
        yield number
        last = number


def web_address(url: str | None) -> str | None:
    """``url`` where a reader may follow it; a page's record can hold anything, also a script."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


@dataclass(frozen=True)
class Links:
    """Writes addresses; ``lang`` is the language that the reader chose by hand, or None."""

    lang: str | None = None

    def start(self) -> str:
        """The start page."""
        return self._address(url_for("pages.start"), {})

    def search(self, request: SearchRequest) -> str:
        """The results of a request."""
        return self._address(self._search, dump(request))

    def only(self, facet: str, value: str) -> str:
        """Everything that has this value, whatever else was asked for."""
        return self.search(only(facet, value))

    def article(self, id: str, request: SearchRequest | None = None) -> str:
        """An article; the request marks its words there and leads back to the results."""
        return self._address(url_for("pages.article", id=id), dump(request) if request else {})

    def facet(
        self, name: str, request: SearchRequest, contains: str = "", order: str = "", page: int = 1
    ) -> str:
        """All values of a facet under a request, or those whose name holds a text."""
        query = dump(turned(request, page))
        if contains:
            query["contains"] = [contains]
        if order:
            query["order"] = [order]
        return self._address(url_for("pages.facet", name=name), query)

    def profile(self, facet: str, id: str) -> str:
        """The page of a facet value."""
        return self._address(f"{self._root}{facet}/{quote(id)}", {})

    def profile_json(self, facet: str, id: str) -> str:
        """The same as JSON."""
        return url_for("api.profile", facet=facet, id=id)

    def citation(self, style: str, id: str) -> str:
        """An article's reference as a file."""
        return self._address(url_for("exports.citation", style=style, id=id), {})

    def pictures(self, request: SearchRequest, kind: str = "") -> str:
        """Pictures of the results of a request."""
        query = dump(ordered(request, "relevance"))
        return self._address(url_for("pictures.show", kind=kind or None), query)

    def json(self, request: SearchRequest) -> str:
        """The same results as JSON."""
        return _with_query(url_for("api.search"), dump(request))

    def export(self, name: str, request: SearchRequest) -> str:
        """All results of a request as a file of this format, as many as its page tells."""
        query = dump(with_meaning(turned(request, 1), on=True))
        query |= {"full": ["01"[request.full]], "meaning": ["01"[request.meaning]]}
        query.pop("size", None)
        return self._address(url_for("exports.export", name=name), query)

    def counts(self, name: str, request: SearchRequest, contains: str = "") -> str:
        """The values of a facet under a request with their numbers, as a table."""
        query = dump(ordered(request, "relevance")) | ({"contains": [contains]} if contains else {})
        return self._address(url_for("counts.facet", name=name), query)

    def counts_of_picture(self, kind: str, request: SearchRequest) -> str:
        """What a picture of the results is drawn from, as a table."""
        return self._address(
            url_for("counts.picture", kind=kind), dump(ordered(request, "relevance"))
        )

    def feed(self, request: SearchRequest, *, partial: bool = False, meaning: bool = False) -> str:
        """The newest of the same results as a feed, likewise."""
        query = _to_take_along(ordered(request, "relevance"), partial=partial, meaning=meaning)
        return self._address(url_for("exports.feed"), query)

    def absolute(self, address: str) -> str:
        """An address of ours with the host it was asked under, for feeds."""
        return urljoin(current_request.host_url, address)

    def article_json(self, id: str, request: SearchRequest) -> str:
        """The same article as JSON."""
        return _with_query(url_for("api.article", id=id), dump(SearchRequest(q=request.q)))

    def spoken(self, lang: str) -> str:
        """The page that is open now, in another language."""
        path = quote(current_request.script_root + current_request.path)
        return _with_query(path, {**known(current_request.args), "lang": [lang]})

    def hidden(self, request: SearchRequest, *without: str) -> list[tuple[str, str]]:
        """Names and values of the hidden fields of a form that changes the parameters named."""
        query = {**dump(turned(request, 1)), **self._language()}
        return [(name, v) for name, values in query.items() if name not in without for v in values]

    @cached_property
    def _root(self) -> str:
        return url_for("pages.start")

    @cached_property
    def _search(self) -> str:
        """Asked for once; routing would find it anew for each of a page's links."""
        return url_for("pages.search")

    def _address(self, path: str, query: Query) -> str:
        return _with_query(path, {**query, **self._language()})

    def _language(self) -> Query:
        return {"lang": [self.lang]} if self.lang else {}


def _to_take_along(request: SearchRequest, *, partial: bool, meaning: bool) -> Query:
    """The parameters of a list for programs, in which both are off unless they are written."""
    return dump(with_meaning(request, on=True)) | _PARTIAL[partial] | _MEANING[meaning]


def _in_quotes(value: str) -> str:
    """A value as a field of the query language takes it; one that holds quotes is put in others."""
    return f"«{value}»" if '"' in value else f'"{value}"'


def _with_query(path: str, query: Query) -> str:
    if not query:
        return path
    pairs = (f"{name}={_quoted(v)}" for name, values in query.items() for v in values)
    return f"{path}?{'&'.join(pairs)}"


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """A value as a query string holds it; the links of a page repeat the same ones."""
    return quote_plus(text)
