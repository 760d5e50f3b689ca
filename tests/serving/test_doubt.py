"""When an index is opened again of which workers died."""

import signal
import time
from pathlib import Path

import pytest

from webui.serving.doubt import Doubt


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def doubt(tmp_path: Path, clock: Clock) -> Doubt:
    return Doubt(tmp_path, clock)


def is_confirmed(doubt: Doubt) -> bool:
    """Whether the check of the index ends, within a minute, with damage."""
    for _ in range(600):
        doubt.reconsider()
        if doubt.confirmed:
            return True
        time.sleep(0.1)
    return False


def test_a_worker_that_is_killed_now_and_then_is_just_replaced(doubt: Doubt, clock: Clock) -> None:
    for _ in range(20):
        doubt.died(-signal.SIGKILL)
        clock.now += 20
    assert not doubt.stands


def test_workers_that_die_at_once_are_not_started_for_ever(doubt: Doubt, clock: Clock) -> None:
    for _ in range(5):
        assert not doubt.stands
        doubt.died(1)
    assert doubt.stands
    assert not doubt.confirmed
    clock.now += 59
    doubt.reconsider()
    assert doubt.stands
    clock.now += 1
    doubt.reconsider()
    assert not doubt.stands


def test_an_index_that_stays_as_it_is_is_tried_more_and_more_rarely(
    doubt: Doubt, clock: Clock
) -> None:
    for pause in (60, 120, 240, 480, 960, 960):
        doubt.unopened("Something is missing.")
        clock.now += pause - 1
        doubt.reconsider()
        assert doubt.stands
        clock.now += 1
        doubt.reconsider()
        assert not doubt.stands


def test_an_index_that_was_well_for_long_is_tried_sooner_again(doubt: Doubt, clock: Clock) -> None:
    for _ in range(5):
        doubt.unopened("Something is missing.")
        clock.now += 960
        doubt.reconsider()
    clock.now += 3600
    doubt.unopened("Something is missing.")
    clock.now += 60
    doubt.reconsider()
    assert not doubt.stands


def test_an_index_that_changes_is_tried_at_once(doubt: Doubt, tmp_path: Path) -> None:
    doubt.unopened("Something is missing.")
    doubt.reconsider()
    assert doubt.stands
    (tmp_path / "engine").write_text("new", "utf-8")
    doubt.reconsider()
    assert not doubt.stands


def test_a_damaged_index_is_left_by_every_worker(doubt: Doubt, clock: Clock) -> None:
    doubt.died(-signal.SIGBUS)  # «rasad check» finds no index at all here
    assert doubt.stands
    assert not doubt.confirmed
    assert is_confirmed(doubt)
    assert doubt.stands


def test_a_check_that_complains_at_length_comes_to_its_end(
    doubt: Doubt, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = ("-c", "print('x' * 99 * 1024 * 4); raise SystemExit(1)")
    monkeypatch.setattr("webui.serving.doubt._CHECK", talk)
    doubt.died(-signal.SIGBUS)
    assert is_confirmed(doubt)


def test_a_check_that_takes_too_long_opens_nothing(
    doubt: Doubt, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webui.serving.doubt._CHECK", ("-c", "import time; time.sleep(99)"))
    doubt.died(-signal.SIGBUS)
    clock.now += 600
    doubt.reconsider()
    assert doubt.stands
    clock.now += 60
    doubt.reconsider()
    assert not doubt.stands
