"""Transfers from faulty gardens over real sockets. Faults 1–9, and the goals for refetching and cancel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadState
from backend.events import JobChanged
from tests.support.downloading import HASTY, Desk, assert_failed, assert_good, fetch, until
from tests.support.gardens import Garden, Offer, both, offered
from tests.support.standin_hub import File

SIZE = 600_000
MODEL = File("tiny-Q4_K_M.gguf", size=SIZE, seed=7)


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
    with source.desk(tmp_path / "home") as place:
        yield place


@pytest.fixture
def hasty(source: Offer, tmp_path: Path) -> Iterator[Desk]:
    with source.desk(tmp_path / "home", limits=HASTY) as place:
        yield place


def test_an_undisturbed_download_is_one_request_and_ends_verified(place: Desk, source: Offer) -> None:
    job = fetch(place, source.request)
    assert_good(job, place, MODEL)
    assert source.sent() == SIZE
    states = [event.job.state for event in place.events if isinstance(event, JobChanged)]
    order = [DownloadState.QUEUED, DownloadState.RUNNING, DownloadState.VERIFYING, DownloadState.DONE]
    assert list(dict.fromkeys(states)) == order
    if len(source.request.files) == 1:  # else each file is verified on its own
        assert states == sorted(states, key=order.index)


# 1: cut


@pytest.mark.parametrize("how", ["fin", "rst"])
@pytest.mark.parametrize("percent", [0, 1, 50, 99, 100])
def test_a_cut_connection_is_resumed_where_it_broke(
    place: Desk, source: Offer, percent: int, how: str
) -> None:
    source.standin.fault(
        "cut", source.glob, server=source.back, after=SIZE * percent // 100, how=how, times=1
    )
    job = fetch(place, source.request)
    assert_good(job, place, MODEL)
    # A reset may throw away what lies in socket buffers; it is fetched again, and little else.
    assert source.sent() - SIZE <= (0 if how == "fin" else 8 << 20)
    if how == "fin" and 0 < percent < 100:
        second = source.standin.log(source.glob, server=source.back)[1]
        assert (second.status, second.range) == (206, f"bytes={SIZE * percent // 100}-")


def test_after_a_restart_only_unjournalled_bytes_are_fetched_again(tmp_path: Path, source: Offer) -> None:
    fault = source.standin.fault("stall", source.glob, server=source.back, after=SIZE // 2)
    with source.desk(tmp_path / "home") as first:
        job = first.downloads.start(source.request)
        until(first, job.id, SIZE // 2)
    source.standin.clear_faults(fault)
    with source.desk(tmp_path / "home") as second:
        assert_good(second.downloads.wait(job.id, 60), second, MODEL)
    assert source.standin.log(source.glob, server=source.back)[-1].range == f"bytes={SIZE // 2}-"


# 2: damage


def test_a_flipped_bit_is_found_and_the_file_fetched_once_more(place: Desk, source: Offer) -> None:
    source.standin.fault("flip", source.glob, server=source.back, at=SIZE - 1, times=1)
    assert_good(fetch(place, source.request), place, MODEL)
    assert source.sent() == 2 * SIZE


@pytest.mark.parametrize("kind", ["flip", "wrong_bytes", "shifted"])
def test_lasting_damage_fails_with_both_digests_and_leaves_nothing(
    place: Desk, source: Offer, kind: str
) -> None:
    source.standin.fault(kind, source.glob, server=source.back)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.checksum")
    assert MODEL.digest in job.error_detail and "found" in job.error_detail
    assert place.parts() == []
    source.standin.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 60), place, MODEL)


# 3 to 6: ranges


def test_a_server_that_ignores_the_range_starts_the_file_again(place: Desk, source: Offer) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 3, times=1)
    source.standin.fault("ignore_range", source.glob, server=source.back)
    assert_good(fetch(place, source.request), place, MODEL)
    assert [entry.status for entry in source.standin.log(source.glob, server=source.back)] == [200, 200]


@pytest.mark.parametrize("lie", [{"start": 5}, {"start": -1}, {"total": 1}])
def test_a_wrong_content_range_is_never_written(place: Desk, source: Offer, lie: dict[str, int]) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 3, times=1)
    source.standin.fault("content_range", source.glob, server=source.back, times=1, skip=1, **lie)
    assert_good(fetch(place, source.request), place, MODEL)
    source.standin.reset()


def test_a_content_range_that_stays_wrong_fails_with_its_cause(place: Desk, source: Offer) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 3, times=1)
    source.standin.fault("content_range", source.glob, server=source.back, skip=1, start=5)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.bad_answer")
    assert "bytes 200005-" in job.error_detail


def test_another_etag_in_the_middle_starts_the_file_again(place: Desk, source: Offer) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 2, times=1)
    source.standin.fault("etag", source.glob, server=source.back, skip=1, value="moved-to-another-store")
    assert_good(fetch(place, source.request), place, MODEL)
    first, second = source.standin.log(source.glob, server=source.back)
    assert second.if_range is not None and second.if_range.strip('"') != "moved-to-another-store"
    assert (first.status, second.status, second.sent) == (200, 200, SIZE)


def test_a_complete_part_is_only_verified(tmp_path: Path, source: Offer) -> None:
    with source.desk(tmp_path / "home") as place:
        names = source.garden.names(place.home, source.request)
        names.part.parent.mkdir(parents=True)
        names.part.write_bytes(MODEL.read(0, SIZE))
        names.journal.write_text(
            f'{{"version":1,"etag":"{MODEL.digest}","size":{SIZE},"ranges":[[0,{SIZE}]],"validator":""}}'
        )
        source.standin.fault("not_satisfiable", source.glob, server=source.back)
        assert_good(fetch(place, source.request), place, MODEL)
    assert source.sent() == 0


def test_an_unexpected_416_starts_the_file_again(place: Desk, source: Offer) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 2, times=1)
    source.standin.fault("not_satisfiable", source.glob, server=source.back, skip=1, times=1)
    assert_good(fetch(place, source.request), place, MODEL)


# 7: lengths


def test_a_missing_length_is_no_hindrance(place: Desk, source: Offer) -> None:
    source.standin.fault("no_length", source.glob, server=source.back)
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 2, times=1)
    assert_good(fetch(place, source.request), place, MODEL)


@pytest.mark.parametrize("kind", ["short", "long"])
def test_a_wrong_length_is_refused_before_any_byte(place: Desk, source: Offer, kind: str) -> None:
    source.standin.fault(kind, source.glob, server=source.back, by=7)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.bad_answer")
    assert "instead of 600000" in job.error_detail
    source.standin.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 60), place, MODEL)


def test_a_file_that_the_hub_itself_changed_must_be_chosen_again(
    gardens: dict[str, Garden], tmp_path: Path
) -> None:
    with offered(gardens["hf"], MODEL) as hub, hub.desk(tmp_path / "home") as place:
        hub.standin.fault("size", "*", server="hub", value=SIZE + 1)
        assert_failed(fetch(place, hub.request), place, "download.changed")


# 8 and 9: silence


@pytest.mark.parametrize("kind", ["slow", "stall"])
def test_a_connection_that_dries_up_is_replaced(hasty: Desk, source: Offer, kind: str) -> None:
    after = SIZE * 99 // 100
    source.standin.fault(
        kind,
        source.glob,
        server=source.back,
        after=after,
        times=1,
        **({"rate": 20.0} if kind == "slow" else {}),
    )
    assert_good(fetch(hasty, source.request), hasty, MODEL)
    again = source.standin.log(source.glob, server=source.back)[1]
    assert again.range is not None and int(again.range[6:-1]) >= after
    notes = {event.job.note for event in hasty.events if isinstance(event, JobChanged)}
    assert any("trying again" in note for note in notes)


def test_lasting_silence_fails_and_keeps_what_came(hasty: Desk, source: Offer) -> None:
    source.standin.fault("stall", source.glob, server=source.back, after=1000)
    job = fetch(hasty, source.request)
    assert_failed(job, hasty, "download.stalled")
    assert job.done >= 1000
    assert hasty.parts() != []


@pytest.mark.parametrize("where", ["front", "back"])
def test_pause_and_cancel_wait_for_nobody_in_any_silence(source: Offer, where: str, tmp_path: Path) -> None:
    if where == "front":
        source.standin.fault("hold", "*")
    else:
        source.standin.fault("stall", source.glob, server=source.back, after=SIZE // 2)
    with source.desk(tmp_path / "patient", limits=Limits(silence=3600.0, connect=3600.0)) as place:
        job = place.downloads.start(source.request)
        until(place, job.id, 0 if where == "front" else SIZE // 2)
        place.downloads.pause(job.id)
        assert place.downloads.wait(job.id, 60).state is DownloadState.PAUSED
        source.standin.fault("hold", "*")  # the rest is too short to stall in its middle
        place.downloads.resume(job.id)
        place.downloads.cancel(job.id)
        assert place.downloads.wait(job.id, 60).state is DownloadState.CANCELLED
        # Nobody who still waited for the server could have tidied up.
        assert place.parts() == []
        assert list(place.cache.glob("models--*")) == []
