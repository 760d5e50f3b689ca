"""The lemmas of CAMeL Tools: the real classes over a tiny database and model of their format.

What needs the tools is skipped where the extra «camel» is not installed; with
RASAD_REQUIRE_CAMEL=1 that is a failure.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from factories import make_article
from indexer.commands import rasad
from indexer.config import settings
from indexer.errors import ConfigError, EngineError, RasadError
from indexer.facets.extractor import default_extractor
from indexer.index import Index, IndexSettings, writable
from indexer.indexing.documents import DocumentBuilder, document_builder
from indexer.meaning.word_encoder import word_encoder
from indexer.text import Analyzer, default_analyzer
from indexer.text.camel_lemmas import CamelLemmas
from optional import needs_camel

#: Invented words: as the database has them, behind them their stem's class, lemma and frequency.
STEMS = (
    ("زرقوف", "N", "زُرقُوف_1", -4),
    ("زراقيف", "N", "زُرقُوف_1", -4),
    ("زئبوش", "N", "زُئبُوش_1", -4),
    # One spelling, two words: the model prefers the rarer one.
    ("خنتر", "N", "خَنتَر_1", -2),
    ("خنتر", "N", "خِنتار_1", -5),
    # Two spellings of one type: «شبلوقة», and «شبلوق» behind which «his» stands.
    ("شبلوق", "NF", "شَبلُوقَة_1", -3),
    ("شبلوق", "N", "شَبلُوق_1", -6),
)
ENDINGS = (("", "0", ""), ("ه", "P", "َة"), ("ه", "H", "ُهُ"))
MODEL = {
    "خنتر": {"diac": "خنتر", "lex": "خِنتار_1", "bw": "خنتر/NOUN", "pos": "noun"},
}
TABLES = {"AB": ("0 N", "0 NF", "D N", "D NF"), "BC": ("N 0", "N H", "NF P")}
AFTER_PARTICLES = ("0 0", "0 P", "0 H", "D 0", "D P")


def database() -> str:
    """A morphological database as text, in the format of Buckwalter's and CALIMA's."""
    features = ("diac", "lex", "bw", "pos", "pos_lex_logprob", "lex_logprob")
    lines = ["###DEFINES###", *(f"DEFINE {name} {name}:*open*" for name in features)]
    lines += ["###DEFAULTS###", "DEFAULT pos:noun", "###ORDER###", f"ORDER {' '.join(features)}"]
    lines += ["###TOKENIZATIONS###", "###STEMBACKOFF###", "###PREFIXES###"]
    lines += ["\t0\tdiac:", "ال\tD\tdiac:ال", "###SUFFIXES###"]
    lines += [f"{letters}\t{kind}\tdiac:{diac}" for letters, kind, diac in ENDINGS]
    lines += ["###STEMS###"]
    for stem, kind, lemma, frequency in STEMS:
        features_of = f"diac:{stem} bw:{stem}/NOUN pos:noun lex:{lemma}"
        logprobs = f"pos_lex_logprob:{frequency} lex_logprob:{frequency}"
        lines.append(f"{stem}\t{kind}\t{features_of} {logprobs}")
    for name, pairs in TABLES.items():
        lines += [f"###TABLE {name}###", *pairs]
    return "\n".join([*lines, "###TABLE AC###", *AFTER_PARTICLES]) + "\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the tools' data, as «camel_data» would leave it."""
    folder = tmp_path / "camel"
    components = {}
    for component, file, content in (
        ("MorphologyDB", "morphology.db", database()),
        ("DisambigMLE", "model.json", json.dumps(MODEL)),
    ):
        path = folder / "data" / component / file
        path.parent.mkdir(parents=True)
        path.write_text(content, "utf-8")
        sets = {"calima-msa-r13": {"path": component}}
        components[component] = {"default": "calima-msa-r13", "datasets": sets}
    catalogue = {"version": "1.6", "packages": {}, "components": components}
    (folder / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder))
    yield folder
    default_analyzer.cache_clear()
    document_builder.cache_clear()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("خبر اليوم\n\nوصل الزراقيف إلى بغداد اليوم.\n", "utf-8")
    return folder


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(rasad, list(map(str, words)))


@needs_camel
def test_words_of_the_database_have_its_lemmas(data: Path) -> None:
    words = Analyzer(lemmas=CamelLemmas())
    assert words.word("الزَّراقيف").lemma == words.word("زرقوف").lemma == "زرقوف"
    assert words.word("الزراقيف").stem == Analyzer().word("الزراقيف").stem


@needs_camel
@pytest.mark.parametrize("word", ["الوزراء", "بوتين", "2021", "Putin", "هـ", "زقمبوط"])
def test_other_words_keep_rasads(data: Path, word: str) -> None:
    assert Analyzer(lemmas=CamelLemmas()).word(word) == Analyzer().word(word)


@needs_camel
def test_letters_are_folded_as_on_the_exact_layer(data: Path) -> None:
    words = Analyzer(lemmas=CamelLemmas())
    assert words.word("الزئبوش").lemma == words.word("الزيبوش").lemma == "زيبوش"


@needs_camel
def test_the_model_chooses_among_readings_of_a_spelling(data: Path) -> None:
    assert Analyzer(lemmas=CamelLemmas()).word("خنتر").lemma == "خنتار"


