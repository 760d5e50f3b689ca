"""Both engines find, count and order what a look at every document finds, for any query."""

import datetime as dt
import random
from collections.abc import Callable, Collection, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from corpus import Corpus, known_forms
from factories import make_document
from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Pairing, Search
from indexer.engines.ranking import RANKING
from indexer.model import Document, Filter, Word
from indexer.query.ast import All, Any, Between, Clause, Exact, HasValue, Match, Most, Not, Phrase
from indexer.schema import EVENTS, EXTRACTED, FACET_IDS, YEARS

#: Words that share stems, lemmas and roots crosswise, so that each finds more than the form.
WORDS = [
    Word(f"w{n}", f"s{n // 2}", f"l{n % 4}", root=f"r{n % 3}" if n < 6 else "") for n in range(9)
]
OF_TEXTS = (*EXTRACTED, EVENTS)
VALUES = {facet: [f"{facet}:{n}" for n in range(6)] for facet in OF_TEXTS} | {
    "sources": ["واس", "BBC"],
    "dates": ["2021-05", "2021-06", "2021-07"],
}
DATES = [dt.date(2021, month, day) for month in (5, 6, 7) for day in (1, 2, 30)]
DATES.append(dt.date(2020, 6, 2))
SEEDS = range(4)
COUNTED = (*FACET_IDS, YEARS)


def documents(dice: random.Random, ids: range) -> Iterator[Document]:
    """Short articles; some without title, body, values or date."""
    for id in ids:
        values = {facet: dice.choices(VALUES[facet], k=dice.randrange(4)) for facet in OF_TEXTS}
        yield make_document(
            f"{id:02}",
            title=dice.choices(WORDS, k=dice.randrange(5)),
            body=dice.choices(WORDS, k=dice.choice([0, 3, 6, 12])),
            date=dice.choice([None, *map(str, DATES)]),
            source=dice.choice([None, *VALUES["sources"]]),
            story=dice.choice(["", f"{id % 30 // 5 * 5:02}", "elsewhere"]),
            **{facet: set(ids) for facet, ids in values.items()},
        )


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Corpus]]]:
    """For each seed the same documents in every engine, after some were replaced or removed."""
    made = []
    for seed in SEEDS:
        corpora = {}
        for name in ENGINES:
            folder = tmp_path_factory.mktemp(f"{name}{seed}")
            corpora[name] = Corpus(open_engine(name, folder, create=True, ranking=FEW))
            dice = random.Random(seed)
            for batch in (range(30), range(25, 40), range(38, 45))[: seed + 1]:
                gone = [f"{dice.randrange(30):02}" for _ in range(seed)]
                corpora[name].write(*documents(dice, batch), remove=gone)
        made.append(corpora)
    yield made
    for corpora in made:
        for corpus in corpora.values():
            corpus.engine.close()


def documents_of(corpora: dict[str, Corpus]) -> Collection[Document]:
    """What all engines of a seed hold."""
    return next(iter(corpora.values())).documents.values()


words = st.sampled_from(WORDS)
forms = words.map(lambda word: word.exact)
parts = st.sampled_from([None, None, "title"])
dates = st.none() | st.sampled_from(DATES)
facets = st.sampled_from(FACET_IDS)


def values_of(facet: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*VALUES[facet], "unknown"])


has_value = facets.flatmap(
    lambda facet: st.builds(
        HasValue, st.just(facet), st.lists(values_of(facet), max_size=3).map(tuple)
    )
)
exacts = st.builds(Exact, st.lists(forms, max_size=3).map(tuple), parts)
phrases = st.builds(Phrase, st.lists(forms, min_size=1, max_size=4).map(tuple), st.just(0), parts)
variants = st.lists(st.one_of(exacts, phrases), max_size=2).map(tuple)
leaves = st.one_of(
    st.builds(Match, words, parts, related=st.booleans()),
    st.builds(Match, words, parts, variants=variants),
    exacts,
    phrases,
    st.builds(Phrase, st.lists(forms, min_size=1, max_size=4).map(tuple), st.integers(0, 6), parts),
    has_value,
    st.builds(Between, dates, dates),
)
clauses = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)
filters = st.lists(
    facets.flatmap(
        lambda facet: st.builds(
            Filter, st.just(facet), values_of(facet), st.booleans(), st.booleans()
        )
    ),
    max_size=4,
    unique=True,
)
sizes = st.sampled_from([None, 0, 1, 3, 50])


