"""How far a name reaches.

Nothing in Arabic script marks a name, so its words are told from the words around it by what they
are: names of the tables, words that nobody has seen (foreign names), and links such as «بن»,
«آل», «أبو» and «دي» with the word behind them. An ordinary word ends the name, except as a
surname with the article («خالد الفالح»).
"""

import re

from indexer.facets.gazetteer.known_people import FIRST_HALVES, SECOND_HALVES, WITHIN_NAMES
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.ner.surroundings import TABLE, TITLE_SURNAMES, is_date, is_office, is_title
from indexer.facets.ner.trigrams import TrigramModel
from indexer.facets.ner.unseen import is_glued, is_inflected, is_led
from indexer.facets.ner.word_classes import WordClass, WordClasses
from indexer.facets.part import AnnotatedPart
from indexer.facets.tables import words
from indexer.text.lexicon import default_lexicon

LINKS = words("links")
FIRST_LINKS = words("first-links")
NOT_NAMES = words("not-names") | words("not-names", TABLE)
NOUN_NAMES = words("noun-names", TABLE)
#: «منصور نجل الزميل»
RELATED = words("related", "role_words.tsv")
#: Behind these letters another name begins: «لويز ودي ماريا», «خليل بكريمة فايز».
BEHIND_AND = {"و": LINKS | RELATED | {"ولي"}, "ب": RELATED, "ل": RELATED}
JOINING = words("office-joining")
BEFORE_PLACE, OF_PLACE = words("before-place"), words("of-place")
ALI = "علي"  # «على» (on) on the exact layer, too
#: Words that are names where printed with a madda: «آنا» is no «أنا» (I), «آن» no «أن» (that).
ANNA = frozenset({"انا", "ان"})
#: The classes of given names, see ``word_classes``.
GIVEN, FIRST = frozenset("gh"), frozenset("ghf")
#: Particles that news hardly write onto a word behind a name: «فايون» and «كايتجيزي» are whole.
RARE_PARTICLES = ("ف", "ك")
ENDINGS = frozenset({"اوغلو", "زاده", "اف"})
MAX_WORDS = 8
#: How much the letters of unseen words speak for a name, so that two on end begin one.
NAMELIKE = 2.5
#: How much they must do so for a word that begins like an inflected one: «كالونزو».
FOREIGN = 8.0
QUOTES = tuple('"“”«')
#: A space, or a hyphen without spaces: «كرامب-كارنباور»; « - » divides.
_BETWEEN = re.compile(r"[ \u00a0]+|[-‐]")
#: Beginnings and ends of ordinary words that the table happens not to hold.
_INFLECTED_STARTS = ("بال", "وال", "فال", "كال", "لل", "ولل", "است", "الم", "سي", "و")
_INFLECTED_ENDS = ("تها", "تهم", "هما", "كما", "ونها", "تين", "هم")


