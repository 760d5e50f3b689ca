"""What is Whoosh's alone: packed shelves, their gathering, and what a killed writer leaves."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from whoosh import fields, index
from whoosh.codec.whoosh3 import W3Codec

from factories import make_document, write
from indexer.engines.base import Search
from indexer.engines.whoosh import gathering, shelf_writer
from indexer.engines.whoosh.postings import WORDS_SLOT
from indexer.engines.whoosh.shelves import PLACE, PackedShelf, Shelf, ShelfFiles, join
from indexer.engines.whoosh.whoosh_engine import WhooshEngine
from indexer.engines.whoosh.words_field import WordsField
from indexer.errors import EngineError
from indexer.model import Document
from indexer.query.ast import EVERYTHING, Exact, Phrase


def small_shelves(patch: pytest.MonkeyPatch) -> None:
    """Shelves of 4 articles; 16 are gathered on the way, 6 open shelves, and 3 at the end."""
    patch.setattr(shelf_writer, "SHELF", 4)
    patch.setattr(gathering, "SHELF", 4)
    patch.setattr(gathering, "WHOLE", 16)
    patch.setattr(gathering, "_OPEN", 6)
    patch.setattr(gathering, "_LEFT", 3)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    small_shelves(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine.open(folder, create=True)
    yield engine
    engine.close()


def text(n: int, edition: int = 0) -> str:
    return f"all is{n} of{n % 3} edition{edition} all"


def article(n: int, edition: int = 0) -> Document:
    return make_document(f"{n}", body=text(n, edition))


def opened(folder: Path) -> closing[WhooshEngine]:
    """One more engine on the folder."""
    return closing(WhooshEngine.open(folder))


def found(engine: WhooshEngine, *forms: str) -> set[str]:
    return {hit.id for hit in engine.find(Search(Exact(forms), limit=10_000)).hits}


def check(engine: WhooshEngine, held: dict[int, int]) -> None:
    """The index holds these articles in these editions, and every word of theirs is found."""
    assert engine.ids() == {f"{n}" for n in held}
    words = {word for n in (*held, *range(4)) for word in text(n, held.get(n, 0)).split()}
    for word in words | {f"edition{n}" for n in range(3)} | {"absent"}:
        expected = {f"{n}" for n, edition in held.items() if word in text(n, edition).split()}
        assert found(engine, word) == expected, word
    total = engine.find(Search(Phrase(("edition0", "all"), 0))).total
    assert total == sum(edition == 0 for edition in held.values())
    assert {one.article.id for one in engine.records([f"{n}" for n in held])} == engine.ids()


def files(folder: Path) -> list[Path]:
    return list((folder / "shelves").glob("*"))


def segments(folder: Path) -> list[int]:
    """How many words documents each segment has that has any."""
    with index.open_dir(folder).reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []
        counts = [
            sum(one["slot"] == WORDS_SLOT for one in leaf.all_stored_fields()) for leaf in leaves
        ]
        postings = [sum(1 for _ in leaf.all_terms()) for leaf in leaves]
    assert [bool(one) for one in counts] == [bool(one) for one in postings]
    return [one for one in counts if one]


class TestPacked:
    def shelf(self, *numbers: int) -> Shelf:
        shelf = Shelf()
        for n in numbers:
            shelf.add(article(n))
        return shelf

    def places(self, packed: PackedShelf) -> dict[bytes, bytes]:
        return {form: packed.get(form) for form in packed.forms()}

    def test_every_form_is_found(self) -> None:
        packed = PackedShelf(self.shelf(1, 2, 3).pack())
        assert packed.forms() == sorted(packed.forms())
        assert {form.decode() for form in packed.forms()} >= set(text(1).split())
        frequency = {form: len(packed.get(form)) // PLACE for form in packed.forms()}
        assert frequency[b"all"] == 6
        assert frequency[b"is2"] == 1
        for absent in (b"", b"a", b"is", b"zzz", "ي".encode()):
            assert packed.get(absent) == b""
        postings = [(form, payload) for _, form, _, _, payload in packed.postings(7)]
        assert dict(postings) == self.places(packed)

    def test_joined_shelves_are_as_one(self) -> None:
        parts = [self.shelf(5), self.shelf(1, 2), self.shelf(4, 3)]
        joined = join([(PackedShelf(part.pack()), len(part)) for part in parts])
        one = PackedShelf(self.shelf(5, 1, 2, 4, 3).pack())
        assert self.places(PackedShelf(joined)) == self.places(one)

    def test_articles_without_words(self) -> None:
        shelf = Shelf()
        shelf.add(make_document("empty"))
        packed = PackedShelf(shelf.pack())
        assert packed.forms() == []
        assert packed.get(b"a") == b""
        assert PackedShelf(join([(packed, 1), (packed, 1)])).forms() == []

    @pytest.mark.parametrize("kept", [0, 3, 11, 12, 40, -1])
    def test_damage_is_told(self, kept: int) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            PackedShelf(self.shelf(1, 2, 3).pack()[:kept])


def test_whoosh_takes_postings_in_place_of_its_pool_s(tmp_path: Path) -> None:
    ix = index.create_in(tmp_path, fields.Schema(words=WordsField(), slot=fields.STORED))
    writer = ix.writer(codec=W3Codec(compression=0))
    writer.add_document(slot=1)
    writer.add_document(slot=2)
    given = [("words", b"a", 0, 1.0, b"1234"), ("words", b"a", 1, 1.0, b"5678")]
    writer.pool.iter_postings = lambda: iter(given)
    writer.commit()
    with ix.reader() as reader:
        matcher = reader.postings("words", b"a")
        assert list(matcher.all_ids()) == [0, 1]
        assert reader.postings("words", b"a").value() == b"1234"


@pytest.mark.usefixtures("small")
class TestGathering:
    def test_many_commits_leave_one_segment_of_words(
        self, engine: WhooshEngine, folder: Path
    ) -> None:
        writer = engine.writer()
        for n in range(14):
            writer.add([article(n)])
            if n % 4 == 3:
                writer.commit()
        writer.commit()
        assert segments(folder) == []
        check(engine, dict.fromkeys(range(14), 0))
        writer.close()
        assert segments(folder) == [4]
        assert len(files(folder)) == 4
        check(engine, dict.fromkeys(range(14), 0))

    def test_whole_segments_need_no_files(self, engine: WhooshEngine, folder: Path) -> None:
        write(engine, map(article, range(16)))
        assert segments(folder) == [4]
        assert files(folder) == []
        write(engine, map(article, range(16, 18)))
        assert len(files(folder)) == 1
        check(engine, dict.fromkeys(range(18), 0))

    def test_a_large_commit_is_gathered_piece_by_piece(
        self, engine: WhooshEngine, folder: Path
    ) -> None:
        write(engine, map(article, range(41)))
        assert segments(folder) == [4, 4, 3]
        check(engine, dict.fromkeys(range(41), 0))

    def test_segments_grow_with_the_logarithm(self, engine: WhooshEngine, folder: Path) -> None:
        for n in range(120):
            write(engine, [article(n)])
        assert sum(segments(folder)) <= 40  # small shelves were joined
        assert len(segments(folder)) <= 15
        assert len(list(folder.glob("*.seg"))) <= 60
        check(engine, dict.fromkeys(range(120), 0))

    @pytest.mark.parametrize("seed", range(4))
    def test_whatever_is_written_is_found(
        self, engine: WhooshEngine, folder: Path, seed: int
    ) -> None:
        choose = random.Random(seed)
        other = WhooshEngine.open(folder)
        held: dict[int, int] = {}
        for _ in range(25):
            writer = engine.writer()
            for _ in range(choose.choice([1, 1, 1, 9])):
                changed = Counter(choose.choices(range(40), k=choose.choice([1, 3, 3, 20])))
                removed = set(
                    choose.sample(sorted(held), choose.choice([0, len(held) // 9, len(held) // 2]))
                )
                for n in changed.elements():
                    held[n] = choose.randrange(3)
                    writer.add([article(n, held[n])])
                writer.remove(f"{n}" for n in removed - changed.keys())
                for n in removed - changed.keys():
                    del held[n]
                writer.commit()
                if choose.random() < 0.3:
                    check(other, held)
            writer.close()
            check(engine, held)
        with opened(folder) as fresh:
            check(fresh, held)
        other.close()

    def test_shelves_and_words_go_with_their_last_article(
        self, engine: WhooshEngine, folder: Path
    ) -> None:
        write(engine, map(article, range(12)))
        assert segments(folder) == [3]
        write(engine, [], remove=[f"{n}" for n in range(8)])
        check(engine, dict.fromkeys(range(8, 12), 0))
        assert len(files(folder)) == 1
        write(engine, [], remove=[f"{n}" for n in range(8, 12)])
        assert files(folder) == []
        assert list(folder.glob("*.seg")) == []
        check(engine, {})
        write(engine, [article(1)])
        check(engine, {1: 0})

    def test_a_shelf_whose_articles_were_all_replaced_in_its_own_commit(
        self, engine: WhooshEngine, folder: Path
    ) -> None:
        write(engine, [article(n, edition) for edition in range(3) for n in range(4)])
        check(engine, dict.fromkeys(range(4), 2))
        write(engine, [article(1)])
        assert len(files(folder)) == 2  # the emptied shelves went
        check(engine, {**dict.fromkeys(range(4), 2), 1: 0})
        write(engine, [], remove=[f"{n}" for n in range(4)])
        assert list(folder.glob("*.seg")) == files(folder) == []

    def test_who_reads_an_older_state_keeps_its_shelves(
        self, engine: WhooshEngine, folder: Path
    ) -> None:
        write(engine, [article(1)])
        old = engine._current()
        write(engine, [article(1, edition=1)])
        assert len(files(folder)) == 1
        assert old.find(Search(Exact(("edition0",)), limit=1, facets=(), facet_size=1)).total == 1

    def test_a_state_whose_files_go_while_it_is_opened_is_opened_anew(
        self, folder: Path, engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(engine, [article(1)])
        open_file = ShelfFiles.open

        def late(files: ShelfFiles, key: str) -> PackedShelf:
            monkeypatch.setattr(ShelfFiles, "open", open_file)
            write(engine, [article(1, edition=1)])
            return open_file(files, key)

        with opened(folder) as other:
            monkeypatch.setattr(ShelfFiles, "open", late)
            check(other, {1: 1})

    def test_a_missing_or_damaged_shelf_is_damage(self, folder: Path, engine: WhooshEngine) -> None:
        write(engine, [article(1)])
        (path,) = files(folder)
        whole = path.read_bytes()
        for packed in (None, b"", whole[:-1], whole[: len(whole) // 2]):
            path.unlink(missing_ok=True)
            if packed is not None:
                path.write_bytes(packed)
            with opened(folder) as other, pytest.raises(EngineError, match="can't be used"):
                other.ids()

    def test_a_damaged_shelf_of_gathered_words_is_never_needed(
        self, folder: Path, engine: WhooshEngine
    ) -> None:
        for n in range(3):
            write(engine, [article(n)])
        (path,) = files(folder)
        path.write_bytes(b"x")
        for n in range(3, 30):
            write(engine, [article(n)])
        check(engine, dict.fromkeys(range(30), 0))


@pytest.mark.usefixtures("small")
class TestFailures:
    @pytest.mark.parametrize("broken", [(PackedShelf, "postings"), (gathering, "join")])
    def test_a_gathering_that_fails_changes_nothing(
        self,
        engine: WhooshEngine,
        folder: Path,
        broken: tuple[object, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for n in range(2):
            write(engine, [article(n)])

        def fail(*_: object) -> None:
            raise OSError("no space left")

        with monkeypatch.context() as patch, pytest.raises(EngineError, match="no space left"):
            patch.setattr(*broken, fail)
            write(engine, [article(2)])
        check(engine, dict.fromkeys(range(3), 0))
        assert segments(folder) == []
        write(engine, [article(3)])
        assert segments(folder) == [1]
        check(engine, dict.fromkeys(range(4), 0))

    def test_given_up_writers_gather_nothing(self, engine: WhooshEngine, folder: Path) -> None:
        writer = engine.writer()
        writer.add(map(article, range(9)))
        writer.commit()
        writer.add([article(9)])
        writer.close()
        assert segments(folder) == []
        check(engine, dict.fromkeys(range(9), 0))


KILLED = """
import os
import sys
from pathlib import Path

