"""Transfers against a faulty hub over real sockets. Faults 1–14, and the goals for refetching and cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.events import JobChanged, LibraryChanged
from tests.support.downloading import QUICK, Desk, desk, remote, request, sha256
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


def fetch(place: Desk, wanted: DownloadRequest | None = None, timeout: float = 20.0) -> DownloadJob:
    job = place.downloads.start(wanted or request(REPO))
    return place.downloads.wait(job.id, timeout)


def assert_good(job: DownloadJob, place: Desk, file: File = MODEL) -> None:
    assert (job.state, job.error_title) == (DownloadState.DONE, "")
    assert job.path is not None and sha256(Path(job.path)) == file.digest
    assert job.done == job.total
    assert place.parts() == []
    assert isinstance(place.events[-1], LibraryChanged)


def assert_failed(job: DownloadJob, place: Desk, code: str) -> None:
    """Failed with a code, a sentence that says more than the code, and nothing that could be loaded."""
    assert (job.state, job.error_code) == (DownloadState.FAILED, code)
    assert len(job.error_title) > 20 and job.error_hint
    assert place.finished() == []


def sent(hub: StandInHub) -> int:
    return sum(entry.sent for entry in hub.log(GLOB, server="cdn"))


def test_an_undisturbed_download_is_one_request_and_ends_verified(place: Desk, hub: StandInHub) -> None:
    job = fetch(place)
    assert_good(job, place)
    assert sent(hub) == SIZE
    states = [event.job.state for event in place.events if isinstance(event, JobChanged)]
    assert states[0] is DownloadState.QUEUED and states[-1] is DownloadState.DONE


# 1: cut


@pytest.mark.parametrize("how", ["fin", "rst"])
@pytest.mark.parametrize("percent", [0, 1, 50, 99, 100])
def test_a_cut_connection_is_resumed_where_it_broke(
    place: Desk, hub: StandInHub, percent: int, how: str
) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE * percent // 100, how=how, times=1)
    job = fetch(place)
    assert_good(job, place)
    # A reset may throw away what lies in socket buffers; it is fetched again, and little else.
    assert sent(hub) - SIZE <= (0 if how == "fin" else 8 << 20)
    if how == "fin" and 0 < percent < 100:
        second = hub.log(GLOB, server="cdn")[1]
        assert (second.status, second.range) == (206, f"bytes={SIZE * percent // 100}-")


def test_after_a_restart_only_unjournalled_bytes_are_fetched_again(tmp_path: Path, hub: StandInHub) -> None:
    fault = hub.fault("stall", GLOB, server="cdn", after=SIZE // 2)
    with desk(tmp_path / "home", hub.endpoint) as first:
        job = first.downloads.start(request(REPO))
        wait_for_bytes(first, job.id, SIZE // 2)
    hub.clear_faults(fault)
    with desk(tmp_path / "home", hub.endpoint) as second:
        assert_good(second.downloads.wait(job.id, 20), second)
    assert hub.log(GLOB, server="cdn")[-1].range == f"bytes={SIZE // 2}-"


def wait_for_bytes(place: Desk, job_id: str, count: int) -> None:
    there = threading.Event()

    def look(event: object) -> None:
        if isinstance(event, JobChanged) and event.job.id == job_id and event.job.done >= count:
            there.set()

    unsubscribe = place.bus.subscribe(look)
    try:
        if place.downloads.wait(job_id, 0).done < count:
            assert there.wait(10)
    finally:
        unsubscribe()


# 2: damage


def test_a_flipped_bit_is_found_and_the_file_fetched_once_more(place: Desk, hub: StandInHub) -> None:
    hub.fault("flip", GLOB, server="cdn", at=SIZE - 1, times=1)
    assert_good(fetch(place), place)
    assert sent(hub) == 2 * SIZE


@pytest.mark.parametrize("kind", ["flip", "wrong_bytes", "shifted"])
def test_lasting_damage_fails_with_both_digests_and_leaves_nothing(
    place: Desk, hub: StandInHub, kind: str
) -> None:
    hub.fault(kind, GLOB, server="cdn")
    job = fetch(place)
    assert_failed(job, place, "download.checksum")
    assert MODEL.digest in job.error_detail and "found" in job.error_detail
    assert place.parts() == []
    hub.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 20), place)


# 3 to 6: ranges


def test_a_server_that_ignores_the_range_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("ignore_range", GLOB, server="cdn")
    assert_good(fetch(place), place)
    assert [entry.status for entry in hub.log(GLOB, server="cdn")] == [200, 200]


@pytest.mark.parametrize("lie", [{"start": 5}, {"start": -1}, {"total": 1}])
def test_a_wrong_content_range_is_never_written(place: Desk, hub: StandInHub, lie: dict[str, int]) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("content_range", GLOB, server="cdn", times=1, skip=1, **lie)
    assert_good(fetch(place), place)
    hub.reset()


def test_a_content_range_that_stays_wrong_fails_with_its_cause(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 3, times=1)
    hub.fault("content_range", GLOB, server="cdn", skip=1, start=5)
    job = fetch(place)
    assert_failed(job, place, "download.bad_answer")
    assert "bytes 200005-" in job.error_detail


def test_another_etag_in_the_middle_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("etag", GLOB, server="cdn", skip=1, value="moved-to-another-store")
    assert_good(fetch(place), place)
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
        assert_good(fetch(place), place)
    assert sent(hub) == 0


def test_an_unexpected_416_starts_the_file_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("not_satisfiable", GLOB, server="cdn", skip=1, times=1)
    assert_good(fetch(place), place)


# 7: lengths


def test_a_missing_length_is_no_hindrance(place: Desk, hub: StandInHub) -> None:
    hub.fault("no_length", GLOB, server="cdn")
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    assert_good(fetch(place), place)


@pytest.mark.parametrize("kind", ["short", "long"])
def test_a_wrong_length_is_refused_before_any_byte(place: Desk, hub: StandInHub, kind: str) -> None:
    hub.fault(kind, GLOB, server="cdn", by=7)
    job = fetch(place)
    assert_failed(job, place, "download.bad_answer")
    assert "instead of 600000" in job.error_detail
    hub.clear_faults()
    place.downloads.retry(job.id)
    assert_good(place.downloads.wait(job.id, 20), place)


def test_a_file_that_the_hub_itself_changed_must_be_chosen_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("size", "*", server="hub", value=SIZE + 1)
    assert_failed(fetch(place), place, "download.changed")


# 8 and 9: silence


@pytest.mark.parametrize("kind", ["slow", "stall"])
def test_a_connection_that_dries_up_is_replaced(place: Desk, hub: StandInHub, kind: str) -> None:
    after = SIZE * 99 // 100
    hub.fault(kind, GLOB, server="cdn", after=after, times=1, **({"rate": 20.0} if kind == "slow" else {}))
    assert_good(fetch(place), place)
    again = hub.log(GLOB, server="cdn")[1]
    assert again.range is not None and int(again.range[6:-1]) >= after
    notes = {event.job.note for event in place.events if isinstance(event, JobChanged)}
    assert any("trying again" in note for note in notes)


def test_lasting_silence_fails_and_keeps_what_came(place: Desk, hub: StandInHub) -> None:
    hub.fault("stall", GLOB, server="cdn", after=1000)
    job = fetch(place)
    assert_failed(job, place, "download.stalled")
    assert job.done >= 1000
    assert place.parts() != []


@pytest.mark.parametrize("where", ["hub", "cdn"])
def test_pause_and_cancel_answer_within_a_second_in_any_silence(
    place: Desk, hub: StandInHub, where: str, tmp_path: Path
) -> None:
    patient = QUICK.__class__(silence=60.0, floor_window=60.0)
    if where == "hub":
        hub.fault("hold", "*")
    else:
        hub.fault("stall", GLOB, server="cdn", after=SIZE // 2)
    with desk(tmp_path / "patient", hub.endpoint, limits=patient) as place:
        job = place.downloads.start(request(REPO))
        wait_for_bytes(place, job.id, 0 if where == "hub" else SIZE // 2)
        begin = time.monotonic()
        place.downloads.pause(job.id)
        assert place.downloads.wait(job.id, 5).state is DownloadState.PAUSED
        place.downloads.resume(job.id)
        place.downloads.cancel(job.id)
        assert place.downloads.wait(job.id, 5).state is DownloadState.CANCELLED
        assert time.monotonic() - begin < 5  # each answers at once; the machine may be busy
        assert place.parts() == []
        assert list(place.cache.glob("models--*")) == []


# 10: statuses


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, None, "download.sign_in"),
        (401, "GatedRepo", "download.gated"),
        (403, "GatedRepo", "download.gated"),
        (403, None, "download.forbidden"),
        (404, "EntryNotFound", "download.not_found"),
        (429, None, "download.rate_limit"),
        (503, None, "download.server"),
        (418, None, "download.bad_answer"),
    ],
)
def test_each_refusal_has_its_own_message(
    place: Desk, hub: StandInHub, status: int, code: str | None, expected: str
) -> None:
    hub.fault("status", "*", code=status, error_code=code)
    job = fetch(place)
    assert_failed(job, place, expected)
    assert str(status) in job.error_detail


@pytest.mark.parametrize("headers", [{"Retry-After": "1"}, {"RateLimit": '"resolvers";r=0;t=0'}])
def test_a_server_that_asks_to_wait_is_asked_again_then(
    place: Desk, hub: StandInHub, headers: dict[str, str]
) -> None:
    hub.fault("status", "*", code=429, headers=headers, times=1)
    begin = time.monotonic()
    assert_good(fetch(place), place)
    assert time.monotonic() - begin >= 1.0


def test_a_wait_beyond_reason_is_left_to_the_person(place: Desk, hub: StandInHub) -> None:
    hub.fault("status", "*", code=503, headers={"Retry-After": "86400"})
    assert_failed(fetch(place), place, "download.server")


def test_a_refused_connection_is_tried_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("refuse", "*", times=2)
    assert_good(fetch(place), place)


def test_a_dead_hub_fails_by_name(tmp_path: Path) -> None:
    with StandInHub() as gone:
        endpoint = gone.endpoint
    with desk(tmp_path / "home", endpoint) as place:
        job = fetch(place)
        assert_failed(job, place, "download.network")
        assert "127.0.0.1" in job.error_title and MODEL.path in job.error_title


# 11: pages instead of files


@pytest.mark.parametrize("kind", ["html", "endless_json"])
@pytest.mark.parametrize("server", ["hub", "cdn"])
def test_a_page_instead_of_the_file_is_not_read(place: Desk, hub: StandInHub, kind: str, server: str) -> None:
    hub.fault(kind, "*", server=server)
    job = fetch(place)
    assert_failed(job, place, "download.portal")
    assert place.network.ledger()[0].bytes_received < 16 << 20


def test_a_page_that_pretends_to_be_data_is_seen_too(place: Desk, hub: StandInHub) -> None:
    page = "<!DOCTYPE html>".ljust(SIZE, " ")
    hub.fault("garbage", "*", server="cdn", body=page, content_type="application/octet-stream")
    assert_failed(fetch(place), place, "download.portal")


# 12: redirects


def test_a_redirect_circle_ends(place: Desk, hub: StandInHub) -> None:
    hub.fault("redirect_loop", "*")
    assert_failed(fetch(place), place, "net.redirect")


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://u:p@127.0.0.1/"],
)
def test_a_redirect_into_a_strange_network_is_refused(place: Desk, hub: StandInHub, location: str) -> None:
    hub.fault("redirect", "*", location=location)
    assert_failed(fetch(place), place, "net.redirect")


def test_the_token_stays_with_the_hub(tmp_path: Path, hub: StandInHub) -> None:
    with desk(tmp_path / "home", hub.endpoint, token="hf_canary") as place:
        assert_good(fetch(place), place)
    assert [entry.authorization for entry in hub.log(GLOB, server="hub")] == [True]
    assert [entry.authorization for entry in hub.log(GLOB, server="cdn")] == [False]


# 13: expiry


def test_an_expired_link_is_replaced_and_the_transfer_goes_on(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("expired", GLOB, skip=1, times=1)
    assert_good(fetch(place), place)
    assert [entry.status for entry in hub.log(GLOB, server="cdn")] == [200, 403, 206]


def test_links_that_never_work_name_the_clock(place: Desk, hub: StandInHub) -> None:
    hub.signature_seconds(-10)
    assert_failed(fetch(place), place, "download.link_expired")


# 14: nothing


def test_an_empty_file_completes(place: Desk, hub: StandInHub) -> None:
    empty = File("empty.gguf", text="")
    repo = Repo("acme/Empty-GGUF", (empty,))
    hub.add_repo(repo)
    assert_good(fetch(place, request(repo)), place, empty)


# Small files and shard sets


@pytest.mark.parametrize("how", ["redirect", "direct"])
def test_a_small_file_is_verified_by_its_git_id(place: Desk, hub: StandInHub, how: str) -> None:
    config = File("config.json", text='{"model_type": "llama"}')
    repo = Repo("acme/Small", (config,))
    hub.add_repo(repo)
    hub.small_files(how)
    hub.fault("flip", "*config.json", server="hub", at=3, times=1)
    job = fetch(place, request(repo))
    assert_good(job, place, config)
    assert Path(job.path or "").resolve().name == config.git_sha1


def test_a_shard_set_is_one_job(place: Desk, hub: StandInHub) -> None:
    shards = tuple(File(f"deep/big-Q8_0-{k:05d}-of-00003.gguf", size=90_000, seed=k) for k in (1, 2, 3))
    repo = Repo("acme/Big-GGUF", shards)
    hub.add_repo(repo)
    hub.fault("cut", "*00002-of-00003.gguf", server="cdn", after=50_000, times=1)
    job = fetch(place, request(repo, label="Q8_0"))
    assert_good(job, place, shards[0])
    assert job.total == 270_000
    folder = Path(job.path or "").parent
    assert [sha256(folder / Path(s.path).name) for s in shards] == [s.digest for s in shards]


def test_a_file_without_a_digest_is_refused(place: Desk) -> None:
    bare = remote(MODEL).__class__(MODEL.path, SIZE)
    wanted = DownloadRequest(REPO.id, REPO.commit, request(REPO).quant.__class__("Q4_K_M", (bare,)))
    with pytest.raises(Exception, match="no checksum"):
        place.downloads.start(wanted)
