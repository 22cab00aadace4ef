"""Transfers against a faulty hub over real sockets. Faults 1–9, and the goals for refetching and cancel."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadState
from backend.events import JobChanged
from tests.support.downloading import HASTY, Desk, assert_failed, assert_good, desk, fetch, request, until
from tests.support.standin_hub import File, Repo, StandInHub

SIZE = 600_000
MODEL = File("tiny-Q4_K_M.gguf", size=SIZE, seed=7)
REPO = Repo("acme/Tiny-GGUF", (MODEL,))
GLOB = "*tiny-Q4_K_M.gguf"


@pytest.fixture(scope="module")
def shared_hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        hub.add_repo(REPO)
        yield hub


@pytest.fixture
def hub(shared_hub: StandInHub) -> Iterator[StandInHub]:
    yield shared_hub
    shared_hub.reset()
    shared_hub.add_repo(REPO)


@pytest.fixture
def place(hub: StandInHub, tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "home", hub.endpoint) as place:
        yield place


@pytest.fixture
def hasty(hub: StandInHub, tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "home", hub.endpoint, limits=HASTY) as place:
        yield place


def sent(hub: StandInHub) -> int:
    return sum(entry.sent for entry in hub.log(GLOB, server="cdn"))


def test_an_undisturbed_download_is_one_request_and_ends_verified(place: Desk, hub: StandInHub) -> None:
    job = fetch(place, request(REPO))
    assert_good(job, place, MODEL)
    assert sent(hub) == SIZE
    states = [event.job.state for event in place.events if isinstance(event, JobChanged)]
    order = [DownloadState.QUEUED, DownloadState.RUNNING, DownloadState.VERIFYING, DownloadState.DONE]
    assert list(dict.fromkeys(states)) == order
    assert states == sorted(states, key=order.index)


# 1: cut


@pytest.mark.parametrize("how", ["fin", "rst"])
@pytest.mark.parametrize("percent", [0, 1, 50, 99, 100])
def test_a_cut_connection_is_resumed_where_it_broke(
    place: Desk, hub: StandInHub, percent: int, how: str
) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE * percent // 100, how=how, times=1)
    job = fetch(place, request(REPO))
    assert_good(job, place, MODEL)
    # A reset may throw away what lies in socket buffers; it is fetched again, and little else.
    assert sent(hub) - SIZE <= (0 if how == "fin" else 8 << 20)
    if how == "fin" and 0 < percent < 100:
        second = hub.log(GLOB, server="cdn")[1]
        assert (second.status, second.range) == (206, f"bytes={SIZE * percent // 100}-")


def test_after_a_restart_only_unjournalled_bytes_are_fetched_again(tmp_path: Path, hub: StandInHub) -> None:
    fault = hub.fault("stall", GLOB, server="cdn", after=SIZE // 2)
    with desk(tmp_path / "home", hub.endpoint) as first:
        job = first.downloads.start(request(REPO))
        until(first, job.id, SIZE // 2)
    hub.clear_faults(fault)
    with desk(tmp_path / "home", hub.endpoint) as second:
        assert_good(second.downloads.wait(job.id, 20), second, MODEL)
    assert hub.log(GLOB, server="cdn")[-1].range == f"bytes={SIZE // 2}-"


# 2: damage


def test_a_flipped_bit_is_found_and_the_file_fetched_once_more(place: Desk, hub: StandInHub) -> None:
    hub.fault("flip", GLOB, server="cdn", at=SIZE - 1, times=1)
    assert_good(fetch(place, request(REPO)), place, MODEL)
    assert sent(hub) == 2 * SIZE


@pytest.mark.parametrize("kind", ["flip", "wrong_bytes", "shifted"])
def test_lasting_damage_fails_with_both_digests_and_leaves_nothing(
    place: Desk, hub: StandInHub, kind: str
) -> None:
    hub.fault(kind, GLOB, server="cdn")
    job = fetch(place, request(REPO))
    assert_failed(job, place, "download.checksum")
    assert MODEL.digest in job.error_detail and "found" in job.error_detail
    assert place.parts() == []
    hub.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 20), place, MODEL)


# 3 to 6: ranges


def test_a_server_that_ignores_the_range_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("ignore_range", GLOB, server="cdn")
    assert_good(fetch(place, request(REPO)), place, MODEL)
    assert [entry.status for entry in hub.log(GLOB, server="cdn")] == [200, 200]


@pytest.mark.parametrize("lie", [{"start": 5}, {"start": -1}, {"total": 1}])
def test_a_wrong_content_range_is_never_written(place: Desk, hub: StandInHub, lie: dict[str, int]) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("content_range", GLOB, server="cdn", times=1, skip=1, **lie)
    assert_good(fetch(place, request(REPO)), place, MODEL)
    hub.reset()


def test_a_content_range_that_stays_wrong_fails_with_its_cause(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("content_range", GLOB, server="cdn", skip=1, start=5)
    job = fetch(place, request(REPO))
    assert_failed(job, place, "download.bad_answer")
    assert "bytes 200005-" in job.error_detail


def test_another_etag_in_the_middle_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("etag", GLOB, server="cdn", skip=1, value="moved-to-another-store")
    assert_good(fetch(place, request(REPO)), place, MODEL)
    first, second = hub.log(GLOB, server="cdn")
    assert second.if_range is not None and second.if_range.strip('"') != "moved-to-another-store"
    assert (first.status, second.status, second.sent) == (200, 200, SIZE)


def test_a_complete_part_is_only_verified(tmp_path: Path, hub: StandInHub) -> None:
    with desk(tmp_path / "home", hub.endpoint) as place:
        folder = place.cache / "models--acme--Tiny-GGUF/blobs"
        folder.mkdir(parents=True)
        (folder / f"{MODEL.digest}.orangery.part").write_bytes(MODEL.read(0, SIZE))
        (folder / f"{MODEL.digest}.orangery.part.json").write_text(
            f'{{"version":1,"etag":"{MODEL.digest}","size":{SIZE},"ranges":[[0,{SIZE}]],"validator":""}}'
        )
        hub.fault("not_satisfiable", GLOB, server="cdn")
        assert_good(fetch(place, request(REPO)), place, MODEL)
    assert sent(hub) == 0


def test_an_unexpected_416_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("not_satisfiable", GLOB, server="cdn", skip=1, times=1)
    assert_good(fetch(place, request(REPO)), place, MODEL)


# 7: lengths


def test_a_missing_length_is_no_hindrance(place: Desk, hub: StandInHub) -> None:
    hub.fault("no_length", GLOB, server="cdn")
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    assert_good(fetch(place, request(REPO)), place, MODEL)


@pytest.mark.parametrize("kind", ["short", "long"])
def test_a_wrong_length_is_refused_before_any_byte(place: Desk, hub: StandInHub, kind: str) -> None:
    hub.fault(kind, GLOB, server="cdn", by=7)
    job = fetch(place, request(REPO))
    assert_failed(job, place, "download.bad_answer")
    assert "instead of 600000" in job.error_detail
    hub.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 20), place, MODEL)


def test_a_file_that_the_hub_itself_changed_must_be_chosen_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("size", "*", server="hub", value=SIZE + 1)
    assert_failed(fetch(place, request(REPO)), place, "download.changed")


# 8 and 9: silence


@pytest.mark.parametrize("kind", ["slow", "stall"])
def test_a_connection_that_dries_up_is_replaced(hasty: Desk, hub: StandInHub, kind: str) -> None:
    after = SIZE * 99 // 100
    hub.fault(kind, GLOB, server="cdn", after=after, times=1, **({"rate": 20.0} if kind == "slow" else {}))
    assert_good(fetch(hasty, request(REPO)), hasty, MODEL)
    again = hub.log(GLOB, server="cdn")[1]
    assert again.range is not None and int(again.range[6:-1]) >= after
    notes = {event.job.note for event in hasty.events if isinstance(event, JobChanged)}
    assert any("trying again" in note for note in notes)


def test_lasting_silence_fails_and_keeps_what_came(hasty: Desk, hub: StandInHub) -> None:
    hub.fault("stall", GLOB, server="cdn", after=1000)
    job = fetch(hasty, request(REPO))
    assert_failed(job, hasty, "download.stalled")
    assert job.done >= 1000
    assert hasty.parts() != []


@pytest.mark.parametrize("where", ["hub", "cdn"])
def test_pause_and_cancel_answer_within_a_second_in_any_silence(
    hub: StandInHub, where: str, tmp_path: Path
) -> None:
    if where == "hub":
        hub.fault("hold", "*")
    else:
        hub.fault("stall", GLOB, server="cdn", after=SIZE // 2)
    with desk(tmp_path / "patient", hub.endpoint, limits=Limits(silence=60.0)) as place:
        job = place.downloads.start(request(REPO))
        until(place, job.id, 0 if where == "hub" else SIZE // 2)
        begin = time.monotonic()
        place.downloads.pause(job.id)
        assert place.downloads.wait(job.id, 5).state is DownloadState.PAUSED
        place.downloads.resume(job.id)
        place.downloads.cancel(job.id)
        assert place.downloads.wait(job.id, 5).state is DownloadState.CANCELLED
        assert time.monotonic() - begin < 5  # each answers at once; the machine may be busy
        assert place.parts() == []
        assert list(place.cache.glob("models--*")) == []