import pytest
from test_whoosh_shelves import article, small_shelves
from indexer.engines.whoosh import gathering
from indexer.engines.whoosh.shelves import PackedShelf, ShelfFiles
from indexer.engines.whoosh.whoosh_engine import WhooshEngine
from whoosh.index import TOC
from whoosh.writing import SegmentWriter

small_shelves(pytest.MonkeyPatch())
engine = WhooshEngine.open(Path(sys.argv[1]))
point = sys.argv[2]

def die(*_, **__):
    os._exit(7)

def after(owner, name, times=1):
    done = getattr(owner, name)
    left = [times]
    def wrapped(*args, **options):
        result = done(*args, **options)
        left[0] -= 1
        if not left[0]:
            os._exit(7)
        return result
    setattr(owner, name, wrapped)

def some(shelf, document):
    yield from list(postings(shelf, document))[:3]
    os._exit(7)

writer = engine.writer()
match point:
    case "before the shelf is renamed":
        Path.replace = die
    case "after the shelf is renamed":
        after(ShelfFiles, "write")
    case "before the articles are committed":
        SegmentWriter._finalize_segment = die
    case "before the list of segments is written":
        TOC.write = die
    case "after the list of segments is written":
        after(TOC, "write")
    case "after the articles are committed":
        after(SegmentWriter, "commit")
    case "before the gathering":
        gathering.gather = die
    case "while small shelves are joined":
        gathering.join = die
    case "after small shelves are joined":
        after(gathering, "join")
    case "while words are indexed":
        postings = PackedShelf.postings
        PackedShelf.postings = some
    case "before the gathering is committed":
        after(SegmentWriter, "_finalize_segment", 2)
    case "after the gathering is committed":
        after(SegmentWriter, "commit", 2)
    case "after the files of empty shelves went":
        after(ShelfFiles, "keep")
    case "after the files of gathered shelves went":
        after(ShelfFiles, "keep", 2)
