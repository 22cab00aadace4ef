"""What counts as a hang: time spent, not time spent waiting for a processor."""

from __future__ import annotations

import pytest

from backend.worker import channel
from backend.worker.channel import Pulse


@pytest.mark.parametrize(
    ("passed", "computed", "hangs"),
    [
        (9.0, 9.0, True),  # it loops
        (9.0, 18.0, True),  # the clock of a whole process, with two threads
        (9.0, 2.0, False),  # other programs have the processor
        (30.0, 0.0, True),  # it waits for what never comes
    ],
)
def test_only_a_thread_that_had_its_time_hangs(
    monkeypatch: pytest.MonkeyPatch, passed: float, computed: float, hangs: bool
) -> None:
    now, had = 100.0, 5.0
    monkeypatch.setattr(channel.time, "monotonic", lambda: now)
    monkeypatch.setattr(channel, "_clock_of_this_thread", lambda: lambda: had)
    pulse = Pulse()
    assert pulse.beat().busy_s == 0
    with pulse.step(8.0):
        now, had = now + passed, had + computed
        beat = pulse.beat()
        assert (beat.busy_s > beat.allowed_s) is hangs
        pulse.tick()
        assert pulse.beat().busy_s == 0
    assert pulse.beat().busy_s == 0
