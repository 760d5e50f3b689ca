"""Whether an event is told as done, intended, not so, or called for; and where it is neither."""

from indexer.events.actor_words import event_words
from indexer.events.frames import Frame
from indexer.events.verb_forms import WordForm
from indexer.facets.part import AnnotatedPart
from indexer.model import EventStatus

#: How many words before a trigger say how it is told, and how many behind when.
_BEFORE, _NEAR, _BEHIND = 6, 2, 30
_THAT = "ان"


def status_of(
    part: AnnotatedPart, clause: range, at: int, form: WordForm, frame: Frame
) -> EventStatus | None:
    """How the event of the trigger at ``at`` is told; None where it is only supposed."""
    words = part.words
    before = _before(part, clause, at)
    near = before[:_NEAR]
    behind = words[at + 1 : min(clause.stop, at + _BEHIND)]
    if any(word in event_words("doubts") for word in near) and form.tense != "past":
        return None
    if form.tense == "past" and near[:1] and near[0] in event_words("conditions"):
        return None
    by_the_way = bool(near) and near[0] in event_words("by-the-way")
    if not by_the_way and any(word in event_words("denials") for word in near):
        return "denied"
    subordinate = form.tense in ("", "present") and any(
        word in event_words("calls") for word in before
    )
    if subordinate and not by_the_way and (not form.tense or _THAT in before[:3]):
        return "called-for"
    if form.tense == "future" or any(word in event_words("plans") for word in before):
        return "planned"
    if form.tense != "past" and any(word in event_words("coming") for word in behind):
        return "planned"
    if form.tense == "present" and part.name == "body" and not (frame.spoken or frame.lasting):
        return "planned"
    return "fact"


def _before(part: AnnotatedPart, clause: range, at: int) -> list[str]:
    """The words before a trigger, the nearest first, without particles, up to where they part."""
    found = []
    for index in range(at - 1, max(clause.start, at - _BEFORE) - 1, -1):
        if part.before(index + 1).strip(' "«»“”'):
            break
        word = part.words[index]
        found.append(word.removeprefix("و") if len(word) > 3 else word)
    return found
