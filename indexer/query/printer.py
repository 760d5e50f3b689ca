"""Clauses back into the query language: the query as it was understood."""

from indexer.query.ast import (
    EVERYTHING,
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
    Part,
    Pattern,
    Phrase,
    Prefix,
)
from indexer.query.lexer import STRAIGHT, operator
from indexer.query.periods import write_period
from indexer.schema import facet_field


def write(clause: Clause) -> str:
    """Return the query that reads as this clause; brackets make plain what belongs together.

    Words stand as they were typed, where that is known.
    """
    match clause:
        case All(clauses) | Most(clauses):
            return " ".join(_inside(c, Any) for c in clauses if not _is_optional(c))
        case Any(clauses):
            return " OR ".join(_inside(c, All) for c in clauses)
        case Not(inner):
            return f"-{_inside(inner, All, Any)}"
        case Match(word, part):
            printed = clause.printed or word.exact
            sign = "+" if clause.required else ""
            return sign + _in(part) + (f"({printed})" if operator(printed) else printed)
        case Exact((form,), part) if clause.quoted:
            return f'{_in(part)}"{clause.printed or form}"'
        case Exact((form,), part):
            return f"{_in(part)}={clause.printed or form}"
        case Exact(forms, part):
            return f"({' OR '.join(f'{_in(part)}={form}' for form in forms)})"
        case Phrase(forms, slop, part):
            near = f"~{slop}" if slop else ""
            literal = "=" if clause.printed and not clause.loose else ""
            return f'{_in(part)}{literal}"{clause.printed or " ".join(forms)}"{near}'
        case Prefix(text, part):
            return f"{_in(part)}{clause.printed or text}*"
        case Pattern(text, part):
            return f"{_in(part)}{clause.printed or text}"
        case Fuzzy(text, distance, part):
            return f"{_in(part)}{clause.printed or text}~{distance}"
        case Named(facet, text):
            return f"{facet_field(facet).keyword}:{_quoted(text)}"
        case HasValue(facet, values):
            written = [f"{facet_field(facet).keyword}:{_quoted(value)}" for value in values]
            return written[0] if len(written) == 1 else f"({' OR '.join(written)})"
        case Between():
            return f"date:{write_period(clause)}"


def _inside(clause: Clause, *bracketed: type) -> str:
    return f"({write(clause)})" if isinstance(clause, bracketed) else write(clause)


def _is_optional(clause: Clause) -> bool:
    """Whether the clause only ranks: it is there for what may stand in an article."""
    return isinstance(clause, Any) and EVERYTHING in clause.clauses


def _in(part: Part) -> str:
    return f"{part}:" if part else ""


def _quoted(name: str) -> str:
    """A name as a field's value; one that holds straight marks came between guillemets."""
    if name.isalnum():
        return name
    return f"«{name}»" if set(name) & set(STRAIGHT) else f'"{name}"'
