"""A query in words, for readers who don't know the query language and for those who doubt."""

from indexer.query.ast import (
    All,
    Any,
    Between,
    Clause,
    Exact,
    Fuzzy,
    HasValue,
    Match,
    Most,
    Named,
    Not,
    Pattern,
    Phrase,
    Prefix,
)
from indexer.search.service import SearchService
from webui import language, wording
from webui.language import translated as _


def explained(clause: Clause, search: SearchService, lang: str) -> list[str]:
    """What every article must have, part by part; nothing for loose words, which are plain."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    if all(isinstance(part, Match) and not part.part and not part.required for part in parts):
        return []
    return [_words(part, search, lang) for part in parts]


def _words(clause: Clause, search: SearchService, lang: str) -> str:
    match clause:
        case All(clauses) | Most(clauses):
            return _(" and ").join(_words(one, search, lang) for one in clauses)
        case Any(clauses):
            return _(" or ").join(_words(one, search, lang) for one in clauses)
        case Not(inner):
            return _("without: %(what)s", what=_words(inner, search, lang))
        case Named(facet, text):
            name = language.name_of(search.labels(facet, text), text, lang)
            return f"{wording.facet_name(facet)}: {name}"
        case HasValue(facet, values):
            names = (language.name_of(search.labels(facet, id), id, lang) for id in values)
            return f"{wording.facet_name(facet)}: {_(' or ').join(names)}"
        case Between(start, end):
            if not end and start:
                return _("from %(day)s on", day=language.day(start, lang))
            if not start and end:
                return _("until %(day)s", day=language.day(end, lang))
            first = language.day(start, lang) if start else "…"
            last = language.day(end, lang) if end else "…"
            return f"{first} – {last}"
        case _:
            said = _of_text(clause)
            return _("in the title: %(what)s", what=said) if clause.part else said


def _of_text(clause: Match | Exact | Phrase | Prefix | Pattern | Fuzzy) -> str:
    """What is asked of a text, wherever it is to be."""
    match clause:
        case Match(word) if clause.required:
            printed = clause.printed or word.exact
            return _("any form of “%(word)s”, required", word=printed)
        case Match(word):
            return _("any form of “%(word)s”", word=clause.printed or word.exact)
        case Exact(forms):
            return _("exactly “%(word)s”", word=clause.printed or " | ".join(forms))
        case Phrase(forms, slop):
            words = clause.printed or " ".join(forms)
            if slop:
                return _("“%(words)s” with up to %(n)s words in between", words=words, n=slop)
            return _("the phrase “%(words)s”", words=words)
        case Prefix(text):
            return _("words that begin with “%(word)s”", word=clause.printed or text)
        case Pattern(text):
            return _("words matching the pattern “%(word)s”", word=clause.printed or text)
        case Fuzzy(text):
            return _("words spelled almost like “%(word)s”", word=clause.printed or text)
