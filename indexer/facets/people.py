"""People: found by their titles, by their given names, and by names that everybody knows.

The first pass reads a text from left to right and marks names of at least two words, and single
names behind titles. The second links single names to the full name in the same article, see
``linking``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from indexer.facets.gazetteer.known_people import FIRST_HALVES, KnownPeople, key
from indexer.facets.gazetteer.matcher import Found, readings
from indexer.facets.ner import bylines
from indexer.facets.ner.arbitration import BY_MODEL, NOBODY, Settling
from indexer.facets.ner.boundaries import ALI, JOINING, NOT_NAMES, Phrased, Spans
from indexer.facets.ner.coreference import Linking
from indexer.facets.ner.crf import Model, Name
from indexer.facets.ner.features import Describer
from indexer.facets.ner.mention import BY_DEMONYM, Spot, bare
from indexer.facets.ner.trigrams import Letters, all_letters
from indexer.facets.ner.word_classes import Lexemes
from indexer.facets.part import Part
from indexer.facets.tables import words
from indexer.model import Article, FacetValue

NAMED_AFTER = words("named-after")
ADJECTIVES = words("office-adjectives")
OF_PLACE = words("of-place")
SAID = words("said")
AFFAIRS = frozenset({"لشوون", "للشوون"})
#: Families whose names end the long names of their members.
HOUSES = frozenset({"سعود", "نهيان", "مكتوم", "ثاني", "خليفه", "الصباح", "صباح", "القاسمي"})
#: What may stand between a title and a name; commas, colons and brackets set the name apart.
_BEFORE_NAME = re.compile(r"[\s،,()/:\-–—ـ\"“”«».]*")
_END_OF_SENTENCE = re.compile(r"[.\n]")
_QUOTES = frozenset({"", '"', "“", "”", "«", "»"})
BY_CAMEL = "camel"
#: A title and what belongs to it are at most so many words.
MAX_OFFICE = 12


class Names(NamedTuple):
    """What people take from an article: the values, and the words that belong to names."""

    values: tuple[FacetValue, ...]
    taken: Mapping[str, set[int]]


class People:
    """Finds the people of an article."""

    def __init__(
        self,
        known: KnownPeople,
        lexemes: Lexemes,
        model: Model | None,
        describer: Describer,
    ) -> None:
        """Without a model, names are found by rules and tables alone."""
        self._known = known
        self._model = model
        self._lexemes = lexemes
        self._settling = Settling(describer, lexemes)
        self._letters = all_letters()
        self._linking = Linking(known, lexemes)

    def extract(
        self,
        article: Article,
        parts: Sequence[Part],
        found: Mapping[str, Sequence[Found]],
        given: Mapping[str, Mapping[int, str]],
        others: Mapping[str, Sequence[Name]],
    ) -> Names:
        """Return the people, most mentioned first, and the words taken by their names.

        ``found`` are each part's phrases, ``given`` its given names by their place, ``others`` the
        names of a second opinion.
        """
        spots: list[Spot] = []
        countries: set[str] = set()
        elsewhere: dict[str, set[int]] = {}
        for part in parts:
            phrased = Phrased.of(found[part.name])
            own = self._reader(part, phrased, given[part.name]).spots()
            places = phrased.others.values()
            countries |= {f.id for one in places for f in one.forms if f.facet == "countries"}
            elsewhere[part.name] = {at for one in places for at in range(one.start, one.end)}
            if self._model is not None:
                names = self._model.people(part, found[part.name], own, elsewhere[part.name])
                own = [
                    spot
                    for spot in self._settling.settled(part, own, names, elsewhere[part.name])
                    if spot.rule != BY_MODEL or self._is_name(part, spot.start, phrased)
                ]
            covered = _taken(own) | elsewhere[part.name]
            own += self._by_camel(part, others.get(part.name, ()), covered)
            own.sort(key=lambda spot: spot.start)
            spots += [spot for spot in own if spot.rule != NOBODY]
        spots = [spot for spot in spots if not bylines.signs(spot, article)]
        people = self._linking.people(spots, parts, countries, elsewhere)
        taken: dict[str, set[int]] = {part.name: set() for part in parts}
        for spot in (spot for person in people for spot in person.spots):
            taken[spot.part.name].update(range(spot.start, spot.end))
        return Names(tuple(map(self._linking.value, people)), taken)

    def spots(self, part: Part, found: Sequence[Found], given: Mapping[int, str]) -> list[Spot]:
        """The names of a part by rules and tables, with those of which something is called."""
        return self._reader(part, Phrased.of(found), given).spots()

    def _is_name(self, part: Part, at: int, phrased: Phrased) -> bool:
        """Whether what only the model sees may be a person's: not «معالي مساعد», «على هامش»."""
        if part.words[at] == ALI and part.word(at).endswith("ى"):
            behind = part.words[at + 1] if at + 1 < len(part.words) else ""
            if not self._lexemes.get(behind).certain:
                return False
        title = at in phrased.titles and not self._lexemes.get(part.words[at]).given
        return not title and not _is_named_after(part, at)

    def _reader(self, part: Part, phrased: Phrased, given: Mapping[int, str]) -> "_Reader":
        return _Reader(part, phrased, given, self._known, self._lexemes, self._letters)

    def _by_camel(self, part: Part, names: Iterable[Name], taken: Set[int]) -> Iterator[Spot]:
        """The names of people that only CAMeL's recogniser sees."""
        for name in names:
            if name.kind != "PER" or not taken.isdisjoint(range(name.start, name.end)):
                continue
            if not _is_named_after(part, name.start):
                yield self._settling.spot(part, name, BY_CAMEL)


