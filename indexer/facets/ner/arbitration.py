"""What rules and the sequence model say of the same words, arbitrated.

Rules know titles, given names and famous people; the model knows a name by its surroundings. On
ten folds of ANERcorp's training part (``benchmarks/quality/names.py``) the model was right 60 times
and the rules 14 times where both saw a name but not the same words; a single word behind a title
was no name in four of five cases where the model saw none. Of the single names of which the model
was sure five of six were names (three of five folds, 291 names).
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from indexer.facets.gazetteer.known_people import key
from indexer.facets.ner.boundaries import ANNA, LINKS
from indexer.facets.ner.features import FeatureExtractor
from indexer.facets.ner.mention import BY_DEMONYM, NOBODY, NameMention
from indexer.facets.ner.word_classes import WordClasses
from indexer.facets.part import AnnotatedPart, TaggedName

#: The rule of a name that only the model sees, and how sure it must be.
BY_MODEL = "model"
LIKELY, SURE_SINGLE = 0.5, 0.8
#: How sure the model must be of where a name that a rule finds as well begins and ends.
SURE = 0.6
SON = "بن"
#: Particles and the article.
OF_THE = ("لل", "بال")


class Arbiter:
    """Joins the names of a part by rules with those of the model."""

    def __init__(self, features: FeatureExtractor, word_classes: WordClasses) -> None:
        self._features = features
        self._word_classes = word_classes

    def arbitrated(
        self,
        part: AnnotatedPart,
        mentions: Sequence[NameMention],
        names: Iterable[TaggedName],
        things: Set[int],
    ) -> Iterator[NameMention]:
        """Yield the names of people; the words ``things`` are of countries and organisations."""
        names = list(names)
        sure = {at: name.probability for name in names for at in range(name.start, name.end)}
        people = [name for name in names if things.isdisjoint(range(name.start, name.end))]
        owners = {at: name for name in people for at in range(name.start, name.end)}
        used: set[TaggedName] = set()
        for mention in mentions:
            seen = {owners[at]: None for at in range(mention.start, mention.end) if at in owners}
            used.update(seen)
            sight = max(sure.get(at, 0.0) for at in range(mention.start, mention.end))
            yield from self._of_both(mention._replace(seen=sight), list(seen), things)
        for name in people:
            if name not in used and name.probability >= LIKELY:
                yield self.mention(part, name, BY_MODEL)

    def _of_both(
        self, mention: NameMention, seen: Sequence[TaggedName], things: Set[int]
    ) -> Iterator[NameMention]:
        """What is kept of a name by rule of which the model sees these names."""
        if mention.single and not mention.title and len(seen) == 1 and _is_longer(seen[0], mention):
            if seen[0].probability >= LIKELY:  # of another given name: «غاري ترودو»
                yield self.mention(mention.part, seen[0], BY_MODEL)
        elif mention.known or mention.rule in (NOBODY, BY_DEMONYM):
            yield mention
        elif not seen:
            if len(mention.words) > 1:
                yield mention
        elif len(seen) == 1 and self._is_better(seen[0], mention, things):
            _, start, end, words, *_ = self.mention(mention.part, seen[0], BY_MODEL)
            printed = mention.part.words[start:end]
            if start == mention.start and mention.words[0].startswith(printed[0]):
                words = key(printed)  # «كالونزو» has no particle
            yield mention._replace(start=start, end=end, words=words)
        else:
            yield mention

    def _is_better(self, name: TaggedName, mention: NameMention, things: Set[int]) -> bool:
        """Whether the model's extent of a name is to be preferred."""
        if name.probability < SURE or not things.isdisjoint(range(name.end, mention.end)):
            return False  # «عبد الله بن علي التركي»
        return not self._cut(mention, name) and not self._reaches_over(mention, name)

    def _cut(self, mention: NameMention, name: TaggedName) -> bool:
        """Whether the model misses a part of a name.

        A given name behind a title, «السفير فاتح يلديريم أوغلو», or what a link joins to the name,
        «عبداللطيف بن عبدالملك آل الشيخ».
        """
        words = mention.part.words
        if name.end < mention.end and words[name.end] in LINKS:
            return True
        if words[name.end - 2 : name.end - 1] == [SON] and name.end + 1 == mention.end:
            return words[name.end].startswith("ال") and words[name.end].endswith("ي")
        before = words[mention.start : name.start]
        return bool(before) and mention.title != "" and all(map(self._is_given, before))

    def _reaches_over(self, mention: NameMention, name: TaggedName) -> bool:
        """Whether the model joins words with a particle or a title: «للقاص», «عبدالله بالنسيم»."""
        words = mention.part.words
        titles = mention.part.matches.titles
        if any(
            at in titles or words[at].startswith(OF_THE) for at in range(name.start, mention.start)
        ):
            return True
        return any(
            word.startswith(OF_THE) and not self._word_classes.get(word).possible
            for word in words[mention.end : name.end]
        )

    def _is_given(self, word: str) -> bool:
        return word in ANNA or (not word.startswith("ال") and self._word_classes.get(word).possible)

    def mention(self, part: AnnotatedPart, name: TaggedName, rule: str) -> NameMention:
        """A name that is seen alone, without the particles before it."""
        words = part.words[name.start : name.end]
        name_key = key([self._features.base(words[0])[0], *words[1:]])
        single = ("" if name.probability >= SURE_SINGLE else "weak") if len(name_key) == 1 else ""
        seen = name.probability
        return NameMention(part, name.start, name.end, name_key, rule, single=single, seen=seen)


def _is_longer(name: TaggedName, mention: NameMention) -> bool:
    return name.end - name.start > mention.end - mention.start