writer.add([article(n, 1) for n in (0, 3, 8, 9, 10)])
writer.commit()
writer.close()
"""
BEFORE = {
    "before the shelf is renamed",
    "after the shelf is renamed",
    "before the articles are committed",
    "before the list of segments is written",
}
GATHERED = {"after the gathering is committed", "after the files of gathered shelves went"}
AFTER = {
    "after the files of empty shelves went",
    "after the list of segments is written",
    "after the articles are committed",
    "before the gathering",
    "while small shelves are joined",
    "after small shelves are joined",
    "while words are indexed",
    "before the gathering is committed",
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("point", sorted(BEFORE | AFTER | GATHERED))
def test_a_writer_that_is_killed_leaves_all_of_a_commit_or_nothing(
    engine: WhooshEngine, folder: Path, point: str
) -> None:
    for n in range(8):
        write(engine, [article(n)])
    before = segments(folder)
    held = dict.fromkeys(range(8), 0)
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), point],
        env={"PYTHONPATH": f"{root}:{root / 'tests/support'}:{root / 'tests/engines'}"},
        check=False,
        stderr=subprocess.PIPE,
    )
    assert (killed.returncode, killed.stderr) == (7, b"")
    if point not in BEFORE:
        held |= dict.fromkeys((0, 3, 8, 9, 10), 1)
    assert (segments(folder) == before) == (point not in GATHERED)
    check(engine, held)
    with opened(folder) as fresh:
        check(fresh, held)
        write(fresh, [article(11), article(3, 2)])
        held |= {11: 0, 3: 2}
        check(fresh, held)
        for n in range(20, 40):
            write(fresh, [article(n)])
            held[n] = 0
        check(fresh, held)
        state = fresh._current()
        assert {path.stem for path in files(folder)} == gathering.needed(state.shelves)
    check(engine, held)
    assert engine.find(Search(EVERYTHING)).total == len(held)


def test_an_index_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        write(WhooshEngine.open(tmp_path / "index", create=True), [make_document("a")])
        assert WhooshEngine.open(tmp_path / "index").ids() == {"a"}
    write(WhooshEngine.open(tmp_path / "index"), [make_document("a"), make_document("b")])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert WhooshEngine.open(tmp_path / "index").ids() == {"a", "b"}
