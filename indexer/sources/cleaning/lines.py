"""One line of a page, and what its shape tells."""

import base64
import binascii
import re
from collections.abc import Iterator
from functools import cache, cached_property

from indexer.sources.tables import rows
from indexer.text.normalize import normalize

#: No phrase around a story is longer, but for credits in Latin letters.
LONGEST_PHRASE = 240
#: A line this long is a paragraph of the story; a shorter one is if it ends as a sentence does.
PARAGRAPH, SENTENCE = 120, 60
_FULL_STOP = (".", "؛", ".»", ".”", '."', "!”", "؟”", "!»", "؟»")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z]")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_KINDS_OF_LETTERS = tuple(map(re.compile, ("[A-Z]", "[a-z]", "[0-9]")))
_NO_LETTER = re.compile(r"[\W_]")
#: Marks that turn the direction of writing; at a line's end they turn nothing.
_BULLETS = " •·●▪■►*"
_AT_ENDS = " \t\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"


class Line:
    """A line of text; ``why`` is the rule that takes it out of the story, once one does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.why: str | None = None

    @cached_property
    def folded(self) -> str:
        """The line as tables know it, or nothing where it is longer than any phrase."""
        if len(self.text) > LONGEST_PHRASE:
            return ""
        return normalize(self.text).lstrip(_BULLETS)

    @cached_property
    def letters(self) -> str:
        """The folded letters and digits without anything between them."""
        return _NO_LETTER.sub("", self.folded or normalize(self.text))

    def repeats(self, other: "Line") -> bool:
        """Whether two lines are one but for marks and spaces."""
        near = abs(len(self.text) - len(other.text)) <= 12
        return near and self.letters != "" and self.letters == other.letters

    @property
    def is_paragraph(self) -> bool:
        """Whether this looks like running text of the story rather than a line around it."""
        return len(self.text) >= PARAGRAPH or (
            len(self.text) >= SENTENCE and self.text.endswith(_FULL_STOP)
        )

    @property
    def is_arabic(self) -> bool:
        """Whether there is a letter of the Arabic script in it."""
        return bool(_ARABIC.search(self.text))

    @property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters and no others."""
        return bool(_LATIN.search(self.text)) and not self.is_arabic

    @property
    def is_menu(self) -> bool:
        """Whether it is made of names of sections, apart or glued: «رئيسيسياسةعربي ودولي»."""
        return len(self.text) <= PARAGRAPH and bool(_menu().fullmatch(self.letters))

    @property
    def is_encoded(self) -> bool:
        """Whether it holds something in Base64, as sites leave to trace copies, and little else."""
        match = _ENCODED.search(self.text)
        if match is None or len(self.text) - len(match[0]) > SENTENCE:
            return False
        if not all(kind.search(match[0]) for kind in _KINDS_OF_LETTERS):
            return False
        try:
            return base64.b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True) != b""
        except binascii.Error:
            return False


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything, with single spaces."""
    for line in text.splitlines():
        if line := " ".join(line.split()).strip(_AT_ENDS):
            yield Line(line)


@cache
def _menu() -> re.Pattern[str]:
    words = {re.sub(r"\s", "", normalize(word)) for (word,) in rows("sections.txt")}
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:و?(?:ال)?(?:{longest_first}))+")
