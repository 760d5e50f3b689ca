"""«على» (on) and «علي» (Ali): one word on the exact layer, two for who searches.

The press writes final yaa with and without its dots, so the letter alone decides only in a text
that tells the two letters apart. A text from Egypt has «فى» and prints Ali as «على»; other pages
dot every yaa and print the preposition as «علي». There the neighbours decide, and what they leave
open counts as the name, which is what is searched for. Facets are read before this: names are
found by more than one word.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from indexer.model import Token, Word
from indexer.text.normalize import SILENT
from indexer.text.word_lists import words

Habit = Literal["told apart", "never dotted", "always dotted"]

#: The name, also behind a conjunction, as the exact layer has it; and the preposition for it.
NAMES = {
    "علي": "على",
    "وعلي": "وعلى",
    "فعلي": "فعلى",
}
HOMOGRAPHS = frozenset((*NAMES, *NAMES.values()))
#: The preposition before a pronoun, which is no form of the name.
_WITH_PRONOUN = re.compile("[وف]?علي(?:ه|ها|هم|هما|هن|ك|كم|نا)")
_ON = "على"
_UNDOTTED = re.compile(r"(?<!\w)(?:فى|التى|الذى)(?!\w)")
_DOTTED = re.compile(r"(?<!\w)(?:في|التي|الذي)(?!\w)")
_OVERDOTTED = re.compile(r"(?<!\w)و?(?:إلي|الي|حتي)(?!\w)")
_TO = re.compile(r"(?<!\w)و?(?:إلى|الى|حتى|على)(?!\w)")
#: Verbs of saying that never govern «على», after which the name is who speaks.
_SAYING = re.compile("[وف]?(?:قال|اضاف|ذكر|اوضح|صرح|اشار|افاد|اعلن|كشف|تابع|قالت|اكمل)")
_SLAVE_OF = "عبد"


def habit(text: str) -> Habit:
    """How a text writes final yaa; one that does not tell is taken to tell the letters apart."""
    if _UNDOTTED.search(text) and not _DOTTED.search(text):
        return "never dotted"
    if _OVERDOTTED.search(text) and not _TO.search(text):
        return "always dotted"
    return "told apart"


def told_apart(text: str, tokens: Sequence[Token], way: Habit | None = None) -> list[Token]:
    """The tokens of a text, the preposition with another exact form than the name.

    ``way`` is the habit of the page, where the text is but a piece of it.
    """
    found = list(tokens)
    for n, (start, end, word) in enumerate(tokens):
        if word.exact in NAMES:
            way = way or habit(text)
            before = tokens[n - 1].word.exact if n else ""
            behind = tokens[n + 1].word.exact if n + 1 < len(tokens) else ""
            if _is_preposition(text[start:end], before, behind, way):
                found[n] = Token(start, end, _preposition(word))
            else:
                found[n] = Token(start, end, word._replace(stop=False))
        elif word.lemma == "علي" and _WITH_PRONOUN.fullmatch(word.exact):
            found[n] = Token(start, end, word._replace(stem=_ON, lemma=_ON, root=_ON))
    return found


def preposition_forms(
    text: str, forms: Iterable[tuple[int, int, str]], way: Habit
) -> list[tuple[int, int, str]]:
    """The same for the exact forms of a text alone."""
    tokens = [Token(start, end, Word(form, form, form)) for start, end, form in forms]
    return [(start, end, word.exact) for start, end, word in told_apart(text, tokens, way)]


def _is_preposition(printed: str, before: str, behind: str, way: Habit) -> bool:
    undotted = printed.rstrip(SILENT).endswith("ى")
    named = before in words("before-name") or behind in words("behind-name")
    if way == "told apart":
        return undotted and not named
    if undotted != (way == "never dotted"):
        return undotted  # the rarer letter was chosen on purpose
    spoke = _SAYING.fullmatch(before) is not None
    return not (named or spoke or behind.startswith(_SLAVE_OF))


def _preposition(word: Word) -> Word:
    return word._replace(exact=NAMES[word.exact], stem=_ON, lemma=_ON, root=_ON)
