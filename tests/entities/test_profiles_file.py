"""The file of corrections: what is written into it, what is refused, what is taken back."""

import datetime as dt
from pathlib import Path

import pytest

from commands import run
from indexer.entities.contradictions import contradicted, contradictions
from indexer.entities.corrections import Corrections, ProfileCorrection
from indexer.entities.profiles_file import (
    Contradiction,
    add_corrections,
    read_corrections,
    take_back,
)
from indexer.errors import ConfigError
from indexer.model import Article, FacetValue, Record

SEEDS = Path(__file__).parents[2] / "seeds"
DAY = dt.date(2026, 3, 9)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profiles.tsv"


def correction(*fields: str, note: str = "") -> ProfileCorrection:
    return ProfileCorrection(fields, DAY, note)


def test_a_line_has_its_day_and_its_note(path: Path) -> None:
    add_corrections(path, [correction("merge", "a", "b", note="كلاهما وزير")])
    assert path.read_text("utf-8").splitlines()[1:] == ["merge\ta\tb\t# 2026-03-09 كلاهما وزير"]
    entry = read_corrections(path).entries[0]
    assert (entry.fields, entry.date, entry.note) == (("merge", "a", "b"), DAY, "كلاهما وزير")


def test_lines_of_before_days_and_notes_are_read(path: Path) -> None:
    path.write_text("rename\ta\tاسم\nhide\tb\nmerge\tc\td\t# only a note\n", "utf-8")
    first, second, third = read_corrections(path).entries
    assert (first.date, first.note, first.fields) == (None, "", ("rename", "a", "اسم"))
    assert (second.date, second.note) == (None, "")
    assert (third.date, third.note, third.ids) == (None, "only a note", ("c", "d"))


def test_days_and_notes_change_no_article() -> None:
    bare = Corrections.parse("merge\ta\tb", "test")
    noted = Corrections.parse("merge\ta\tb\t# 2026-03-09 why", "test")
    assert noted.changed(bare) == set()
    assert noted.lines == bare.lines


@pytest.mark.parametrize("evil", ["x\nhide\ty", "x\thide", "x\u2028hide\ty", "x\r\nhide\ty"])
def test_what_is_written_stays_one_line(path: Path, evil: str) -> None:
    add_corrections(path, [correction("rename", "a", evil, note=evil)])
    (entry,) = read_corrections(path).entries
    assert entry.fields == ("rename", "a", " ".join(evil.split()))
    assert entry.note == " ".join(evil.split())


def test_signs_that_turn_the_text_are_left_out(path: Path) -> None:
    add_corrections(path, [correction("rename", "a", "اسم\u202egnp\u2066", note="\u202ex")])
    (entry,) = read_corrections(path).entries
    assert (entry.fields[2], entry.note) == ("اسمgnp", "x")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (("split", "a", "b", "country=Jordan"), "did you mean country=JO?"),
        (("split", "a", "b", "country=Atlantis"), "'Atlantis' is none."),
        (("split", "a", "b", "name="), "says nothing"),
        (("split", "a", "b", "role= "), "says nothing"),
        (("rename", "a", "# name"), "begins with «#»"),
        (("merge", "a", "a"), "two different ids"),
        (("merge", "a", ""), "takes 2 fields"),
        (("hide", "known"), "is among the corrections already"),
    ],
)
def test_what_could_do_nothing_is_refused_and_nothing_written(
    path: Path, fields: tuple[str, ...], why: str
) -> None:
    path.write_text("hide\tknown\n", "utf-8")
    with pytest.raises(ConfigError) as raised:
        add_corrections(path, [correction("hide", "other"), correction(*fields)])
    assert why in str(raised.value)
    assert path.read_text("utf-8") == "hide\tknown\n"


