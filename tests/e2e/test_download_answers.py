"""What a garden may answer instead of bytes. Faults 10 to 14."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.events import JobChanged
from tests.support.downloading import Desk, assert_failed, assert_good, fetch
from tests.support.gardens import Garden, Offer, both, offered
from tests.support.proxy import proxy
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
    place: Desk, source: Offer, status: int, code: str | None, expected: str
) -> None:
    if source.front == "registry" and status in (401, 403):
        expected = "download.forbidden"  # there are no accounts and no gates
    source.standin.fault("status", "*", code=status, error_code=code)
    job = fetch(place, source.request)
    assert_failed(job, place, expected)
    assert str(status) in job.error_detail


@pytest.mark.parametrize("headers", [{"Retry-After": "2"}, {"RateLimit": '"resolvers";r=0;t=1'}])
def test_a_server_that_asks_to_wait_is_asked_again_then(
    place: Desk, source: Offer, headers: dict[str, str]
) -> None:
    source.standin.fault("status", "*", code=429, headers=headers, times=1)
    assert_good(fetch(place, source.request), place, MODEL)
    notes = {event.job.note for event in place.events if isinstance(event, JobChanged)}
    assert any("trying again in 2 s" in note for note in notes)  # by itself it would be in 10 ms


def test_a_wait_beyond_reason_is_left_to_the_person(place: Desk, source: Offer) -> None:
    source.standin.fault("status", "*", code=503, headers={"Retry-After": "86400"})
    assert_failed(fetch(place, source.request), place, "download.server")


def test_a_refused_connection_is_tried_again(place: Desk, source: Offer) -> None:
    source.standin.fault("refuse", "*", times=2)
    assert_good(fetch(place, source.request), place, MODEL)


@pytest.mark.parametrize("name", ["hf", "ollama"])
def test_a_dead_garden_fails_by_name(name: str, tmp_path: Path) -> None:
    with both() as gardens:
        garden = gardens[name]
        wanted = garden.offer("Tiny", MODEL)
    with garden.desk(tmp_path / "home") as place:
        job = fetch(place, wanted)
        assert_failed(job, place, "download.network")
        assert "127.0.0.1" in job.error_title
        assert (MODEL.path if name == "hf" else "tiny:1b") in job.error_title


# 11: pages instead of files


@pytest.mark.parametrize("kind", ["html", "endless_json", "bad_utf8"])
@pytest.mark.parametrize("server", ["front", "back"])
def test_a_page_instead_of_the_file_is_not_read(place: Desk, source: Offer, kind: str, server: str) -> None:
    source.standin.fault(kind, "*", server=source.front if server == "front" else source.back)
    job = fetch(place, source.request)
    assert_failed(job, place, "download.portal")
    assert place.network.ledger()[0].bytes_received < 16 << 20


def test_a_page_that_pretends_to_be_data_is_seen_too(place: Desk, source: Offer) -> None:
    page = "<!DOCTYPE html>".ljust(SIZE, " ")
    source.standin.fault(
        "garbage", "*", server=source.back, body=page, content_type="application/octet-stream"
    )
    assert_failed(fetch(place, source.request), place, "download.portal")


# 12: redirects


def test_a_redirect_circle_ends(place: Desk, source: Offer) -> None:
    source.standin.fault("redirect_loop", "*")
    assert_failed(fetch(place, source.request), place, "net.redirect")


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://u:p@127.0.0.1/"],
)
def test_a_redirect_into_a_strange_network_is_refused(place: Desk, source: Offer, location: str) -> None:
    source.standin.fault("redirect", "*", location=location)
    assert_failed(fetch(place, source.request), place, "net.redirect")


def test_the_token_stays_with_the_hub(tmp_path: Path, gardens: dict[str, Garden]) -> None:
    with offered(gardens["hf"], MODEL) as hub, hub.desk(tmp_path / "home", token="hf_canary") as place:
        assert_good(fetch(place, hub.request), place, MODEL)
        assert [entry.authorization for entry in hub.standin.log(hub.glob, server="hub")] == [True]
        assert [entry.authorization for entry in hub.standin.log(hub.glob, server="cdn")] == [False]


def test_no_token_goes_to_the_registry(tmp_path: Path, gardens: dict[str, Garden]) -> None:
    with (
        offered(gardens["ollama"], MODEL) as offer,
        offer.desk(tmp_path / "home", token="hf_canary") as place,
    ):
        assert_good(fetch(place, offer.request), place, MODEL)
        assert {entry.authorization for entry in offer.standin.log()} == {False}


# 13: expiry


def test_an_expired_link_is_replaced_and_the_transfer_goes_on(place: Desk, source: Offer) -> None:
    source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 2, times=1)
    source.standin.fault("expired", source.glob, skip=1, times=1)
    assert_good(fetch(place, source.request), place, MODEL)
    assert [entry.status for entry in source.standin.log(source.glob, server=source.back)] == [200, 403, 206]


def test_links_that_never_work_name_the_clock(place: Desk, source: Offer) -> None:
    source.standin.signature_seconds(-10)
    assert_failed(fetch(place, source.request), place, "download.link_expired")


# 14: nothing


@pytest.mark.parametrize("name", ["hf", "ollama"])
def test_an_empty_file_completes(name: str, gardens: dict[str, Garden], tmp_path: Path) -> None:
    empty = File("empty.gguf", text="")
    with offered(gardens[name], empty, "Empty") as offer, offer.desk(tmp_path / "home") as place:
        assert_good(fetch(place, offer.request), place, empty)


# Proxies


def test_a_proxy_of_the_system_is_used_for_every_hop(
    place: Desk, source: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("endpoint", "cdn", "registry", "store")
    servers = [url for name in names if (url := vars(source.standin).get(name))]
    for url in servers:
        place.network.treat_as_remote(url)  # what lies on this machine needs no proxy
    with proxy() as (address, seen):
        monkeypatch.setenv("http_proxy", address)
        source.standin.fault("cut", source.glob, server=source.back, after=SIZE // 2, times=1)
        assert_good(fetch(place, source.request), place, MODEL)
        assert set(seen) == {url.removeprefix("http://") for url in servers}


def test_a_dead_proxy_is_named_as_lost_connection(
    place: Desk, source: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("endpoint", "registry"):
        if url := vars(source.standin).get(name):
            place.network.treat_as_remote(url)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert_failed(fetch(place, source.request), place, "download.network")
