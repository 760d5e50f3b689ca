"""Who says what: the right speaker, the right words, and nobody rather than a wrong one."""

import pytest

from factories import make_article
from indexer.events.quotations import QuotationExtractor
from indexer.facets.extractor import default_extractor
from indexer.model import Quotation
from indexer.text import default_analyzer


def quotations(body: str, title: str = "") -> list[Quotation]:
    """The quotations of an article with this text."""
    analyzer, extractor = default_analyzer(), default_extractor(default_analyzer())
    article = make_article("a", title, body)
    parts = extractor.parts(article, analyzer.analyze(title), analyzer.analyze(body))
    return list(QuotationExtractor().extract(article, parts, extractor.facets(article, parts)))


def read(body: str, title: str = "") -> list[tuple[str, str]]:
    """Who says what, as the id of the speaker and the words."""
    texts = {"title": title, "body": body}
    return [
        (one.speaker.id, texts[one.said.part][one.said.start : one.said.end])
        for one in quotations(body, title)
    ]


KERRY, LAVROV, ZARIF = "john-kerry", "sergey-lavrov", "mohammad-javad-zarif"

SAID = [
    # marks behind a colon
    ("قال جون كيري: «لن نقبل اتفاقا سيئا».", KERRY, "لن نقبل اتفاقا سيئا"),
    ('وقال كيري في مؤتمر صحافي: "المفاوضات صعبة للغاية".', KERRY, "المفاوضات صعبة للغاية"),
    ("وأعلن كيري أمس: “سنواصل العمل معا”.", KERRY, "سنواصل العمل معا"),
    # marks right behind the speaker
    ('وأضاف كيري "نريد سلاما يدوم في المنطقة كلها".', KERRY, "نريد سلاما يدوم في المنطقة كلها"),
    # marks of several sentences
    ("قال كيري: «نريد السلام. ولن نيأس أبدا.»", KERRY, "نريد السلام. ولن نيأس أبدا"),
    # a colon, no marks
    ("وقال كيري: لن تقبل بلادي شروطا جديدة.", KERRY, "لن تقبل بلادي شروطا جديدة"),
    # a clause
    ("أكد كيري أن المحادثات تسير جيدا.", KERRY, "المحادثات تسير جيدا"),
    ("قال كيري إنه سيعود إلى فيينا قريبا.", KERRY, "سيعود إلى فيينا قريبا"),
    ("أشار كيري إلى أن الخلافات ما زالت قائمة.", KERRY, "الخلافات ما زالت قائمة"),
    ("وشدد كيري على أن الوقت ضيق جدا.", KERRY, "الوقت ضيق جدا"),
    ("وأفاد كيري بأن الوفود وصلت أمس.", KERRY, "الوفود وصلت أمس"),
    # a clause that is in marks
    ("أوضح كيري أن «الاتفاق يخدم الجميع».", KERRY, "الاتفاق يخدم الجميع"),
    # with an office
    (
        "قال وزير الخارجية الأمريكي جون كيري إن الاتفاق قريب جدا.",
        KERRY,
        "الاتفاق قريب جدا",
    ),
    ("وقال الوزير كيري في تصريح لقناة محلية إن الاتفاق قريب جدا.", KERRY, "الاتفاق قريب جدا"),
    # the speaker first
    ("لكن كيري قال إن الوقت ينفد سريعا.", KERRY, "الوقت ينفد سريعا"),
    ("وكان كيري قد أعلن أن الوقت ينفد سريعا.", KERRY, "الوقت ينفد سريعا"),
    # told by others
    ("نقلت وكالة الأنباء عن كيري قوله إن الوقت ينفد سريعا.", KERRY, "الوقت ينفد سريعا"),
    ("وبحسب كيري فإن الوقت ينفد سريعا.", KERRY, "الوقت ينفد سريعا"),
]


@pytest.mark.parametrize(("body", "speaker", "said"), SAID)
def test_who_is_named_is_quoted(body, speaker, said):
    start = "التقى جون كيري نظيره الروسي سيرغي لافروف في فيينا. "
    assert read(start + body) == [(speaker, said)]


def test_a_title_is_a_name_and_a_colon():
    found = read("استقبل جون كيري الوفد.", "كيري: لن نقبل اتفاقا سيئا")
    assert found == [(KERRY, "لن نقبل اتفاقا سيئا")]


