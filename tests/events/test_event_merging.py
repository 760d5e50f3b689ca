"""Which reports are one event, which stay apart, and what becomes of an event with its articles."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from event_factories import FRAMES, make_event, person, said_by, state, telling
from indexer.catalogue import Catalogue, EventParty, EventRow
from indexer.events.event_matching import read_parties
from indexer.events.event_merging import EventMerger
from indexer.model import Document, Event

KERRY, ZARIF = person("kerry", "US"), person("zarif", "IR")
SHOUKRY, FABIUS = person("shoukry", "EG"), person("fabius", "FR")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.db")
    yield made
    made.close()


@pytest.fixture
def merger(catalogue: Catalogue) -> EventMerger:
    return EventMerger(catalogue, FRAMES)


def ids(merger: EventMerger, *documents: Document) -> list[str]:
    """The ids of the events that documents tell, in their order."""
    return [event.id for one in merger.assign(documents) for event in one.record.events]


def apart(merger: EventMerger, one: Event, other: Event, **fields: str) -> bool:
    """Whether two articles of one day tell two events by these."""
    first, second = ids(merger, telling("1", one), telling("2", other, **fields))
    return first != second


def row(catalogue: Catalogue, id: str) -> EventRow:
    found = catalogue.event_row(id)
    assert found is not None
    return found


SAME = {
    "the same people": (make_event("meeting", KERRY, ZARIF), make_event("meeting", KERRY, ZARIF)),
    "the other way round": (
        make_event("meeting", KERRY, ZARIF),
        make_event("meeting", ZARIF, KERRY),
    ),
    "a state takes in its minister": (
        make_event("meeting", KERRY, ZARIF),
        make_event("meeting", state("US"), state("IR")),
    ),
    "an office takes in its holder": (
        make_event("meeting", person("kerry", "US", role="وزير الخارجية الأمريكي"), ZARIF),
        make_event("meeting", state("US", role="وزير الخارجية"), ZARIF),
    ),
    "a counterpart": (
        make_event("meeting", KERRY, person("shoukry", "EG", role="وزير الخارجية")),
        make_event("meeting", KERRY, state("EG", role="نظيره المصري")),
    ),
    "an agreement of which articles go on to tell": (
        make_event("agreement", state("IR"), state("US"), when="2015-06-14"),
        make_event("agreement", state("IR"), state("US")),
    ),
    "three whose sides are told otherwise": (
        make_event("meeting", KERRY, [ZARIF, FABIUS]),
        make_event("meeting", FABIUS, [KERRY, ZARIF]),
    ),
    "an institution is its state": (
        make_event("condemnation", state("EG"), state("IL")),
        make_event("condemnation", state("EG", org="الخارجية المصرية"), state("IL")),
    ),
    "one of a delegation": (
        make_event("meeting", [KERRY, person("moniz", "US")], ZARIF),
        make_event("meeting", KERRY, [ZARIF, person("salehi", "IR")]),
    ),
    "the day before": (
        make_event("meeting", KERRY, ZARIF, when="2015-07-06"),
        make_event("meeting", KERRY, ZARIF, when="2015-07-07"),
    ),
    "the month of the day": (
        make_event("visit", KERRY, state("EG"), when="2015-07"),
        make_event("visit", KERRY, state("EG"), when="2015-07-28"),
    ),
    "a visit that goes on": (
        make_event("visit", KERRY, state("EG"), when="2015-07-01"),
        make_event("visit", KERRY, state("EG"), when="2015-07-09"),
    ),
    "a town and its state": (
        make_event("meeting", KERRY, state("RU"), place="قطر"),
        make_event("meeting", KERRY, state("RU"), place="الدوحة"),
    ),
    "a place within a place": (
        make_event("meeting", KERRY, ZARIF, place="فيينا"),
        make_event("meeting", KERRY, ZARIF, place="العاصمة النمساوية فيينا"),
    ),
    "a plan and what became of it": (
        make_event("visit", KERRY, state("EG"), status="planned"),
        make_event("visit", KERRY, state("EG"), when="2015-07-17"),
    ),
}
APART = {
    "another type": (make_event("meeting", KERRY, ZARIF), make_event("call", KERRY, ZARIF)),
    "another delegation at the same host": (
        make_event("meeting", FABIUS, SHOUKRY),
        make_event("meeting", FABIUS, KERRY),
    ),
    "another minister of the same state": (
        make_event("meeting", FABIUS, SHOUKRY),
        make_event("meeting", FABIUS, person("mahlab", "EG")),
    ),
    "another office of the same state": (
        make_event("meeting", person("sisi", "EG", role="الرئيس المصري"), FABIUS),
        make_event("meeting", state("EG", role="وزير الخارجية"), FABIUS),
    ),
    "who acts and who suffers": (
        make_event("condemnation", state("EG"), state("IL")),
        make_event("condemnation", state("IL"), state("EG")),
    ),
    "other days": (
        make_event("meeting", KERRY, ZARIF, when="2015-07-03"),
        make_event("meeting", KERRY, ZARIF, when="2015-07-07"),
    ),
    "another month": (
        make_event("visit", KERRY, state("EG"), when="2015-07-07"),
        make_event("visit", KERRY, state("EG"), when="2015-08-07"),
    ),
    "another town": (
        make_event("meeting", state("US"), state("IR"), place="فيينا"),
        make_event("meeting", state("US"), state("IR"), place="جنيف"),
    ),
    "what is denied": (
        make_event("meeting", KERRY, ZARIF),
        make_event("meeting", KERRY, ZARIF, status="denied"),
    ),
    "what is called for": (
        make_event("meeting", KERRY, ZARIF),
        make_event("meeting", KERRY, ZARIF, status="called-for"),
    ),
    "a talk of two and one of three": (
        make_event("meeting", KERRY, ZARIF),
        make_event("meeting", KERRY, [ZARIF, FABIUS]),
    ),
    "the officials of a state": (
        make_event("meeting", KERRY, person("shoukry", "EG", role="نظيره المصري")),
        make_event("meeting", KERRY, state("EG", role="المسؤولين المصريين")),
    ),
    "another minister without a name": (
        make_event("visit", person("salman", "SA", role="وزير الدفاع"), state("EG")),
        make_event("visit", state("SA", role="وزير الخارجية السعودي"), state("EG")),
    ),
    "two people of one side": (
        make_event("meeting", [SHOUKRY, person("sisi", "EG")], FABIUS),
        make_event("meeting", [SHOUKRY, person("sisi", "EG")], KERRY),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_one_event_in_two_articles(merger: EventMerger, case: str) -> None:
    assert not apart(merger, *SAME[case])


@pytest.mark.parametrize("case", SAME)
def test_which_article_comes_first_does_not_matter(merger: EventMerger, case: str) -> None:
    assert not apart(merger, *reversed(SAME[case]))


@pytest.mark.parametrize("case", APART)
def test_two_events_in_two_articles(merger: EventMerger, case: str) -> None:
    assert apart(merger, *APART[case])


def test_two_meetings_of_one_visit_and_another_guest_of_the_host_are_three(
    merger: EventMerger,
) -> None:
    host = person("michel", "BE", role="رئيس الوزراء البلجيكي")
    guest, king = person("sabah", "KW"), person("philippe", "BE", role="ملك بلجيكا")
    told = (
        make_event("meeting", host, guest, when="2015-07-06", place="بروكسل"),
        make_event("meeting", king, guest, when="2015-07-08", place="بروكسل"),
        make_event("meeting", host, person("modi", "IN"), when="2015-07-07", place="بروكسل"),
    )
    one = ids(merger, telling("1", *told))
    other = ids(merger, telling("2", *reversed(told), source="الغد"))
    assert len(set(one)) == len(told)
    assert other == one[::-1]


def test_a_plan_that_is_told_as_done_is_a_fact_on_the_day_of_the_fact(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    (plan,) = ids(merger, telling("1", make_event("visit", KERRY, state("EG"), status="planned")))
    assert row(catalogue, plan).status == "planned"
    done = make_event("visit", KERRY, state("EG"), when="2015-07-15")
    assert ids(merger, telling("2", done, date="2015-07-16")) == [plan]
    assert row(catalogue, plan).status == "fact"
    assert row(catalogue, plan).first == "2015-07-15"


def test_a_fact_without_a_day_took_place_on_the_day_that_was_planned(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    plan = make_event("meeting", KERRY, ZARIF, status="planned", when="2015-07-08")
    done = make_event("meeting", KERRY, ZARIF)
    (id,) = set(ids(merger, telling("1", plan), telling("2", done, date="2015-07-09")))
    assert (row(catalogue, id).status, row(catalogue, id).first) == ("fact", "2015-07-08")


def test_visits_that_one_article_tells_as_one_tour_stay_two(merger: EventMerger) -> None:
    tour = make_event("visit", ZARIF, [state("KW"), state("QA")])
    one, other = make_event("visit", ZARIF, state("KW")), make_event("visit", ZARIF, state("QA"))
    told = [telling("1", one), telling("2", tour), telling("3", one), telling("4", other)]
    found = ids(merger, *told)
    assert found[:3] == [found[0]] * 3
    assert found[3] != found[0]


def test_copies_count_once(merger: EventMerger, catalogue: Catalogue) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    told = [
        telling("1", meeting, source="الرأي"),
        telling("2", meeting, source="الغد", story="1"),
        telling("3", meeting, source="الدستور", story="1"),
    ]
    (id,) = set(ids(merger, *told))
    assert row(catalogue, id)[-4:-1] == (0.8, 1, 1)
    ids(merger, telling("4", meeting, source="الحياة"))
    assert row(catalogue, id)[-4:-1] == (pytest.approx(0.96), 2, 2)


def test_a_copy_of_another_week_tells_the_same(merger: EventMerger) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    late = telling("2", meeting, story="1", date="2015-07-20")
    undated = telling("3", meeting, story="1", date=None)
    assert len(set(ids(merger, telling("1", meeting), late, undated))) == 1


def test_without_any_day_nothing_is_known_to_be_the_same(merger: EventMerger) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    assert len(set(ids(merger, *(telling(id, meeting, date=None) for id in "12")))) == 2


def the_week() -> list[Document]:
    """A week's articles on six events."""
    meeting = make_event("meeting", KERRY, ZARIF, place="فيينا")
    return [
        telling("1", meeting, make_event("call", SHOUKRY, FABIUS)),
        telling("2", make_event("meeting", state("US"), state("IR"), when="2015-07-07")),
        telling("3", make_event("visit", SHOUKRY, state("FR"), status="planned")),
        telling("4", meeting, date="2015-07-08", source="الغد"),
        telling("5", make_event("visit", SHOUKRY, state("FR"), when="2015-07-11")),
        telling("6", make_event("condemnation", state("EG"), state("IL")), date="2015-07-12"),
        telling("7", make_event("condemnation", state("EG"), state("IL")), date="2015-07-12"),
        telling("8", make_event("meeting", KERRY, ZARIF), date="2015-07-14"),
    ]


