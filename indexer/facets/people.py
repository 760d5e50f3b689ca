"""People: found by their titles, by their given names, and by names that everybody knows.

A first pass finds names with at least two words, and single names behind titles. Then single
names are linked to the full name in the same article («الكاظمي»), also where one of them is
misspelt («لوريان», «لودريان»), and what is left alone is kept only when a title or the table of
known people vouches for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.facets import titles
from indexer.facets.known import FACET, KnownPeople, key, one_slip, skeleton
from indexer.facets.lexemes import Lexemes
from indexer.facets.phrases import Form, Found, longest, readings
from indexer.facets.romanise import romanise
from indexer.facets.tables import words
from indexer.facets.tokens import Part
from indexer.model import Article, FacetValue, Mention

#: Parts of names that need the word behind them.
LINKS = words("links")
#: Links that can begin a name.
FIRST_LINKS = words("first-links")
ENDINGS = frozenset({"اوغلو", "زاده", "اف"})
#: Behind these a name is that of a street, a school, a company or a prize.
NAMED_AFTER = words("named-after")
BYLINE = words("byline")
HARD = re.compile(r"[.!؟?;؛\n…]")
_BETWEEN_NAMES = re.compile(r"[ \u00a0]*[-‐–]?[ \u00a0]*")
_BEFORE_NAME = re.compile(r"[ \t\u00a0،,()/:\-–ـ\"“”«».]*")
MAX_NAME = 7
MAX_OFFICE = 12


class Spot(NamedTuple):
    """A name where it stands: words ``start`` to ``end`` of a part, its key, its evidence."""

    part: Part
    start: int
    end: int
    words: tuple[str, ...]
    rule: str
    role: str = ""
    kind: str = ""
    known: str = ""

    def mention(self) -> Mention:
        tokens = self.part.tokens
        return Mention(
            self.part.name, tokens[self.start].start, tokens[self.end - 1].end, self.rule
        )


@dataclass(slots=True)
class _Group:
    """The spots of one person in an article."""

    words: tuple[str, ...]
    known: str = ""
    spots: list[Spot] = field(default_factory=list)


class Names(NamedTuple):
    """What people take from an article: the values, and the words that belong to names."""

    values: tuple[FacetValue, ...]
    taken: Mapping[str, set[int]]


class People:
    """Finds the people of an article."""

    def __init__(self, known: KnownPeople, lexemes: Lexemes) -> None:
        self._known = known
        self._lexemes = lexemes

    def extract(
        self, article: Article, parts: Sequence[Part], found: Mapping[str, Sequence[Found]]
    ) -> Names:
        """Return the people, most mentioned first, and the words taken by their names."""
        spots: list[Spot] = []
        countries: set[str] = set()
        for part in parts:
            reader = _Reader(part, found[part.name], self._known, self._lexemes)
            spots += reader.spots()
            countries |= reader.countries
        spots = [spot for spot in spots if not _is_byline(spot, article)]
        groups = self._grouped(spots, countries)
        _add_surnames(groups, parts, self._lexemes)
        groups = [group for group in groups if group.spots]
        groups.sort(key=lambda group: -_weight(group))
        taken: dict[str, set[int]] = {part.name: set() for part in parts}
        for group in groups:
            for spot in group.spots:
                taken[spot.part.name].update(range(spot.start, spot.end))
        return Names(tuple(self._value(group) for group in groups), taken)

    def _grouped(self, spots: Iterable[Spot], countries: Set[str]) -> list[_Group]:
        """Join the spots of one person: full names first, then single ones to them."""
        groups: list[_Group] = []
        single = []
        for spot in spots:
            if len(spot.words) < 2 and spot.kind != "full":
                single.append(spot)
                continue
            known = spot.known or self._known.find(spot.words) or ""
            group = _same(groups, spot.words, known)
            if group is None:
                group = _Group(spot.words, known)
                groups.append(group)
            elif len(spot.words) > len(group.words):
                group.words = spot.words
            group.known = group.known or known
            group.spots.append(spot)
        for group in groups:
            if not group.known:
                group.known = self._misspelt(group.words)
        groups = _merged(groups)
        for spot in single:
            group = _by_single_name(groups, spot) or self._alone(groups, spot, countries)
            if group is not None:
                group.spots.append(spot)
        return groups

    def _misspelt(self, words: tuple[str, ...]) -> str:
        """The known foreign person whose name differs by one letter in one word."""
        return self._known.near(words)

    def _alone(self, groups: list[_Group], spot: Spot, countries: Set[str]) -> _Group | None:
        """A person of whom the article gives a single name only."""
        if spot.known:
            person = self._known.people[spot.known]
            if spot.kind == "single" or spot.role or person.country in countries:
                group = next((g for g in groups if g.known == spot.known), None)
                if group is None:
                    group = _Group(key(person.name), spot.known)
                    groups.append(group)
                return group
            return None
        if spot.kind in ("office", "honorific", "head") and _can_stand_alone(spot, self._lexemes):
            group = _Group(spot.words)
            groups.append(group)
            return group
        return None

    def _value(self, group: _Group) -> FacetValue:
        printed = Counter(
            _printed(spot) for spot in group.spots if len(spot.words) >= min(2, len(group.words))
        )
        best = max(printed, key=lambda name: (len(key(name)), printed[name]), default="")
        if group.known:
            person = self._known.people[group.known]
            id, name_en = person.id, person.name_en
            spelling = self._known.find(key(best)) == person.id and len(key(best)) > 1
            name = best if spelling else person.name
        else:
            id, name, name_en = "-".join(group.words), best, romanise(best, self._lexemes)
        roles = Counter(spot.role for spot in group.spots if spot.role)
        mentions = tuple(sorted({spot.mention() for spot in group.spots}, key=_place))
        by_count = tuple(role for role, _ in roles.most_common(4))
        return FacetValue(id, name, name_en, float(len(mentions)), by_count, mentions)


def _place(mention: Mention) -> tuple[bool, int]:
    return (mention.part != "title", mention.start)


def _weight(group: _Group) -> int:
    return len(group.spots) + 2 * sum(spot.part.name == "title" for spot in group.spots)


class _Reader:
    """One pass over a part of an article, from left to right."""

    def __init__(
        self, part: Part, found: Sequence[Found], known: KnownPeople, lexemes: Lexemes
    ) -> None:
        self._part = part
        self._words = part.words
        self._known = known
        self._lexemes = lexemes
        self._titles = _starts(found, titles.FACET)
        self._full = _starts(found, FACET, {"full"})
        self._single = _starts(found, FACET, {"single", "weak"})
        self._others = _starts(found, "countries") | _starts(found, "organisations")
        self.countries = {
            form.id for one in found for form in one.forms if form.facet == "countries"
        }
        self._last_office = ""

    def spots(self) -> list[Spot]:
        """Return the names in the order of the text."""
        spots: list[Spot] = []
        at, end = 0, len(self._words)
        while at < end:
            spot = self._at(at)
            if spot is None:
                at += 1
            else:
                if not self._is_named_after(at) and spot.rule != "nobody":
                    spots.append(spot)
                at = max(spot.end, at + 1)
        return spots

    def _at(self, at: int) -> Spot | None:
        title = self._titles.get(at)
        if title is not None and (spot := self._titled(title)) is not None:
            return spot
        if at in self._full and (spot := self._full_name(at)) is not None:
            return spot
        if (spot := self._given_name(at)) is not None:
            return spot
        one = self._single.get(at)
        if one is not None and not self._part_of_name(one):
            form = one.forms[0]
            words = key(self._bare(one.start, one.end, one.particles))
            return Spot(
                self._part, one.start, one.end, words, f"known-{form.kind}", "", form.kind, form.id
            )
        return None

    def _titled(self, title: Found) -> Spot | None:
        """The name behind a title, its office and its adjectives."""
        part, words = self._part, self._words
        form = title.forms[0]
        first, at, office = title.start, title.end, title
        direct = True
        while at < len(words) and at - first < MAX_OFFICE:
            gap = part.before(at)
            if not _BEFORE_NAME.fullmatch(gap) or (
                HARD.search(gap) and not _is_short(words[at - 1])
            ):
                return None
            apart = gap.strip() != ""
            following = self._titles.get(at)
            if following is not None and not following.particles:
                if following.forms[0].kind in ("office", "head") and form.kind == "honorific":
                    form, office = following.forms[0], following
                elif following.forms[0].kind in ("office", "head"):
                    office, form = following, following.forms[0]
                at, direct = following.end, True
                continue
            spot = self._named(at, form, direct or apart, self._role(office, at))
            if spot is not None:
                return spot
            if apart and gap.strip() not in ('"', "“", "«", "”", "»"):
                return None
            step = self._office_word(at, form.kind)
            if step == 0:
                return None
            if step > 1 or words[at] not in titles.ADJECTIVES:
                direct = direct and self._is_adjective(at)
            at += step
        return None

    def _role(self, office: Found, end: int) -> str:
        """The office as printed, from its title to the last word before the name."""
        if office.forms[0].kind in ("honorific", "royal"):
            return ""
        printed = self._part.printed(office.start, end)
        if office.particles:
            printed = printed[len(office.particles) :]
            printed = (
                "ال" + printed[1:]
                if printed.startswith("ل")
                and office.particles[-1:] == "ل"
                and self._words[office.start].startswith(("لل", "ولل"))
                else printed
            )
        if office.forms[0].id == "counterpart":
            rest = self._part.printed(office.end, end) if end > office.end else ""
            return f"{self._last_office} {rest}".strip() if self._last_office else ""
        if office.forms[0].kind == "office":
            self._last_office = self._part.printed(office.start, office.end)
        return printed

    def _office_word(self, at: int, kind: str) -> int:
        """How many words at ``at`` belong to the office and not to the name; 0: it ends here."""
        words = self._words
        if words[at] in titles.ADJECTIVES:
            return 1
        other = self._others.get(at)
        if other is not None:
            return other.end - other.start
        if kind in ("honorific", "royal"):
            return 0
        if words[at] in titles.JOINING:
            return 1
        lexeme = self._lexemes.get(words[at])
        if (
            lexeme.ordinary
            and not _is_verb(words[at])
            and (kind == "head" or words[at][:2] in ("لل", "لش", "با"))
        ):
            return 1
        if kind == "head" and words[at].startswith(("ال", "لل", "بال", "وال")):
            return 1
        return 0

    def _is_adjective(self, at: int) -> bool:
        other = self._others.get(at)
        return (other is not None and other.forms[0].kind == "adjective") or (
            self._words[at] in titles.ADJECTIVES
        )

    def _named(self, at: int, form: Form, direct: bool, role: str) -> Spot | None:
        """The name at ``at``, if one starts there."""
        if at in self._full:
            one = self._full[at]
            if not one.particles:
                return self._spot_of_known(one, "title", role, form.kind)
        words = self._words
        if at in self._others and not self._lexemes.get(words[at]).given:
            return None
        if words[at] in titles.ADJECTIVES or words[at].isdigit():
            return None
        lexeme = self._lexemes.get(words[at])
        starts = lexeme.certain or words[at] in FIRST_LINKS
        if not starts and direct:
            starts = (lexeme.possible and not _is_verb(words[at])) or _is_new(
                words[at], lexeme, self._lexemes
            )
        if not starts:
            return None
        end = self._extent(at, titled=direct)
        if end == at:
            return None
        name = key(words[at:end])
        if len(name) == 1:
            one_single = self._single.get(at)
            known = one_single.forms[0].id if one_single else ""
            if not direct and not known:
                return None
            if not known and lexeme.ordinary and not words[at].startswith("ال"):
                return None
            return Spot(self._part, at, end, name, "title", role, form.kind, known)
        if not direct and not lexeme.given and not lexeme.certain:
            return None
        return Spot(self._part, at, end, name, "title", role, form.kind)

    def _full_name(self, at: int) -> Spot | None:
        one = self._full[at]
        before = at - 1
        if (
            before >= 0
            and self._part.gap(before) == " "
            and self._lexemes.get(self._words[before]).given
        ) and before not in self._titles:
            return None
        return self._spot_of_known(one, "known-name", "", "")

    def _spot_of_known(self, one: Found, rule: str, role: str, kind: str) -> Spot:
        """The spot of a known name, or of the longer name that begins like it."""
        words = key(self._bare(one.start, one.end, one.particles))
        end = self._extent(one.end - 1, titled=True, inside=True)
        if end > one.end:
            longer = key(self._bare(one.start, end, one.particles))
            own = self._known.find(longer)
            family = longer[-1].startswith("ال") and longer[-1][2:] in (
                "سعود",
                "نهيان",
                "مكتوم",
                "ثاني",
                "خليفه",
                "صباح",
                "الصباح",
            )
            if not own and not family:
                return Spot(self._part, one.start, end, longer, rule, role, kind)
            return Spot(
                self._part, one.start, end, longer, rule, role, kind or "full", one.forms[0].id
            )
        return Spot(
            self._part,
            one.start,
            one.end,
            words,
            rule,
            role,
            kind if len(words) > 1 else "full",
            one.forms[0].id,
        )

    def _bare(self, start: int, end: int, particles: str) -> list[str]:
        """The exact words from ``start`` on, the first without its particles."""
        words = self._words[start:end]
        if particles:
            first = words[0]
            words = [base for base, taken in readings(first) if taken == particles][:1] + words[1:]
        return words

    def _given_name(self, at: int) -> Spot | None:
        """A name of two or more words that begins with a given name, without a title."""
        base, _ = self._given(self._words[at])
        if not base or at in self._others:
            return None
        end = self._extent(at, titled=False)
        if end - at < 2:
            return None
        name = key([base, *self._words[at + 1 : end]])
        if len(name) < 2:
            return None
        return Spot(self._part, at, end, name, "given-name")

    def _given(self, word: str) -> tuple[str, str]:
        """The given name under a word's particles, if it is one."""
        lexeme = self._lexemes.get(word)
        if lexeme.known:
            return (word, "") if lexeme.given else ("", "")
        for base, particles in readings(word)[1:]:
            if self._lexemes.get(base).given and not base.startswith("ال"):
                return base, particles
        return "", ""

    def _part_of_name(self, one: Found) -> bool:
        """Whether a single name stands inside a longer name of somebody else."""
        at = one.start - 1
        if at < 0 or self._part.gap(at) != " ":
            return False
        return self._lexemes.get(self._words[at]).given and at not in self._titles

    def _is_named_after(self, at: int) -> bool:
        """Whether the name is that of a street, a school or a prize."""
        if at == 0 or self._part.gap(at - 1).strip(' "«“'):
            return False
        return any(
            base.removeprefix("ال") in NAMED_AFTER for base, _ in readings(self._words[at - 1])
        )

    def _extent(self, at: int, *, titled: bool, inside: bool = False) -> int:
        """Where the name that begins at ``at`` ends; ``at`` if none does."""
        words, lexemes = self._words, self._lexemes
        index, named, last_definite = at, 0, False
        if inside:
            index, named, last_definite = at + 1, 1, words[at].startswith("ال")
        while index < len(words) and index - at < MAX_NAME:
            if index > at and not _BETWEEN_NAMES.fullmatch(self._part.before(index)):
                break
            word = words[index]
            if word in LINKS and (named or word in FIRST_LINKS) and index + 1 < len(words):
                if self._part.gap(index) != " " or not self._can_be_name(
                    index + 1, True, linked=True
                ):
                    break
                last_definite = word == "ال"
                index, named = index + 2, named + 1
                continue
            if last_definite and not (
                word in LINKS or (lexemes.get(word).certain and word.startswith("ال"))
            ):
                break
            if inside and word not in LINKS:
                break
            if not self._can_be_name(index, titled, named=named):
                break
            last_definite = word.startswith("ال") and named > 0
            index, named = index + 1, named + 1
        return index

    def _can_be_name(self, at: int, titled: bool, *, named: int = 0, linked: bool = False) -> bool:
        """Whether the word at ``at`` can be part of a name of which ``named`` parts are read."""
        word = self._words[at]
        if word in ENDINGS and named:
            return True
        if at in self._titles and named and not self._lexemes.get(word).certain:
            return False
        if at in self._others and not linked and (named == 0 or self._others[at].particles):
            return False
        token = self._part.tokens[at]
        lexeme = self._lexemes.get(word)
        if word == "علي":
            return self._part.text[token.start : token.end].endswith("ي") and (
                named == 0 or not token.word.stop or True
            )
        if token.word.stop or word.isdigit() or word.isascii():
            return False
        if lexeme.certain:
            return not (
                named and not linked and word.startswith("و") and self._lexemes.get(word[1:]).given
            )
        if lexeme.possible:
            if word.startswith("ال"):
                return named > 0 or titled
            return not _is_verb(word) and (named > 0 or titled or linked)
        if lexeme.known:
            return linked and not _is_verb(word)
        return _is_new(word, lexeme, self._lexemes) and (titled or named > 0)


