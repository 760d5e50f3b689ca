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
#: No word behind one of these begins with another preposition: what follows is whole.
_BEFORE_WHOLE = (
    "ب",
    "ل",
    "ك",
    "ال",
)


def build_user_lexicon(texts: Iterable[str], out: Path, *, minimum: int = 3) -> int:
    """Write a lexicon of the new words seen ``minimum`` times in ``texts``; return its length.

    ``Analyzer(extra=out)`` reads texts with it.
    """
    known = default_lexicon()
    lexicon = Lexicon()
    for word, entry in entries_of(count_unlisted(texts, known), known, minimum).items():
        lexicon.add(word, entry)
    lexicon.save(out)
    return len(lexicon)


def count_unlisted(texts: Iterable[str], known: Lexicon) -> Counter[str]:
    """How often each word is seen that ``known`` does not list."""
    counts: Counter[str] = Counter()
    analyzer = Analyzer(known)
    for text in texts:
        counts.update(token.word.exact for token in analyzer.analyze(text))
    for word in [word for word in counts if not _is_new(word, known)]:
        del counts[word]
    return counts


def entries_of(counts: Mapping[str, int], known: Lexicon, minimum: int) -> dict[str, Entry]:
    """Each new word that is seen often enough, in any form, with the lemma that its forms share."""
    whole = {word for word in counts if _is_whole(word, counts, known)}
    forms: dict[str, set[str]] = defaultdict(set)
    total: Counter[str] = Counter()
    for word, count in counts.items():
        for rest in _rests(word) & whole:
            forms[rest].add(word)
            total[rest] += count
    entries = {}
    for word in counts:
        rests = _rests(word) & whole
        if rests:
            lemma = max(rests, key=lambda rest: (len(forms[rest]), total[rest], len(rest)))
            if total[lemma] >= minimum:
                entries[word] = Entry(lemma, len(word) - len(lemma))
    return entries


def _is_new(word: str, known: Lexicon) -> bool:
    arabic = all("\u0621" <= letter <= "\u064a" for letter in word)
    return arabic and len(word) >= _LEAVES and word not in known


def _is_whole(word: str, counts: Mapping[str, int], known: Lexicon) -> bool:
    """Whether a new word is a lemma, and not a known word behind particles."""
    return known.find(word) is None or any(before + word in counts for before in _BEFORE_WHOLE)


def _rests(word: str) -> set[str]:
    """The word, and what remains of it behind each particle that it can begin with."""
    rests = {word.removeprefix(proclitic) for proclitic in PROCLITICS}
    return {rest for rest in rests if len(rest) >= _LEAVES}
