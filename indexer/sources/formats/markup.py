"""Fragments of HTML to lines of text, for records and feeds whose text still has its tags.

Whole pages go through ``html``, which looks for the story; a fragment is the story.
"""

import re
from html import unescape

#: A tag of these is why a text is taken for HTML: prose has «<» now and then, but not these.
_IS_MARKUP = re.compile(
    r"<(?:/?(?:p|div|span|strong|b|em|i|ul|li|h[1-6]|a)\b[^<>]*|br\s*/?|img\s[^<>]*)>", re.I
)
_NOT_TEXT = re.compile(
    r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S
)
_NEW_LINE = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|figure|figcaption)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


def plain(text: str) -> str:
    """Text without tags, entities («&quot;», and twice escaped «&amp;quot;») and controls.

    Halves of characters, which JSON can hold and no file can, go too.

    >>> plain("<p>قال &quot;نعم&quot;</p>").strip()
    'قال "نعم"'
    """
    if "<" in text and _IS_MARKUP.search(text):
        text = _NOT_TEXT.sub(" ", text)
        # In HTML only tags break lines; in plain text line breaks do.
        if _NEW_LINE.search(text):
            text = _NEW_LINE.sub("\n", " ".join(text.split()))
        text = _TAG.sub("", text)
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return _CONTROL.sub("", text)