@needs_camel
def test_the_frequent_lemma_is_that_of_spellings_that_fold_together(data: Path) -> None:
    words = Analyzer(lemmas=CamelLemmas())
    assert words.word("شبلوقة").lemma == words.word("شبلوقه").lemma == "شبلوقه"


@needs_camel
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_an_index_keeps_its_lemmas(data: Path, pages: Path, tmp_path: Path, engine: str) -> None:
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, lemmas in ((ours, "rasad"), (theirs, "camel")):
        given = ("--lemmas", lemmas, "--engine", engine)
        assert run("index", pages, "--index", folder, *given).exit_code == 0
    assert "1 found" in run("search", "زرقوف", "--index", theirs).output
    assert "0 found" in run("search", "زرقوف", "--index", ours).output
    again = run("index", pages, "--index", theirs)
    assert "1 unchanged" in again.output
    assert "lemmas of camel" in run("check", "--index", theirs).output


@needs_camel
def test_analyze_shows_them(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("analyze", "الزراقيف", "--lemmas", "camel").output.split()[-1] == "زرقوف"
    assert run("analyze", "الزراقيف").output.split()[-1] != "زرقوف"
    monkeypatch.setenv("RASAD_LEMMAS", "camel")
    assert run("analyze", "الزراقيف").output.split()[-1] == "زرقوف"


class Invented:
    """Knows the lemma of one word."""

    def lemma(self, exact: str) -> str | None:
        return {"السفراء": "سَفارَة"}.get(exact)


def test_what_is_searched_changes_and_no_facet() -> None:
    own, other = default_analyzer(), Analyzer(lemmas=Invented())
    assert other.word("السفراء") == own.word("السفراء")._replace(lemma="سفاره")
    article = make_article("a", "محادثات في بغداد", "التقى السفراء وزير الخارجية في بغداد.")
    plain = DocumentBuilder(own, default_extractor(own), [word_encoder()]).of(article)
    changed = DocumentBuilder(own, default_extractor(own), [word_encoder()], other).of(article)
    assert plain.record.facets["countries"]
    assert changed.record == plain.record
    assert [word.lemma for word in changed.body][1] == "سفاره"
    assert [word.exact for word in changed.body] == [word.exact for word in plain.body]


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """CAMeL Tools can't be imported."""
    monkeypatch.setitem(sys.modules, "camel_tools", None)
    for name in [name for name in sys.modules if name.startswith("camel_tools.")]:
        monkeypatch.delitem(sys.modules, name)


def test_without_the_extra_it_says_what_to_install(missing: None, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pip install 'rasad\[camel\]'"):
        CamelLemmas()
    done = run("index", tmp_path, "--index", tmp_path / "index", "--lemmas", "camel")
    assert isinstance(done.exception, ConfigError)
    assert not (tmp_path / "index").exists()


def test_without_the_data_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    for module, name in (  # no more of the tools than is asked of them before the data
        ("camel_tools.disambig.mle", "MLEDisambiguator"),
        ("camel_tools.morphology.analyzer", "Analyzer"),
        ("camel_tools.morphology.database", "MorphologyDB"),
        ("camel_tools.morphology.errors", "DatabaseError"),
        ("camel_tools.utils.charmap", "CharMapper"),
        ("camel_tools.utils.dediac", "dediac_ar"),
    ):
        stand_in = ModuleType(module)
        setattr(stand_in, name, None)
        for part in (module.rpartition(".")[0], "camel_tools"):
            monkeypatch.setitem(sys.modules, part, ModuleType(part))
        monkeypatch.setitem(sys.modules, module, stand_in)
    with pytest.raises(ConfigError, match="camel_data -i disambig-mle-calima-msa-r13"):
        CamelLemmas()


@needs_camel
@pytest.mark.parametrize("file", ["MorphologyDB/morphology.db", "DisambigMLE/model.json"])
def test_damaged_data_is_said_to_be(data: Path, file: str) -> None:
    (data / "data" / file).write_text("<html>\n", "utf-8")
    with pytest.raises(ConfigError, match="damaged; run: camel_data"):
        CamelLemmas()


def test_an_index_with_their_lemmas_needs_them(missing: None, pages: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    Index.create(folder, IndexSettings(lemmas="camel")).close()
    for words in (("search", "وزير"), ("serve", "--port", "1"), ("index", pages)):
        done = run(*words, "--index", folder)
        assert isinstance(done.exception, RasadError), words
        assert "rasad[camel]" in str(done.exception)
        assert "pip install" in str(done.exception)
    assert run("check", "--index", folder).exit_code == 0


def test_an_index_of_other_lemmas_is_not_mixed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    Index.create(folder, IndexSettings(lemmas="camel")).close()
    with (
        pytest.raises(EngineError, match=r"the lemmas of camel, not the .*rasad; add --rebuild"),
        writable(folder, {"lemmas": "rasad"}),
    ):
        pass
    with writable(folder, rebuild=True) as index:
        assert index.settings.lemmas == "camel"
    with writable(folder, {"lemmas": "rasad"}, rebuild=True) as index:
        assert index.settings.lemmas == "rasad"


def test_lemmas_of_nobody_are_no_setting() -> None:
    with pytest.raises(ConfigError, match="RASAD_LEMMAS is 'farasa', not one of rasad, camel"):
        settings({"RASAD_LEMMAS": "farasa"})
