"""Long local work: order, progress, cancelling, failing, the end of the app."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from backend.activities.runner import Activities, Outcome, Step
from backend.activities.types import ActivityKind, ActivityState
from backend.errors import AppError
from backend.events import ActivityChanged, ActivityRemoved, EventBus
from tests.support.waiting import Events


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def activities(bus: EventBus, clock: Clock) -> Iterator[Activities]:
    activities = Activities(bus, clock=clock)
    yield activities
    activities.close()


def start(
    activities: Activities, work: object, name: str = "x", kind: ActivityKind = ActivityKind.VERIFY
) -> str:
    return activities.start(kind, name, work)  # type: ignore[arg-type]


def test_work_runs_one_after_the_other_and_tells_its_end(activities: Activities, bus: EventBus) -> None:
    events = Events(bus)
    order: list[str] = []
    ids = [start(activities, lambda step, k=k: order.append(k) or Outcome(f"did {k}"), k) for k in "abc"]
    rows = [activities.wait(activity_id, 30) for activity_id in ids]
    assert order == ["a", "b", "c"]
    assert [(row.state, row.note) for row in rows] == [(ActivityState.DONE, f"did {k}") for k in "abc"]
    assert all(row.finished is not None for row in rows)
    told = [event.activity.state for event in events.all() if isinstance(event, ActivityChanged)]
    assert told.count(ActivityState.QUEUED) == told.count(ActivityState.RUNNING) == 3
    activities.clear_finished()
    assert activities.rows() == ()
    assert {event.activity_id for event in events.all() if isinstance(event, ActivityRemoved)} == set(ids)


def test_progress_comes_at_most_ten_times_a_second(
    activities: Activities, bus: EventBus, clock: Clock
) -> None:
    events = Events(bus)

    def work(step: Step) -> Outcome:
        step.expect(1000)
        for _ in range(1000):
            clock.now += 0.001
            step.advance(1)
        return Outcome()

    row = activities.wait(start(activities, work), 30)
    told = [e.activity for e in events.all() if isinstance(e, ActivityChanged) and e.activity.speed > 0]
    assert 5 <= len(told) <= 11
    assert told[-1].speed == pytest.approx(1000, rel=0.3) and told[-1].eta == pytest.approx(0.1, abs=0.2)
    assert [a.done for a in told] == sorted(a.done for a in told)
    assert (row.done, row.total, row.speed, row.eta) == (1000, 1000, 0.0, None)


def test_running_and_waiting_work_can_be_cancelled(activities: Activities) -> None:
    running = threading.Event()

    def forever(step: Step) -> Outcome:
        running.set()
        while True:
            step.advance(0)

    first, second = start(activities, forever), start(activities, lambda step: pytest.fail("it ran"))
    assert running.wait(30)
    activities.cancel(second)
    assert activities.wait(second, 30).state is ActivityState.CANCELLED
    activities.cancel(first)
    assert activities.wait(first, 30).state is ActivityState.CANCELLED
    activities.cancel(first)  # has ended already
    activities.cancel("unknown")


def test_errors_become_rows_and_can_be_tried_again(activities: Activities) -> None:
    tries: list[int] = []

    def work(step: Step) -> Outcome:
        tries.append(1)
        if len(tries) == 1:
            raise AppError("x.y", "It failed.", "Do this.", "detail")
        return Outcome("better")

    activity_id = start(activities, work)
    row = activities.wait(activity_id, 30)
    assert (row.state, row.error_code, row.error_title) == (ActivityState.FAILED, "x.y", "It failed.")
    assert (row.error_hint, row.error_detail) == ("Do this.", "detail")
    activities.retry(activity_id)
    row = activities.wait(activity_id, 30)
    assert (row.state, row.note, row.error_code) == (ActivityState.DONE, "better", "")
    activities.retry(activity_id)
    assert len(tries) == 2


def test_a_bug_ends_the_row_and_not_the_queue(
    activities: Activities, caplog: pytest.LogCaptureFixture
) -> None:
    def work(step: Step) -> Outcome:
        raise ZeroDivisionError("oops")

    row = activities.wait(start(activities, work), 30)
    assert row.error_code == "activity.bug" and "oops" in row.error_detail
    assert activities.wait(start(activities, lambda step: Outcome("on")), 30).note == "on"
    caplog.clear()


def test_closing_cancels_everything(bus: EventBus) -> None:
    activities = Activities(bus)
    running = threading.Event()

    def forever(step: Step) -> Outcome:
        running.set()
        while True:
            step.advance(0)

    ids = [start(activities, forever) for _ in range(3)]
    ids += [start(activities, forever, kind=ActivityKind.QUANTIZE) for _ in range(2)]
    assert running.wait(30)
    activities.close()
    assert [activities.wait(i, 30).state for i in ids] == [ActivityState.CANCELLED] * 5
    assert not any(thread.name.startswith("activities") for thread in threading.enumerate())
    with pytest.raises(AppError):
        start(activities, forever)
    activities.close()


def test_what_ended_can_be_taken_off_the_list_and_names_its_model(activities: Activities) -> None:
    def damaged(step: Step) -> Outcome:
        raise AppError("library.damaged", "x is damaged.")

    hold = threading.Event()
    failed = activities.start(ActivityKind.VERIFY, "x", damaged, model_id="hf:a/b/x.gguf")
    assert activities.wait(failed, 30).model_id == "hf:a/b/x.gguf"
    activities.retry(failed)
    assert activities.wait(failed, 30).model_id == "hf:a/b/x.gguf"
    runs = start(activities, lambda step: Outcome() if hold.wait(30) else Outcome("late"))
    activities.remove(runs)
    assert [row.id for row in activities.rows()] == [failed, runs], "what runs stays"
    activities.remove(failed)
    activities.remove("unknown")
    assert [row.id for row in activities.rows()] == [runs]
    hold.set()
    activities.wait(runs, 30)


def test_each_lane_does_one_piece_at_a_time_and_neither_waits_for_the_other(activities: Activities) -> None:
    hold, running = threading.Event(), threading.Event()

    def long(step: Step) -> Outcome:
        running.set()
        return Outcome() if hold.wait(30) else Outcome("late")

    disk = start(activities, long)
    assert running.wait(30)
    order: list[str] = []
    kinds = (ActivityKind.QUANTIZE, ActivityKind.LAB, ActivityKind.CONVERT)
    ids = [start(activities, lambda step, k=k: order.append(k) or Outcome(), k.value, k) for k in kinds]
    assert [activities.wait(i, 30).state for i in ids] == [ActivityState.DONE] * 3
    assert order == list(kinds)
    assert activities.wait(disk, 0).state is ActivityState.RUNNING
    hold.set()
    assert activities.wait(disk, 30).note == ""


def test_progress_can_be_told_as_a_whole_in_another_unit_that_a_retry_keeps(activities: Activities) -> None:
    def work(step: Step) -> Outcome:
        step.expect(100)
        step.progress(40, "blk.0")
        step.progress(70)
        raise AppError("x.y", "It failed.")

    activity_id = activities.start(ActivityKind.LAB, "x", work, unit="tokens")
    row = activities.wait(activity_id, 30)
    assert (row.unit, row.state) == ("tokens", ActivityState.FAILED)
    activities.retry(activity_id)
    assert activities.wait(activity_id, 30).unit == "tokens"
