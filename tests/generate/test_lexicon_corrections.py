"""How the lexicon is corrected: by rules, and by the table that has the last word."""

from indexer.generate.lexicon_corrections import corrected, corrections, entries_of, read
from indexer.generate.lexicon_table import read_table, without_derivable
from indexer.generate.nation_stems import family, joined
from indexer.generate.root_table import without_names
from indexer.text.lexicon import Entry, Lexicon, default_lexicon
from indexer.text.nations import shared_stems
from indexer.text.normalize import normalize
from indexer.text.roots import default_roots
from indexer.text.tables import rows


def after(
    entries: dict[str, Entry],
    *lines: str,
    frequency: dict[str, float] | None = None,
    variants: dict[str, str] | None = None,
) -> dict[str, Entry]:
    return corrected(
        entries, frequency or {}, corrections(line.split("\t") for line in lines), variants or {}
    )


def test_a_noun_takes_its_forms_and_what_stands_before_them_along() -> None:
    entries = {
        "حاله": Entry("حال", 0),
        "والحالات": Entry("حال", 3),
        "حالتها": Entry("حال", 0),
        "حال": Entry("حال", 0),
    }
    assert after(entries, "noun\tحالة\tحالات") == {
        "حاله": Entry("حاله", 0),
        "والحالات": Entry("حاله", 3),
        "حالتها": Entry("حاله", 0),
        "حال": Entry("حال", 0),
    }


def test_a_plus_says_where_particles_end() -> None:
    entries = {"بدوره": Entry("بدر", 0), "وبدوره": Entry("بدر", 1)}
    assert after(entries, "noun\tدور\tب+دوره") == {
        "بدوره": Entry("دور", 1),
        "وبدوره": Entry("دور", 2),
    }


def test_a_form_listed_comes_before_a_form_made() -> None:
    entries = {"قوي": Entry("قوه", 0), "القوي": Entry("قوه", 2)}
    lines = ("adjective\tقوي", "word\tقوة\tالقوى")
    assert after(entries, *lines) == {"قوي": Entry("قوي", 0), "القوي": Entry("قوه", 2)}


def test_an_article_in_the_table_is_a_particle_and_a_first_hamza_is_none() -> None:
    entries = {word: Entry(word, 0) for word in ("العملات", "للعمله", "العاب", "البوم")}
    lines = ("word\tعملة\tالعملات للعملة", "noun\tلعبة\tألعاب", "noun\tألبوم")
    assert after(entries, *lines) == {
        "العملات": Entry("عمله", 2),
        "للعمله": Entry("عمله", 2),
        "العاب": Entry("لعبه", 0),
        "البوم": Entry("البوم", 0),
    }


def test_a_form_made_takes_no_other_word() -> None:
    """«طيران» is no dual of «طير»; but a feminine that stands alone joins its adjective."""
    entries = {"طيران": Entry("طيران", 0), "جديده": Entry("جديده", 0)}
    assert after(entries, "noun\tطير", "adjective\tجديد") == {
        "طيران": Entry("طيران", 0),
        "جديده": Entry("جديد", 0),
    }


def test_the_persons_of_a_verb_but_not_what_looks_like_an_elative() -> None:
    entries = {"يبرز": Entry("ابرز", 0), "ابرز": Entry("ابرز", 0)}
    assert after(entries, "verb\tبرز\tبرز") == {
        "يبرز": Entry("برز", 0),
        "ابرز": Entry("ابرز", 0),
    }


def test_words_that_a_table_does_not_speak_of_are_left_alone() -> None:
    entries = {"ورد": Entry("ورد", 0), "برد": Entry("برد", 0)}
    assert after(entries, "word\tرد") == entries


def test_an_article_is_taken_off_a_word_that_is_seen_without_it() -> None:
    entries = {"البنوك": Entry("البنوك", 0), "بنوك": Entry("بنك", 0), "والبنوك": Entry("البنوك", 1)}
    frequency = {"البنوك": 2e-5, "بنوك": 1e-5}
    assert after(entries, frequency=frequency) == {
        "البنوك": Entry("بنك", 2),
        "بنوك": Entry("بنك", 0),
        "والبنوك": Entry("بنك", 3),
    }


def test_an_article_of_its_own_stays() -> None:
    """«القاء» has another, and «التقي» a present; «الكس» is not seen without."""
    entries = {word: Entry(word, 0) for word in ("القاء", "التقي", "الكسندر")}
    entries["يلتقي"] = Entry("التقي", 0)
    frequency = {"القاء": 1e-5, "قاء": 1e-5, "الالقاء": 1e-7, "التقي": 1e-6, "تقي": 1e-6}
    assert after(entries, frequency=frequency | {"الكسندر": 1e-5}) == entries