def test_a_country_is_written_in_either_case_and_old_lines_are_still_read(path: Path) -> None:
    path.write_text("split\ta\tb\tcountry=Jordan\n", "utf-8")
    add_corrections(path, [correction("split", "a", "c", "country=jo")])
    assert len(read_corrections(path).entries) == 2


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (("merge", "a", "b"), ("merge", "c", "b")),
        (("merge", "a", "b"), ("merge", "b", "a")),
        (("merge", "a", "b"), ("hide", "a")),
        (("hide", "b"), ("merge", "a", "b")),
        (("split", "a", "b", "country=JO"), ("merge", "a", "b")),
        (("merge", "b", "a"), ("split", "a", "b", "country=JO")),
        (("rename", "a", "اسم"), ("hide", "a")),
        (("split", "a", "b", "role=وزير"), ("split", "a", "c", "role=وزير")),
    ],
)
def test_a_contradiction_names_the_other_line(
    path: Path, before: tuple[str, ...], new: tuple[str, ...]
) -> None:
    add_corrections(path, [correction(*before)])
    text = path.read_text("utf-8")
    with pytest.raises(Contradiction) as raised:
        add_corrections(path, [correction(*new)])
    assert raised.value.other.fields == before
    assert f"{' '.join(before)}» of 2026-03-09 (line 2)" in str(raised.value)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (("merge", "a", "b"), ("merge", "a", "c")),
        (("merge", "a", "b"), ("merge", "c", "a")),
        (("rename", "a", "اسم"), ("rename", "a", "اسم آخر")),
        (("split", "a", "b", "country=JO"), ("hide", "b")),
        (("split", "a", "b", "country=JO"), ("split", "a", "b", "country=SY")),
        (("hide", "a"), ("hide", "b")),
    ],
)
def test_what_can_hold_together_is_no_contradiction(
    before: tuple[str, ...], new: tuple[str, ...]
) -> None:
    assert contradicted(correction(*new), [correction(*before)]) is None


def test_a_circle_over_several_merges_is_named() -> None:
    chain = [correction("merge", "b", "a"), correction("merge", "c", "b")]
    found = contradicted(correction("merge", "a", "c"), chain)
    assert found == chain[0]


def test_contradictions_of_a_file_are_found() -> None:
    lines = "merge\ta\tb\nhide\tz\nhide\tb\nrename\tz\tاسم\n"
    found = contradictions(Corrections.parse(lines, "test").entries)
    assert [(one.number, other.number) for one, other in found] == [(3, 1), (4, 2)]


def test_a_name_can_be_given_back_after_another(path: Path) -> None:
    for name in ("أول", "ثان", "أول"):
        add_corrections(path, [correction("rename", "a", name)])
    with pytest.raises(ConfigError, match="already"):
        add_corrections(path, [correction("rename", "a", "أول")])


def test_taking_back_leaves_every_other_byte(path: Path) -> None:
    path.write_text("# mine\n\nhide\ta\n  merge\tx\ty  \n# end", "utf-8")
    before = path.read_bytes()
    entry = add_corrections(path, [correction("hide", "b", note="لأنه اسم مدينة")]).entries[-1]
    assert take_back(path, [entry.key]).lines == ("hide\ta", "merge\tx\ty")
    assert path.read_bytes() == before + b"\n"


def test_what_is_not_there_cant_be_taken_back(path: Path) -> None:
    (entry,) = add_corrections(path, [correction("hide", "a")]).entries
    text = path.read_text("utf-8")
    with pytest.raises(ConfigError, match="No correction has the key"):
        take_back(path, [entry.key, "nothing"])
    assert path.read_text("utf-8") == text


def test_what_was_merged_into_a_profile_is_split_with_it() -> None:
    found = Corrections.parse("merge\ta\tb\nsplit\ta\tc\tarticle=x\n", "test")
    ids = [
        found.id(FacetValue(id, "اسم", "", 1), Record(Article(article, "خبر", "نص"), {}))
        for id in "ab"
        for article in "xy"
    ]
    assert ids == ["c", "a", "c", "a"]


def test_commands_keep_a_note_list_and_take_back(tmp_path: Path) -> None:
    at = ("--index", tmp_path / "index")
    run("index", SEEDS, "--jobs", "1", *at)
    id, articles, *_ = run("people", "list", *at).stdout.splitlines()[0].split("\t")
    assert run("people", "hide", id, "--note", "ليس شخصًا", *at).exit_code == 0
    (line,) = run("people", "corrections", *at).stdout.splitlines()
    key, day, what, note = line.split("\t")
    assert (day, what, note) == (dt.date.today().isoformat(), f"hide {id}", "ليس شخصًا")
    assert id not in run("people", "list", *at).stdout
    undone = run("people", "undo", key, *at)
    assert undone.stdout.startswith(f"{articles} articles read anew")
    assert f"{id}\t{articles}\t" in run("people", "list", *at).stdout
    assert run("people", "corrections", *at).stdout == ""
    refused = run("people", "split", id, "new", "country=Jordan", *at)
    assert (refused.exit_code, "country=JO" in str(refused.exception)) == (1, True)


def test_a_run_names_the_contradictions_of_its_file(tmp_path: Path) -> None:
    at = ("--index", tmp_path / "index")
    run("index", SEEDS, "--jobs", "1", *at)
    (tmp_path / "index" / "profiles.tsv").write_text("hide\ta\nmerge\ta\tb\n", "utf-8")
    warned = run("index", SEEDS, "--jobs", "1", *at)
    assert warned.exit_code == 0
    assert "«merge a b» (line 2) contradicts «hide a» (line 1)." in warned.stderr