def groups(merger: EventMerger, batches: Sequence[Sequence[Document]]) -> set[frozenset[str]]:
    """Which articles tell one event, whatever it is called."""
    found: dict[str, set[str]] = {}
    for batch in batches:
        for one in merger.assign(batch):
            for event in one.record.events:
                found.setdefault(event.id, set()).add(one.record.article.id)
    return set(map(frozenset, found.values()))


def test_two_runs_equal_one_run(tmp_path: Path) -> None:
    week = the_week()
    kept = []
    for name, cut in (("one", len(week)), ("two", 3)):
        made = Catalogue.create(tmp_path / f"{name}.db")
        found = groups(EventMerger(made, FRAMES), [week[:cut]])
        EventMerger(made, FRAMES).assign(week[cut:])
        kept.append([tuple(made.event_row(event.id)) for event in made.event_rows(range(1, 20))])
        assert found
        made.close()
    assert kept[0] == kept[1]


def test_the_order_of_articles_makes_no_other_events(tmp_path: Path) -> None:
    week = the_week()[:5]
    seen = set()
    for number, order in enumerate(permutations(week)):
        if number % 7:
            continue
        made = Catalogue.create(tmp_path / f"{number}.db")
        seen.add(frozenset(groups(EventMerger(made, FRAMES), [order])))
        made.close()
    assert len(seen) == 1


