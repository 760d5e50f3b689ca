"""Bodies that no table knows, by their kind and own name: «جامعة الملك سعود».

Where the name ends is a matter of grammar: a definite head takes adjectives that agree with it and
a subject behind «ل» («الهيئة العامة للسياحة والتراث الوطني»), another one a noun or name with what
belongs to that («هيئة سوق المال», «شركة المياه الوطنية»), or what stands in quotation marks.
"""

from collections.abc import Iterator, Set

from indexer.facets.gazetteer import body_heads, known_countries
from indexer.facets.gazetteer.body_heads import ARTICLE, BodyHead
from indexer.facets.gazetteer.known_people import FIRST_HALVES, SON
from indexer.facets.gazetteer.matcher import PhraseMatch, longest, of_facet
from indexer.facets.gazetteer.places import all_cities
from indexer.facets.ner.boundaries import NAMELIKE
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.word_classes import default_word_classes
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words

TABLE = "body_words.tsv"
ADJECTIVES, PLAIN = words("adjectives", TABLE), words("plain", TABLE)
BEFORE_KIND, RULERS = words("before-kind", TABLE), words("rulers", TABLE)
SUBJECTS, OTHERS = words("subjects", TABLE), words("others", TABLE)
GENERAL, COMPANY_ENDS = words("general", TABLE), words("company-ends", TABLE)
INDEFINITE, OUTSIDE, BRANCH = (
    words("indefinite", TABLE),
    words("outside", TABLE),
    words("branch", TABLE),
)
TOWNS, QUARTERS = words("towns", TABLE), words("quarters", TABLE)
#: What may stand between a head and its place.
LOCAL = BRANCH | words("chamber", TABLE)
OPENING, CLOSING = ('"', "«", "“", "("), ('"', "»", "”", ")")
#: Endings of adjectives of relation, by the gender that they agree with.
RELATION = {False: ("ي",), True: ("يه",)}
#: A name has at most so many words behind its head, one in quotation marks so many.
MAX_WORDS, MAX_QUOTED = 10, 5
#: So many words of a firm's name before «المحدودة» or «للتأمين».
MAX_FIRM = 3
#: Particles that may stand before a word inside a name; a known name is whole.
PARTICLES = ("و", "ب", "ل")
#: Departments that are told by their region.
REGIONAL = frozenset({"اداره", "مديريه"})
#: Kinds of countries' forms that a place may be called by.
OF_PLACE = frozenset({"name", "capital", "city", "shared", "place", "cautious"})


def bodies(part: AnnotatedPart, people: Set[int]) -> Iterator[PhraseMatch]:
    """Yield the bodies of a part, each as a phrase with its head as id; of people, the words."""
    heads = of_facet(part.matches.all, body_heads.FACET)
    if not heads:
        return
    reader = _Reader(part, people)
    for match in heads:
        end = reader.end(match, body_heads.body_heads()[match.entries[0].id])
        if end > match.end:
            yield PhraseMatch(match.start, end, match.particles, match.entries)


