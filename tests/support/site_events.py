"""Articles by hand that tell events and let people speak, for pages to show."""

import datetime as dt

from indexer.model import (
    Article,
    Event,
    EventStatus,
    Mention,
    Party,
    Quotation,
    Record,
    Side,
    TextPart,
)
from site_records import EGYPT, FRANCE, HOSTILE, MINISTER, RECORDS, SCRIPT, TALKS, value

FABIUS = value("Q2", "لوران فابيوس", "Laurent Fabius")
IRAN = value("IR", "إيران", "Iran")
ZARIF = value("Q3", "محمد جواد ظريف", "Mohammad Javad Zarif")
TOLD = "التقى وزير الخارجية سامح شكري أمس في القاهرة نظيره الفرنسي لوران فابيوس."
WORDS = "العلاقات بين البلدين قوية"
SAID = f"وقال شكري: «{WORDS}»."
PLANNED = "ومن المقرر أن يزور ظريف باريس الشهر المقبل."
CONDEMNED = "أدانت إيران الهجوم الذي وقع على حدودها مع مصر."
FORGED = f"التقى {HOSTILE.name} الوزير في {SCRIPT} ثم مضى."


def party(side: Side, one: str, name: str = "", *, country: str = "", role: str = "") -> Party:
    """A person with a profile."""
    return Party(side, "people", one, name, role, country)


def state(side: Side, country: str) -> Party:
    """A state that acts."""
    return Party(side, "countries", country, "", "", country)


def told(text: str, sentence: str, part: TextPart = "body") -> Mention:
    """Where a sentence stands in a text."""
    return Mention(part, text.index(sentence), text.index(sentence) + len(sentence), "by hand")


def meeting(body: str, sentence: str = TOLD, status: EventStatus = "fact") -> Event:
    """The meeting of two ministers."""
    parties = (
        party("a", "Q1", "سامح شكري", country="EG", role="وزير الخارجية"),
        party("b", "Q2", "لوران فابيوس", country="FR"),
    )
    return Event("meeting", parties, told(body, sentence), status, "القاهرة", "2021-06-09", 0.9)


FIRST = f"{TOLD} {SAID}\n\n{PLANNED}"
SECOND = f"{CONDEMNED}\n{TOLD}"
FACETS = {"people": (MINISTER, FABIUS), "countries": (EGYPT, FRANCE), "topics": (TALKS,)}
EVENT_RECORDS = (
    Record(
        Article("talks", "لقاء في القاهرة", FIRST, dt.date(2021, 6, 10), source="الأهرام"),
        {**FACETS, "people": (MINISTER, FABIUS, ZARIF), "organisations": ()},
        (
            meeting(FIRST),
            Event(
                "visit",
                (party("a", "Q3", "ظريف", country="IR"), state("b", "FR")),
                told(FIRST, PLANNED),
                "planned",
                "باريس",
                "2021-07",
            ),
        ),
        (Quotation(party("a", "Q1", "شكري", country="EG"), told(FIRST, WORDS), told(FIRST, SAID)),),
    ),
    Record(
        Article("echo", "شكري يلتقي فابيوس", SECOND, dt.date(2021, 6, 11), source="الوطن"),
        {**FACETS, "countries": (EGYPT, FRANCE, IRAN), "organisations": ()},
        (
            Event(
                "condemnation",
                (state("a", "IR"), state("b", "EG")),
                told(SECOND, CONDEMNED),
                when="2021-06-11",
            ),
            meeting(SECOND),
        ),
    ),
    Record(
        Article("forged", f"لقاء {SCRIPT}", FORGED, dt.date(2021, 8, 1), source=f"مصدر {SCRIPT}"),
        {"people": (HOSTILE,), "countries": (), "organisations": (), "topics": ()},
        (
            Event(
                "meeting",
                (
                    Party("a", "people", HOSTILE.id, SCRIPT, SCRIPT),
                    Party("b", "", "", f"الوزير {SCRIPT}", SCRIPT, "", SCRIPT),
                ),
                told(FORGED, FORGED),
                place=SCRIPT,
                when="2021-08-01",
            ),
        ),
        (
            Quotation(
                Party("a", "people", HOSTILE.id, SCRIPT), told(FORGED, SCRIPT), told(FORGED, FORGED)
            ),
        ),
    ),
    *RECORDS,
)
