"""Rules by which a page was read, in words: names of rules are for programs.

Rules come with facets and formats, also with those that others add; one that is not known here is
told of by what all of them do.
"""

from indexer.schema import N_
from webui.language import translated as _

_SOMEHOW = N_("recognised in the text")
_NO_STORY = N_("not part of the story")
_RECOGNISED = {
    "title": N_("recognised by the title before the name"),
    "title-behind": N_("recognised by the title after the name"),
    "ruler": N_("recognised by the title of a ruler"),
    "given-name": N_("recognised by the given name"),
    "known-name": N_("a name that Rasad knows"),
    "known-full": N_("a name that Rasad knows"),
    "known-single": N_("a name by which one person is known"),
    "known-weak": N_("a short name; the rest of the article shows who is meant"),
    "surname": N_("a surname; the full name appears elsewhere in the article"),
    "model": N_("recognised as a name by the words around it"),
    "camel": N_("recognised as a name by CAMeL Tools"),
    "country-name": N_("the name of the country"),
    "country-adjective": N_("identified by an adjective such as “Egyptian”"),
    "country-dual": N_("identified by an adjective such as “Egyptian”"),
    "country-faint": N_("identified by an adjective such as “Egyptian”"),
    "country-people": N_("identified by the name of its people"),
    "country-capital": N_("identified by its capital"),
    "country-city": N_("identified by one of its cities"),
    "country-place": N_("identified by a place in it"),
    "country-shared": N_("identified by a place in it"),
    "country-cautious": N_("identified by a place in it"),
    "organisation-name": N_("the name of the organisation"),
    "organisation-pattern": N_("an institution and its country"),
}
_LEFT_OUT = {
    "advert": N_("an advertisement"),
    "age": N_("the age of the story"),
    "comments": N_("comments"),
    "contact": N_("contact details"),
    "cookies": N_("a cookie notice"),
    "copyright": N_("a copyright notice"),
    "credit": N_("a credit"),
    "date": N_("the date"),
    "dateline": N_("the dateline"),
    "encoded": N_("code instead of text"),
    "end mark": N_("an end mark"),
    "follow us": N_("an invitation to follow the outlet"),
    "masthead": N_("the page header"),
    "menu": N_("a menu"),
    "other script": N_("a line in another script"),
    "outlet in title": N_("the outlet’s name in the title"),
    "outside the story": N_("text outside the story"),
    "page tools": N_("page buttons"),
    "photo credit": N_("a photo credit"),
    "related": N_("links to other stories"),
    "repeated on many pages": N_("a line repeated on many pages of the outlet"),
    "said twice": N_("a paragraph that the page prints twice"),
    "source link": N_("a link to the source"),
    "stored backwards": N_("text stored backwards"),
    "tags": N_("tags"),
    "title again": N_("the title again"),
}


def recognised_by(rule: str) -> str:
    """How a name in a text was recognised."""
    return _(_RECOGNISED.get(rule, _SOMEHOW))


def left_out_as(rule: str) -> str:
    """What a piece of a page is that is no part of the story."""
    return _(_LEFT_OUT.get(rule, _NO_STORY))
