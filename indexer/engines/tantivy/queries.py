"""Clauses as tantivy queries.

Matching and scoring are tantivy's own, with one exception: tantivy's slop counts moves of words,
ours the words between, so of the phrases with slop only those of two words are left to it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations, islice

import tantivy
from tantivy import Occur, Query

from indexer import deadline
from indexer.engines.columnar.minimum_match import rarity
from indexer.engines.ranking import Ranking
from indexer.query.ast import (
    All,
    Any,
    Between,
    Clause,
    Exact,
    HasValue,
    Match,
    Most,
    Not,
    Part,
    Phrase,
    has_root,
)

#: Between the last word of the body and the first of the title, which is indexed after it.
GAP = 100
#: Stands where a word has no root, so that all layers of a text are equally long. No word is this.
ABSENT = "-"
_PAIRS = 15  # of a phrase's words: all pairs of six
_WHITE = re.compile(r"\s")
_NO_SPACE = "\N{NO-BREAK SPACE}"


def term(text: str) -> str:
    """A term as it is indexed: tantivy's tokenizer cuts at white space, so none may be in it.

    Some letters stand for several words; Unicode spells «ﷺ» out as four.
    """
    return _WHITE.sub(_NO_SPACE, text) or _NO_SPACE


def line(terms: list[str]) -> str:
    """Terms joined for the tokenizer, one position each."""
    joined = " ".join(terms)
    return joined if joined.split() == terms else " ".join(map(term, terms))


class Queries:
    """Makes queries over one snapshot of an index."""

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, ranking: Ranking
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._ranking = ranking

    def query(self, clause: Clause) -> Query:
        """Return the query for a clause; only words and phrases score."""
        match clause:
            case Match():
                return self._match(clause)
            case Exact(forms, part) | Phrase((_,) as forms, _, part):
                return self._exact(forms, part)
            case Phrase(forms, slop, part):
                return self._phrase(forms, slop, part)
            case HasValue(facet, values):
                return self.holding(facet, values)
            case Between(start, end):
                return _unscored(self._between(start, end))
            case Not(inner):
                return self._all([(Occur.MustNot, self.query(inner))])
            case All(clauses):
                return self._all(self._occurring(clauses))
            case Any(clauses):
                return _any(self.query(one) for one in clauses)
            case _:
                raise TypeError(f"{clause} is to be looked up before it comes to an engine")

    def holding(self, facet: str, values: Iterable[str]) -> Query:
        """The articles that hold any of the values."""
        return _unscored(Query.term_set_query(self._schema, facet, list(values)))

    @cached_property
    def _everything(self) -> Query:
        """All articles; the index holds chunks of columns too, which have no number."""
        return _unscored(Query.exists_query("number"))

    def _occurring(self, clauses: Iterable[Clause]) -> Iterator[tuple[Occur, Query]]:
        for clause in clauses:
            if isinstance(clause, Not):
                yield Occur.MustNot, self.query(clause.clause)
            else:
                yield Occur.Must, self.query(clause)

    def _all(self, parts: Iterable[tuple[Occur, Query]]) -> Query:
        parts = list(parts)
        if all(occur is Occur.MustNot for occur, _ in parts):
            parts.append((Occur.Must, self._everything))
        return Query.boolean_query(parts)

    def _between(self, start: date | None, end: date | None) -> Query:
        first, last = (start or date.min).toordinal(), (end or date.max).toordinal()
        if first > last:
            return Query.empty_query()
        kind = tantivy.FieldType.Integer
        return Query.range_query(self._schema, "day", kind, first, last)

    def most(self, clause: Most, rarities: Sequence[float]) -> Query:
        """The articles that match any clause of a ``Most``, all where it is strict.

        ``rarities`` are the clauses' own, for what ``Ranking`` gives for holding a word at all.
        """
        root = self._ranking.root(len(clause.clauses))
        asked, extra = [], []
        for one, weight in zip(clause.clauses, rarities, strict=True):
            native = self.query(unranked(one))
            asked.append(native)
            if isinstance(one, Match) and has_root(one):
                extra += self._kin(one, root)
            else:
                extra.append(Query.const_score_query(native, self._ranking.kin * weight))
        if bonus := self._ranking.all_words(len(asked)) * sum(rarities):
            every = Query.boolean_query([(Occur.Must, native) for native in asked])
            extra.append(Query.const_score_query(every, bonus))
        if len(clause.phrase) > 1:
            placed: list[str | tuple[int, str]] = [*enumerate(map(term, clause.phrase))]
            extra += [
                Query.boost_query(Query.phrase_query(self._schema, field, placed), weight)
                for field, weight in (
                    ("exact", self._ranking.row),
                    ("title_exact", self._ranking.row * self._ranking.title),
                )
            ]
        if clause.strict:
            parts = [(Occur.Must, native) for native in asked]
            return Query.boolean_query([*parts, *((Occur.Should, query) for query in extra)])
        return _must([_any(asked)], extra)

    def _kin(self, clause: Match, weight: float) -> list[Query]:
        """What words of the same root add to the score."""
        root = term(clause.word.root)
        prefix = "title_" if clause.part else ""
        fields = {f"{prefix}root": weight} | (
            {} if prefix else {"title_root": weight * self._ranking.title}
        )
        queries = [self._term(field, root, share) for field, share in fields.items()]
        held = self._searcher.doc_freq(f"{prefix}root", root)
        bonus = self._ranking.kin * self._idf(held)
        return [*queries, Query.const_score_query(self._term(f"{prefix}root", root, 1.0), bonus)]

    def _match(self, clause: Match) -> Query:
        word, weights = clause.word, self._ranking
        deep = {"stem": (word.stem, weights.stem), "lemma": (word.lemma, weights.lemma)}
        if has_root(clause):
            deep["root"] = (word.root, weights.roots[-1])
        exact = {"exact": (word.exact, weights.exact)}
        variants = [
            Query.boost_query(self.query(variant), weights.variant) for variant in clause.variants
        ]
        if clause.part:
            required = [*self._layers("title_", deep), *variants]
            return _must(required, self._layers("title_", exact))
        titles = self._layers("title_", deep | exact, weights.title)
        required = [*self._layers("", deep), *variants]
        return _must(required, [*self._layers("", exact), *titles])

    def _layers(
        self, prefix: str, layers: dict[str, tuple[str, float]], share: float = 1.0
    ) -> list[Query]:
        return [
            self._term(prefix + layer, text, weight * share)
            for layer, (text, weight) in layers.items()
        ]

    def _term(self, field: str, text: str, weight: float) -> Query:
        query = Query.term_query(self._schema, field, term(text), "freq")
        return Query.boost_query(query, weight)

    def _exact(self, forms: Sequence[str], part: Part) -> Query:
        whole, title = self._ranking.whole, self._ranking.whole * self._ranking.title
        if part:
            return _any(self._forms("title_exact", forms, whole))
        return _must(self._forms("exact", forms, whole), self._forms("title_exact", forms, title))

    def _forms(self, field: str, forms: Sequence[str], weight: float) -> list[Query]:
        """A query for each form; rare ones among several weigh no more than the common ones.

        The forms of ``word*`` are one word to the reader, as frequent as all of them together.
        """
        held = {form: self._searcher.doc_freq(field, term(form)) for form in forms}
        together = self._idf(sum(held.values()))
        return [
            self._term(field, form, weight * together / self._idf(holding))
            for form, holding in held.items()
            if holding
        ]

    def _idf(self, holding: int) -> float:
        return float(rarity(holding, self._searcher.num_docs))

    def _phrase(self, forms: Sequence[str], slop: int, part: Part) -> Query:
        whole, title = self._ranking.whole, self._ranking.whole * self._ranking.title
        words = [term(form) for form in forms]
        if not words:
            return Query.empty_query()
        placed: list[str | tuple[int, str]] = [*enumerate(words)]
        if slop:
            if len(words) > 2 or words[0] == words[1] or slop >= GAP:
                return self._spread(words, slop, part)
            # Both at offset 0: what is left for tantivy's slop is how far apart they stand.
            placed, slop = [(0, word) for word in words], slop + 1
        field = "title_exact" if part else "exact"
        found = Query.boost_query(Query.phrase_query(self._schema, field, placed, slop), whole)
        if part:
            return found
        in_title = Query.phrase_query(self._schema, "title_exact", placed, slop)
        return _must([found], [Query.boost_query(in_title, title)])

    def _spread(self, words: Sequence[str], slop: int, part: Part) -> Query:
        """Articles where all words stand within ``len(words) + slop`` positions, in any order.

        Tantivy narrows them down to those where the words stand in pairs near enough to each other;
        the stored words of these are read. Scored as the words alone.
        """
        width = len(words) + slop
        field = "title_exact" if part else "exact"
        parts = [(Occur.Must, self._term(field, word, 1.0)) for word in words]
        if width <= GAP:
            for one, other in islice(combinations(words, 2), _PAIRS):
                if one != other:
                    near = Query.phrase_query(
                        self._schema, field, [(0, one), (0, other)], width - 1
                    )
                    parts.append((Occur.Must, near))
        limit = max(1, self._searcher.num_docs)
        ids = []
        for _, address in self._searcher.search(Query.boolean_query(parts), limit).hits:
            deadline.check()
            stored = self._searcher.doc(address)
            texts = bytes(stored.get_first("words") or b"").decode().split("\n")
            if any(_within(text.split(" "), words, width) for text in texts[: 1 if part else 2]):
                ids.append(stored.get_first("id"))
        found = _unscored(Query.term_set_query(self._schema, "id", ids))
        return _must([found], [self._term(field, word, self._ranking.whole) for word in words])


def unranked(clause: Clause) -> Clause:
    """The clause without words that only rank."""
    return replace(clause, related=False) if isinstance(clause, Match) else clause


def _within(text: Sequence[str], words: Sequence[str], width: int) -> bool:
    """Whether ``width`` neighbouring positions of the text hold all words, each as often as asked.

    >>> _within(["a", "b", "c", "a"], ["a", "a", "c"], 4)
    True
    >>> _within(["a", "b", "c", "a"], ["a", "a", "c"], 3)
    False
    """
    needed = Counter(words)
    missing = len(words)
    places = [(i, word) for i, word in enumerate(text) if word in needed]
    first = 0
    for position, word in places:
        missing -= needed[word] > 0
        needed[word] -= 1
        while places[first][0] <= position - width:
            left = places[first][1]
            needed[left] += 1
            missing += needed[left] > 0
            first += 1
        if not missing:
            return True
    return False


def _must(required: Iterable[Query], extra: Iterable[Query]) -> Query:
    """Any of ``required``; ``extra`` only adds to the score."""
    parts = [(Occur.Must, _any(required)), *((Occur.Should, query) for query in extra)]
    return Query.boolean_query(parts)


def _any(queries: Iterable[Query]) -> Query:
    parts = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(parts) if parts else Query.empty_query()


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