def _starts(found: Sequence[Found], facet: str, kinds: Set[str] = frozenset()) -> dict[int, Found]:
    """The longest phrases of a facet by the word at which they start."""
    own = []
    for one in found:
        forms = tuple(f for f in one.forms if f.facet == facet and (not kinds or f.kind in kinds))
        if forms:
            own.append(one._replace(forms=forms))
    return {one.start: one for one in longest(own)}


def _is_short(word: str) -> bool:
    """An abbreviated title carries a full stop: «د. أحمد»."""
    return len(word) == 1


#: Verbs of the present begin with these; no name of the tables does so and is a verb as well.
_REPORTING = words("not-names")


def _is_verb(word: str) -> bool:
    return word in _REPORTING or (len(word) > 3 and word[0] in "يت" and not word.startswith("تر"))


def _is_new(word: str, lexeme: object, lexemes: Lexemes) -> bool:
    """Whether an unseen word may be a name, and not an ordinary word with particles on it."""
    if word in lexemes or len(word) < 3 or not word.isalpha() or word.isascii():
        return False
    if word.startswith(("بال", "وال", "فال", "كال", "لل", "ولل", "وبال", "است", "سي")):
        return False
    if word.endswith(("تها", "تهم", "هما", "كما", "ونها", "تين")):
        return False
    return not any(base in lexemes for base, _ in readings(word)[1:])