@pytest.mark.parametrize(
    ("body", "facet", "country"),
    [
        ("أكدت الخارجية الروسية أن المفاوضات مستمرة.", "organisations", "RU"),
        ("أعلنت إيران أنها ستواصل المفاوضات.", "countries", "IR"),
        ("قال المتحدث الرسمي باسم الخارجية الروسية إن الوفد وصل.", "organisations", "RU"),
        ("وقالت منظمة الأمم المتحدة إن الوضع خطير.", "organisations", ""),
    ],
)
def test_bodies_and_states_speak(body, facet, country):
    (found,) = quotations(body)
    assert (found.speaker.facet, found.speaker.country) == (facet, country)
    assert found.speaker.id
    assert found.speaker.side == "a"


def test_a_spokesman_speaks_with_his_office():
    (found,) = quotations("قال المتحدث باسم البيت الأبيض جوش إرنست إن الرئيس يتابع الأمر.")
    assert found.speaker.facet == "people"
    assert found.speaker.name == "جوش إرنست"
    assert found.speaker.role == "المتحدث باسم البيت الأبيض"


def test_who_was_heard_goes_on():
    body = (
        "قال جون كيري إن الوقت ينفد سريعا. وأضاف أن الوفود متعبة. "
        "وتابع: «سنعود غدا إلى الطاولة»، مشيرا إلى أن الأمل باق."
    )
    assert read(body) == [
        (KERRY, "الوقت ينفد سريعا"),
        (KERRY, "الوفود متعبة"),
        (KERRY, "سنعود غدا إلى الطاولة"),
        (KERRY, "الأمل باق"),
    ]


def test_what_is_told_names_the_speaker():
    body = "اجتمع الوفدان. قال جون كيري إن الوقت ينفد سريعا. وأضاف أن الوفود متعبة جدا. ثم غادر."
    first, second = quotations(body)
    assert body[first.told.start : first.told.end] == "قال جون كيري إن الوقت ينفد سريعا"
    told = body[second.told.start : second.told.end]
    assert told == "قال جون كيري إن الوقت ينفد سريعا. وأضاف أن الوفود متعبة جدا"


def test_two_speakers_of_a_sentence_each_say_their_own():
    body = "قال جون كيري إن الاتفاق قريب جدا، بينما أكد سيرغي لافروف أن الخلافات باقية."
    assert read(body) == [(KERRY, "الاتفاق قريب جدا"), (LAVROV, "الخلافات باقية")]


def test_what_is_said_ends_before_who_tells_it():
    body = "قال جون كيري إن الاتفاق قريب جدا، بحسب صحيفة محلية."
    assert read(body) == [(KERRY, "الاتفاق قريب جدا")]


NOBODY = [
    # scare quotes, titles of books, names
    "انتقد جون كيري «الحرب الباردة» الجديدة.",
    "قال جون كيري: «نعم».",
    "نشر جون كيري كتابه «كل يوم هو يوم إضافي» في نيويورك.",
    "هاجم تنظيم «الدولة الإسلامية» المدينة وغادرها جون كيري.",
    # nobody known
    "قال مسؤول أمريكي إن جون كيري سيزور موسكو قريبا.",
    "وقالت مصادر مقربة من جون كيري إن الاتفاق قريب جدا.",
    "قال مصدر دبلوماسي: «لن يقبل جون كيري هذه الشروط».",
    "نقلت وكالة الأنباء عن مصدر مقرب من جون كيري قوله إن الاتفاق قريب جدا.",
    # outlets tell what others say
    "قالت صحيفة نيويورك تايمز إن جون كيري سيعود قريبا.",
    # two who speak at once
    "قال جون كيري وسيرغي لافروف إن الاتفاق قريب جدا.",
    # not said, or not as a fact
    "لم يقل جون كيري إن الاتفاق قريب جدا.",
    "نفى جون كيري أن يكون الاتفاق قريبا.",
    "هل قال جون كيري إن الاتفاق قريب جدا؟",
    # somebody is spoken to
    "قال لجون كيري إن الاتفاق قريب جدا.",
    # of the family
    "قالت زوجة جون كيري إن زوجها متعب جدا.",
    # a list, not speech
    "وزارة الخارجية الروسية: نقل مبنى السفارة إلى حي آخر، بيت جون كيري: لا تغيير.",
    # «أن» of a noun
    "أكد جون كيري ضرورة أن تستمر المحادثات الجارية.",
    "أعرب جون كيري عن أمله في أن تستمر المحادثات.",
    # a verb that means another thing
    "تابع جون كيري المباراة مع أسرته في واشنطن.",
    # a pronoun with nobody before
    "وأضاف أن الاتفاق قريب جدا.",
    # somebody else's words, told of in a relative clause
    "تابع جون كيري حديث سيرغي لافروف الذي خاطبه قائلا: «أنت لا تفهم هذه البلاد».",
    # marks that are not closed
    "قال جون كيري «اتفقنا على أن الوقت ينفد سريعا.",
    "قال جون كيري: «لن نقبل اتفاقا سيئا.\nوغادر إلى واشنطن.",
]


