"""The tree of phrases."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.facets.gazetteer.matcher import GazetteerEntry, PhraseMatcher, longest, possible_bases
from indexer.facets.gazetteer.phrase_words import split


def form(id: str) -> GazetteerEntry:
    return GazetteerEntry("countries", id, "name")


PHRASES = PhraseMatcher(
    [
        ("غينيا", form("GN")),
        ("غينيا بيساو", form("GW")),
        ("العراق", form("IQ")),
        ("بلجيكا", form("BE")),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    """The ids of the longest phrases, with the particles before them."""
    ones = longest(PHRASES.find(split(text), lambda at: True))
    return [(one.entries[0].id, one.particles) for one in ones]


def test_the_longest_phrase_wins_and_its_words_do_not_match_again():
    assert found("في غينيا بيساو وغينيا") == [("GW", ""), ("GN", "و")]


def test_particles_before_a_phrase_are_told():
    assert found("للعراق وبلجيكا فبالعراق") == [("IQ", "ل"), ("BE", "و"), ("IQ", "فب")]


def test_letters_that_look_like_particles_belong_to_the_word():
    assert found("بلجيكا") == [("BE", "")]


def test_a_phrase_does_not_reach_over_what_divides_it():
    assert [one.end for one in PHRASES.find(split("غينيا بيساو"), lambda at: False)] == [1]


@given(st.text(alphabet="وفبلكاعرق", min_size=1, max_size=8))
def test_every_reading_is_the_end_of_its_word(word):
    for base, particles in possible_bases(word):
        assert base
        rest = word[len(particles) :]
        assert base == rest or base == "ال" + rest.removeprefix("ل")
