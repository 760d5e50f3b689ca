"""English words are compared folded, and runs of them are cut into the longest names known."""

from pathlib import Path

import pytest

from indexer.catalogue import Name
from indexer.search.english import KnownNames, cut
from indexer.search.english.archive_names import IndexedPeople
from indexer.search.english.folding import key

HERE = Path(__file__).parent
#: People of an index who stand in no table.
PEOPLE = (
    Name("1", "واندا أوتينغر", "Wanda Ottinger", 9),
    Name("2", "تركي القحطاني", "Turki Al-Qahtani", 5),
    Name("3", "تركي العتيبي", "Turki Al-Otaibi", 4),
    Name("4", "تركي الدوسري", "Turki Al-Dosari", 3),
    Name("5", "كونراد بلاك", "Conrad Black", 2),
    Name("6", "تركي ال", "Turki Al", 1),
    Name("7", "ابن تركي", "Bin Turki", 1),
)


def read(name: str) -> list[list[str]]:
    lines = HERE.joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("one", "other"), read("meet.tsv"))
def test_spellings_of_one_thing_meet(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), read("apart.tsv"))
def test_different_things_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(("words", "pieces"), read("pieces.tsv"))
def test_the_longest_names_are_cut_out(words: str, pieces: str) -> None:
    printed = words.replace("-", " ").replace(".", " ").split()
    found = cut(printed, KnownNames(IndexedPeople(PEOPLE)))
    assert (
        "|".join(
            f"{piece.entry.kind} {piece.entry.names[0]}"
            if piece.entry
            else f"- {' '.join(printed[piece.first : piece.last + 1])}"
            for piece in found
        )
        == pieces
    )


@pytest.mark.parametrize("words", ["", "the", "and of the"])
def test_words_that_say_nothing_are_no_pieces(words: str) -> None:
    assert cut(words.split(), KnownNames(IndexedPeople(PEOPLE))) == []


def test_a_surname_means_all_who_bear_it_and_a_full_name_one() -> None:
    people = (*PEOPLE, Name("8", "فهد القحطاني", "Fahd Al-Qahtani", 1))
    known = KnownNames(IndexedPeople(people))
    assert known.ids("people", "Qahtani") == ("2", "8")
    assert known.ids("people", "Fahd Qahtani") == ("8",)
    assert known.ids("people", "Frobnitz") == ()


@pytest.mark.parametrize(
    ("facet", "text", "ids"),
    [
        ("organisations", "UN", ("un",)),
        ("organisations", "un", ("un",)),
        ("organisations", "U.N.", ("un",)),
        ("organisations", "United Nations", ("un",)),
        ("organisations", "Daesh", ("isis",)),
        ("organisations", "Holland", ()),
        ("countries", "Holland", ("NL",)),
        ("countries", "UK", ("GB",)),
        ("countries", "KSA", ("SA",)),
        ("countries", "Ivory Coast", ("CI",)),
        ("countries", "German", ("DE",)),
        ("sources", "Saudi Press Agency", ("واس",)),
        ("sources", "SPA", ("واس",)),
        ("sources", "Reuters", ("رويترز",)),
        ("topics", "UN", ()),
    ],
)
def test_a_value_is_called_by_every_name_of_the_tables(
    facet: str, text: str, ids: tuple[str, ...]
) -> None:
    assert KnownNames(IndexedPeople(())).ids(facet, text) == ids


def test_an_office_has_a_holder_where_one_is_in_the_news() -> None:
    lavrov = Name("sergey-lavrov", "سيرغي لافروف", "Sergey Lavrov", 10)
    kerry = Name("john-kerry", "جون كيري", "John Kerry", 60)
    rice = Name("condoleezza-rice", "كوندوليزا رايس", "Condoleezza Rice", 20)
    known = KnownNames(IndexedPeople((kerry, rice, lavrov)))
    assert known.holder("RU", ("وزير الخارجية",)) == "sergey-lavrov"
    assert known.holder("US", ("وزير الخارجية",)) is None
    assert (
        KnownNames(IndexedPeople((kerry, lavrov))).holder("US", ("وزير الخارجية",)) == "john-kerry"
    )
    assert known.holder("FR", ("وزير الخارجية",)) is None
