"""One file over several connections; the limit on all of them together; the order of the queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.downloads.bandwidth import Bucket
from backend.downloads.sleep import SleepWatch
from backend.downloads.types import DownloadJob, DownloadState
from backend.events import JobChanged
from tests.support.downloading import SPLIT, Desk, assert_failed, assert_good, fetch, until
from tests.support.gardens import Garden, Offer, both, offered
from tests.support.standin.process import LogEntry
from tests.support.standin_hub import File

SIZE = 1_000_000
MODEL = File("tiny-Q4_K_M.gguf", size=SIZE, seed=8)
ONE = replace(SPLIT, connections=1)


@pytest.fixture(scope="module")
def gardens() -> Iterator[dict[str, Garden]]:
    with both() as gardens:
        yield gardens


@pytest.fixture(params=["hf", "ollama"])
def source(gardens: dict[str, Garden], request: pytest.FixtureRequest) -> Iterator[Offer]:
    with offered(gardens[request.param], MODEL) as offer:
        yield offer


@pytest.fixture
def place(source: Offer, tmp_path: Path) -> Iterator[Desk]:
    with source.desk(tmp_path / "home", limits=SPLIT) as place:
        yield place


def parts(source: Offer) -> list[LogEntry]:
    return source.standin.log(source.glob, server=source.back)


def rows(place: Desk) -> list[DownloadJob]:
    return [event.job for event in place.events if isinstance(event, JobChanged)]


UNDER_WAY = 64_000
"""Bytes that a line may have under way when another one takes over the rest of its segment."""


def over_four(place: Desk, source: Offer) -> DownloadJob:
    """Start the job, let every connection wait for the others until there are four, and wait for its end."""
    four = threading.Event()
    place.bus.subscribe(
        lambda event: four.set() if isinstance(event, JobChanged) and event.job.connections == 4 else None
    )
    source.standin.fault("stall", source.glob, server=source.back, after=20_000)
    job = place.downloads.start(source.request)
    assert four.wait(60)
    source.standin.clear_faults()
    source.standin.release()
    return place.downloads.wait(job.id, 60)


def test_a_file_comes_over_four_connections_and_hardly_a_byte_twice(place: Desk, source: Offer) -> None:
    source.standin.rate(400_000)
    assert_good(over_four(place, source), place, MODEL)
    assert SIZE <= source.sent() <= SIZE + UNDER_WAY
    assert {entry.status for entry in parts(source)} == {206}
    assert len(parts(source)) >= 8
    seen = [row for row in rows(place) if row.current and row.connections]
    assert max(row.connections for row in seen) == 4
    assert all(0 <= a < b <= SIZE for row in seen for a, b in row.ranges)
    assert any(len(row.ranges) > 1 for row in seen)


def test_a_fast_connection_stays_alone_and_a_slow_one_gets_company(source: Offer, tmp_path: Path) -> None:
    source.standin.rate(400_000)
    for fast in (0.0, 1e12):
        source.standin.clear_log()
        with source.desk(tmp_path / f"home{fast}", limits=replace(SPLIT, alone=0.2, fast=fast)) as place:
            job = over_four(place, source) if fast else fetch(place, source.request)
            assert_good(job, place, MODEL)
        assert parts(source)[0].range == "bytes=0-"
        assert (len(parts(source)) == 1) is not bool(fast)


def test_a_server_without_ranges_gets_one_connection(place: Desk, source: Offer) -> None:
    source.standin.fault("ignore_range", source.glob, server=source.back)
    assert_good(fetch(place, source.request), place, MODEL)
    assert [entry.status for entry in parts(source)] == [200]


def test_a_server_that_forgets_about_ranges_in_the_middle_does_no_harm(place: Desk, source: Offer) -> None:
    source.standin.fault("ignore_range", source.glob, server=source.back, skip=3)
    assert_good(fetch(place, source.request), place, MODEL)


@pytest.mark.parametrize("lie", [{"start": 5}, {"start": -1}, {"total": 1}])
def test_a_wrong_range_among_good_ones_is_never_written(
    place: Desk, source: Offer, lie: dict[str, int]
) -> None:
    source.standin.fault("content_range", source.glob, server=source.back, skip=2, times=2, **lie)
    assert_good(fetch(place, source.request), place, MODEL)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_lines_that_break_are_mended_one_by_one(place: Desk, source: Offer, how: str) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=30_000, how=how, skip=1, times=4)
    assert_good(fetch(place, source.request), place, MODEL)
    if how == "fin":
        assert SIZE <= source.sent() <= SIZE + UNDER_WAY


def test_a_line_that_dries_up_is_replaced_while_the_others_go_on(source: Offer, tmp_path: Path) -> None:
    source.standin.fault("stall", source.glob, server=source.back, after=20_000, skip=1, times=1)
    with source.desk(tmp_path / "home", limits=replace(SPLIT, silence=1.5, floor_window=1.5)) as place:
        assert_good(fetch(place, source.request), place, MODEL)
    assert source.sent() <= SIZE + 4 * UNDER_WAY


def test_a_slow_line_gives_its_rest_to_one_that_has_nothing_to_do(source: Offer, tmp_path: Path) -> None:
    source.standin.fault("slow", source.glob, server=source.back, rate=20_000, skip=1, times=1)
    with source.desk(tmp_path / "home", limits=SPLIT) as place:
        assert_good(fetch(place, source.request), place, MODEL)
    (slow,) = (entry for entry in parts(source) if entry.faults)
    first, last = _range(slow)
    assert any(first < _range(entry)[0] <= last for entry in parts(source)[1:])


def _range(entry: LogEntry) -> tuple[int, int]:
    """The first and the last byte that were asked for."""
    first, last = (entry.range or "").removeprefix("bytes=").split("-")
    return int(first), int(last or SIZE - 1)


def test_too_many_connections_for_the_server_are_fewer_from_then_on(place: Desk, source: Offer) -> None:
    source.standin.rate(400_000)
    source.standin.fault("status", source.glob, server=source.back, code=429, skip=2, times=2)
    assert_good(fetch(place, source.request), place, MODEL)
    assert max(row.connections for row in rows(place)) <= 2


def test_one_server_of_many_with_another_copy_does_not_undo_the_others(place: Desk, source: Offer) -> None:
    source.standin.rate(400_000)
    source.standin.fault("etag", source.glob, server=source.back, skip=2, times=2, value="another-node")
    assert_good(fetch(place, source.request), place, MODEL)
    assert source.sent() <= SIZE + 4 * UNDER_WAY


def test_links_that_expire_in_between_are_renewed(place: Desk, source: Offer) -> None:
    source.standin.fault("expired", source.glob, server=source.back, skip=2, times=3)
    assert_good(fetch(place, source.request), place, MODEL)


def test_lasting_refusal_of_all_lines_fails_and_keeps_what_came(place: Desk, source: Offer) -> None:
    source.standin.fault("status", source.glob, server=source.back, code=503, skip=2)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.server")
    assert job.done > 0


def test_a_flipped_bit_in_any_segment_is_found(place: Desk, source: Offer) -> None:
    source.standin.fault("flip", source.glob, server=source.back, at=SIZE // 2)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.checksum")
    assert MODEL.digest in job.error_detail and "found" in job.error_detail


def test_after_a_pause_only_the_holes_are_fetched(place: Desk, source: Offer) -> None:
    source.standin.rate(300_000)
    job = place.downloads.start(source.request)
    until(place, job.id, SIZE // 3)
    place.downloads.pause(job.id)
    kept = place.downloads.wait(job.id, 10).done
    before = source.sent()
    source.standin.rate(None)
    place.downloads.resume(job.id)
    assert_good(place.downloads.wait(job.id, 60), place, MODEL)
    assert source.sent() - before == SIZE - kept or source.sent() - before <= SIZE - kept + 64_000


# Sleep: fault 52


def test_a_connection_that_died_in_its_sleep_is_replaced_at_once(
    source: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.standin.fault("stall", source.glob, server=source.back, after=20_000)
    sleeping = threading.Event()
    monkeypatch.setattr(SleepWatch, "slept", lambda self: sleeping.is_set() and not sleeping.clear())
    with source.desk(tmp_path / "home", limits=replace(ONE, silence=60.0, backoff=60.0)) as place:
        job = place.downloads.start(source.request)
        until(place, job.id, 20_000)
        source.standin.clear_faults()
        sleeping.set()
        assert_good(place.downloads.wait(job.id, 60), place, MODEL)
        assert any("asleep" in row.note for row in rows(place))


@pytest.mark.parametrize("jump", [-86_400.0, 10 * 365 * 86_400.0])
def test_a_clock_that_is_set_in_between_disturbs_nothing(
    place: Desk, source: Offer, jump: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 51."""
    source.standin.rate(400_000)
    job = place.downloads.start(source.request)
    until(place, job.id, SIZE // 3)
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + jump)
    assert_good(place.downloads.wait(job.id, 60), place, MODEL)
    assert source.sent() <= SIZE + UNDER_WAY


