"""Whether an event is told as done, intended, not so, or called for; and where it is neither."""

from collections.abc import Sequence

from indexer.events.actor_words import event_words, tense_of
from indexer.events.frames import Frame
from indexer.events.verb_forms import WordForm
from indexer.facets.part import AnnotatedPart
from indexer.model import EventStatus

#: How many words before a trigger say how it is told, and how many behind when.
_BEFORE, _NEAR, _BEHIND, _GOVERNING = 6, 2, 30, 3


def status_of(
    part: AnnotatedPart, clause: range, at: int, form: WordForm, frame: Frame, subject: int
) -> EventStatus | None:
    """How the event of the trigger at ``at`` is told; None where it is only supposed.

    ``subject`` is where its subject begins, if before it: «نفى أن يكون الوزير قد التقى».
    """
    words = part.words
    before = _before(part, clause, at)
    near = before[:_NEAR]
    behind = words[at + 1 : min(clause.stop, at + _BEHIND)]
    if any(word in event_words("doubts") for word in near) and form.tense != "past":
        return None
    if form.tense == "past" and near[:1] and near[0] in event_words("conditions"):
        return None
    by_the_way = bool(near) and near[0] in event_words("by-the-way")
    denials = "denials" if form.tense else "noun-denials"
    if not by_the_way and any(word in event_words(denials) for word in near):
        return "denied" if event_words("but").isdisjoint(behind) else "fact"
    if form.tense and _denied_that(_before(part, clause, subject)):
        return "denied"
    unreal = event_words("possible") | event_words("failures")
    if not form.tense and not unreal.isdisjoint(before):
        return None
    if not by_the_way and form.tense in ("", "present") and _called_for(before, frame):
        return "called-for"
    if not form.tense and not by_the_way and _demanded(before):
        return "called-for"
    if frame.spoken:
        return "planned" if form.tense == "future" else "fact"
    if form.tense == "future" or any(word in event_words("plans") for word in before):
        return "planned"
    if not form.tense and not by_the_way and _leads_to(before, part.name == "body"):
        return "planned"
    if form.tense != "past" and _is_to_come(behind):
        return "planned"
    if form.tense == "present" and part.name == "body" and not frame.lasting:
        return "planned"
    return "fact"


def _is_to_come(behind: Sequence[str]) -> bool:
    """Whether a time to come is told: «غدا», «الأسبوع المقبل», but not «الخطوات المقبلة»."""
    near, coming, times = (event_words(name) for name in ("tomorrow", "coming", "times"))
    pairs = zip(("", *behind), behind, strict=False)
    return any(word in near or (word in coming and before in times) for before, word in pairs)


def _denied_that(before: Sequence[str]) -> bool:
    """Whether somebody denies what follows: «نفى متحدث أن يكون»."""
    that = any(word in event_words("that") for word in before[:2])
    return that and any(word in event_words("noun-denials") for word in before)


def _demanded(before: Sequence[str]) -> bool:
    """Whether somebody asks for what a noun names: «طالب بقمة»."""
    return any(word in event_words("asked") for word in before[:3])


def _called_for(before: Sequence[str], frame: Frame) -> bool:
    """Whether the words before a trigger, the nearest first, call for it: «دعا إلى عقد لقاء»."""
    words = [word for word in before if word not in event_words("holding")]
    held = len(words) < len(before)
    if words and words[0] in event_words("that"):
        words = words[1:]
        if any(word in event_words("called") for word in words):
            return True
    if not words:
        return False
    return words[0] in event_words("calls") or (
        (held or not frame.lasting) and words[0] in event_words("importance")
    )


def _leads_to(before: Sequence[str], body: bool) -> bool:
    """Whether a verb that governs a noun tells of what is to come: «سيجري مباحثات»."""
    tenses = {tense_of(word) for word in before[:_GOVERNING]}
    return "future" in tenses or (body and "present" in tenses and "past" not in tenses)


def _before(part: AnnotatedPart, clause: range, at: int) -> list[str]:
    """The words before a trigger, the nearest first, without particles, up to where they part."""
    found = []
    for index in range(at - 1, max(clause.start, at - _BEFORE) - 1, -1):
        if part.before(index + 1).strip(' "«»“”'):
            break
        word = part.words[index]
        found.append(word.removeprefix("و") if len(word) > 2 else word)
    return found
