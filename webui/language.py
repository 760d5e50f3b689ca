"""Which language the page speaks, and how it writes names, numbers and days in it.

Arabic unless the reader asks for another, by ``?lang=en`` or in the browser's settings. Messages
are written in English; a folder of ``webui/translations`` is one language more, named by its tag,
whose direction, script and own name Babel knows.
"""

import datetime as dt
import re
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Protocol, cast

from babel import Locale
from babel.core import get_global, parse_locale
from babel.dates import format_date, format_interval
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_translations  # type: ignore[import-untyped]

from indexer.facets.ner.romanise import is_guess
from indexer.schema import PEOPLE

EXTENSION = "rasad languages"
DEFAULT = "ar"
OF_MESSAGES = "en"
UNKNOWN = "und"  # the tag of a page whose language was not told
TRANSLATIONS = Path(__file__).with_name("translations")
_ISO_DAY = len("2021-06-09")
ENOUGH = 300  # letters, to tell the language of a text and which way it runs
_NO_LETTER = re.compile(r"[\W\d_]+")
# Hebrew to Arabic Extended-A, and the presentation forms of both.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")


class Named(Protocol):
    """Anything with an Arabic and a Latin name: a facet value, with its count or in an article."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def found_in(translations: Path) -> tuple[str, ...]:
    """The tags of the languages that a folder of translations allows, the default one first."""
    tags = {path.parents[1].name for path in translations.glob("*/LC_MESSAGES/messages.mo")}
    return (DEFAULT, *sorted({OF_MESSAGES, *tags} - {DEFAULT}))


def register(app: Flask, translations: Path = TRANSLATIONS) -> None:
    """Let ``app`` speak the languages of a folder."""
    app.extensions[EXTENSION] = found_in(translations)
    Babel(
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(translations.absolute()),
        locale_selector=current,
    )


def spoken() -> tuple[str, ...]:
    """The languages that the application speaks."""
    found: tuple[str, ...] = current_app.extensions[EXTENSION]
    return found


def translated(message: str, **values: object) -> str:
    """An English message in the language of the answer."""
    return looked_up(message) % values


def looked_up(message: str) -> str:
    """The translation of a message, its places not yet filled."""
    return _catalogue().gettext(message)


def looked_up_for(one: str, many: str, count: int) -> str:
    """The translation of a message in the form that ``count`` takes; Arabic has six."""
    return _catalogue().ngettext(one, many, count)


def _catalogue() -> NullTranslations:
    """The answer's catalogue, found once a request; flask-babel would look for it each time."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return cast(NullTranslations, g.catalogue)


def chosen() -> str | None:
    """The language in the address, or None: only that one is kept in links."""
    lang = request.args.get("lang", "")
    return lang if lang in spoken() else None


def current() -> str:
    """The language to answer in."""
    if not has_request_context():
        return DEFAULT
    if "lang" not in g:
        g.lang = chosen() or request.accept_languages.best_match(spoken()) or DEFAULT
    return cast(str, g.lang)


@lru_cache
def direction(lang: str) -> str:
    """How the text of a language runs: «rtl» or «ltr»."""
    return str(_locale(lang).text_direction)


@lru_cache
def own_name(lang: str) -> str:
    """What a language calls itself.

    >>> own_name("ar"), own_name("en")
    ('العربية', 'English')
    """
    return _locale(lang).get_display_name(lang) or lang


@lru_cache
def name_in(tag: str, lang: str) -> str:
    """What a language is called in another one.

    >>> name_in("ar", "en")
    'Arabic'
    """
    return str(_locale(lang).languages.get(tag, tag))


@lru_cache
def in_arabic_letters(lang: str) -> bool:
    """Whether a language is written so; its readers are shown Arabic names and signs.

    >>> in_arabic_letters("fa"), in_arabic_letters("he")
    (True, False)
    """
    likely = parse_locale(get_global("likely_subtags").get(lang, lang))
    return (_locale(lang).script or likely[2]) == "Arab"


