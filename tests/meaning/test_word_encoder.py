"""Words to vectors: which words count, and that what means alike lies near."""

import numpy as np
import pytest

from factories import make_article, word
from indexer.meaning.packing import packed, unpacked
from indexer.meaning.table import TableRow, WordTable, pack
from indexer.meaning.word_encoder import HALF, LEAD, WordEncoder, word_encoder
from indexer.text import default_analyzer

ARTICLE = make_article()


def row(*numbers: float, tells: float = 1.0) -> TableRow:
    return TableRow(np.array(numbers, np.float32), tells)


@pytest.fixture
def encoder() -> WordEncoder:
    arabic = {word("سفارة").lemma: row(5, 1, 1, 1), word("كرة").lemma: row(1, 1, 1, 5, tells=3)}
    latin = {"embassy": row(4, 1, 1, 2), "crème": row(1, 5, 1, 1)}
    return WordEncoder(WordTable(pack(arabic, latin), "a table"))


def words(text: str) -> list:
    return [token.word for token in default_analyzer().analyze(text)]


@pytest.mark.parametrize("text", ["والسفارات", "embassies", "Embassy", "l'embassy", "crème"])
def test_a_word_is_known_by_lemma_case_plural_or_part(encoder: WordEncoder, text: str) -> None:
    known = len(list(encoder.numbers(words(text))))
    assert known == (0 if text == "embassies" else 1)


@pytest.mark.parametrize("text", ["", "من على", "😀 123 ١٢٣", "слово", "q" * 2000, "ﷺ" * 400])
def test_nothing_known_is_no_vector(encoder: WordEncoder, text: str) -> None:
    assert encoder.vector(words(text)) is None
    assert encoder.article(ARTICLE, words(text), []) == b""


def test_a_word_counts_as_much_as_it_tells(encoder: WordEncoder) -> None:
    both = encoder.vector(words("سفارة كرة"))
    ball = encoder.vector(words("كرة"))
    embassy = encoder.vector(words("سفارة"))
    assert both is not None and ball is not None and embassy is not None
    assert both @ ball > both @ embassy
    assert np.linalg.norm(both) == pytest.approx(1, abs=1e-5)


def test_only_the_beginning_of_a_story_counts(encoder: WordEncoder) -> None:
    lead = words("سفارة " * LEAD)
    assert encoder.article(ARTICLE, [], lead + words("كرة")) == encoder.article(ARTICLE, [], lead)
    assert encoder.article(ARTICLE, words("كرة"), lead[:3]) != encoder.article(
        ARTICLE, [], lead[:3]
    )


def test_a_story_says_first_what_it_is_about(encoder: WordEncoder) -> None:
    ball, embassy = words("كرة"), words("سفارة")
    towards = encoder.vector(ball)
    assert towards is not None
    first, last = (
        towards @ unpacked(np.frombuffer(encoder.article(ARTICLE, [], text), np.uint8)[None])[0]
        for text in (ball + embassy * HALF, embassy * HALF + ball)
    )
    assert first > last


def test_an_article_is_near_to_a_question_in_another_language() -> None:
    encoder = word_encoder()
    article = encoder.article(
        ARTICLE,
        words("إعادة افتتاح السفارة الأمريكية في هافانا"),
        words("رفع العلم الأمريكي فوق مبنى السفارة بعد قطيعة دامت عقودا"),
    )
    levels = unpacked(np.frombuffer(article, np.uint8)[None])[0].astype(np.float32)
    likeness = [
        float(encoder.vector(words(text)) @ levels / np.linalg.norm(levels))
        for text in ("reopening of the embassy", "réouverture de l'ambassade", "football match")
    ]
    assert min(likeness[:2]) > 2 * likeness[2]
    assert min(likeness[:2]) > 0.15


def test_packed_vectors_point_where_they_did() -> None:
    vectors = np.random.default_rng(3).normal(size=(50, 320)).astype(np.float32)
    back = np.array([unpacked(np.frombuffer(packed(v), np.uint8)[None])[0] for v in vectors], float)
    cosines = (
        (vectors * back).sum(axis=1)
        / np.linalg.norm(vectors, axis=1)
        / np.linalg.norm(back, axis=1)
    )
    assert cosines.min() > 0.9
    assert len(packed(vectors[0])) == 80
