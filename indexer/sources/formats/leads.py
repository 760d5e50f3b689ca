"""The lead of a story where it stands outside the story's box: standfirst, subtitle, excerpt."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from indexer.sources.cleaning.lines import PARAGRAPH, SENTENCE, Line
from indexer.sources.formats.layout import BLOCKS, Layout, beginning, letters, marks, text_of

_LEAD = re.compile(
    r"(?:^|[\W_])(?:lead|lede|leadin|standfirst|stand[-_]?first|excerpt|sub|sub[-_]?titles?|sub[-_]?head"
    r"(?:ing|line)?|deck|dek|intro|introduction|summary|chapeau|abstract|desc|description|brief|teaser"
    r"|synopsis|strapline)(?:$|[\W_])",
    re.IGNORECASE,
)
#: A lead has so many words, and a heading that is not said to be one has more.
LEAST_WORDS, LEAST_OF_HEADING = 4, 8
LONGEST = 10 * PARAGRAPH
#: What ends an excerpt that was cut off by a machine.
_CUT_OFF = re.compile(r"[\s\[(]*(?:…|\.\.\.|&hellip;|اقرأ المزيد|المزيد)[\])\s…]*$")


def leads(layout: Layout) -> Iterator[str]:
    """The paragraphs between title and story that are not in the story, each once."""
    said = "".join(map(letters, layout.story))
    taken: set[HtmlElement] = set()
    for element in layout.before_story():
        if taken.intersection(element.iterancestors()) or not _is_lead(element):
            continue
        taken.add(element)
        for text in _paragraphs(element):
            known = letters(_CUT_OFF.sub("", text))
            if known and known not in said and known != layout.title:
                said += known
                yield text


def _is_lead(element: HtmlElement) -> bool:
    text = beginning(element, LONGEST)
    words = len(text.split())
    if not words >= LEAST_WORDS or len(text) > LONGEST:
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    if 2 * linked > len(text) or any(a.tag == "a" for a in element.iterancestors()):
        return False
    if _LEAD.search(marks(element)):
        return True
    if element.tag in ("h2", "h3", "h4"):
        return words >= LEAST_OF_HEADING
    return element.tag == "p" and len(text) >= SENTENCE and Line(text).is_paragraph


def _paragraphs(element: HtmlElement) -> list[str]:
    """The lines of a lead: of the paragraphs inside, or the whole."""
    inside = [e for e in element.iter(*BLOCKS) if not any(True for _ in e.iterdescendants(*BLOCKS))]
    lines = [text_of(e) for e in inside if text_of(e)]
    whole = text_of(element)
    return lines if letters("".join(lines)) == letters(whole) else [whole]