def _can_stand_alone(spot: Spot, lexemes: Lexemes) -> bool:
    word = spot.words[0]
    lexeme = lexemes.get(word)
    if len(word) < 4 or lexeme.given:
        return False
    return lexeme.certain or not lexeme.known


def _printed(spot: Spot) -> str:
    """The name as printed, without the particles before it."""
    printed = spot.part.printed(spot.start, spot.end)
    first = spot.part.words[spot.start]
    for base, particles in readings(first):
        if particles and spot.words and (spot.words[0] == base or spot.words[0].startswith(base)):
            if first == spot.words[0]:
                return printed
            if first.startswith(("لل", "ولل", "فلل")) and base.startswith("ال"):
                return "ال" + printed[len(particles) + 1 :]
            return printed[len(particles) :]
    return printed


def _is_byline(spot: Spot, article: Article) -> bool:
    """Whether the name is that of the writer or the photographer."""
    part, start = spot.part, spot.start
    if article.author and len(spot.words) > 1 and key(article.author)[-2:] == spot.words[-2:]:
        return True
    if start and part.words[start - 1] in BYLINE and spot.rule == "given-name":
        return ":" in part.before(start) or part.words[start - 1] in ("بقلم", "عدسه", "تصوير")
    if part.name == "title" or spot.rule != "given-name":
        return False
    line_start = part.text.rfind("\n", 0, part.tokens[start].start) + 1
    before = part.text[line_start : part.tokens[start].start]
    after = part.gap(spot.end - 1)[:4].strip(" ")
    if len(before.split()) <= 3 and (
        before.rstrip().endswith(("-", "–", "/", "ـ", "—", ":", ")")) or not before.strip()
    ):
        return after[:1] in ("-", "–", "/", "ـ", "—", ":", "(", "\n", "|") and spot.start < 14
    return False