@pytest.mark.parametrize("body", NOBODY)
def test_nobody_rather_than_a_wrong_one(body):
    assert read(body) == []


@pytest.mark.parametrize(
    "between",
    [
        "وغادر سيرغي لافروف القاعة مع الوفد.",
        "وقال مسؤول أمريكي إن الوفود متعبة.",
        "وقالت دبلوماسية في الوفد إن الوفود متعبة.",
    ],
)
def test_a_pronoun_goes_on_behind_its_speaker_only(between):
    body = f"قال جون كيري إن الوقت ينفد سريعا. {between} وأضاف أن الاتفاق قريب جدا."
    assert read(body) == [(KERRY, "الوقت ينفد سريعا")]


def test_a_state_that_is_called_on_says_nothing():
    body = "قال جون كيري إن الوقت ضيق جدا، ودعا إيران إلى الحوار. وأضاف أن الاتفاق قريب جدا."
    assert read(body) == [(KERRY, "الوقت ضيق جدا"), (KERRY, "الاتفاق قريب جدا")]


def test_who_was_asked_goes_on():
    body = "قال جون كيري إن الوقت ضيق جدا. وعن موعد الجولة قال إن الوفود تعود غدا."
    assert read(body) == [(KERRY, "الوقت ضيق جدا"), (KERRY, "الوفود تعود غدا")]


def test_a_short_form_speaks_where_nobody_else_can_be_meant():
    body = "أعلنت وزارة الخارجية الروسية موعد الجولة. وقالت الوزارة إن الوفد وصل أمس."
    assert [one.speaker.country for one in quotations(body)] == ["RU"]
    other = "وأعلنت وزارة الشؤون الغريبة موعدا آخر. "
    assert quotations(other + body) == []


def test_somebody_else_acts_between():
    body = "قال جون كيري إن الوقت ضيق جدا، ويتفق سيرغي لافروف معه، ويرى أن الاتفاق قريب."
    assert [speaker for speaker, _ in read(body)] == [KERRY]


def test_she_does_not_go_on_for_him():
    body = "قال جون كيري إن الوقت ينفد سريعا. وأضافت أن الاتفاق قريب جدا."
    assert read(body) == [(KERRY, "الوقت ينفد سريعا")]


def test_what_is_told_inside_of_speech_is_nobodys_own():
    body = "قال جون كيري إن سيرغي لافروف أكد له أن الاتفاق قريب جدا."
    assert read(body) == [(KERRY, "سيرغي لافروف أكد له أن الاتفاق قريب جدا")]
    body = "قال جون كيري: «سمعت أمس، وقال سيرغي لافروف إن الاتفاق قريب جدا»."
    assert [speaker for speaker, _ in read(body)] == [KERRY]
    body = "قال مسؤول أمريكي إن سيرغي لافروف أكد أن الاتفاق قريب جدا."
    assert read(body) == []


@pytest.mark.parametrize(
    "unit",
    ['"', "«", "»", '"كتاب ', "«كتاب» ", "قال ", "وأضاف أن ", "قال كيري: ", "قال كيري إن كتابا "],
)
def test_a_page_of_marks_or_verbs_is_read(unit):
    body = "قال جون كيري إن الوقت ينفد سريعا. " + unit * 500
    for one in quotations(body):
        assert one.told.start <= one.said.start < one.said.end <= one.told.end <= len(body)