@settings(max_examples=200)
@given(st.sampled_from(SEEDS), clauses, filters, sizes)
def test_engines_find_and_count_what_is_there(
    corpora: list[dict[str, Corpus]],
    seed: int,
    clause: Clause,
    filters: list[Filter],
    size: int | None,
) -> None:
    matching = [one for one in documents_of(corpora[seed]) if oracle.matches(one, clause)]
    wanted = {one.record.article.id for one in matching if oracle.passes(one, filters)}
    counts = {facet: oracle.counts(matching, filters, facet, size) for facet in COUNTED}
    for name, corpus in corpora[seed].items():
        found = corpus.find(clause, *filters, limit=100, facet_size=size, facets=COUNTED)
        assert {hit.id for hit in found.hits} == wanted, name
        assert found.total == len(found.hits) == found.articles == len(wanted), name
        assert found.counts == counts, name


@settings(max_examples=200)
@given(st.sampled_from(SEEDS), clauses, filters, sizes, st.sampled_from(["relevance", "newest"]))
def test_engines_collapse_what_was_found(
    corpora: list[dict[str, Corpus]],
    seed: int,
    clause: Clause,
    filters: list[Filter],
    size: int | None,
    sort: str,
) -> None:
    matching = [one for one in documents_of(corpora[seed]) if oracle.matches(one, clause)]
    passing = [one for one in matching if oracle.passes(one, filters)]
    shown = oracle.collapsed(passing)
    wanted = {first.record.article.id: told for first, *told in shown}
    counts = {
        facet: oracle.counts(matching, filters, facet, size, collapse=True) for facet in COUNTED
    }
    in_order = oracle.by_date([first for first, *_ in shown], "newest")
    for name, corpus in corpora[seed].items():
        options = {"sort": sort, "facet_size": size, "facets": COUNTED, "collapse": True}
        found = corpus.find(clause, *filters, limit=100, **options)
        assert {hit.id: [hit.copies, hit.sources] for hit in found.hits} == wanted, name
        assert found.total == len(found.hits), name
        assert found.articles == len(passing), name
        assert found.counts == counts, name
        if sort == "newest":
            assert [hit.id for hit in found.hits] == in_order, name
        whole = found.hits
        page = corpus.find(clause, *filters, start=1, limit=2, **options)
        assert page.hits == whole[1:3], name
        assert page.total == len(whole), name


mosts = st.builds(
    Most,
    st.lists(st.one_of(st.builds(Match, words, related=st.booleans()), leaves), max_size=5).map(
        tuple
    ),
    st.lists(forms, max_size=3).map(tuple),
    st.booleans(),
)
#: Few enough for the corpora of these tests.
FEW = RANKING._replace(enough=4)


@settings(max_examples=200)
@given(
    st.sampled_from(SEEDS),
    mosts,
    st.none() | clauses,
    filters,
    st.sampled_from(["newest", "relevance"]),
)
def test_engines_find_what_holds_enough_of_the_words(
    corpora: list[dict[str, Corpus]],
    seed: int,
    most: Most,
    other: Clause | None,
    filters: list[Filter],
    sort: str,
) -> None:
    every = documents_of(corpora[seed])
    lacks = oracle.covered(every, most, FEW)
    found = {
        one.record.article.id: one
        for one in every
        if one.record.article.id in lacks
        and (other is None or oracle.matches(one, other))
        and oracle.passes(one, filters)
    }
    full = [id for id in found if not lacks[id]]
    by_date = [
        *oracle.by_date([found[id] for id in full], "newest"),
        *oracle.by_date([one for id, one in found.items() if lacks[id]], "newest"),
    ]
    for name, corpus in corpora[seed].items():
        clause = most if other is None else All((most, other))
        answer = corpus.find(clause, *filters, limit=100, sort=sort)
        assert {hit.id: list(hit.lacks) for hit in answer.hits} == {
            id: lacks[id] for id in found
        }, name
        assert (answer.total, answer.total_full) == (len(found), len(full)), name
        told = corpus.find(clause, *filters, limit=100, collapse=True)
        assert told.total == len({oracle.story(one) for one in found.values()}), name
        assert told.total_full == len({oracle.story(found[id]) for id in full}), name
        assert sum(hit.full for hit in told.hits) == told.total_full, name
        if sort == "newest":
            assert [hit.id for hit in answer.hits] == by_date, name


