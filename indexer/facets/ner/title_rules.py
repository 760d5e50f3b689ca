"""Names found by rules: behind titles, by given names, and those that everybody knows.

One pass over a part, from left to right, marks names of at least two words, and single names
behind titles.
"""

import re
from collections.abc import Iterator

from indexer.facets.gazetteer.known_people import FIRST_HALVES, KnownPeople, key
from indexer.facets.gazetteer.matcher import PhraseMatch
from indexer.facets.ner import role_names
from indexer.facets.ner.boundaries import ALI, JOINING, NOT_NAMES, QUOTES, NameBoundaries
from indexer.facets.ner.mention import BY_DEMONYM, NOBODY, NameMention, bare
from indexer.facets.ner.offices import Office, Offices
from indexer.facets.ner.surroundings import (
    NAMED_AFTER,
    TABLE,
    is_body,
    is_named_after,
    is_phrase,
)
from indexer.facets.ner.trigrams import TrigramModel
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

ADJECTIVES = words("office-adjectives")
OF_PLACE = words("of-place")
SAID = words("said")
OF_RANK = words("rank-adjectives", TABLE)
AFFAIRS = frozenset({"لشوون", "للشوون"})
#: Families whose names end the long names of their members.
HOUSES = frozenset({"سعود", "نهيان", "مكتوم", "ثاني", "خليفه", "الصباح", "صباح", "القاسمي"})
#: What may stand between a title and a name; commas, colons and brackets set the name apart.
_BEFORE_NAME = re.compile(r"[\s،,()/:\-–—ـ\"“”«».]*")
_END_OF_SENTENCE = re.compile(r"[.\n]")
_QUOTES = frozenset({"", '"', "“", "”", "«", "»"})
#: A title and what belongs to it are at most so many words.
MAX_OFFICE = 12
#: Particles of a title that begins another name.
OF_ANOTHER = frozenset({"ب", "ل"})


