"""What a hub may answer instead of bytes, and what it may offer. Faults 10–14; shard sets, small files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.downloads.types import DownloadRequest
from backend.errors import AppError
from backend.hubs.types import QuantFile, RemoteFile
from tests.support.downloading import Desk, assert_failed, assert_good, desk, fetch, request, sha256
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
    job = fetch(place, request(REPO))
    assert_failed(job, place, expected)
    assert str(status) in job.error_detail


@pytest.mark.parametrize("headers", [{"Retry-After": "1"}, {"RateLimit": '"resolvers";r=0;t=0'}])
def test_a_server_that_asks_to_wait_is_asked_again_then(
    place: Desk, hub: StandInHub, headers: dict[str, str]
) -> None:
    hub.fault("status", "*", code=429, headers=headers, times=1)
    begin = time.monotonic()
    assert_good(fetch(place, request(REPO)), place, MODEL)
    assert time.monotonic() - begin >= 1.0  # a lower bound: nothing may be quicker than the server asked


def test_a_wait_beyond_reason_is_left_to_the_person(place: Desk, hub: StandInHub) -> None:
    hub.fault("status", "*", code=503, headers={"Retry-After": "86400"})
    assert_failed(fetch(place, request(REPO)), place, "download.server")


def test_a_refused_connection_is_tried_again(place: Desk, hub: StandInHub) -> None:
    hub.fault("refuse", "*", times=2)
    assert_good(fetch(place, request(REPO)), place, MODEL)


def test_a_dead_hub_fails_by_name(tmp_path: Path) -> None:
    with StandInHub() as gone:
        endpoint = gone.endpoint
    with desk(tmp_path / "home", endpoint) as place:
        job = fetch(place, request(REPO))
        assert_failed(job, place, "download.network")
        assert "127.0.0.1" in job.error_title and MODEL.path in job.error_title


# 11: pages instead of files


@pytest.mark.parametrize("kind", ["html", "endless_json"])
@pytest.mark.parametrize("server", ["hub", "cdn"])
def test_a_page_instead_of_the_file_is_not_read(place: Desk, hub: StandInHub, kind: str, server: str) -> None:
    hub.fault(kind, "*", server=server)
    job = fetch(place, request(REPO))
    assert_failed(job, place, "download.portal")
    assert place.network.ledger()[0].bytes_received < 16 << 20


def test_a_page_that_pretends_to_be_data_is_seen_too(place: Desk, hub: StandInHub) -> None:
    page = "<!DOCTYPE html>".ljust(SIZE, " ")
    hub.fault("garbage", "*", server="cdn", body=page, content_type="application/octet-stream")
    assert_failed(fetch(place, request(REPO)), place, "download.portal")


# 12: redirects


def test_a_redirect_circle_ends(place: Desk, hub: StandInHub) -> None:
    hub.fault("redirect_loop", "*")
    assert_failed(fetch(place, request(REPO)), place, "net.redirect")


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://u:p@127.0.0.1/"],
)
def test_a_redirect_into_a_strange_network_is_refused(place: Desk, hub: StandInHub, location: str) -> None:
    hub.fault("redirect", "*", location=location)
    assert_failed(fetch(place, request(REPO)), place, "net.redirect")


def test_the_token_stays_with_the_hub(tmp_path: Path, hub: StandInHub) -> None:
    with desk(tmp_path / "home", hub.endpoint, token="hf_canary") as place:
        assert_good(fetch(place, request(REPO)), place, MODEL)
    assert [entry.authorization for entry in hub.log(GLOB, server="hub")] == [True]
    assert [entry.authorization for entry in hub.log(GLOB, server="cdn")] == [False]


# 13: expiry


def test_an_expired_link_is_replaced_and_the_transfer_goes_on(place: Desk, hub: StandInHub) -> None:
    hub.fault("cut", GLOB, server="cdn", after=SIZE // 2, times=1)
    hub.fault("expired", GLOB, skip=1, times=1)
    assert_good(fetch(place, request(REPO)), place, MODEL)
    assert [entry.status for entry in hub.log(GLOB, server="cdn")] == [200, 403, 206]


def test_links_that_never_work_name_the_clock(place: Desk, hub: StandInHub) -> None:
    hub.signature_seconds(-10)
    assert_failed(fetch(place, request(REPO)), place, "download.link_expired")


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
    quant = QuantFile("Q4_K_M", (RemoteFile(MODEL.path, SIZE),))
    with pytest.raises(AppError) as caught:
        place.downloads.start(DownloadRequest(REPO.id, REPO.commit, quant))
    assert caught.value.code == "download.no_digest"