@settings(max_examples=100)
@given(
    st.sampled_from(SEEDS),
    clauses,
    filters,
    st.sampled_from(COUNTED),
    st.sampled_from(COUNTED),
    st.tuples(sizes, sizes),
    st.booleans(),
)
def test_engines_count_pairs_that_are_there(
    corpora: list[dict[str, Corpus]],
    seed: int,
    clause: Clause,
    filters: list[Filter],
    rows: str,
    columns: str,
    sizes: tuple[int | None, int | None],
    collapse: bool,
) -> None:
    found = [
        one
        for one in documents_of(corpora[seed])
        if oracle.matches(one, clause) and oracle.passes(one, filters)
    ]
    wanted = oracle.pairs(found, rows, columns, sizes, collapse=collapse)
    pairing = Pairing(rows, columns, sizes)
    for name, corpus in corpora[seed].items():
        asked = known_forms(clause, documents_of(corpora[seed]))
        search = Search(asked, filters, collapse=collapse)
        assert corpus.engine.pairs(search, pairing) == wanted, name


@settings(max_examples=100)
@given(
    st.sampled_from(SEEDS),
    clauses,
    st.sampled_from(["newest", "oldest"]),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_engines_order_by_date_and_id(
    corpora: list[dict[str, Corpus]],
    seed: int,
    clause: Clause,
    sort: str,
    start: int,
    limit: int,
) -> None:
    every = documents_of(corpora[seed])
    wanted = oracle.by_date([one for one in every if oracle.matches(one, clause)], sort)
    for name, corpus in corpora[seed].items():
        ids = corpus.ids(clause, sort=sort, start=start, limit=limit)
        assert ids == wanted[start : start + limit], name


@settings(max_examples=100)
@given(st.sampled_from(SEEDS), clauses, st.integers(0, 12), st.integers(1, 12))
def test_pages_by_relevance_are_cut_from_one_order(
    corpora: list[dict[str, Corpus]], seed: int, clause: Clause, start: int, limit: int
) -> None:
    for corpus in corpora[seed].values():
        whole = corpus.find(clause, limit=100).hits
        assert list(whole) == sorted(whole, key=lambda hit: (-hit.score, hit.id))
        assert corpus.find(clause, start=start, limit=limit).hits == whole[start : start + limit]


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Corpus]]:
    """The same longer articles in every engine, written at once; no word is in most of them."""
    dice = random.Random(0)
    filler = [Word(f"f{n}", f"f{n}", f"f{n}") for n in range(40)]
    articles = [
        make_document(
            f"{id:03}",
            title=dice.choices(WORDS + filler, k=dice.randrange(8)),
            body=dice.choices(WORDS + filler, k=dice.randrange(40)),
        )
        for id in range(200)
    ]
    corpora = []
    for name in ENGINES:
        folder = tmp_path_factory.mktemp(f"{name}-scored")
        corpora.append(Corpus(open_engine(name, folder, create=True)))
        corpora[-1].write(*articles)
    yield corpora
    for corpus in corpora:
        corpus.engine.close()


scoring = st.one_of(
    st.builds(Match, words, parts, related=st.booleans()),
    st.builds(Exact, forms.map(lambda form: (form,)), parts),
    st.builds(Phrase, st.lists(forms, min_size=2, max_size=2, unique=True).map(tuple)),
)


joins = st.sampled_from([All, Any, Most]) | st.builds(
    lambda row, strict: lambda clauses: Most(clauses, row, strict),
    st.lists(forms, min_size=2, max_size=3, unique=True).map(tuple),
    st.booleans(),
)


@settings(max_examples=150)
@given(st.lists(scoring, min_size=1, max_size=3).map(tuple), joins)
def test_engines_score_alike(
    scored: list[Corpus], clauses: tuple[Clause, ...], join: Callable[[tuple[Clause, ...]], Clause]
) -> None:
    """Alike, not equal: tantivy counts its own bookkeeping as an article."""
    one, other = (
        {hit.id: hit.score for hit in corpus.find(join(clauses), limit=200).hits}
        for corpus in scored
    )
    assert one == pytest.approx(other, rel=0.05)
