"""Derive ``text/nations.tsv``: the stem that a country's name and its adjective share, the name.

«فرنسا» and «فرنسي» are two lemmas, and rules that cut endings cannot tell «سوريا» and «سوري», which
belong together, from «سور» and «سوري». So the pairs are listed, from the tables of countries and
``tables/demonyms.tsv``, by the lemmas that the lexicon gives them.

usage: python -m indexer.generate.nation_stems, after each change of the lexicon
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.facets.tables import rows
from indexer.text import tables
from indexer.text.lexicon import Lexicon, default_lexicon
from indexer.text.normalize import normalize
from indexer.text.tables import TableHead

OUT = Path(__file__).parents[1] / "text" / "nations.tsv"
COUNTRIES = (
    "countries.tsv",
    "countries_press.tsv",
)
HEAD = TableHead(
    "The stem that the lemmas of a country's name and of its adjective share; lemmas are apart by"
    " spaces.",
    "by indexer.generate.nation_stems from the tables of countries and the lexicon",
    "Unicode-3.0 (CLDR), PDDL-1.0 (UNTERM), MIT (ArWikiCats), GPL-3.0-or-later (our own)",
    ("stem", "lemmas"),
)
ARTICLE = "ال"
RELATION = "ي"
NAMES = (
    "label",
    "name",
)
#: How a name's lemma ends that is spelt otherwise than the name: «أميركا».
_LAST = (
    "ا",
    "ه",
)
#: Letters that a name and an adjective of one country begin with, if one is made of the other.
_SAME = 2


def main() -> None:
    """Write the table."""
    lexicon = default_lexicon()
    families = joined(family(*one, lexicon) for one in (*_countries(), *_places()))
    lines = (f"{stem}\t{' '.join(sorted(families[stem]))}\n" for stem in sorted(families))
    OUT.write_text(HEAD.text() + "".join(lines), "utf-8")
    print(f"{len(families)} nations, {sum(map(len, families.values()))} lemmas")


def joined(families: Iterable[tuple[str, set[str]]]) -> dict[str, set[str]]:
    """Families that have a member in common as one, under the stem of the first of them."""
    found: dict[str, set[str]] = {}
    for stem, members in families:
        if len(members) < 2:
            continue
        common = [one for one, others in found.items() if others & members]
        first = common[0] if common else stem
        found[first] = members.union(*(found.pop(one) for one in common))
    return found


def family(adjective: str, names: Iterable[str], lexicon: Lexicon) -> tuple[str, set[str]]:
    """The first of the names that an adjective is made of, and the lemmas of all and of it."""
    lemma = _lemma(adjective, lexicon)
    if not lemma.endswith(RELATION):
        return lemma, {lemma}  # taken for another word
    found = []
    for name in names:
        given, exact = _lemma(name, lexicon), normalize(name)
        whole = given in (exact, exact.removeprefix(ARTICLE)) or given.endswith(_LAST)
        if whole and given[:_SAME] == lemma[:_SAME] and given != lemma:
            found.append(given)
    return (found or [lemma])[0], {lemma, *found}


def _lemma(word: str, lexicon: Lexicon) -> str:
    exact = normalize(word)
    entry = lexicon.find(exact)
    return entry.lemma if entry else exact.removeprefix(ARTICLE)


def _countries() -> Iterator[tuple[str, list[str]]]:
    """Each adjective of one word of a country, with the names of one word that the country has."""
    names: dict[str, list[str]] = defaultdict(list)
    adjectives: dict[str, list[str]] = defaultdict(list)
    for table in COUNTRIES:
        for id, kind, listed in rows(table):
            words = [form for form in listed.split("|") if form and " " not in form]
            if kind in NAMES:
                names[id] += words
            elif kind == "adjective":
                adjectives[id] += words
    for id, forms in adjectives.items():
        for adjective in forms if id != "-" else ():
            yield adjective, names[id]


def _places() -> Iterator[tuple[str, list[str]]]:
    table = tables.rows("indexer.generate", "tables/demonyms.tsv", ("place", "adjective"))
    for place, adjective in table:
        yield adjective, [place]


if __name__ == "__main__":
    main()