class NameBoundaries:
    """The names that may begin at the words of one part."""

    def __init__(
        self, part: AnnotatedPart, word_classes: WordClasses, trigrams: TrigramModel
    ) -> None:
        self._part = part
        self._words = part.words
        self._word_classes = word_classes
        self._matches = part.matches
        self._trigrams = trigrams

    def clear(self, at: int, *, honoured: bool) -> bool:
        """Whether a word right behind a title can only be a name, by what follows it.

        «الأمير جلوي بن عبدالعزيز» or, unseen and before a family name, «الدكتور بريكان الشلوي»;
        ``honoured``, behind a form of address, before what looks like one: «السيد غيوم موكالا».
        """
        word = self._words[at]
        if at + 1 >= len(self._words) or self._part.gap(at) != " " or len(word) < 3:
            return False
        if word in NOT_NAMES or not word.isalpha() or word.startswith("ال"):
            return False
        if at in self._matches.things or self._part.tokens[at].word.stop:
            return False
        if self._words[at - 1] in OF_PLACE:  # «حاكم ولاية لوغار»
            return False
        if word.startswith("و"):  # «الرئيس وافيل رامكالاوان», but «الرئيس وأوباما»
            seen = word in self._word_classes or word[1:] in self._word_classes
            return len(word) > 4 and not seen and self._looks_new(at + 1)
        following = self._words[at + 1]
        if following == "بن" and at + 2 < len(self._words):
            return self._word_classes.get(self._words[at + 2]).possible
        if honoured and word[0] not in "يت" and self._looks_new(at + 1):
            return True
        unsure = word not in self._word_classes
        if self._word_classes.get(word).classes == "o":  # «ناجم الغرسلي»
            plain = word not in RELATED and default_lexicon().is_lemma(word)
            unsure = plain and following.startswith("ال") and word[0] not in "بلوفك"
        return unsure and self._word_classes.get(following).certain

    def begins(self, at: int, *, direct: bool) -> bool:
        """Whether a name can begin at a word behind a title; ``direct``: right behind it."""
        word = self._words[at]
        word_class = self._word_classes.get(word)
        if not self._fits(at, 0, titled=True):
            return False
        before = self._words[at - 1]
        if before in OF_PLACE or (before in BEFORE_PLACE and not direct):  # «حاكم ولاية لوغار»
            return False
        named_on = (
            at + 1 < len(self._words)
            and self._part.gap(at) == " "
            and self._word_classes.get(self._words[at + 1]).certain
        )
        if word == ALI or word in ANNA:
            return direct or named_on or self._is_new_pair(at)
        if word in JOINING:  # «المتحدث باسم الحكومة», but «باسم عوض الله»
            return named_on and not self._words[at + 1].startswith("ال")
        if word_class.certain or word in FIRST_LINKS:
            return True
        if direct or self._is_new_pair(at) or self._is_son(at):
            return True
        if named_on and not word_class.known:
            return True
        return self._may_be_first(at) and (named_on or self._is_new_behind(at))

    def end(self, at: int, *, titled: bool, read: int = 0, whole: bool = False) -> int:
        """Where the name beginning at ``at`` ends, ``at`` if none does.

        ``read`` words of it are known already; if they are a ``whole`` name, only a link can
        continue it.
        """
        words = self._words
        index = at + read
        parts = 1 if read else 0
        closed = whole
        while index < len(words) and index - at < MAX_WORDS:
            if index > at and not _BETWEEN.fullmatch(self._part.before(index)):
                break
            word = words[index]
            linked = word in LINKS and (parts or word in FIRST_LINKS) and not self._is_then(index)
            if linked or (parts and self._is_half(index)):
                length = self._link(index)
                if not length:
                    break
                index, parts, closed = index + length, parts + 1, word in WITHIN_NAMES
                continue
            if closed and not (self._word_classes.get(word).certain and word.startswith("ال")):
                break
            if whole:
                break
            if not self._fits(index, parts, titled=titled):
                break
            closed = self._closes(index, parts)
            index, parts = index + 1, parts + 1
        return index

    def _closes(self, at: int, parts: int) -> bool:
        """Whether a word is a surname with the article, behind which a name ends."""
        word = self._words[at]
        if word in SECOND_HALVES or not self._has_article(at) or self._is_second_half(at):
            return False
        return parts > 0 or GIVEN.isdisjoint(self._word_classes.get(word).classes)

    def _is_second_half(self, at: int) -> bool:
        """Whether a word makes one name with the word before it: «عبد الباري»."""
        return at > 0 and self._words[at - 1] in FIRST_HALVES and self._part.gap(at - 1) == " "

    def _has_article(self, at: int) -> bool:
        """Whether a word begins with the article: «الكاظمي», but neither «ألبين» nor «اليغ»."""
        alef = self._part.word(at)[0]
        return self._words[at].startswith("ال") and len(self._words[at]) > 4 and alef not in "أإآ"

    def _link(self, at: int) -> int:
        """How many words the link at ``at`` makes with the name behind it; 0 if none follows."""
        if at + 1 >= len(self._words) or self._part.gap(at) not in (" ", "\u00a0", "-"):
            return 0
        token, word = self._part.tokens[at + 1], self._words[at + 1]
        if word in LINKS and (rest := self._link(at + 1)):  # «بن عبد العزيز»
            return 1 + rest
        if (word in NOT_NAMES and word != "الله") or not word.isalpha() or word.isascii():
            return 0
        if (
            self._words[at] == "بنت" and is_title(self._part, at + 1, self._word_classes)
        ) or self._is_glued(at + 1):
            return 0
        word_class = self._word_classes.get(word)
        fits = word_class.possible or not (token.word.stop or word_class.ordinary)
        return 2 if fits or (word.startswith("ال") and len(word) > 2) else 0

    def _fits(self, at: int, parts: int, *, titled: bool) -> bool:
        """Whether a word can be part of a name of which ``parts`` parts have been read."""
        word = self._words[at]
        if parts and (word in ENDINGS or word in SECOND_HALVES):
            return True
        if word in ANNA:
            return self._is_anna(at) and (titled or parts > 0)
        if not word.isalpha() or word.isascii() or len(word) < 2:
            return False
        word_class = self._word_classes.get(word)
        if word in NOT_NAMES and not (parts == 1 and word_class.possible and self._is_last(at)):
            return False
        if is_date(self._part, at) or is_office(self._part, at, self._word_classes):
            return False
        if parts and word[1:] in BEHIND_AND.get(word[0], ()):
            return False
        if parts > 1 and is_led(word, self._word_classes):
            return False
        if parts > 1 and word in JOINING and word != ALI:  # «جولي بيشوب باسم»
            return False
        if at in self._matches.titles and not word_class.given:
            if word in TITLE_SURNAMES and self._bears_title(at, parts):
                return True
            title = self._matches.titles[at]
            # «غادة والي»
            bare = title.end == at + 1 and not word.startswith("ال") and word not in RELATED
            if not (bare and word_class.possible and parts == 1):
                return False
        if at in self._matches.things:
            phrase = self._matches.things[at]
            surname = word.startswith("ال") and parts > 0  # «محمد المصري»
            kind = phrase.entries[0].kind
            if phrase.particles or kind not in ("adjective", "shared", "city", "place"):
                return False
            if not surname and not (word_class.given and kind == "adjective"):  # «تركي الفيصل»
                return False
            before = self._words[at - 1]
            if surname and self._is_second_half(at - 1):  # «عبد الباري السعودي»
                return True
            if surname and not (
                self._word_classes.get(before).given or before == ALI or before in SECOND_HALVES
            ):  # not «ميلان الإيطالي»
                return False
        if word == ALI:
            return self._is_ali(at, parts)
        if self._part.tokens[at].word.stop:
            return False
        if word_class.certain:
            return not self._is_joined(word, word_class) or parts == 0
        if (
            word[0] == "ي"
            and "v" in word_class.classes
            and {"g", "s", "t"}.isdisjoint(word_class.classes)
        ):  # «حسين ينال»
            return False
        if word_class.possible:
            return (parts > 0 or titled) and (parts > 0 or not word.startswith("ال") or titled)
        if word_class.known:
            if titled and parts == 1 and self._is_strange_verb(at):
                return True
            first = self._word_classes.get(self._words[at - 1])
            named = first.possible and not first.ordinary
            named = named and self._words[at - 1] not in NOUN_NAMES  # «عبير الشوق»
            return titled and parts == 1 and named and _is_surname(word)
        return (titled or parts > 0) and self._is_new(word) and not self._is_ordinary(at)

    def _is_ordinary(self, at: int) -> bool:
        """Whether an unseen word is a form of an ordinary one, or runs into one behind it."""
        return is_inflected(self._words[at], self._part.word(at)) or self._is_glued(at)

    def _is_glued(self, at: int) -> bool:
        return is_glued(self._words[at], self._part.word(at), self._word_classes)

    def _is_half(self, at: int) -> bool:
        """Whether a word makes one name with the next: «تركي محمد العبد الله»."""
        behind = self._words[at + 1] if at + 1 < len(self._words) else ""
        name = self._words[at].removeprefix("ال") + behind
        return self._words[at] in WITHIN_NAMES and self._word_classes.get(name).certain

    def _is_strange_verb(self, at: int) -> bool:
        """Whether what reads as a verb behind «ف» is a surname: «ستيفن فاجن والفرنسي»."""
        word, behind = self._words[at], self._words[at + 1 : at + 2]
        foreign = self._word_classes.get(self._words[at - 1]).classes == "f"
        verb = word.startswith("ف") and self._word_classes.get(word).classes == "v"
        return foreign and verb and (self._is_last(at) or behind[0].startswith("وال"))

    def _is_son(self, at: int) -> bool:
        """Whether the father's name stands behind: «مطلق بن دغيم الخمعلي»."""
        word_class = self._word_classes.get(self._words[at])
        if self._words[at + 1 : at + 2] != ["بن"] or self._part.gap(at) != " ":
            return False
        father = self._words[at + 2] if at + 2 < len(self._words) else ""
        known = word_class.possible or not word_class.known
        return known and self._word_classes.get(father).possible

    def _is_new_pair(self, at: int) -> bool:
        """Whether a word and the next look like a foreign name that no table knows."""
        behind = at + 1
        if behind >= len(self._words) or self._part.gap(at) not in (" ", "\u00a0", "-"):
            return False
        if self._part.before(at)[-1:] in QUOTES:  # a company, a film
            return False
        first = self._words[at]
        if first in self._word_classes or self._has_article(at):
            return first in ANNA and self._is_anna(at) and self._looks_new(behind)
        return self._trigrams.score(first) > NAMELIKE and self._looks_new(behind)

    def _is_new_behind(self, at: int) -> bool:
        """Whether an unseen name stands right behind a word."""
        quoted = self._part.before(at)[-1:] in QUOTES
        return not quoted and self._part.gap(at) == " " and self._looks_new(at + 1)

    def _looks_new(self, at: int) -> bool:
        """Whether an unseen word looks like a name by its letters."""
        if at >= len(self._words) or (word := self._words[at]) in self._word_classes:
            return False
        return self._fits(at, 1, titled=True) and self._trigrams.score(word) > NAMELIKE

    def _may_be_first(self, at: int) -> bool:
        """Whether a word that is another word too may be a first name: «ألبين», «الحسن»."""
        classes = self._word_classes.get(self._words[at]).classes
        if self._has_article(at) and "o" in classes:
            return False
        return not FIRST.isdisjoint(classes)

    def _is_last(self, at: int) -> bool:
        """Whether something sets a word apart from the next: «خضر طالب،»."""
        return self._part.gap(at).strip(" \u00a0") != "" or at + 1 == len(self._words)

    def _is_anna(self, at: int) -> bool:
        """«آنا» is a name where printed with its madda."""
        return self._part.word(at).startswith("آ")

    def _bears_title(self, at: int, parts: int) -> bool:
        """Whether a title is a surname: «بن علي الخطيب», «أحمد الخطيب» with no name behind it."""
        if parts > 1 and self._words[at - 2] == "بن":
            return True
        if parts != 1 or not self._word_classes.get(self._words[at - 1]).given:
            return False
        behind = at + 1
        return (
            behind == len(self._words)
            or self._part.gap(at) != " "
            or not self._word_classes.get(self._words[behind]).possible
        )

    def _is_then(self, at: int) -> bool:
        """Whether «فان» is printed as a conjunction: «فإن»."""
        return self._words[at] == "فان" and self._part.word(at)[1] in "أإ"

    def _is_ali(self, at: int, parts: int) -> bool:
        """«علي» is a name where printed with ي; «على» only between names, as in Egypt."""
        if self._part.word(at).endswith("ي"):
            return True
        following = (
            at + 1 < len(self._words) and self._word_classes.get(self._words[at + 1]).certain
        )
        return parts > 0 and following

    def _is_joined(self, word: str, word_class: WordClass) -> bool:
        """Whether a word is another name behind «and»: «أبو بكر وعمر», but «أنيت ويبر»."""
        return (
            word.startswith("و") and self._word_classes.get(word[1:]).given and not word_class.given
        )

    def _is_new(self, word: str) -> bool:
        """Whether an unseen word may be a name rather than an inflected ordinary one."""
        if len(word) < 3 or word.endswith(_INFLECTED_ENDS):
            return False
        score = self._trigrams.score(word)
        if word.startswith("وو"):  # «وونغ», but «وولاء»
            return score > NAMELIKE and word[1:] not in self._word_classes
        if word.startswith(_INFLECTED_STARTS) and not (word.startswith("كال") and score > FOREIGN):
            return False
        inflected = word[0] in "يت" and word.endswith(("ان", "ون", "وا"))
        if inflected and self._word_classes.get(word[:-2]).ordinary:  # «يؤكدان», but «يوهانسون»
            return False
        rare = RARE_PARTICLES if score > NAMELIKE else ()
        return not any(
            base in self._word_classes
            for base, taken in possible_bases(word)[1:]
            if taken not in rare
        )


def _is_surname(word: str) -> bool:
    """Whether an ordinary word may be a surname: with the article, and no participle."""
    return word.startswith("ال") and not word.startswith("الم") and not word.endswith(("ه", "ات"))
