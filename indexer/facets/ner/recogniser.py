"""The people who are named in a part of an article: by rules, by the model, by a second opinion.

The one door of names: which of them see a name, and who is right where they disagree, is settled
in here.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from indexer.facets.gazetteer import places, titles
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.ner.arbitration import BY_MODEL, Arbiter
from indexer.facets.ner.boundaries import ALI
from indexer.facets.ner.camel import Camel
from indexer.facets.ner.coreference import Coreference
from indexer.facets.ner.crf import CrfTagger
from indexer.facets.ner.edges import trimmed
from indexer.facets.ner.features import default_features
from indexer.facets.ner.mention import NOBODY, NameMention
from indexer.facets.ner.nobodies import is_nobody
from indexer.facets.ner.ruling import without_title
from indexer.facets.ner.surroundings import is_named_after
from indexer.facets.ner.title_rules import TitleRules
from indexer.facets.ner.trigrams import default_trigrams
from indexer.facets.ner.word_classes import default_word_classes
from indexer.facets.part import AnnotatedPart, TaggedName

BY_CAMEL = "camel"
#: Words of the longest name; what is longer is a list, or made by a machine.
MAX_WORDS = 24


class NameRecogniser:
    """Finds where people are named, and which of the names are one person's."""

    def __init__(self, model: CrfTagger | None, camel: Camel | None = None) -> None:
        """Without a ``model``, names are found by rules and tables alone."""
        self._known = known_people()
        self._word_classes = default_word_classes()
        self._trigrams = default_trigrams()
        self._arbiter = Arbiter(default_features(), self._word_classes)
        self._model = model
        self._camel = camel
        self.coreference = Coreference(self._known, self._word_classes)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a user should know of the model before a run."""
        return self._model.warnings if self._model else ()

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        """The phrases by which the rules tell names: of places, titles and known people."""
        return chain(places.entries(), titles.entries(), self._known.entries())

    def given_name(self, word: str) -> str:
        """The given name under a word's particles, or «»."""
        return self._word_classes.given(word)

    def second_opinion(self, part: AnnotatedPart) -> list[TaggedName]:
        """The people and organisations that CAMeL's recogniser sees, where it is asked."""
        return self._camel.names(part) if self._camel else []

    def by_rules(self, part: AnnotatedPart) -> list[NameMention]:
        """The names by rules and tables, with those of which something is called."""
        return TitleRules(part, self._known, self._word_classes, self._trigrams).mentions()

    def mentions(self, part: AnnotatedPart) -> list[NameMention]:
        """The names of people in a part, in the order of the text."""
        mentions = self.by_rules(part)
        things = part.matches.of_things
        if self._model is not None:
            tagged = [
                name
                for name in self._model.people(part, mentions)
                if name.end - name.start <= MAX_WORDS
            ]
            mentions = [
                mention
                for mention in self._arbiter.arbitrated(part, mentions, tagged, things)
                if mention.rule != BY_MODEL or self._is_name(part, mention.start)
            ]
        mentions = [*mentions, *self._by_camel(part, mentions)]
        mentions.sort(key=lambda mention: mention.start)
        found = (
            trimmed(without_title(mention, self._word_classes), self._word_classes)
            for mention in mentions
            if mention.rule != NOBODY
            and mention.end - mention.start <= MAX_WORDS
            and not is_nobody(mention, self._word_classes)
        )
        return [mention for mention in found if mention is not None]

    def _is_name(self, part: AnnotatedPart, at: int) -> bool:
        """Whether what only the model sees may be a person's: not «معالي مساعد», «على هامش»."""
        if part.words[at] == ALI and part.word(at).endswith("ى"):
            behind = part.words[at + 1] if at + 1 < len(part.words) else ""
            if not self._word_classes.get(behind).certain:
                return False
        title = at in part.matches.titles and not self._word_classes.get(part.words[at]).given
        return not title and not is_named_after(part, at)

    def _by_camel(
        self, part: AnnotatedPart, mentions: Iterable[NameMention]
    ) -> Iterator[NameMention]:
        """The names of people that only CAMeL's recogniser sees."""
        if not part.second_opinion:
            return
        taken = {at for mention in mentions for at in range(mention.start, mention.end)}
        taken |= part.matches.of_things
        for name in part.second_opinion:
            if name.kind != "PER" or not taken.isdisjoint(range(name.start, name.end)):
                continue
            if not is_named_after(part, name.start):
                yield self._arbiter.mention(part, name, BY_CAMEL)
