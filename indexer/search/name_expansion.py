"""English in a query: «German ambassador» finds the articles on السفير الألماني.

Each run of Latin words is cut into names and terms, see ``indexer.search.english``. A name's words
go on matching as they stand; its Arabic words, and the facet value that it means, match as well.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.catalogue import Catalogue, Name
from indexer.query.ast import (
    EVERYTHING,
    All,
    Any,
    Clause,
    Exact,
    HasValue,
    Match,
    Not,
    Part,
    Phrase,
)
from indexer.query.combine import all_of, any_of
from indexer.query.relaxation import is_loose
from indexer.search.english import EnglishEntry as Entry
from indexer.search.english import KnownNames as Known
from indexer.search.english import QuerySegment as Piece
from indexer.search.english import countries, cut, knowledge
from indexer.search.english.folding import small_words
from indexer.text import Analyzer
from indexer.text.homographs import told_apart
from indexer.text.phonetics import sounds

#: Names and terms of one query that are searched in all their renderings; more, in the usual one.
_MOST_PIECES = 12
_RENDERINGS = 4
_FAR_MORE = 5  # articles than of the next one has whom a surname means before all others
_MOST_HEARD = 3  # words of one query; each asks for the sound of every name
_CLEAR = 3  # sounds of a word that is heard as a name: «Poutine» has P, T, N
_NAMES = 2  # of a facet's value that are looked for where the value was not seen
#: What stands joined before a word.
_PROCLITICS = ("", "و", "ب", "ل")
_ARTICLE = "ال"
_LATIN = re.compile(r"[a-z0-9\u00df-\u024f\u1e00-\u1eff]+")


class Linked(NamedTuple):
    """Words of a query that were taken for a name or a term, and what they mean.

    ``kind`` is what it is: «country», «place», «organisation», «demonym», «term», «person».
    ``facet`` is empty, and so is the name's id, where it is no facet's value.
    """

    text: str
    facet: str
    name: Name
    kind: str = ""


class Joined(NamedTuple):
    """A query with its English joined by Arabic, and what of it was.

    ``loose`` are the clauses made of loose words: articles may lack them as they may lack a word.
    """

    clause: Clause
    linked: tuple[Linked, ...] = ()
    loose: frozenset[Clause] = frozenset()


class Linker:
    """Lets English find Arabic in one index; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, analyzer: Analyzer) -> None:
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._knowledge = knowledge(catalogue)

    def joined(self, clause: Clause) -> Joined:
        """The clause with each name and term in Latin letters joined by what it is in Arabic.

        Each is one clause among its neighbours. Words written with «=» mean only themselves.
        """
        if not _has_latin(clause):
            return Joined(clause)
        linking = _Linking(self._knowledge.current(), self._catalogue, self._analyzer)
        joined = linking.clause(clause)
        side_by_side = joined.clauses if isinstance(joined, All) else (joined,)
        loose = linking.loose.intersection(side_by_side)
        return Joined(joined, tuple(dict.fromkeys(linking.found)), frozenset(loose))

    def prepare(self) -> None:
        """Read the names, so that no reader waits for it."""
        self._knowledge.current()

    def better(self, clause: Clause) -> dict[str, str]:
        """The loose Latin words of a query, each with the word to offer in its place.

        That is the word itself where it is known, else part of a name that sounds like it:
        «Poutina» may be «Putin». Only some words are listened to.
        """
        known = self._knowledge.current()
        found: dict[str, str] = {}
        listened = 0
        for word in _latin_words(clause):
            printed = word.printed or word.word.exact
            if all(piece.entry for piece in cut([printed], known)):
                found[word.word.exact] = printed
            elif listened < _MOST_HEARD:
                listened += 1
                if name := self._heard(printed):
                    found[word.word.exact] = name
        return found

    def _heard(self, printed: str) -> str | None:
        heard = sounds(printed)
        if not heard or any(len(sound) < _CLEAR for sound in heard):
            return None
        for name in self._catalogue.sounding(heard, 1):
            return next((word for word in name.name_en.split() if sounds(word) == heard), None)
        return None

    def ids(self, facet: str, text: str) -> tuple[str, ...]:
        """The values of a facet that are called this, by all that the tables know."""
        return self._knowledge.current().ids(facet, text)