# The limit on all of them


def test_every_byte_of_all_connections_and_jobs_passes_the_limit(
    gardens: dict[str, Garden], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted: list[int] = []
    ask = Bucket.ask

    def counted(bucket: Bucket, job: str, count: int, now: float) -> float:
        if (wait := ask(bucket, job, count, now)) == 0.0:
            granted.append(count)
        return wait

    monkeypatch.setattr(Bucket, "ask", counted)
    for garden in gardens.values():
        small = [File(f"m{k}-Q4_K_M.gguf", size=150_000, seed=k) for k in range(2)]
        requests = [garden.offer(f"Limited{k}", file) for k, file in enumerate(small)]
        home = tmp_path / garden.source
        with garden.desk(home, limits=SPLIT, bandwidth=2_000_000) as place:
            jobs = [place.downloads.start(request) for request in requests]
            for job in jobs:
                assert place.downloads.wait(job.id, 30).state is DownloadState.DONE
        assert sum(granted) >= sum(file.size for file in small)  # what jobs share may come once
        granted.clear()
        garden.standin.reset()


def test_a_lifted_limit_and_a_cancel_take_effect_while_it_waits(source: Offer, tmp_path: Path) -> None:
    with source.desk(tmp_path / "home", limits=SPLIT, bandwidth=10_000) as place:
        job = place.downloads.start(source.request)
        until(place, job.id, 2_000)
        place.downloads.cancel(job.id)
        assert place.downloads.wait(job.id, 60).state is DownloadState.CANCELLED
        assert place.parts() == []  # whoever still waited for the limit could not have tidied up
        job = place.downloads.start(source.request)
        until(place, job.id, 2_000)
        place.downloads.set_bandwidth(None)  # at 10 kB a second it would take a hundred seconds
        assert_good(place.downloads.wait(job.id, 60), place, MODEL)


# The queue


def test_a_waiting_job_can_go_to_the_front_and_stays_there_over_a_restart(
    gardens: dict[str, Garden], tmp_path: Path
) -> None:
    garden = gardens["hf"]
    requests = [garden.offer(f"Order{k}", File(f"o{k}-Q4_K_M.gguf", size=5_000, seed=k)) for k in range(4)]
    garden.standin.fault("hold", "*")
    with garden.desk(tmp_path / "home", at_once=1) as place:
        ids = [place.downloads.start(request).id for request in requests]
        place.downloads.move(ids[3], 0)
        assert [job.id for job in place.downloads.jobs()] == [ids[0], ids[3], ids[1], ids[2]]
        place.downloads.move(ids[3], 99)
        place.downloads.move(ids[2], 0)
        place.downloads.move(ids[0], 2)  # it runs already
        order = [ids[0], ids[2], ids[1], ids[3]]
        assert [job.id for job in place.downloads.jobs()] == order
    garden.standin.reset()
    with garden.desk(tmp_path / "home", at_once=1) as place:
        assert [job.id for job in place.downloads.jobs()] == order
        for job_id in order:
            assert place.downloads.wait(job_id, 60).state is DownloadState.DONE
        ended = [row.id for row in rows(place) if row.state is DownloadState.DONE]
    assert ended == order


def test_pause_all_reaches_those_that_wait(gardens: dict[str, Garden], tmp_path: Path) -> None:
    garden = gardens["hf"]
    requests = [garden.offer(f"Pause{k}", File(f"p{k}-Q4_K_M.gguf", size=5_000, seed=k)) for k in range(4)]
    garden.standin.fault("hold", "*")
    with garden.desk(tmp_path / "home", at_once=1) as place:
        ids = [place.downloads.start(request).id for request in requests]
        place.downloads.pause_all()
        assert {job.state for job in place.downloads.jobs()} == {DownloadState.PAUSED}
        ran = {row.id for row in rows(place) if row.state is DownloadState.RUNNING}
        assert ran == {ids[0]}  # pausing the first one started none of the others
    garden.standin.reset()