def label(value: Named, lang: str) -> str:
    """A value's name in the page's letters; in the others where it has none; else its id."""
    return name_of((value.name, value.name_en), value.id, lang)


def value_name(facet: str, value: Named, lang: str) -> str:
    """A facet value's name; that of a month is written out."""
    return month(value.id, lang) if facet == "dates" else label(value, lang)


def other_label(value: Named, lang: str) -> str:
    """The name in the letters that the page is not in, empty where it says nothing new."""
    other = value.name_en if in_arabic_letters(lang) else value.name
    return "" if other == label(value, lang) else other


def guessed(value: Named, facet: str, lang: str) -> bool:
    """Whether a page in ``lang`` shows a person's name that was made from Arabic letters alone."""
    return facet == PEOPLE and not in_arabic_letters(lang) and is_guess(value.name, value.name_en)


def name_of(names: tuple[str, str], id: str, lang: str) -> str:
    """The one of an Arabic and a Latin name that suits the page."""
    arabic, latin = names
    return ((arabic or latin) if in_arabic_letters(lang) else (latin or arabic)) or id


def side(text: str) -> str:
    """The direction of a text: left-to-right where it begins so and mostly is so.

    >>> side("NATO: السفير يزور مقر البعثة")
    'rtl'
    """
    letters = _NO_LETTER.sub("", text[:ENOUGH])
    left = len(_RIGHT_TO_LEFT.sub("", letters))
    return "ltr" if 2 * left > len(letters) and not _RIGHT_TO_LEFT.match(letters) else "rtl"


def tongue(text: str, known: str = "") -> str:
    """The language that a text is in: the one that is ``known``, if written in such letters.

    Without letters it is in none; else letters tell no more than Arabic and English.

    >>> tongue("سفير"), tongue("Kerry"), tongue("سفیر", "fa"), tongue("NATO", "fa"), tongue("24")
    ('ar', 'en', 'fa', 'en', '')
    """
    if not _NO_LETTER.sub("", text[:ENOUGH]):
        return ""
    arabic = side(text) == "rtl"
    if known and known != UNKNOWN and in_arabic_letters(known) == arabic:
        return known
    return "ar" if arabic else "en"


@lru_cache(maxsize=4096)
def number(value: float, lang: str) -> str:
    """A number with its thousands apart; Western digits in both languages, as in most archives."""
    return format_decimal(value, locale=_locale(lang))


@lru_cache(maxsize=4096)
def day(value: dt.date, lang: str) -> str:
    """A day in full: 9 يونيو 2021."""
    return format_date(value, "d MMMM y", locale=_locale(lang))


def iso_day(value: str, lang: str) -> str:
    """A day that an answer holds as «2021-06-09», in full."""
    return day(dt.date.fromisoformat(value), lang)


@lru_cache(maxsize=4096)
def days(first: str, last: str, lang: str) -> str:
    """Days or months «2015-07-07» from one to another, in full; nothing where none is known.

    >>> days("2015-07-07", "2015-07-09", "en"), days("2015-07", "2015-07", "en")
    ('7–9 July 2015', 'July 2015')
    """
    start, end = _day_or_month(first, lang), _day_or_month(last, lang)
    if start == end or not start or not end:
        return start or end
    if len(first) == len(last) == _ISO_DAY and first[:7] == last[:7]:
        return f"{int(first[8:])}–{end}"
    return f"{start} – {end}"


def _day_or_month(value: str, lang: str) -> str:
    return iso_day(value, lang) if len(value) == _ISO_DAY else month(value, lang)


@lru_cache(maxsize=4096)
def month(id: str, lang: str) -> str:
    """A month «2021-06» in words; anything else as it is, since filters hold what readers typed."""
    try:
        first = dt.date.fromisoformat(f"{id}-01")
    except ValueError:
        return id
    return format_date(first, "MMMM y", locale=_locale(lang))


@lru_cache(maxsize=4096)
def months(first: dt.date, last: dt.date, lang: str) -> str:
    """A stretch of time by its months: «Jul – Aug 2015»."""
    return str(format_interval(first, last, "yMMM", locale=_locale(lang)))


@lru_cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)
