"""A lexicon of the words that an archive has and Rasad's lexicon has not: new names above all.

Whether «بوروشنكو» is a name or «ب» and «وروشنكو» is told by the company that it keeps: the reading
is right whose rest is seen alone and behind other particles.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.text.affixes import PROCLITICS
from indexer.text.analysis import Analyzer
from indexer.text.lexicon import Entry, Lexicon, default_lexicon

#: Letters that a new word must have.
_LEAVES = 3


def build_user_lexicon(texts: Iterable[str], out: Path, *, minimum: int = 3) -> int:
    """Write a lexicon of the unknown words seen ``minimum`` times in ``texts``; return its length.

    ``Analyzer(extra=out)`` reads texts with it. An index keeps exact forms only, so it needs no
    rebuilding when the lexicon changes.
    """
    known = default_lexicon()
    lexicon = Lexicon()
    for word, entry in entries_of(count_unknown(texts, known), minimum).items():
        lexicon.add(word, entry)
    lexicon.save(out)
    return len(lexicon)


def count_unknown(texts: Iterable[str], known: Lexicon) -> Counter[str]:
    """How often each word is seen that ``known`` finds in no form."""
    analyzer = Analyzer(known)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(token.word.exact for token in analyzer.analyze(text))
    return Counter(
        {
            word: count
            for word, count in counts.items()
            if len(word) >= _LEAVES and _is_arabic(word) and known.find(word) is None
        }
    )


def entries_of(counts: Mapping[str, int], minimum: int) -> dict[str, Entry]:
    """Each word that is seen often enough, in any form, with the lemma that its forms share."""
    forms: dict[str, set[str]] = defaultdict(set)
    total: Counter[str] = Counter()
    for word, count in counts.items():
        for rest in _rests(word):
            forms[rest].add(word)
            total[rest] += count
    entries = {}
    for word in counts:
        lemma = max(
            (rest for rest in _rests(word) if rest in counts),
            key=lambda rest: (len(forms[rest]), total[rest], len(rest)),
        )
        if total[lemma] >= minimum:
            entries[word] = Entry(lemma, len(word) - len(lemma))
    return entries


def _rests(word: str) -> set[str]:
    """The word, and what remains of it behind each particle that it can begin with."""
    rests = {word.removeprefix(proclitic) for proclitic in PROCLITICS}
    return {rest for rest in rests if len(rest) >= _LEAVES}


def _is_arabic(word: str) -> bool:
    return all("\u0621" <= letter <= "\u064a" for letter in word)
