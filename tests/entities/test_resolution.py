"""Profiles: what all articles together say of one person."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import pages_in
from indexer.commands import rasad
from indexer.entities.corrections import Corrections
from indexer.errors import ConfigError
from indexer.index import Index
from indexer.indexing.run import correct_profiles, index_pages
from indexer.model import SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer

FIRST = """كلمة بوتين
١٢ يونيو ٢٠٢١

وصل الرئيس الروسي فلاديمير بوتين إلى جنيف، وكان لبوتين لقاء قصير.
"""
SECOND = """لقاء في موسكو
١٥ يونيو ٢٠٢١

قال بوتين إن الرئيس الروسي فلاديمير بوتين لن يسافر هذا الأسبوع.
"""


#: Names that no table holds, in two spellings.
SPELLINGS = [
    ("أولريك شتاينهاور", "اولريك شتاينهوير"),
    ("ديميتري غولوبيف", "دميتري جولوبيف"),
    ("عبد الرحمن الدليمي", "عبدالرحمن الدليمى"),
    ("هندريك فان غالدر", "هندريك فان جالدر"),
    ("سامانثا كولمان", "سامنتا كولمان"),
    ("فالح محمد الدغيثر", "فالح بن محمد الدغيثر"),
    ("خورخي دا سيلفيرا", "خورخي داسيلفيرا"),
]
#: Two people of one name.
NAMESAKES = [
    ("السفير الأردني خالد المجالي", "السفير السوري خالد المجالي"),
    ("وزير العدل سعيد الدوسري", "لاعب الهلال سعيد الدوسري"),
    ("الناطق باسم شرطة المنطقة محمد الغامدي", "مدير المستشفى محمد الغامدي"),
    ("وزير النفط العراقي ثامر الجبوري", "وزير الزراعة السوري ثامر الجبوري"),
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index")
    yield opened
    opened.close()


def write(folder: Path, **pages: str) -> Path:
    return pages_in(folder, pages)


def service(index: Index) -> SearchService:
    return SearchService(index, default_analyzer())


def test_a_profile_gathers_names_roles_and_dates(index: Index, tmp_path: Path) -> None:
    index_pages([write(tmp_path / "pages", a=FIRST, b=SECOND)], index, jobs=1)
    profile = service(index).profile("people", "vladimir-putin")
    assert profile is not None
    assert (profile.name, profile.name_en) == ("فلاديمير بوتين", "Vladimir Putin")
    assert (profile.wikidata, profile.articles) == ("Q7747", 2)
    assert dict(profile.variants) == {"فلاديمير بوتين": 2, "بوتين": 2}
    days = (dt.date(2021, 6, 12), dt.date(2021, 6, 15))
    assert profile.roles == (("الرئيس الروسي", *days, 2),)


def test_a_replaced_or_removed_article_leaves_no_sighting(index: Index, tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", a=FIRST, b=SECOND)
    index_pages([pages], index, jobs=1)
    write(pages, a="خبر آخر\n\nوصل الوزير إلى العاصمة في زيارة رسمية.\n")
    index_pages([pages], index, jobs=1)
    assert [one.article for one in index.catalogue.sightings("people", "vladimir-putin")] == ["b"]
    (pages / "b.txt").unlink()
    index_pages([pages], index, prune=True, jobs=1)
    assert service(index).profile("people", "vladimir-putin") is None


def test_variants_are_written_without_particles(index: Index, tmp_path: Path) -> None:
    text = "خبر\n\nزيارة للعراق ولبلجيكا، وللكويت والأردن، ثم إلى العراق.\n"
    index_pages([write(tmp_path / "pages", a=text)], index, jobs=1)
    for id, variant in (("IQ", "العراق"), ("BE", "بلجيكا"), ("KW", "الكويت")):
        profile = service(index).profile("countries", id)
        assert profile is not None
        assert dict(profile.variants) == {variant: 1}


def people(index: Index, *ids: str) -> dict[str, set[str]]:
    """The articles of each person with one of these ids."""
    seen = {id: index.catalogue.sightings("people", id) for id in ids}
    return {id: {one.article for one in of} for id, of in seen.items() if of}


def ids_of(index: Index, article: str) -> set[str]:
    return set(index.engine.records([article])[0].values("people"))


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_name_are_one_profile(
    index: Index, tmp_path: Path, one: str, other: str
) -> None:
    pages = {
        name: f"خبر\n\nاستقبل الوزير المبعوث الخاص {who} في العاصمة."
        for name, who in (("a", one), ("b", other))
    }
    index_pages([write(tmp_path / "pages", **pages)], index, jobs=1)
    assert ids_of(index, "a") == ids_of(index, "b") != set()


@pytest.mark.parametrize(("one", "other"), NAMESAKES)
def test_namesakes_of_other_offices_or_states_stay_apart(
    index: Index, tmp_path: Path, one: str, other: str
) -> None:
    pages = {
        name: f"خبر\n\nقال {who} إن اللقاء كان مثمراً."
        for name, who in (("a", one), ("b", other), ("c", one))
    }
    index_pages([write(tmp_path / "pages", **pages)], index, jobs=1)
    assert ids_of(index, "a") == ids_of(index, "c")
    assert ids_of(index, "a").isdisjoint(ids_of(index, "b"))


def test_a_shorter_name_in_the_same_office_is_the_same_person(index: Index, tmp_path: Path) -> None:
    text = "خبر\n\nصرح المتحدث الرسمي باسم وزارة النقل {} بذلك أمس."
    names = ("a", "سامي الحربي"), ("b", "سامي بن محمد الحربي"), ("c", "سامي بن محمد الحربي")
    pages = {name: text.format(who) for name, who in names}
    report = index_pages([write(tmp_path / "pages", **pages)], index, jobs=1)
    assert report.corrected == 1
    assert ids_of(index, "a") == ids_of(index, "b") == ids_of(index, "c")
    [kept] = ids_of(index, "a")
    assert service(index).merged_into("people", "سامي-الحربي") == kept
    assert service(index).merged_into("people", kept) == ""


def test_corrections_concern_only_the_articles_of_their_people(
    index: Index, tmp_path: Path
) -> None:
    other = "خبر\n\nوصل الرئيس الفرنسي إيمانويل ماكرون إلى باريس."
    pages = write(tmp_path / "pages", a=FIRST, b=SECOND, c=other)
    index_pages([pages], index, jobs=1)
    before = index.engine.records(["c"])
    merge = Corrections.parse("merge\temmanuel-macron\tvladimir-putin", "test")
    report = index_pages([pages], index, jobs=1, corrections=merge)
    assert (report.indexed, report.corrected) == (0, 3)
    assert people(index, "emmanuel-macron", "vladimir-putin") == {"emmanuel-macron": {*"abc"}}
    report = index_pages([pages], index, jobs=1)
    assert report.corrected == 3
    assert people(index, "emmanuel-macron", "vladimir-putin") == {
        "emmanuel-macron": {"c"},
        "vladimir-putin": {"a", "b"},
    }
    assert index.engine.records(["c"]) == before
    assert index_pages([pages], index, jobs=1).corrected == 0


def test_people_are_split_renamed_and_hidden(index: Index, tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", a=FIRST, b=SECOND)
    index_pages([pages], index, jobs=1)

    def corrected(*lines: str) -> int:
        corrections = Corrections.parse("\n".join(lines), "test")
        return correct_profiles(index, lambda: corrections).corrected

    assert corrected("split\tvladimir-putin\tother\tarticle=b") == 2
    assert people(index, "vladimir-putin", "other") == {"vladimir-putin": {"a"}, "other": {"b"}}
    assert corrected("rename\tvladimir-putin\tف. بوتين\tV. Putin") == 2
    assert index.catalogue.name("people", "vladimir-putin") == (
        "vladimir-putin",
        "ف. بوتين",
        "V. Putin",
        2,
    )
    assert corrected("hide\tvladimir-putin") == 2
    assert (ids_of(index, "a"), ids_of(index, "b")) == (set(), set())
    assert index.catalogue.name("people", "vladimir-putin") is None
    assert corrected() == 2
    assert people(index, "vladimir-putin") == {"vladimir-putin": {"a", "b"}}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("merge\ta", "takes 2 fields"),
        ("marry\ta\tb", "no correction"),
        ("split\ta\tb\tplanet=x", "ends with one of"),
        ("merge\ta\ta", "two different ids"),
        ("merge\ta\tb\nmerge\tb\ta", "was merged"),
    ],
)
def test_a_wrong_line_is_named_with_its_file(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "profiles.tsv"
    path.write_text(f"# corrections\n\n{line}\n", "utf-8")
    with pytest.raises(ConfigError) as raised:
        Corrections.read(path)
    number = 2 + len(line.splitlines())
    assert str(raised.value).startswith(f"{path}:{number}: ")
    assert why in str(raised.value)


def test_the_command_corrects_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    pages = write(tmp_path / "pages", a=FIRST, b=SECOND)
    at = ["--index", str(folder)]

    def rasad_(*words: str) -> str:
        done = CliRunner().invoke(rasad, [*words, *at], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    rasad_("index", str(pages), "--jobs", "1")
    assert rasad_("people", "list").split("\t")[:2] == ["vladimir-putin", "2"]
    assert rasad_("people", "find", "Poutine").startswith("vladimir-putin\t")
    nobody = CliRunner().invoke(rasad, ["people", "find", "zzzz", *at])
    assert (nobody.exit_code, nobody.output) == (1, "No person is called 'zzzz'.\n")
    assert rasad_("people", "hide", "vladimir-putin").startswith("2 articles read anew")
    assert rasad_("people", "list") == ""
    rasad_("index", str(pages), "--rebuild", "--jobs", "1")
    assert rasad_("people", "list") == ""
    (folder / "profiles.tsv").unlink()
    rasad_("index", str(pages))
    assert rasad_("people", "list").split("\t")[:2] == ["vladimir-putin", "2"]


@pytest.mark.parametrize("typed", ["Putin", "Poutine", "Wladimir Putin", "بوتين"])
def test_a_name_in_any_script_finds_the_profile(index: Index, tmp_path: Path, typed: str) -> None:
    other = "خبر\n\nوصل الرئيس الفرنسي إيمانويل ماكرون إلى باريس."
    index_pages([write(tmp_path / "pages", a=FIRST, b=SECOND, c=other)], index, jobs=1)
    page = service(index).page(SearchRequest(typed))
    assert {result.record.article.id for result in page.results} == {"a", "b"}


def test_a_name_that_only_sounds_alike_is_offered(index: Index, tmp_path: Path) -> None:
    index_pages([write(tmp_path / "pages", a=FIRST, b=SECOND)], index, jobs=1)
    page = service(index).page(SearchRequest("Putine"))
    assert page.total == 0
    assert page.suggestion
    assert service(index).page(SearchRequest(page.suggestion)).total == 2


def test_a_foreign_surname_alone_is_that_of_its_one_bearer(index: Index, tmp_path: Path) -> None:
    """The archive knows whom «شتاينهاور» means where it knows nobody else of this name."""
    full = "قال المدرب أولريك شتاينهاور إن الفريق جاهز."
    pages = write(tmp_path / "pages", a=full, b=full + " شكرا", c=full + " اليوم")
    write(pages, d="وقال المدرب شتاينهاور إن المباراة صعبة.")
    index_pages([pages], index)
    (person,) = index.catalogue.frequent("people", 5)
    assert person.articles == 4


def test_a_person_is_asked_for_by_the_own_name(index: Index, tmp_path: Path) -> None:
    pages = write(
        tmp_path / "pages",
        a="زار الأمير سلمان بن عبد العزيز المعرض.",
        b="زار الأمير فيصل بن سلمان بن عبد العزيز المعرض.",
    )
    index_pages([pages], index)
    page = service(index).page(SearchRequest('شخص:"سلمان بن عبد العزيز"'))
    assert {result.record.article.id for result in page.results} == {"a"}
