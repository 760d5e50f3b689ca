"""Similar articles tell of the same matter; neither copies nor strangers are among them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.engines import ENGINES
from indexer.index import writable
from indexer.indexing.documents import document_builder
from indexer.indexing.run import index_pages
from indexer.meaning.word_encoder import WordEncoder
from indexer.search.service import SearchService
from indexer.text import default_analyzer

DAM = "سد النهضة الإثيوبي"
TALKS = f"استأنفت مصر والسودان وإثيوبيا محادثات {DAM} في الخرطوم حول قواعد ملء الخزان وتشغيله."
ARTICLES = {
    "dam": (f"محادثات {DAM} في الخرطوم", TALKS),
    "copy": (f"محادثات {DAM} في الخرطوم", f"{TALKS} وكالات"),
    "filling": ("إثيوبيا تبدأ ملء الخزان", f"بدأت إثيوبيا ملء خزان {DAM} قبل المحادثات مع مصر."),
    "egypt": ("القاهرة: لا تنازل عن مياه النيل", f"قالت مصر إن {DAM} يهدد حصتها وقواعد تشغيله."),
    "football": ("فوز المنتخب البرازيلي", "فاز منتخب البرازيل بهدفين في المباراة النهائية."),
    "oil": ("ارتفاع أسعار النفط", "ارتفعت أسعار النفط بعد اجتماع أوبك في فيينا."),
    "summit": ("قمة أوروبية في بروكسل", "يعقد قادة الاتحاد الأوروبي قمة في بروكسل."),
    "": ("", "نص."),
}


@pytest.fixture(params=sorted(ENGINES), scope="module")
def similar(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., list[str]]]:
    """The ids of the articles that are similar to one, with each engine."""
    folder = tmp_path_factory.mktemp("similar")
    lines = [
        json.dumps({"id": id or "bare", "title": title, "text": text})
        for id, (title, text) in ARTICLES.items()
    ]
    pages = folder / "pages.jsonl"
    pages.write_text("\n".join(lines), "utf-8")
    with writable(folder / "index", {"engine": request.param}) as index:
        index_pages([pages], index, jobs=1)
        service = SearchService(index, default_analyzer())
        yield lambda id, **options: [
            one.article.id for one in service.similar(service.article(id).record, **options)
        ]


def test_articles_about_the_same_matter_are_similar(similar: Callable[..., list[str]]) -> None:
    assert set(similar("dam")) == {"filling", "egypt"}
    assert similar("dam", size=1) == similar("dam")[:1]


def test_an_article_and_its_copy_are_not_similar_but_the_same(
    similar: Callable[..., list[str]],
) -> None:
    assert "copy" not in similar("dam")
    assert len({"dam", "copy"} & set(similar("egypt"))) == 1


@pytest.mark.parametrize("id", ["football", "summit", "bare"])
def test_a_matter_of_its_own_has_nothing_similar(
    similar: Callable[..., list[str]], id: str
) -> None:
    assert similar(id) == []


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_articles_without_a_vector_are_similar_by_words(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while an older index is read anew: some articles have vectors, some have none yet."""

    def lines(*ids: str) -> str:
        return "\n".join(
            json.dumps({"id": id, "title": ARTICLES[id][0], "text": ARTICLES[id][1]}) for id in ids
        )

    (tmp_path / "old.jsonl").write_text(lines("filling", "egypt", "football", "oil"), "utf-8")
    (tmp_path / "new.jsonl").write_text(lines("dam", "summit"), "utf-8")
    with writable(tmp_path / "index", {"engine": engine}) as index:
        with monkeypatch.context() as older:
            older.setattr(WordEncoder, "article", lambda *_: b"")
            document_builder.cache_clear()
            index_pages([tmp_path / "old.jsonl"], index, jobs=1)
        index_pages([tmp_path / "new.jsonl"], index, jobs=1)
        service = SearchService(index, default_analyzer())
        found = service.similar(service.article("dam").record)
    assert {one.article.id for one in found} == {"filling", "egypt"}