class _Reader:
    """Reads where the names of bodies in one part end."""

    def __init__(self, part: AnnotatedPart, people: Set[int]) -> None:
        self._part = part
        self._people = people
        self._classes = default_word_classes()
        self._countries = {
            match.start: match
            for match in longest(of_facet(part.matches.all, known_countries.FACET))
        }

    def end(self, match: PhraseMatch, head: BodyHead) -> int:
        """Where the name behind a head ends; its own start if there is none."""
        if match.entries[0].kind == "definite":
            return self._definite(match, head)
        if match.start and self._word(match.start - 1) in BEFORE_KIND:
            return match.start
        quoted = self._quoted(match.end)
        if quoted:
            return quoted
        first = self._next(match.end - 1)
        if not first or first in head.no_names:
            return match.start
        feminine = _is_feminine(match.entries[0].id)
        if head.kind == "place":
            return self._place(match.end) or match.start
        if first in RULERS:
            return self._ruler(match.end, feminine=feminine)
        return self._construct(match.end, head, feminine=feminine)

    def _definite(self, match: PhraseMatch, head: BodyHead) -> int:
        """«المؤسسة العامة للتقاعد», «المجلس الأولمبي الآسيوي», «الاتحاد السعودي للفروسية»."""
        at = match.end
        feminine = _is_feminine(match.entries[0].id)
        own = 0
        while (word := self._next(at - 1)) and self._is_adjective(word, feminine):
            if word in head.no_names or at in self._people:
                return match.start
            own += word not in PLAIN
            at += 1
        adjectives = at - match.end
        if not adjectives:
            return match.start
        if head.definite == "place":
            return self._seat(at) or match.start
        if head.definite == "general" and self._word(match.end) not in GENERAL:
            national = adjectives > 1 and self._closes_with_country(match.end, at)
            return at if national else match.start
        subject = self._subject(at)
        within = body_heads.body_heads().get(self._word(at).removeprefix("لل"))
        if subject > at and (not within or within.kind == "place"):
            regional = match.entries[0].id in REGIONAL
            return (self._seat(subject) if regional else 0) or subject
        return at if head.definite == "two" and adjectives > 1 and own else match.start

    def _construct(self, at: int, head: BodyHead, *, feminine: bool) -> int:
        """Where a name behind an indefinite head ends, that begins at a word."""
        start, word = at - 1, self._word(at)
        country = self._countries.get(at)
        if at in self._part.matches.titles or word in OUTSIDE or word in OTHERS:
            return start
        if country and not country.particles and country.entries[0].kind in OF_PLACE:
            if head.kind == "firm" and not feminine:
                return start  # «مركز جدة» is a district
            return self._with_adjectives(country.end, feminine=feminine)
        if word in INDEFINITE:
            return start
        if at in self._people or word in SON or self._classes.get(word).given:
            return self._subject(self._with_adjectives(self._person(at), feminine=feminine))
        if self._is_name(at):
            end = at + 1
            most = at + (1 if word.startswith(ARTICLE) else 3)
            while end < most and self._next(end - 1) and self._is_name(end, inside=True):
                end += 1
            return self._subject(self._with_adjectives(end, feminine=feminine))
        if word.startswith(ARTICLE) and len(word) > 4:
            end = self._chain(at + 1)
            subject = self._subject(end)
            if head.kind == "open" or self._closes_with_country(at + 1, end):
                return subject
            return subject if head.kind == "firm" and subject > end else start
        if word in SUBJECTS and (head.kind == "open" or self._names_noun(at + 1)):
            end = self._chain(at, pending=True)
            if head.kind == "open" and end > at + 1:
                return end
            if self._closes_with_country(at + 1, end):
                return end
        return (self._firm(at) or start) if head.kind == "firm" else start

    def _firm(self, at: int) -> int:
        """Where «خبراء طيبة المحدودة» or «وقاية للتأمين» ends that begins at a word, or 0."""
        for end in range(at, at + MAX_FIRM):
            word = self._next(end)
            if self._word(end) in INDEFINITE or not word or self._stops(end + 1) or word[0] == "و":
                break
            if word in COMPANY_ENDS:
                return end + 2
            if word.startswith("لل"):
                return self._subject(end + 1) if self._subject(end + 1) > end + 1 else 0
        return 0

    def _person(self, at: int) -> int:
        """Where the name of a person ends that begins at a word."""
        at += self._word(at) in SON
        end = self._forefathers(at)
        while end in self._people and self._next(end - 1) and end < at + MAX_WORDS:
            end += 1
        foreign = end == at + 1 and "f" in self._classes.get(self._word(at)).classes
        while foreign and self._next(end - 1) and end < at + MAX_FIRM:  # «جامعة جورج تاون»
            classes = self._classes.get(self._word(end)).classes
            if (classes and "f" not in classes) or not self._is_name(end, inside=True):
                break
            end += 1
        return min(end, len(self._part.words))

    def _forefathers(self, at: int) -> int:
        """Where «سطام بن عبد العزيز» ends that begins at a word."""
        at += 2 if self._word(at) in FIRST_HALVES else 1
        while self._next(at - 1) in SON and self._next(at):
            at += 3 if self._word(at + 1) in FIRST_HALVES else 2
        return at

    def _subject(self, at: int) -> int:
        """Where the subject behind «ل» ends that begins at a word; there if none does."""
        word = self._next(at - 1)
        if word.startswith("لل") and len(word) > 3 and ARTICLE + word[2:] not in OTHERS:
            return self._chain(at + 1)
        if word.startswith("ل") and word[1:] in SUBJECTS:
            end = self._chain(at, pending=True)
            return end if end > at + 1 else at
        return at

    def _chain(self, at: int, *, pending: bool = False) -> int:
        """Where nouns joined by genitive and «و» end, with adjectives; ``pending`` wants a noun."""
        first = last = at
        if pending:
            at += 1
        while at - first < MAX_WORDS and (word := self._next(at - 1)) and not self._stops(at):
            rest = word[1:] if word.startswith("و") and len(word) > 4 else ""
            if pending:
                if self._names_noun(at) or self._is_name(at):
                    pending = False
                elif word not in SUBJECTS:
                    break
            elif rest.startswith(ARTICLE):
                if rest in OTHERS or rest[2:] in body_heads.body_heads():
                    break
            elif rest in SUBJECTS:
                pending = True
            elif not self._is_adjective(word, None):
                break
            at += 1
            if not pending:
                last = at
        return last

    def _names_noun(self, at: int) -> bool:
        """Whether a word can end a genitive: a definite noun, a country."""
        country = self._countries.get(at)
        place = country and not country.particles and country.entries[0].kind in OF_PLACE
        return self._word(at).startswith(ARTICLE) or bool(place)

    def _with_adjectives(self, at: int, *, feminine: bool) -> int:
        """Where the adjectives of a head behind its own name end."""
        while (
            (word := self._next(at - 1))
            and self._is_adjective(word, feminine)
            and not self._stops(at)
        ):
            at += 1
        return at

    def _closes_with_country(self, start: int, end: int) -> bool:
        """«شركة المياه الوطنية», «مجلس الغرف السعودية»: the last word tells one of many."""
        if end <= start:
            return False
        word = self._word(end - 1)
        country = self._countries.get(end - 1)
        if country and not country.particles and self._is_adjective(word, None):
            return True
        return word in COMPANY_ENDS or bool(country and country.entries[0].kind in OF_PLACE)

    def _ruler(self, at: int, *, feminine: bool) -> int:
        """«الملك فهد للبترول», «الأمير سطام بن عبد العزيز», «الإمام محمد بن سعود الإسلامية»."""
        start = at
        while self._next(at - 1) and self._word(at) in RULERS and at < start + 2:
            at += 1
        if not self._next(at - 1) or self._word(at) in OUTSIDE:
            return start - 1
        at = self._forefathers(at)
        if self._next(at - 1) in ("ال",) and self._next(at):
            at += 2
        at = min(at, len(self._part.words))
        return self._subject(self._with_adjectives(at, feminine=feminine))

    def _place(self, at: int, *, named: bool = False) -> int:
        """Where the name of a place ends that begins at a word, or 0; ``named`` as a place."""
        branches = at
        while (self._word(at) in LOCAL or self._word(at) in QUARTERS) and self._next(at):
            at += 1
        country = self._countries.get(at)
        if country and not country.particles and country.entries[0].kind in OF_PLACE:
            return country.end
        word = self._word(at)
        if word in TOWNS or word in all_cities():
            return at + 1
        named = (named or at > branches) and word.startswith(ARTICLE)
        return at + 1 if named and not self._stops(at) else 0

    def _seat(self, at: int) -> int:
        """Where a place behind «ب» ends: «الغرفة التجارية بجدة», «بمنطقة الرياض»; or 0."""
        word = self._next(at - 1)
        if not word.startswith("ب"):
            return 0
        if word[1:] in BRANCH:
            return self._place(at + 1, named=True)
        country = self._countries.get(at)
        if country and country.particles == "ب" and country.entries[0].kind in OF_PLACE:
            return country.end
        return at + 1 if word[1:] in TOWNS else 0

    def _quoted(self, at: int) -> int:
        """Where a name in quotation marks ends that begins at a word, or 0."""
        gap = self._part.gap(at - 1).strip()
        if gap not in OPENING[:3]:
            return 0
        for end in range(at + 1, min(at + MAX_QUOTED, len(self._part.words)) + 1):
            behind = self._part.gap(end - 1).strip()
            if behind[:1] in CLOSING:
                return end
            if behind:
                return 0
        return 0

    def _stops(self, at: int) -> bool:
        """Whether a word belongs to the sentence rather than to the name before it."""
        word = self._word(at)
        return word in OUTSIDE or at in self._people or at in self._part.matches.titles

    def _is_name(self, at: int, *, inside: bool = False) -> bool:
        """Whether a word is a name and nothing else."""
        word = self._word(at)
        if at in self._part.matches.titles or len(word) < 3 or word.isnumeric():
            return False
        found = self._classes.get(word)
        if inside and (at in self._people or word.startswith(ARTICLE)):
            return False
        led = inside and word.startswith(PARTICLES) and not found.certain
        if led and (found.known or self._classes.get(word[1:]).known):  # «نورث وسترن» is whole
            return False
        layers = self._part.layers[at]
        strange = len(word) > 4 and layers.exact == layers.lemma == layers.root
        if inside and not found.known and not self._part.tokens[at].word.stop:
            strange = strange or default_trigrams().score(word) > NAMELIKE
        return found.certain if found.known else strange

    def _is_adjective(self, word: str, feminine: bool | None) -> bool:
        """Whether a word is a definite adjective that agrees with a head (None: with any noun)."""
        if not word.startswith(ARTICLE) or len(word) < 5 or word in OUTSIDE:
            return False
        genders = (True, False) if feminine is None else (feminine,)
        if word in ADJECTIVES:
            return any(word.endswith("ه") == gender or word == "الكبري" for gender in genders)
        return word.endswith(tuple(e for gender in genders for e in RELATION[gender]))

    def _next(self, at: int) -> str:
        """The word behind a word, or «» where a mark parts the two."""
        behind = at + 1
        if behind < len(self._part.words) and self._part.gap(at).isspace():
            return self._part.words[behind]
        return ""

    def _word(self, at: int) -> str:
        return self._part.words[at] if at < len(self._part.words) else ""


def _is_feminine(head: str) -> bool:
    return head.endswith("ه")