def test_an_article_that_is_indexed_again_changes_nothing(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    merger.assign(the_week())
    before = catalogue.event_rows(range(1, 50))
    for again in ([one] for one in the_week()):
        merger.assign(again)
    after = catalogue.event_rows(range(1, 50))
    assert sorted(one[1:] for one in before) == sorted(one[1:] for one in after)


def test_what_an_article_no_longer_tells_is_gone(merger: EventMerger, catalogue: Catalogue) -> None:
    meeting, call = make_event("meeting", KERRY, ZARIF), make_event("call", SHOUKRY, FABIUS)
    first, second = ids(merger, telling("1", meeting, call))
    assert ids(merger, telling("1", meeting)) == [first]
    assert catalogue.event_row(second) is None
    assert (
        catalogue.event_numbers("call", [EventParty("a", "people", "shoukry")], range(1, 999_999))
        == set()
    )


def test_an_event_outlives_the_article_that_began_it(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    (id,) = set(ids(merger, telling("1", meeting), telling("2", meeting, source="الغد")))
    merger.forget(["1"])
    assert row(catalogue, id).articles == 1
    merger.forget(["2"])
    assert catalogue.event_row(id) is None
    assert catalogue.telling_articles() == set()
    assert catalogue.untold_events() == 0


def test_who_began_an_event_may_tell_another_now(merger: EventMerger) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    (id,) = set(ids(merger, telling("1", meeting), telling("2", meeting)))
    (other,) = ids(merger, telling("1", make_event("meeting", KERRY, FABIUS)))
    assert other != id


def test_an_event_of_next_month_is_another_and_of_a_later_run_the_same(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    (id,) = ids(merger, telling("1", make_event("meeting", KERRY, ZARIF)))
    later = EventMerger(catalogue, FRAMES)
    told = make_event("meeting", KERRY, ZARIF, when="2015-07-07")
    assert ids(later, telling("2", told, date="2015-08-20")) == [id]
    assert ids(later, telling("3", make_event("meeting", KERRY, ZARIF), date="2015-08-20")) != [id]


def test_the_parties_are_those_that_enough_articles_name(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    meeting = make_event("meeting", KERRY, ZARIF)
    short = make_event("meeting", state("IR"), state("US", role="وزير الخارجية"))
    slip = make_event("meeting", [KERRY, person("guest", "US")], ZARIF)
    told = [telling(str(n), meeting) for n in range(6)]
    (id,) = set(ids(merger, *told, telling("7", short), telling("8", slip)))
    parties = read_parties(row(catalogue, id).parties)
    assert [(party.side, party.id) for party in parties] == [("a", "kerry"), ("b", "zarif")]
    assert parties[0].role == "وزير الخارجية"


def test_a_visit_is_at_a_town_of_the_state_visited(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    visits = [
        make_event("visit", KERRY, state("RU"), place=place)
        for place in ("سوريا", "سوريا", "روسيا", "موسكو")
    ]
    (id,) = set(ids(merger, *(telling(str(n), one) for n, one in enumerate(visits))))
    assert row(catalogue, id).place == "موسكو"


def test_the_types_of_events_are_values_of_a_facet(merger: EventMerger) -> None:
    calls = [make_event("call", SHOUKRY, FABIUS), make_event("call", KERRY, ZARIF)]
    (one,) = merger.assign([telling("1", *calls)])
    (value,) = one.record.facets["events"]
    assert (value.id, value.name, value.name_en, value.score) == ("call", "اتصال", "Call", 2.0)


def test_what_is_said_is_kept_and_goes_with_its_article(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    merger.assign([telling("1", quotations=[said_by(KERRY)])])
    merger.assign([telling("1", quotations=[said_by(KERRY)])])
    total, rows = catalogue.list_quotations(("people", "kerry"), None, 0, 10)
    assert (total, rows[0].article) == (1, "1")
    merger.forget(["1"])
    assert catalogue.list_quotations(None, None, 0, 10) == (0, [])


def test_of_two_documents_with_one_id_the_last_is_kept(
    merger: EventMerger, catalogue: Catalogue
) -> None:
    first = telling("1", make_event("call", SHOUKRY, FABIUS), quotations=[said_by(KERRY)])
    last = telling("1", make_event("meeting", KERRY, ZARIF), quotations=[said_by(ZARIF)])
    merger.assign([first, last])
    assert [event.type for event in catalogue.event_rows(range(1, 9))] == ["meeting"]
