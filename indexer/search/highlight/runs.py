"""Texts as runs between spaces, each read once: a page of results has thousands of words, and
reading them anew for every query would take longer than the search.

No word goes across a space, so a run (a word and the punctuation around it) reads alike in every
text.
"""

from collections.abc import Iterable, Iterator

from indexer.text import exact_forms

Form = tuple[int, int, str]  # from where to where a word stands in its run, and its exact form


class Runs:
    """Runs of text, their words, and which runs hold a given word. Threads may share it."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[Form, ...]] = {}
        self._holding: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._forms)

    def split(self, text: str) -> list[str]:
        """The runs of a text, in order; from now on they are known."""
        runs = text.split()
        for run in set(runs).difference(self._forms):
            self._learn(run)
        return runs

    def forms(self, run: str) -> tuple[Form, ...]:
        """The words of a known run."""
        return self._forms[run]

    def lengths(self, runs: Iterable[str]) -> Iterator[int]:
        """How many words each of these known runs has."""
        return map(len, map(self._forms.__getitem__, runs))

    def holding(self, forms: Iterable[str]) -> set[str]:
        """The known runs with a word that has one of these exact forms."""
        known = self._holding
        return set().union(*(known[form] for form in forms if form in known))

    def _learn(self, run: str) -> None:
        forms = tuple(exact_forms(run))
        for _, _, form in forms:
            self._holding.setdefault(form, []).append(run)
        self._forms[run] = forms