class _Linking:
    """The joining of one query; ``found`` are the names and terms in it, ``loose`` as in Joined."""

    def __init__(self, known: Known, catalogue: Catalogue, analyzer: Analyzer) -> None:
        self.found: list[Linked] = []
        self.loose: set[Clause] = set()
        self._known = known
        self._catalogue = catalogue
        self._analyzer = analyzer

    def clause(self, clause: Clause) -> Clause:
        match clause:
            case All(clauses):
                return All(tuple(self._neighbours(clauses)))
            case Any(clauses):
                telling = _telling(clauses) or clauses
                return Any(tuple(self.clause(one) for one in telling))
            case Not(inner):
                return Not(self.clause(inner))
            case Match():
                return all_of(self._neighbours((clause,)))
            case Phrase():
                return self._phrase(clause)
            case _:
                return clause

    def _neighbours(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        run: list[Match] = []
        for clause in clauses:
            if isinstance(clause, Match) and is_latin(clause.word.exact):
                if run and run[-1].part != clause.part:
                    yield from self._run(run)
                    run = []
                run.append(clause)
                continue
            yield from self._run(run)
            run = []
            yield clause if isinstance(clause, Match) else self.clause(clause)
        yield from self._run(run)

    def _run(self, run: Sequence[Match]) -> Iterator[Clause]:
        """The clauses of neighbouring Latin words; those that say nothing are left out."""
        if all(match.word.exact.isdigit() for match in run):
            yield from run
            return
        pieces = cut([match.printed or match.word.exact for match in run], self._known)
        if not pieces:
            yield from run
        few = len(self.found) + len(pieces) <= _MOST_PIECES
        for at, piece in enumerate(pieces):
            words = run[piece.first : piece.last + 1]
            if piece.entry is None:
                yield from words
                continue
            self.found.append(self._told(words, piece.entry))
            near = [pieces[other].entry for other in (at - 1, at + 1) if 0 <= other < len(pieces)]
            arabic = self._arabic(piece.entry, near, words[0].part, few=few)
            joined = any_of([all_of(words), *arabic])
            if all(map(is_loose, words)):
                self.loose.add(joined)
            yield joined

    def _told(self, words: Sequence[Match], entry: Entry) -> Linked:
        text = " ".join(match.printed or match.word.exact for match in words)
        return self._of(text, entry)

    def _of(self, text: str, entry: Entry) -> Linked:
        """What is told of a name: the value as the index calls it, where it knows it."""
        facet = entry.facet if entry.kind != "demonym" else ""
        if facet and entry.ids:
            names = [self._catalogue.name(facet, id) for id in entry.ids[:2]]
            first = names[0] or Name(entry.ids[0], entry.names[0], entry.name_en, 0)
            others = names[1].articles if names[1:] and names[1] else 0
            if first.articles >= others * _FAR_MORE:  # else it is a surname of several
                return Linked(text, facet, first, entry.kind)
        shown = entry.names[:1] if entry.kind == "demonym" else entry.names[:_RENDERINGS]
        return Linked(text, "", Name("", " | ".join(shown), entry.name_en, 0), entry.kind)

    def _arabic(
        self, entry: Entry, near: Sequence[Entry | None], part: Part, *, few: bool
    ) -> Iterator[Clause]:
        """What an entry is in Arabic: any of these. ``near`` are the entries on either side."""
        names = entry.names[: _RENDERINGS if few else 1]
        holder = self._holder(entry, near)
        if holder and part is None:
            yield holder
        if entry.kind == "demonym" or (
            entry.kind == "country" and any(one and one.sort == "office" for one in near)
        ):
            yield from self._belonging(entry, near if few else (), part)
        elif entry.facet and entry.ids and part is None:
            yield self._valued(HasValue(entry.facet, entry.ids), names)
        elif entry.kind != "term":
            yield from (self._named(name, part) for name in names)
        else:
            yield from self._once(self._words(name, part) for name in names)

    def _valued(self, value: HasValue, names: Sequence[str]) -> Clause:
        """A facet's value, or its names as written where the index did not see the value.

        With the value the words need not stand there (the country may be named by its adjective
        only), but where they do, in any form, they rank and are marked.
        """
        spelt = [self._named(name, None) for name in names[:_NAMES]]
        telling = [*names[:_NAMES]]
        if value.facet == "countries":  # of «الجمهورية اليمنية» the adjective is enough
            telling = [name for name in telling if " " not in name]
            telling += countries()[value.values[0]].adjectives[:1]
        words = dict.fromkeys(
            word
            for clause in map(self._words, telling)
            for word in (clause.clauses if isinstance(clause, All) else (clause,))
        )
        ranking = Any((EVERYTHING, *words))
        return Any((All((value, ranking)), All((Not(value), any_of(spelt)))))

    def _belonging(
        self, entry: Entry, near: Sequence[Entry | None], part: Part
    ) -> Iterator[Clause]:
        """A country as an adjective tells of it: «ألماني», and «سفير ألمانيا» beside an office."""
        country = countries()[entry.ids[0]]
        names = entry.names if entry.kind == "demonym" else country.adjectives + country.names[:2]
        yield from self._once(self._adjective(name, part) for name in names[:_RENDERINGS])
        for office in near:
            if office and office.sort == "office":
                for name in office.names[:2]:
                    yield from self._spelt(f"{_construct(name)} {country.names[0]}", part)

    def _holder(self, entry: Entry, near: Sequence[Entry | None]) -> Clause | None:
        """Who holds an office that stands beside a country's name or adjective."""
        for other in filter(None, near):
            office, land = (entry, other) if entry.sort == "office" else (other, entry)
            if office.sort == "office" and land.facet == "countries":
                holder = self._known.holder(land.ids[0], office.names)
                if holder:
                    return HasValue("people", (holder,))
        return None

    def _named(self, name: str, part: Part) -> Clause:
        """A name as it is written: in other forms «ليبرمان» is «أبرم», and apart no name at all."""
        if " " in name:
            return any_of(self._spelt(name, part))
        forms = tuple(phrase.forms[0] for phrase in self._spelt(name, part))
        return any_of([Exact(forms, part), Exact(forms[:1], part, quoted=True)])

    def _words(self, name: str, part: Part = None) -> Clause:
        """The words of a name, loose and in any form; in a row where one alone says nothing."""
        words = [token.word for token in self._analyzer.analyze(name)]
        telling = [word for word in words if not word.stop]
        if len(telling) == 1 < len(words):  # «آية الله»
            return any_of(self._spelt(name, part))
        return all_of(Match(word, part) for word in telling or words)

    def _adjective(self, name: str, part: Part) -> Clause:
        """An adjective by its lemma alone: its stem is that of the country as well.

        «German ambassador» is not every article on an ambassador that speaks of Germany.
        """
        words = self._words(name, part)
        if isinstance(words, Match):
            return replace(words, word=words.word._replace(stem=words.word.lemma))
        return words

    def _once(self, clauses: Iterable[Clause]) -> Iterator[Clause]:
        """Each of the clauses whose words no clause before it has in another form."""
        seen = set()
        for clause in clauses:
            words = clause.clauses if isinstance(clause, All) else (clause,)
            lemmas = frozenset(word.word.lemma for word in words if isinstance(word, Match))
            if lemmas not in seen:
                seen.add(lemmas)
                yield clause

    def _spelt(self, name: str, part: Part) -> Iterator[Phrase]:
        """The words of a name in order, with what may stand joined before the first."""
        tokens = told_apart(name, self._analyzer.analyze(name))
        first, *rest = (token.word.exact for token in tokens)
        for proclitic in _PROCLITICS:
            yield Phrase((_joined(proclitic, first), *rest), 0, part)

    def _phrase(self, phrase: Phrase) -> Clause:
        """A phrase in Latin letters: it, or the Arabic phrase where all of it is known."""
        printed = [match.printed or match.word.exact for match in phrase.loose]
        if not printed or not all(is_latin(form) for form in phrase.forms):
            return phrase
        pieces = cut(printed, self._known)
        known = [piece.entry for piece in pieces if piece.entry]
        if not known or len(known) < len(pieces):
            return phrase
        if len(self.found) + len(known) > _MOST_PIECES:
            return phrase
        for piece, entry in zip(pieces, known, strict=True):
            self.found.append(self._of(" ".join(printed[piece.first : piece.last + 1]), entry))
        if len(known) == 1:
            return any_of([phrase, *self._whole(known[0], phrase.part)])
        return any_of([phrase, self._together(pieces, phrase)])

    def _whole(self, entry: Entry, part: Part) -> Iterator[Clause]:
        """A name or term as a phrase."""
        if entry.facet and entry.ids and entry.kind != "demonym" and part is None:
            yield HasValue(entry.facet, entry.ids)
        for name in entry.names[:_RENDERINGS]:
            if " " not in name:
                common = entry.kind in ("term", "demonym")
                yield self._words(name, part) if common else self._named(name, part)
                continue
            for form in _definitenesses(name):
                yield from self._spelt(form, part)

    def _together(self, pieces: Sequence[Piece], phrase: Phrase) -> Clause:
        """Several names and terms of one phrase: a noun with its adjective, or all of them."""
        entries = [piece.entry for piece in pieces if piece.entry]
        kinds = [entry.kind for entry in entries]
        if kinds == ["demonym", "term"]:
            adjectives = countries()[entries[0].ids[0]].adjectives[:2]
            return any_of(
                spelt
                for noun in entries[1].names[:2]
                for adjective in adjectives
                for form in _qualified(noun, adjective, office=entries[1].sort == "office")
                for spelt in self._spelt(form, phrase.part)
            )
        return All(
            tuple(
                any_of(
                    self._arabic(
                        entry,
                        [*entries[at - 1 : at], *entries[at + 1 : at + 2]],
                        phrase.part,
                        few=True,
                    )
                )
                for at, entry in enumerate(entries)
            )
        )


def _telling(clauses: Sequence[Clause]) -> list[Clause]:
    """The alternatives without words that mean nothing by themselves."""
    words = [one for one in clauses if isinstance(one, Match)]
    nothing = small_words([word.printed or word.word.exact for word in words])
    return [one for one in clauses if not (isinstance(one, Match) and one.word.exact in nothing)]


def is_latin(form: str) -> bool:
    return _LATIN.fullmatch(form) is not None


def _joined(proclitic: str, word: str) -> str:
    """A word with a particle before it: «ل» and «الرياض» are «للرياض»."""
    if proclitic == "ل" and word.startswith(_ARTICLE):
        return f"{proclitic}{word[1:]}"
    return proclitic + word


def _construct(name: str) -> str:
    """An office before the name of its country: «وزير الخارجية», «وزير خارجية ألمانيا»."""
    *before, last = name.split()
    return " ".join([*before, last.removeprefix(_ARTICLE)])


def _definitenesses(name: str) -> Iterator[str]:
    """A term with and without the article: «الاتفاق النووي», «اتفاق نووي»; «وزير خارجية»."""
    yield name
    words = name.split()
    if words[0].startswith(_ARTICLE):
        yield " ".join(word.removeprefix(_ARTICLE) for word in words)
    elif words[-1].startswith(_ARTICLE):
        yield _construct(name)
    else:
        yield " ".join(_ARTICLE + word for word in words)


def _qualified(noun: str, adjective: str, *, office: bool) -> Iterator[str]:
    """A noun with an adjective, definite or not: «السفير الألماني», «سفارة ألمانية».

    What ends in ة is feminine, who holds an office is masculine; else both genders are tried.
    """
    first, *rest = noun.split()
    feminine = f"{adjective}ة"
    adjectives = (feminine,) if first.endswith("ة") else (adjective, feminine)
    for bare in adjectives[:1] if office else adjectives:
        if rest and rest[-1].startswith(_ARTICLE):
            yield f"{noun} {_ARTICLE}{bare}"
        else:
            plain = [word.removeprefix(_ARTICLE) for word in (first, *rest)]
            yield " ".join([*plain, bare])
            yield " ".join(_ARTICLE + word for word in (*plain, bare))


def _latin_words(clause: Clause) -> Iterator[Match]:
    match clause:
        case All(clauses) | Any(clauses):
            for inner in clauses:
                yield from _latin_words(inner)
        case Match(word) if is_latin(word.exact):
            yield clause


def _has_latin(clause: Clause) -> bool:
    """Whether any loose word or phrase is in Latin letters."""
    match clause:
        case All(clauses) | Any(clauses):
            return any(map(_has_latin, clauses))
        case Not(inner):
            return _has_latin(inner)
        case Match(word):
            return is_latin(word.exact)
        case Phrase(forms):
            return all(map(is_latin, forms))
        case _:
            return False