def test_the_feminine_of_an_adjective_joins_it_and_a_commoner_noun_does_not() -> None:
    entries = {
        word: Entry(word, 0) for word in ("رسمي", "رسميه", "قضايي", "قضاييه", "حرري", "حرريه")
    }
    frequency = {"الرسمي": 1e-5, "الرسميه": 2e-5, "الحرري": 1e-7, "الحرريه": 1e-5}
    found = after(entries, frequency=frequency)
    assert found["رسميه"].lemma == "رسمي"
    assert found["حرريه"].lemma == "حرريه"


def test_a_plural_joins_the_commoner_singular() -> None:
    entries = {word: Entry(word, 0) for word in ("ولايات", "ولايه", "مجالات", "مجال", "مجاله")}
    frequency = {"المجال": 1e-5, "المجاله": 1e-8, "الولايه": 1e-5}
    found = after(entries, frequency=frequency)
    assert found["ولايات"].lemma == "ولايه"
    assert found["مجالات"].lemma == "مجال"


def test_spellings_of_a_lemma_are_one() -> None:
    entries = {"القاضي": Entry("قاض", 2)}
    assert after(entries, variants={"قاض": "قاضي"}) == {"القاضي": Entry("قاضي", 2)}


def test_a_lexicon_gives_back_what_it_was_made_of() -> None:
    entries = {"وزير": Entry("وزير", 0), "للوزير": Entry("وزير", 2), "وزراء": Entry("وزير", 0)}
    lexicon = without_derivable(entries, {})
    assert "للوزير" not in lexicon
    assert entries_of(lexicon, entries) == entries


def test_the_shipped_lexicon_has_what_the_table_says() -> None:
    """So the file was made again after the table was changed."""
    lexicon = default_lexicon()
    variants = read_table("variants.tsv")
    listed = [one for one in read().values() if one.listed and one.form in lexicon]
    assert len(listed) > 500
    wrong = [
        one.form
        for one in listed
        if lexicon.find(one.form) != Entry(variants.get(one.lemma, one.lemma), one.particles)
    ]
    assert wrong == []


def test_no_form_is_listed_for_two_lemmas() -> None:
    table = rows("indexer.generate", "tables/corrections.tsv")
    forms = [(form, row[1]) for row in table if len(row) > 2 for form in row[2].split()]
    lemmas: dict[str, set[str]] = {}
    for form, lemma in forms:
        lemmas.setdefault(normalize(form), set()).add(normalize(lemma))
    assert {form: found for form, found in lemmas.items() if len(found) > 1} == {}


def test_a_country_gives_its_adjective_its_stem() -> None:
    lexicon = Lexicon()
    for word in ("فرنسا", "فرنسي", "مجر"):
        lexicon.add(word, Entry(word, 0))
    assert family("فرنسي", ["فرنسا"], lexicon) == ("فرنسا", {"فرنسا", "فرنسي"})
    lexicon.add("مجري", Entry("مجر", 0))
    assert family("مجري", ["المجر"], lexicon) == ("مجر", {"مجر"})  # taken for another word


def test_adjectives_of_one_country_are_one_family() -> None:
    families = [("امريكا", {"امريكا", "امريكي"}), ("امريكا", {"امريكا", "امريكاني"})]
    assert joined(families) == {"امريكا": {"امريكا", "امريكي", "امريكاني"}}
    assert joined([("مالي", {"مالي"})]) == {}


def test_names_have_no_ordinary_word_s_root() -> None:
    roots = {"مساعد": "سعد", "سعودي": "سعد", "رونالد": "رنل", "قطار": "قطر", "قطر": "قطر"}
    found = without_names(roots, {"رونالد"}, {"سعودي": "سعوديه", "سعوديه": "سعوديه", "قطر": "قطر"})
    assert found["مساعد"] == "سعد" != found["سعودي"] == found["سعوديه"]
    assert "رونالد" not in found


def test_a_country_and_its_adjective_have_a_root_that_no_other_word_has() -> None:
    roots, stems = default_roots(), shared_stems()
    nations = {roots[lemma] for lemma in stems}
    others = {root for lemma, root in roots.items() if lemma not in stems}
    assert roots["امريكا"] == roots["امريكي"]
    assert roots["سعودي"] != roots["مساعد"]
    assert not nations & others
