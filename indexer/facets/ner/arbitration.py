"""What rules and the sequence model say of the same words, settled.

Rules know titles, given names and famous people; the model knows a name by its surroundings. On
ten folds of ANERcorp's training part (``benchmarks/quality/names.py``) the model was right 60 times
and the rules 14 times where both saw a name but not the same words; a single word behind a title
was no name in four of five cases where the model saw none; and of the single names of which the
model was sure nine of ten were names.
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from indexer.facets.gazetteer.known_people import key
from indexer.facets.ner.boundaries import ANNA, LINKS
from indexer.facets.ner.crf import Name
from indexer.facets.ner.features import Describer
from indexer.facets.ner.mention import BY_DEMONYM, Spot
from indexer.facets.ner.word_classes import Lexemes
from indexer.facets.part import Part

#: The rule of a name that is no person's here.
NOBODY = "named-after"
#: The rule of a name that only the model sees, and how sure it must be.
BY_MODEL = "model"
SURE, SURE_SINGLE = 0.6, 0.9


class Settling:
    """Joins the names of a part by rules with those of the model."""

    def __init__(self, describer: Describer, lexemes: Lexemes) -> None:
        self._describer = describer
        self._lexemes = lexemes

    def settled(
        self, part: Part, spots: Sequence[Spot], names: Iterable[Name], elsewhere: Set[int]
    ) -> Iterator[Spot]:
        """Yield the names of people; words ``elsewhere`` belong to countries and organisations."""
        people = [n for n in names if elsewhere.isdisjoint(range(n.start, n.end))]
        owners: dict[int, Name] = {at: one for one in people for at in range(one.start, one.end)}
        used: set[Name] = set()
        for spot in spots:
            seen = {owners[at]: None for at in range(spot.start, spot.end) if at in owners}
            used.update(seen)
            yield from self._of_both(spot, list(seen), elsewhere)
        for name in people:
            if name not in used and name.probability >= SURE:
                yield self.spot(part, name, BY_MODEL)

    def _of_both(self, spot: Spot, seen: Sequence[Name], elsewhere: Set[int]) -> Iterator[Spot]:
        """What is kept of a name by rule of which the model sees these names."""
        if spot.known or spot.rule in (NOBODY, BY_DEMONYM):
            yield spot
        elif not seen:
            if len(spot.words) > 1:
                yield spot
        elif len(seen) == 1 and self._is_better(seen[0], spot, elsewhere):
            start, end, words, *_ = self.spot(spot.part, seen[0], BY_MODEL)[1:]
            printed = spot.part.words[start:end]
            if start == spot.start and spot.words[0].startswith(printed[0]):
                words = key(printed)  # «كالونزو» has no particle
            yield spot._replace(start=start, end=end, words=words)
        else:
            yield spot

    def _is_better(self, name: Name, spot: Spot, elsewhere: Set[int]) -> bool:
        """Whether the model's extent of a name is to be preferred."""
        if name.probability < SURE or not elsewhere.isdisjoint(range(name.end, spot.end)):
            return False  # «عبد الله بن علي التركي»
        return not self._cut(spot, name)

    def _cut(self, spot: Spot, name: Name) -> bool:
        """Whether the model misses a part of a name.

        A given name behind a title, «السفير فاتح يلديريم أوغلو», or what a link joins to the name,
        «عبداللطيف بن عبدالملك آل الشيخ».
        """
        words = spot.part.words
        if name.end < spot.end and words[name.end] in LINKS:
            return True
        before = words[spot.start : name.start]
        return bool(before) and spot.title != "" and all(map(self._is_given, before))

    def _is_given(self, word: str) -> bool:
        return word in ANNA or (not word.startswith("ال") and self._lexemes.get(word).possible)

    def spot(self, part: Part, name: Name, rule: str) -> Spot:
        """A name that is seen alone, without the particles before it."""
        words = part.words[name.start : name.end]
        own = key([self._describer.base(words[0])[0], *words[1:]])
        single = ("" if name.probability >= SURE_SINGLE else "weak") if len(own) == 1 else ""
        return Spot(part, name.start, name.end, own, rule, single=single)
