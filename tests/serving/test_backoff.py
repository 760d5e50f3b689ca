"""Pauses grow while something fails, and shrink again with time in which it doesn't."""

from webui.serving.backoff import Backoff


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_pauses_grow_up_to_the_longest_and_shrink_with_health() -> None:
    clock = Clock()
    backoff = Backoff(first=1, longest=8, healthy=100, clock=clock)
    assert backoff.is_over
    for pause in (1, 2, 4, 8, 8):
        assert backoff.failed() == pause
        clock.now += pause / 2
        assert not backoff.is_over
        clock.now += pause / 2
        assert backoff.is_over
    clock.now += 100
    assert backoff.failed() == 4
    clock.now += 4 + 1000
    assert backoff.failed() == 1


def test_failures_within_a_pause_count_once() -> None:
    clock = Clock()
    backoff = Backoff(first=2, longest=8, healthy=100, clock=clock)
    assert [backoff.failed() for _ in range(4)] == [2, 2, 2, 2]
    clock.now += 1
    assert backoff.failed() == 1
    clock.now += 1
    assert backoff.failed() == 4
