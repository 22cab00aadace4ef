"""How connections divide a file, jobs the bandwidth and the queue; and how sleep is noticed. Fault 52."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.downloads import queue
from backend.downloads.bandwidth import Bandwidth, Bucket
from backend.downloads.jobs import new_job
from backend.downloads.partfile import _with
from backend.downloads.segments import MOST_PIECES, coarse, gaps, next_segment
from backend.downloads.sleep import SleepWatch
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.hubs.types import QuantFile, RemoteFile

RANGES = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 100)), max_size=20).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


@given(RANGES)
def test_gaps_and_what_is_taken_make_up_the_file(taken: list[tuple[int, int]]) -> None:
    inside = {k for start, end in taken for k in range(start, min(end, 1000))}
    free = {k for start, end in gaps(1000, taken) for k in range(start, end)}
    assert inside | free == set(range(1000)) and not inside & free


@given(RANGES, st.integers(1, 8))
def test_segments_fill_a_file_from_its_beginning_each_byte_once(
    taken: list[tuple[int, int]], connections: int
) -> None:
    taken = list(taken)
    last = -1
    for _ in range(2000):
        segment = next_segment(1000, taken, connections, 16, 64)
        if segment is None:
            break
        start, end = segment
        assert start > last and start < end <= 1000
        assert not any(start < b and a < end for a, b in taken)
        assert end - start < 64 + 16 or connections == 1
        taken.append(segment)
        last = start
    assert gaps(1000, taken) == []


@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(1, 30)), min_size=1, max_size=600))
def test_what_is_shown_has_few_pieces_and_hides_no_byte(writes: list[tuple[int, int]]) -> None:
    ranges: tuple[tuple[int, int], ...] = ()
    for start, length in writes:
        ranges = _with(ranges, start, start + length)
    shown = coarse(ranges)
    assert len(shown) <= MOST_PIECES
    assert all(any(a <= start and end <= b for a, b in shown) for start, end in ranges)
    assert (shown[0][0], shown[-1][1]) == (ranges[0][0], ranges[-1][1])
    if len(ranges) <= MOST_PIECES:
        assert shown == ranges


# Bandwidth


def served(bucket: Bucket, waiting: dict[str, int], seconds: float, step: int = 1000) -> dict[str, int]:
    """Bytes that each job gets when so many of its connections always want more."""
    got = dict.fromkeys(waiting, 0)
    lines = [job for job, count in waiting.items() for _ in range(count)]
    for job in lines:
        bucket.enter(job)
    now = 100.0
    while now < 100.0 + seconds:
        for job in lines:
            if bucket.ask(job, step, now) == 0.0:
                got[job] += step
                bucket.leave(job)
                bucket.enter(job)
        now += 0.005
    return got


def test_all_together_get_what_the_limit_says() -> None:
    got = served(Bucket(100_000, 100.0), {"a": 4, "b": 1}, 10.0)
    assert sum(got.values()) == pytest.approx(1_000_000, rel=0.05)


def test_a_job_with_more_connections_gets_no_more() -> None:
    got = served(Bucket(100_000, 100.0), {"a": 4, "b": 1, "c": 2}, 10.0)
    assert max(got.values()) == pytest.approx(min(got.values()), rel=0.05)


def test_a_new_limit_counts_from_the_next_slice_on() -> None:
    bucket = Bucket(1_000_000, 100.0)
    served(bucket, {"a": 1}, 1.0)
    bucket.set_rate(10_000, 101.0)
    got = served(bucket, {"a": 1}, 5.0)
    assert got["a"] <= 60_000


def test_a_clock_that_stands_still_gives_nothing() -> None:
    bucket = Bucket(1000, 100.0)
    bucket.enter("a")
    bucket.ask("a", 500, 101.0)
    assert bucket.ask("a", 500, 101.0) == 0.0 or bucket.ask("a", 500, 100.0) > 0.0
    assert bucket.ask("a", 500, 50.0) > 0.0


def test_whoever_waits_hears_of_a_stop_and_of_no_limit() -> None:
    bandwidth = Bandwidth(1)
    assert bandwidth.take("a", 100, lambda: False)  # the first slice is on credit
    assert not bandwidth.take("a", 100, lambda: True)
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(bandwidth.take("a", 100, lambda: False)))
    waiter.start()
    bandwidth.set(None)
    waiter.join(60)
    assert answers == [True] and bandwidth.slice is None


# The queue


def job(name: str, sequence: int, state: DownloadState = DownloadState.QUEUED) -> DownloadJob:
    request = DownloadRequest("a/b", "1" * 40, QuantFile("Q", (RemoteFile(name, 1, "0" * 64),)))
    return dataclasses.replace(new_job(request, sequence), id=name, state=state, created=float(sequence))


@given(st.integers(0, 5), st.integers(-2, 9))
def test_moving_keeps_everybody_elses_order(which: int, place: int) -> None:
    jobs = {str(k): job(str(k), k + 1) for k in range(6)}
    jobs["running"] = job("running", 0, DownloadState.RUNNING)
    jobs["paused"] = job("paused", 3, DownloadState.PAUSED)
    before = [each.id for each in queue.in_order(jobs.values()) if each.state is DownloadState.QUEUED]
    for each in queue.moved(jobs.values(), str(which), place):
        jobs[each.id] = each
    after = [each.id for each in queue.in_order(jobs.values()) if each.state is DownloadState.QUEUED]
    assert after.index(str(which)) == min(max(place, 0), 5)
    before.remove(str(which))
    after.remove(str(which))
    assert before == after
    assert (jobs["running"].sequence, jobs["paused"].sequence) == (0, 3)


def test_only_waiting_jobs_move() -> None:
    jobs = [job("a", 1, DownloadState.RUNNING), job("b", 2)]
    assert queue.moved(jobs, "a", 1) == () and queue.moved(jobs, "gone", 0) == ()


# Sleep


@pytest.mark.parametrize(
    ("awake", "always", "slept"),
    [
        (0.1, 0.1, False),
        (0.1, 3600.0, True),  # the usual clock stops while the computer sleeps
        (3600.0, 3600.0, True),  # on systems where it does not, nobody has looked for an hour
        (0.1, -86_400.0, False),  # the clock was set back a day
        (15.0, 15.0, False),  # a busy machine
    ],
)
def test_sleep_is_told_from_a_busy_machine_and_a_turned_clock(
    awake: float, always: float, slept: bool
) -> None:
    clocks = [1000.0, 5000.0]
    watch = SleepWatch(lambda: clocks[0], lambda: clocks[1])
    clocks[0] += awake
    clocks[1] += always
    assert watch.slept() is slept
    assert not watch.slept()