class TitleRules:
    """The names of one part."""

    def __init__(
        self,
        part: AnnotatedPart,
        known: KnownPeople,
        word_classes: WordClasses,
        trigrams: TrigramModel,
    ) -> None:
        self._part = part
        self._given_names = dict(part.given_names)
        self._words = part.words
        self._known = known
        self._word_classes = word_classes
        self._matches = part.matches
        self._boundaries = NameBoundaries(part, word_classes, trigrams)
        self._offices = Offices(part, known)
        self._last_office: PhraseMatch | None = None
        self._of_several: Office | None = None

    def mentions(self) -> list[NameMention]:
        """Return the names in the order of the text."""
        matches = self._matches
        self._add_ali()
        reversed_names = self._before_titles()
        starts = {*matches.titles, *matches.people, *matches.singles, *self._given_names}
        starts.update(reversed_names)
        mentions: list[NameMention] = []
        end = 0
        for at in sorted(starts):
            if at < end:
                continue
            mention = self._mention_at(at)
            if mention is None and at in reversed_names:
                name = key(self._words[at : reversed_names[at]])
                mention = NameMention(self._part, at, reversed_names[at], name, "title-behind")
            if mention is None:
                continue
            if is_named_after(self._part, at, titled=at in matches.titles):
                mention = mention._replace(rule=NOBODY)
            mentions.append(mention)
            mentions.extend(self._coordinated(mention.end))
            end = mentions[-1].end
        return mentions

    def _coordinated(self, end: int) -> Iterator[NameMention]:
        """The others who share a title: «وزيرا خارجية هولندا … وبلجيكا …»."""
        office, self._of_several = self._of_several, None
        while office is not None and end < len(self._words):
            thing = self._matches.things.get(end)
            if thing is None and (mention := self._joined_name(end)) is not None:
                yield mention._replace(title=office.kind, role=self._offices.of_each(office, ""))
                end = mention.end
                continue
            if thing is None or thing.particles != "و" or thing.entries[0].facet != "countries":
                return
            at, joined = thing.end, self._part.before(end).strip() in ("", "،", ",")
            if not joined or at >= len(self._words) or self._part.gap(at - 1) != " ":
                return
            if at in self._matches.people:
                mention = self._known_name(self._matches.people[at], "title")
            elif self._boundaries.begins(at, direct=True):
                end = self._boundaries.end(at, titled=True)
                mention = NameMention(self._part, at, end, key(self._words[at:end]), "title")
            else:
                return
            country = self._part.printed(thing.start, thing.end).removeprefix("و")
            role = self._offices.of_each(office, country)
            yield mention._replace(title=office.phrase.entries[0].kind, role=role)
            end = mention.end

    def _joined_name(self, at: int) -> NameMention | None:
        """The name behind «and»: «الوزيران سامي العبيدي ومازن القيسي»."""
        known = self._matches.people.get(at)
        if known is not None:
            return self._known_name(known, "title") if known.particles == "و" else None
        joined = (
            self._words[at].startswith("و") and self._given_names.get(at) == (self._words[at][1:])
        )
        return self._given_name(at) if joined else None

    def _add_ali(self) -> None:
        """Count «علي» among the given names where the text prints «على» (on) otherwise."""
        if "علي" not in self._part.text or "على" not in self._part.text:
            return
        for at, word in enumerate(self._words[:-1]):
            printed = word in (ALI, "و" + ALI) and self._part.word(at).endswith("ي")
            if printed and self._word_classes.get(self._words[at + 1]).certain:
                self._given_names[at] = ALI

    def _before_titles(self) -> dict[int, int]:
        """Names between a verb of saying and a title: «قالت كاثرين راسل، المديرة التنفيذية»."""
        names: dict[int, int] = {}
        for title in self._matches.titles:
            if title < 3 or self._part.before(title).strip() not in ("،", ","):
                continue
            for at in range(title - 2, max(title - 5, 0), -1):
                if self._words[at - 1] in SAID:
                    named = self._boundaries.begins(at, direct=True)
                    if named and self._boundaries.end(at, titled=True) == title:
                        names[at] = title
                    break
        return names

    def _mention_at(self, at: int) -> NameMention | None:
        """The name that begins at a word, or behind the title that does."""
        matches = self._matches
        title, known = matches.titles.get(at), matches.people.get(at)
        whole = title is not None and known is not None and known.end > title.end
        if title is not None and not whole and not self._is_given(title):  # «البابا فرنسيس»
            mention = self._titled(title)
            if mention is not None:
                return mention
        if at in matches.people and not self._inside_name(at):
            return self._known_name(matches.people[at], "known-name")
        if (mention := self._given_name(at)) is not None:
            return mention
        if at in matches.singles and not self._inside_name(at):
            return self._single_name(matches.singles[at])
        return None

    def _is_given(self, title: PhraseMatch, *, honoured: bool = False) -> bool:
        """Whether a title is a given name here: «مساعد بن محمد», «الدكتور مساعد العيبان»."""
        at, word = title.start, self._words[title.start]
        if (
            title.end != at + 1
            or word.startswith("ال")
            or not self._word_classes.get(word).possible
        ):
            return False
        following = self._words[title.end : title.end + 1]
        if following == ["بن"]:
            return True
        honoured = honoured or self._word_classes.get(word).given  # «قال سيد ظافر هاشمي»
        if title.end in self._matches.titles or title.end in self._matches.things:
            return False  # «معالي مساعد أمين مجلس الوزراء»
        named_on = honoured and bool(following) and self._part.gap(at) == " "
        return named_on and self._word_classes.get(following[0]).certain

    def _titled(self, title: PhraseMatch) -> NameMention | None:
        """The name behind a title, behind what belongs to the title."""
        words, part = self._words, self._part
        office = self._offices.first(title)
        at, direct = title.end, self._is_definite(title)
        if at in self._matches.within:  # «رئيس مجلس السيادة» of «مجلس السيادة السوداني»
            at = self._matches.end_of(at)
            if office.kind in ("office", "head"):
                office = office._replace(end=at)
        while at < len(words) and at - title.start < MAX_OFFICE:
            gap = part.before(at)
            abbreviated = len(words[at - 1]) == 1  # «د. أحمد»
            if not _BEFORE_NAME.fullmatch(gap):
                return None
            if _END_OF_SENTENCE.search(gap) and not abbreviated:
                return None
            apart = gap.strip() not in _QUOTES and not abbreviated
            following = self._matches.titles.get(at)
            honoured = office.kind in ("honorific", "royal")
            given = following is not None and self._is_given(following, honoured=honoured)
            if following and not following.particles and not given:
                office = self._offices.joined(office, following)
                at, direct = following.end, self._is_definite(following)
                continue
            if following and not given and following.particles in OF_ANOTHER:
                return None  # «رحب سموه باللواء الغامدي»
            if (mention := self._named(at, office, direct or apart, given=given)) is not None:
                return mention
            if honoured and at == office.phrase.end and self._is_demonym(at, office):
                return NameMention(
                    self._part, at, at + 1, (self._words[at],), BY_DEMONYM, office.kind
                )
            length = 0 if apart else self._of_office(at, office.kind)
            if length == 0:
                return None
            direct = direct and self._is_adjective(at)
            at += length
            if office.kind in ("office", "head"):
                office = office._replace(end=at)
        return None

    def _named(self, at: int, office: Office, direct: bool, *, given: bool) -> NameMention | None:
        """The name at ``at``, if one begins there; ``given``: one that is a title elsewhere."""
        kind, before = office.kind, self._last_office
        several = role_names.is_several(self._part, office.phrase)
        self._of_several = office if several else None
        if not office.another and self._offices.is_shared(office):
            self._last_office = office.phrase
        known = self._matches.people.get(at)
        if known is not None and not known.particles:
            mention = self._known_name(known, "title")
            role = self._offices.role(office, before, mention.known)
            mention = mention._replace(title=kind, role=role)
            return self._checked(mention, office)
        if self._words[at] in ADJECTIVES or is_body(self._part, at):
            return None
        honoured = kind in ("honorific", "royal")
        if honoured and self._words[at] in OF_RANK and self._part.gap(at) == " ":
            return None
        clear = given or (direct and self._boundaries.clear(at, honoured=honoured))
        if not clear and not self._boundaries.begins(at, direct=direct):
            return None
        end = self._boundaries.end(at, titled=True, read=int(clear))
        name = key(self._words[at:end])
        if not name or (len(name) == 1 and (not direct or self._goes_on(at, end))):
            return None
        role = self._offices.role(office, before)
        mention = self._checked(NameMention(self._part, at, end, name, "title", kind, role), office)
        if len(name) == 1 and at in self._matches.singles:
            entry = self._matches.singles[at].entries[0]
            return mention._replace(known=entry.id, single=entry.kind)
        return mention

    def _goes_on(self, at: int, end: int) -> bool:
        """Whether a title behind shows a word to be the office's: «الوفد التفاوضي الدكتور»."""
        following = self._matches.titles.get(end)
        article = self._words[at].startswith("ال") and self._part.gap(end - 1) == " "
        return article and following is not None and not following.particles

    def _checked(self, mention: NameMention, office: Office) -> NameMention:
        """The mention, marked if something is named after its bearer: «جامعة الأمير سطام»."""
        named_after = is_named_after(self._part, office.last, titled=True) or (
            mention.start > office.phrase.end and self._is_of_body(mention.start - 1)
        )
        quoted = self._part.before(mention.start)[-1:] in QUOTES
        if quoted and self._words[mention.start - 1] in NAMED_AFTER:  # «لواء "حيدر الكرار"»
            named_after = True
        return mention._replace(rule=NOBODY) if named_after else mention

    def _is_of_body(self, at: int) -> bool:
        """Whether the name behind a word is a body's: «رئيس قسم المختبرات بكلية محمد المانع»."""
        word = self._words[at]
        return self._part.gap(at) == " " and any(base in NAMED_AFTER for base in (word, word[1:]))

    def _of_office(self, at: int, kind: str) -> int:
        """How many words at ``at`` belong to the title before them; 0: none."""
        word = self._words[at]
        if at in self._matches.things:
            return self._matches.things[at].end - at
        if word in ADJECTIVES or is_body(self._part, at):
            return 1
        if self._words[at - 1] in AFFAIRS and word.startswith("ال"):  # «للشؤون الاقتصادية»
            return 1
        if word in OF_PLACE and at + 1 in self._matches.things:  # «في جمهورية الشيشان»
            return 1
        if self._words[at - 1] in OF_PLACE:  # «حاكم ولاية لوغار»
            return 1
        if kind in ("honorific", "royal"):
            return int(word in OF_RANK)
        if word in JOINING:
            return 1
        if word in NOT_NAMES or word.startswith("ي") or self._part.tokens[at].word.stop:
            return 0
        joined = word.startswith(("ال", "لل", "بال", "وال"))
        word_class = self._word_classes.get(word)
        if kind == "head":
            return int(joined or word_class.ordinary)
        return int(word_class.ordinary and word.startswith(("لل", "لش", "بال")))

    def _is_definite(self, title: PhraseMatch) -> bool:
        """Whether a name can follow at once; «مدرب» has the club's behind it, «المدرب» his own."""
        entry = title.entries[0]
        if entry.kind != "head":
            return True
        first = bare(self._words[title.start : title.end], title.particles)[0]
        his = first.endswith("ه") and not self._part.word(title.start).endswith("ة")
        return first.startswith("ال") or his or first.endswith("ها") or title.end - title.start > 1

    def _is_demonym(self, at: int, office: Office) -> bool:
        """Whether a word may be a surname: «الدكتور التركي», but «الطالب السعودي»."""
        if office.phrase.entries[0].id == "person":
            return False
        thing = self._matches.things.get(at)
        demonym = thing is not None and thing.end == at + 1 and not thing.particles
        return demonym and self._words[at].startswith("ال") and self._words[at].endswith("ي")

    def _is_adjective(self, at: int) -> bool:
        thing = self._matches.things.get(at)
        country = thing is not None and thing.entries[0].kind in ("adjective", "shared")
        return country or self._words[at] in ADJECTIVES

    def _known_name(self, match: PhraseMatch, rule: str) -> NameMention:
        """The mention of a known name, or of the longer name that begins like it."""
        end = self._boundaries.end(
            match.start, titled=True, read=match.end - match.start, whole=True
        )
        name = key(self._bare(match))
        known = match.entries[0].id
        if end > match.end:
            name = key([*self._bare(match), *self._words[match.end : end]])
            house = any(name[-1] in (family, "ال" + family) for family in HOUSES)
            if not house and self._known.find(name) != known:
                known = self._known.find(name) or ""
        return NameMention(self._part, match.start, end, name, rule, known=known)

    def _given_name(self, at: int) -> NameMention | None:
        """A name of two or more words that begins with a given name, without a title."""
        base = self._given_names.get(at, "")
        if not base and at in self._matches.titles and self._is_given(self._matches.titles[at]):
            base = self._words[at]
        if base in FIRST_HALVES and not self._makes_name(at):
            return None
        if not base or base in JOINING or base in NAMED_AFTER:
            return None
        if at in self._matches.things or at in self._matches.within:
            return None
        read = 2 if base in FIRST_HALVES else 1
        end = self._boundaries.end(at, titled=False, read=read)
        name = key([base, *self._words[at + 1 : end]])
        if end - at < 2 or len(name) < 2 or is_phrase(self._part, at, base, self._word_classes):
            return None
        return NameMention(self._part, at, end, name, "given-name")

    def _makes_name(self, at: int) -> bool:
        """Whether «عبد» or «أبو» at a word makes a name with the next: «عبد الرحمن», «أبو بكر»."""
        if at + 1 >= len(self._words) or self._part.gap(at) != " ":
            return False
        following = self._words[at + 1]
        if self._words[at].endswith("عبد"):
            return following.startswith("ال")
        return self._word_classes.get(following).certain

    def _single_name(self, match: PhraseMatch) -> NameMention:
        """The mention of a name of one word that means a person of the table."""
        entry = match.entries[0]
        name = key(self._bare(match))
        rule = f"known-{entry.kind}"
        return NameMention(
            self._part, match.start, match.end, name, rule, known=entry.id, single=entry.kind
        )

    def _bare(self, match: PhraseMatch) -> list[str]:
        return bare(self._words[match.start : match.end], match.particles)

    def _inside_name(self, at: int) -> bool:
        """Whether a given name of somebody else stands right before: «أحمد محمد صلاح»."""
        before = at - 1
        if before < 0 or before in self._matches.titles or self._part.gap(before) != " ":
            return False
        return self._word_classes.get(self._words[before]).given
