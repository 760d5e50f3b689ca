"""Where a clause that somebody says begins and ends, by the marks around its words."""

_OPENING, _CLOSING = tuple('«"“”'), tuple('»"”“')
_PERCENT = tuple("%٪")


def with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A clause with the marks that stand around its first and last words, in pairs.

    (start, -1) where a mark in it has no other: nobody knows where the speech ends.
    """
    opened = text[start - 1 : start] in _OPENING
    closed = text[end : end + 1] in _CLOSING
    if _is_even(text[start:end]):
        if opened and not closed:
            return start, -1
        return start, end + _is_left(text, start, end)
    start, end = start - opened, end + (closed and not opened)
    return (start, end) if _is_even(text[start:end]) else (start, -1)


def _is_even(text: str) -> bool:
    """Whether each mark has its other."""
    straight = sum(map(text.count, '"“”'))
    return straight % 2 == 0 and text.count("«") == text.count("»")


def _is_left(text: str, start: int, end: int) -> bool:
    """Whether a sign behind the last word belongs to it: «100%», «(القات)»."""
    sign = text[end : end + 1]
    if sign == ")":
        return text.count("(", start, end) > text.count(")", start, end)
    return sign in _PERCENT