def _taken(spots: Iterable[Spot]) -> set[int]:
    return {at for spot in spots for at in range(spot.start, spot.end)}


def _is_named_after(part: Part, at: int, *, titled: bool = False) -> bool:
    """Whether the name at a word is that of a street, a school or a prize."""
    if at == 0 or part.before(at).strip(' "«“'):
        return False
    before = readings(part.words[at - 1])
    if titled:  # «جامعة الأمير سطام», but «من الشركة م. خالد العمري»
        return any(base in NAMED_AFTER for base, _ in before)
    return any(base.removeprefix("ال") in NAMED_AFTER for base, _ in before)


class _Office(NamedTuple):
    """A title being read: its phrase, the class and the start of the last title of the chain,
    and where what belongs to the office ends."""

    phrase: Found
    kind: str
    last: int
    end: int


class _Reader:
    """One pass over a part of an article, from left to right."""

    def __init__(
        self,
        part: Part,
        phrased: Phrased,
        given: Mapping[int, str],
        known: KnownPeople,
        lexemes: Lexemes,
        letters: Letters,
    ) -> None:
        self._part = part
        self._given = dict(given)
        self._words = part.words
        self._known = known
        self._lexemes = lexemes
        self._phrased = phrased
        self._spans = Spans(part, lexemes, self._phrased, letters)
        self._last_office: Found | None = None

    def spots(self) -> list[Spot]:
        """Return the names in the order of the text."""
        phrased = self._phrased
        self._add_ali()
        reversed_names = self._before_titles()
        starts = {*phrased.titles, *phrased.people, *phrased.singles, *self._given}
        starts.update(reversed_names)
        spots: list[Spot] = []
        end = 0
        for at in sorted(starts):
            if at < end:
                continue
            spot = self._spot(at)
            if spot is None and at in reversed_names:
                name = key(self._words[at : reversed_names[at]])
                spot = Spot(self._part, at, reversed_names[at], name, "title-behind")
            if spot is None:
                continue
            if _is_named_after(self._part, at, titled=at in phrased.titles):
                spot = spot._replace(rule=NOBODY)
            spots.append(spot)
            end = spot.end
        return spots

    def _add_ali(self) -> None:
        """Count «علي» among the given names where the text prints «على» (on) otherwise."""
        if ALI not in self._words or "على" not in self._part.text:
            return
        for at, word in enumerate(self._words[:-1]):
            printed = word == ALI and self._part.word(at).endswith("ي")
            if printed and self._lexemes.get(self._words[at + 1]).certain:
                self._given[at] = word

    def _before_titles(self) -> dict[int, int]:
        """Names between a verb of saying and a title: «قالت كاثرين راسل، المديرة التنفيذية»."""
        found = {}
        for title in self._phrased.titles:
            if title < 3 or self._part.before(title).strip() not in ("،", ","):
                continue
            for at in range(title - 2, max(title - 5, 0), -1):
                if self._words[at - 1] in SAID:
                    named = self._spans.begins(at, direct=True)
                    if named and self._spans.end(at, titled=True) == title:
                        found[at] = title
                    break
        return found

    def _spot(self, at: int) -> Spot | None:
        """The name that begins at a word, or behind the title that does."""
        phrased = self._phrased
        title, known = phrased.titles.get(at), phrased.people.get(at)
        whole = title is not None and known is not None and known.end > title.end
        if title is not None and not whole and not self._is_given(title):  # «البابا فرنسيس»
            spot = self._titled(title)
            if spot is not None:
                return spot
        if at in phrased.people and not self._inside_name(at):
            return self._known_name(phrased.people[at], "known-name")
        if (spot := self._given_name(at)) is not None:
            return spot
        if at in phrased.singles and not self._inside_name(at):
            return self._single_name(phrased.singles[at])
        return None

    def _is_given(self, title: Found, *, honoured: bool = False) -> bool:
        """Whether a title is a given name here: «مساعد بن محمد», «الدكتور مساعد العيبان»."""
        at, word = title.start, self._words[title.start]
        if title.end != at + 1 or word.startswith("ال") or not self._lexemes.get(word).possible:
            return False
        following = self._words[title.end : title.end + 1]
        if following == ["بن"]:
            return True
        if title.end in self._phrased.titles or title.end in self._phrased.others:
            return False  # «معالي مساعد أمين مجلس الوزراء»
        named_on = honoured and bool(following) and self._part.gap(at) == " "
        return named_on and self._lexemes.get(following[0]).certain

    def _titled(self, title: Found) -> Spot | None:
        """The name behind a title, behind what belongs to the title."""
        words, part = self._words, self._part
        office = _Office(title, title.forms[0].kind, title.start, title.end)
        at, direct = title.end, self._is_definite(title)
        if at in self._phrased.within:  # «رئيس مجلس السيادة» of «مجلس السيادة السوداني»
            at = self._phrased.end_of(at)
        while at < len(words) and at - title.start < MAX_OFFICE:
            gap = part.before(at)
            abbreviated = len(words[at - 1]) == 1  # «د. أحمد»
            if not _BEFORE_NAME.fullmatch(gap):
                return None
            if _END_OF_SENTENCE.search(gap) and not abbreviated:
                return None
            apart = gap.strip() not in _QUOTES and not abbreviated
            following = self._phrased.titles.get(at)
            honoured = office.kind in ("honorific", "royal")
            given = following is not None and self._is_given(following, honoured=honoured)
            if following and not following.particles and not given:
                office = _joined_offices(office, following)
                at, direct = following.end, self._is_definite(following)
                continue
            if (spot := self._named(at, office, direct or apart, given=given)) is not None:
                return spot
            if honoured and at == office.phrase.end and self._is_demonym(at, office):
                return Spot(self._part, at, at + 1, (self._words[at],), BY_DEMONYM, office.kind)
            length = 0 if apart else self._of_office(at, office.kind)
            if length == 0:
                return None
            direct = direct and self._is_adjective(at)
            at += length
            if office.kind in ("office", "head"):
                office = office._replace(end=at)
        return None

    def _named(self, at: int, office: _Office, direct: bool, *, given: bool) -> Spot | None:
        """The name at ``at``, if one begins there; ``given``: one that is a title elsewhere."""
        kind, before = office.kind, self._last_office
        if office.phrase.forms[0].kind == "office" and office.phrase.forms[0].id != "counterpart":
            self._last_office = office.phrase
        known = self._phrased.people.get(at)
        if known is not None and not known.particles:
            role = self._role(office, before)
            spot = self._known_name(known, "title")._replace(title=kind, role=role)
            return self._checked(spot, office)
        if self._words[at] in ADJECTIVES:
            return None
        honoured = kind in ("honorific", "royal")
        clear = given or (direct and self._spans.clear(at, honoured=honoured))
        if not clear and not self._spans.begins(at, direct=direct):
            return None
        end = self._spans.end(at, titled=True, read=int(clear))
        name = key(self._words[at:end])
        if not name or (len(name) == 1 and (not direct or self._goes_on(at, end))):
            return None
        role = self._role(office, before)
        spot = self._checked(Spot(self._part, at, end, name, "title", kind, role), office)
        if len(name) == 1 and at in self._phrased.singles:
            form = self._phrased.singles[at].forms[0]
            return spot._replace(known=form.id, single=form.kind)
        return spot

    def _goes_on(self, at: int, end: int) -> bool:
        """Whether a title behind shows a word to be the office's: «الوفد التفاوضي الدكتور»."""
        following = self._phrased.titles.get(end)
        article = self._words[at].startswith("ال") and self._part.gap(end - 1) == " "
        return article and following is not None and not following.particles

    def _checked(self, spot: Spot, office: _Office) -> Spot:
        """The spot, marked if something is named after its bearer: «جامعة الأمير سطام»."""
        named_after = _is_named_after(self._part, office.last, titled=True)
        return spot._replace(rule=NOBODY) if named_after else spot

    def _role(self, office: _Office, before: Found | None) -> str:
        """The office as printed, with what belongs to it.

        A counterpart's is that of the other, which stood ``before``.
        """
        phrase, part = office.phrase, self._part
        if phrase.forms[0].kind in ("honorific", "royal"):
            return ""
        if phrase.forms[0].id == "counterpart":
            if before is None:
                return ""
            phrase = before
        title = Spot(part, phrase.start, phrase.end, tuple(self._bare(phrase)), "").printed()
        end = office.phrase.end
        rest = part.printed(end, office.end) if office.end > end else ""
        return f"{title} {rest}".strip()

    def _of_office(self, at: int, kind: str) -> int:
        """How many words at ``at`` belong to the title before them; 0: none."""
        word = self._words[at]
        if at in self._phrased.others:
            return self._phrased.others[at].end - at
        if word in ADJECTIVES:
            return 1
        if self._words[at - 1] in AFFAIRS and word.startswith("ال"):  # «للشؤون الاقتصادية»
            return 1
        if word in OF_PLACE and at + 1 in self._phrased.others:  # «في جمهورية الشيشان»
            return 1
        if self._words[at - 1] in OF_PLACE:  # «حاكم ولاية لوغار»
            return 1
        if kind in ("honorific", "royal"):
            return 0
        if word in JOINING:
            return 1
        if word in NOT_NAMES or word.startswith("ي") or self._part.tokens[at].word.stop:
            return 0
        joined = word.startswith(("ال", "لل", "بال", "وال"))
        lexeme = self._lexemes.get(word)
        if kind == "head":
            return int(joined or lexeme.ordinary)
        return int(lexeme.ordinary and word.startswith(("لل", "لش", "بال")))

    def _is_definite(self, title: Found) -> bool:
        """Whether a name can follow at once; «مدرب» has the club's behind it, «المدرب» his own."""
        form = title.forms[0]
        if form.kind != "head":
            return True
        first = bare(self._words[title.start : title.end], title.particles)[0]
        his = first.endswith("ه") and not self._part.word(title.start).endswith("ة")
        return first.startswith("ال") or his or first.endswith("ها") or title.end - title.start > 1

    def _is_demonym(self, at: int, office: _Office) -> bool:
        """Whether a word may be a surname: «الدكتور التركي», but «الطالب السعودي»."""
        if office.phrase.forms[0].id == "person":
            return False
        other = self._phrased.others.get(at)
        demonym = other is not None and other.end == at + 1 and not other.particles
        return demonym and self._words[at].startswith("ال") and self._words[at].endswith("ي")

    def _is_adjective(self, at: int) -> bool:
        other = self._phrased.others.get(at)
        country = other is not None and other.forms[0].kind in ("adjective", "shared")
        return country or self._words[at] in ADJECTIVES

    def _known_name(self, one: Found, rule: str) -> Spot:
        """The spot of a known name, or of the longer name that begins like it."""
        end = self._spans.end(one.start, titled=True, read=one.end - one.start, whole=True)
        name = key(self._bare(one))
        known = one.forms[0].id
        if end > one.end:
            name = key([*self._bare(one), *self._words[one.end : end]])
            house = any(name[-1] in (family, "ال" + family) for family in HOUSES)
            if not house and self._known.find(name) != known:
                known = self._known.find(name) or ""
        return Spot(self._part, one.start, end, name, rule, known=known)

    def _given_name(self, at: int) -> Spot | None:
        """A name of two or more words that begins with a given name, without a title."""
        base = self._given.get(at, "")
        if not base and at in self._phrased.titles and self._is_given(self._phrased.titles[at]):
            base = self._words[at]
        if base in FIRST_HALVES and not self._makes_name(at):
            return None
        if not base or base in JOINING or base in NAMED_AFTER:
            return None
        if at in self._phrased.others or at in self._phrased.within:
            return None
        end = self._spans.end(at, titled=False, read=1 + (base in FIRST_HALVES))
        name = key([base, *self._words[at + 1 : end]])
        if end - at < 2 or len(name) < 2:
            return None
        return Spot(self._part, at, end, name, "given-name")

    def _makes_name(self, at: int) -> bool:
        """Whether «عبد» or «أبو» at a word makes a name with the next: «عبد الرحمن», «أبو بكر»."""
        if at + 1 >= len(self._words) or self._part.gap(at) != " ":
            return False
        following = self._words[at + 1]
        if self._words[at].endswith("عبد"):
            return following.startswith("ال")
        return self._lexemes.get(following).certain

    def _single_name(self, one: Found) -> Spot:
        """The spot of a name of one word that means a person of the table."""
        form = one.forms[0]
        name = key(self._bare(one))
        rule = f"known-{form.kind}"
        return Spot(self._part, one.start, one.end, name, rule, known=form.id, single=form.kind)

    def _bare(self, one: Found) -> list[str]:
        return bare(self._words[one.start : one.end], one.particles)

    def _inside_name(self, at: int) -> bool:
        """Whether a given name of somebody else stands right before: «أحمد محمد صلاح»."""
        before = at - 1
        if before < 0 or before in self._phrased.titles or self._part.gap(before) != " ":
            return False
        return self._lexemes.get(self._words[before]).given


def _joined_offices(office: _Office, following: Found) -> _Office:
    """Two titles on end: an honorific gives way to an office, «السيد رئيس الوزراء»."""
    kind = following.forms[0].kind
    if kind in ("honorific", "royal") and office.phrase.forms[0].kind in ("office", "head"):
        return office._replace(kind=kind, last=following.start)
    return _Office(following, kind, following.start, following.end)