def _same(groups: Sequence[_Group], words: tuple[str, ...], known: str) -> _Group | None:
    """The group of a full name: the same known person, or words that hold one another."""
    for group in groups:
        if known and group.known:
            if known == group.known:
                return group
            continue
        if group.words == words or (
            skeleton(group.words) == skeleton(words) and _near(group.words, words)
        ):
            return group
        if not (known or group.known) and _holds(group.words, words):
            return group
    return None


def _holds(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name is the longer one with parts left out: first and last agree."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) or len(short) < 2 or short[0] != long[0]:
        return False
    rest = iter(word for word in long if word not in ("بن", "ابن"))
    kept = [word for word in short if word not in ("بن", "ابن")]
    return len(kept) > 1 and all(word in rest for word in kept)


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ by one slip of the pen."""
    if len(one) != len(other):
        return "".join(one) == "".join(other)
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(different) <= 1 and all(one_slip(a, b) for a, b in different)


def _merged(groups: Sequence[_Group]) -> list[_Group]:
    """Join groups that turn out to be one person."""
    kept: list[_Group] = []
    for group in groups:
        for other in kept:
            same_known = group.known and group.known == other.known
            if same_known or (
                not (group.known and other.known)
                and (_near(group.words, other.words) or _holds(group.words, other.words))
            ):
                other.spots += group.spots
                other.known = other.known or group.known
                other.words = max(other.words, group.words, key=len)
                break
        else:
            kept.append(group)
    return kept


def _by_single_name(groups: Sequence[_Group], spot: Spot) -> _Group | None:
    """The person of the article whom a single name means."""
    word = "".join(spot.words)
    tests = (
        lambda g: g.words[-1] == word,
        lambda g: spot.kind == "royal" and g.words[0] == word,
        lambda g: word in g.words[1:],
        lambda g: spot.kind != "single" and len(word) > 4 and one_slip(g.words[-1], word),
    )
    for test in tests:
        for group in groups:
            if test(group):
                return group
    return None


def _add_surnames(groups: Sequence[_Group], parts: Sequence[Part], lexemes: Lexemes) -> None:
    """Find the last names of the article's people where they stand alone."""
    taken = {(s.part.name, i) for g in groups for s in g.spots for i in range(s.start, s.end)}
    owners: dict[str, _Group] = {}
    for group in groups:
        if len(group.words) > 1 and group.words[-1] not in owners:
            owners[group.words[-1]] = group
    forms: dict[str, str] = {}
    for surname in owners:
        for particles in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"):
            if surname.startswith("ال") and particles.endswith("ل"):
                forms[particles + "ل" + surname[2:]] = surname
            else:
                forms[particles + surname] = surname
    for part in parts:
        for at, word in enumerate(part.words):
            surname = forms.get(word, "")
            if (
                not surname
                or (part.name, at) in taken
                or not _stands_alone(part, at, surname, lexemes)
            ):
                continue
            spot = Spot(part, at, at + 1, (surname,), "surname", "", "single")
            owners[surname].spots.append(spot)


def _stands_alone(part: Part, at: int, surname: str, lexemes: Lexemes) -> bool:
    """Whether the word is a surname by itself and not a part of another name or expression."""
    lexeme = lexemes.get(surname)
    before = lexemes.get(part.words[at - 1]) if at and part.gap(at - 1) == " " else None
    after = (
        lexemes.get(part.words[at + 1])
        if at + 1 < len(part.words) and part.gap(at) == " "
        else None
    )
    if before is not None and before.given:
        return False
    if lexeme.given or (lexeme.ordinary and not surname.startswith("ال")):
        if after is not None and (after.given or after.certain):
            return False
    return True
