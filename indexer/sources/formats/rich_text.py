"""Text that records keep in pieces: paragraphs in a list, runs with marks, or one a language.

Telegram writes a list of strings and marked runs, content systems lists of paragraphs and objects
with the text in a field of their own; none of them names its layout, so the shape has to tell.
"""

import re
from collections.abc import Mapping

#: Where an object keeps its text, the preferred name first.
_NAMES = (
    "text",
    "rendered",
    "value",
    "content",
    "body",
    "html",
    "p",
    "children",
    "blocks",
    "items",
    "data",
)
#: What an object calls its kind.
_KINDS = ("type", "_type", "kind")
#: Kinds of pieces that go on in the line of the one before.
_RUN = re.compile(
    "plain|text|span|(?:text_)?link|bold|italic|underline|strike(?:through)?|spoiler|code|mark|em"
    "|strong|a|mention(?:_name)?|hashtag|cashtag|email|phone|bot_command|custom_emoji"
)
#: Kinds of pieces that stand in a line of their own.
_PARAGRAPH = re.compile("paragraph|p|head(?:ing|er|line)|title|h[1-6]|block|list(?:_?item)?")
#: Kinds of pieces whose words are no part of the story.
_PICTURE = re.compile("image|img|photo|picture|video|audio|figure|gallery|embed|media|ad")
#: Of these languages the first is taken; of others whichever has text.
_LANGUAGES = ("ar", "en", "fr")
_LANGUAGE = re.compile(r"arabic|english|french|[a-z]{2,3}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
#: Objects within objects: more is no text that somebody wrote.
_DEEPEST = 20


def flat(value: object, depth: int = 0, kind: str = "") -> str:
    """The text of a string, a list or an object; "" where there is none.

    ``kind`` is that of the object around it.

    >>> flat([{"type": "bold", "text": "Cairo"}, ": a report"])
    'Cairo: a report'
    """
    if isinstance(value, str):
        return value
    if depth < _DEEPEST and isinstance(value, list):
        return _joined(value, depth + 1, kind)
    if depth < _DEEPEST and isinstance(value, Mapping):
        return _of_object(value, depth + 1)
    return ""


def by_language(value: Mapping[str, object]) -> object:
    """What an object with a text a language says in the one that is read best, else None."""
    if not all(map(_LANGUAGE.fullmatch, value)):
        return None
    filled = [name for name in value if value[name]]
    best = min(filled, key=_rank, default="")
    return value[best] if any(_rank(name) < len(_LANGUAGES) for name in value) and best else None


def _rank(name: str) -> int:
    language = name[:2].lower()
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def _joined(pieces: list[object], depth: int, around: str) -> str:
    texts = [(piece, text) for piece in pieces if (text := flat(piece, depth))]
    between = "" if _is_run([piece for piece, _ in texts], around) else "\n"
    return between.join(text for _, text in texts)


def _is_run(pieces: list[object], around: str) -> bool:
    """Whether pieces make one line: those of a paragraph, all runs, or objects among strings."""
    kinds = {_kind(piece) for piece in pieces if isinstance(piece, Mapping)}
    if not kinds or any(map(_PARAGRAPH.fullmatch, kinds)):
        return False
    if _PARAGRAPH.fullmatch(around) and not around.startswith("list"):
        return True
    among_strings = any(isinstance(one, str) for one in pieces)
    return "" not in kinds and (among_strings or all(map(_RUN.fullmatch, kinds)))


def _kind(piece: Mapping[str, object]) -> str:
    return next((str(piece[name]).lower() for name in _KINDS if piece.get(name)), "")


def _of_object(value: Mapping[str, object], depth: int) -> str:
    kind = _kind(value)
    if _PICTURE.fullmatch(kind):
        return ""
    for name in _NAMES:
        if text := flat(value.get(name), depth, kind):
            return text
    if (said := by_language(value)) is not None:
        return flat(said, depth)
    # A field of any other name, if no other has words: one word may be an id or an address.
    texts = [one for one in value.values() if isinstance(one, str) and len(one.split()) > 1]
    return texts[0] if len(texts) == 1 else ""
