"""How the words of an archive are usually printed: «الإسلامية», which the exact layer folds."""

import unicodedata

from indexer.model import Article
from indexer.text import exact_forms
from indexer.text.normalize import unmarked

_LEAD = 250  # letters of a body that are looked at: titles and leads are the best edited


class Spellings:
    """Lets the articles vote on how each form is printed.

    Only one spelling of a form is kept, with its lead over all others (the majority vote of Boyer
    and Moore): what more than half of the articles print wins, in one entry a form.
    """

    def __init__(self) -> None:
        self._leading: dict[str, tuple[str, int]] = {}

    def see(self, article: Article) -> None:
        """Count the words of an article's title and lead."""
        text = f"{article.title}\n{article.body[:_LEAD]}"
        for start, end, exact in exact_forms(text):
            printed = unmarked(text[start:end])
            if unicodedata.is_normalized("NFKC", printed):
                self._vote(exact, printed)

    def _vote(self, exact: str, printed: str) -> None:
        leading, lead = self._leading.get(exact, (printed, 0))
        if leading == printed:
            self._leading[exact] = leading, lead + 1
        else:
            self._leading[exact] = (leading, lead - 1) if lead else (printed, 1)

    def usual(self, exact: str) -> tuple[str, int]:
        """The spelling that leads and by how much; «» where none was seen.

        >>> spellings = Spellings()
        >>> spellings.see(Article("a", "الإسلامية", "الاسلامية", language="ar"))
        >>> spellings.see(Article("b", "الإسلامية", ""))
        >>> spellings.usual("الاسلاميه")
        ('الإسلامية', 1)
        """
        return self._leading.get(exact, ("", 0))
