"""The small parts of a transfer: names, digests, speed, answers of servers. Faults 10, 12, 38 and 40."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.downloads.digest import FollowingHash, new_hasher
from backend.downloads.meter import Meter
from backend.downloads.stores import Stores
from backend.downloads.target import Progress
from backend.downloads.types import DownloadRequest
from backend.downloads.watch import Watch
from backend.downloads.wire import Feed, Head, Timeouts
from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.types import QuantFile, RemoteFile
from backend.library.layout import HubCache, check_path, hub_cache_dir
from backend.net.network import Network
from backend.net.waiting import retry_after
from tests.support.downloading import PlainHub

DIGEST = "0" * 64
COMMIT = "1" * 40
STORES = Stores(PlainHub("http://127.0.0.1:9"), Path("/cache"))
EVIL = [
    "../x.gguf",
    "a/../../x.gguf",
    "/etc/x.gguf",
    "C:\\x.gguf",
    "C:x.gguf",
    "\\\\host\\share\\x.gguf",
    "a\\b.gguf",
    "CON",
    "con.gguf",
    "AUX.gguf",
    "a/NUL.gguf",
    "COM1.gguf",
    "LPT¹.gguf",
    "con .gguf",
    "x.gguf:ads",
    "x.gguf.",
    "x.gguf ",
    "a//b.gguf",
    "./x.gguf",
    "a/./b.gguf",
    "",
    "/",
    "x\0.gguf",
    "x\n.gguf",
    "x\x85.gguf",
    "fugg\u202efugg.exe.gguf",
    "x\ud800.gguf",
    "é" * 126 + ".gguf",
]


@pytest.mark.parametrize("name", EVIL)
def test_a_name_that_could_leave_the_store_is_refused(name: str) -> None:
    with pytest.raises(AppError) as caught:
        check_path(name)
    assert caught.value.code == "download.bad_name"
    assert caught.value.title.isascii()


@pytest.mark.parametrize(
    "name", ["x.gguf", "deep/er/x-00001-of-00002.gguf", "🌳 модель.gguf", "console.gguf", "a..b.gguf"]
)
def test_honest_names_are_taken(name: str) -> None:
    assert check_path(name).as_posix() == name


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_accepted_name_stays_inside(name: str) -> None:
    folder = HubCache(Path("/cache")).repo("acme/tiny")
    try:
        pointer = folder.pointer(COMMIT, name)
    except AppError:
        return
    inside = pointer.relative_to(folder.snapshots / COMMIT)
    assert inside.as_posix() == name and ".." not in inside.parts


@pytest.mark.parametrize(
    ("repo", "commit", "digest"),
    [
        ("../acme", COMMIT, DIGEST),
        ("acme/../tiny", COMMIT, DIGEST),
        ("a/b/c", COMMIT, DIGEST),
        ("acme--x/tiny", COMMIT, DIGEST),
        ("acme/tiny", "main", DIGEST),
        ("acme/tiny", "../" * 14, DIGEST),
        ("acme/tiny", COMMIT, "../../../../etc/passwd"),
        ("acme/tiny", COMMIT, DIGEST[:-1]),
        ("acme/tiny", COMMIT, "G" * 64),
        ("acme/tiny", COMMIT, DIGEST + "\n"),
    ],
)
def test_repositories_commits_and_digests_are_checked(repo: str, commit: str, digest: str) -> None:
    request = DownloadRequest(repo, commit, QuantFile("Q", (RemoteFile("x.gguf", 1, digest),)))
    with pytest.raises(AppError) as caught:
        STORES.check(request)
    assert caught.value.code == "download.bad_name"


def test_names_that_some_systems_take_for_one_are_refused() -> None:
    files = (RemoteFile("caf\u00e9.gguf", 1, DIGEST), RemoteFile("CAFE\u0301.gguf", 1, DIGEST))
    with pytest.raises(AppError, match="cannot be used"):
        STORES.check(DownloadRequest("a/b", COMMIT, QuantFile("Q", files)))


@pytest.mark.parametrize("name", ["model.pt", "setup.py", "pickle.bin", "x.gguf.exe"])
def test_formats_that_can_carry_code_are_refused(name: str) -> None:
    request = DownloadRequest("a/b", COMMIT, QuantFile("Q", (RemoteFile(name, 1, DIGEST),)))
    with pytest.raises(AppError) as caught:
        STORES.check(request)
    assert caught.value.code == "download.kind"


def test_the_hub_cache_is_where_other_programs_look() -> None:
    home = Path.home()
    assert hub_cache_dir({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}) == Path("/a")
    assert hub_cache_dir({"HUGGINGFACE_HUB_CACHE": "/old", "HF_HOME": "/b"}) == Path("/old")
    assert hub_cache_dir({"HF_HOME": "/b"}) == Path("/b/hub")
    assert hub_cache_dir({"XDG_CACHE_HOME": "/c"}) == Path("/c/huggingface/hub")
    assert hub_cache_dir({}) == home / ".cache/huggingface/hub"


def test_a_git_blob_id_is_what_git_says(tmp_path: Path) -> None:
    content = b"{}\n"
    hasher = new_hasher("0" * 40, len(content))
    hasher.update(content)
    assert hasher.hexdigest() == "0967ef424bce6791893e9a57bb952f80fd536e93"


def test_the_hash_follows_a_growing_file(tmp_path: Path) -> None:
    path = tmp_path / "growing"
    content = bytes(range(256)) * 20_000
    path.write_bytes(b"")
    hasher = FollowingHash(path, DIGEST, len(content))
    with path.open("ab", buffering=0) as file:
        for at in range(0, len(content), 700_000):
            file.write(content[at : at + 700_000])
            hasher.advance(min(at + 700_000, len(content)))
    assert hasher.result(len(content), 10) == hashlib.sha256(content).hexdigest()
    hasher.close()


def test_the_hash_says_when_bytes_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(b"abc")
    hasher = FollowingHash(path, DIGEST, 10)
    hasher.advance(10)
    with pytest.raises(OSError, match="shorter"):
        hasher.result(10, 10)
    hasher.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "55"}, 55.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:02:00 GMT"}, 20.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 30}, None),
        ({"retry-after": f"Thu, 01 Jan {'9' * 30} 00:00:00 GMT"}, None),
        ({"retry-after": f"Thu, 01 Jan 1970 00:00:00 +{'9' * 30}"}, None),
        ({"ratelimit": '"api";r=0;t=55'}, 56.0),
        ({"ratelimit": '"api";r=400;t=55'}, None),
        ({"retry-after": "soon", "ratelimit": '"api";r=0;t=1'}, 2.0),
        ({}, None),
    ],
)
def test_how_long_a_server_wants_us_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=100.0) == seconds


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_wait_header_raises(after: str, limit: str) -> None:
    seconds = retry_after({"retry-after": after, "ratelimit": limit})
    assert seconds is None or seconds >= 0


def test_speed_is_that_of_the_last_seconds() -> None:
    meter = Meter(5.0, start=100.0)
    for tick in range(100):
        meter.add(1000, 100 + tick / 10)
    assert meter.rate(110.0) == pytest.approx(10_000, rel=0.05)
    assert not meter.full(104.9) and meter.full(105.0)
    assert meter.rate(130.0) == 0.0


def test_progress_is_shown_ten_times_a_second_and_every_turn_at_once() -> None:
    watch = Watch(1_000_000)
    start = watch._told + 0.1
    shown = [watch.see(Progress(n * 1000), start + n / 1000) for n in range(1000)]
    assert 9 <= sum(s is not None for s in shown) <= 12
    assert watch.see(Progress(999_000, note="connection lost"), start + 1.0) is not None
    assert watch.see(Progress(999_000, verifying=True), start + 1.0) is not None


def test_time_left_is_what_is_missing_at_the_speed_of_now() -> None:
    watch = Watch(1_000_000)
    start = watch._told + 0.1
    watch.see(Progress(0), start)
    shown = watch.see(Progress(500_000), start + 1.0)
    assert shown is not None and shown.eta is not None
    assert shown.eta == pytest.approx(500_000 / shown.speed)


@pytest.mark.parametrize(
    ("location", "addresses"),
    [
        ("http://cdn.example/x", ("93.184.216.34",)),  # from TLS to none
        ("https://intranet.example/x", ("10.1.2.3",)),
        ("https://rebound.example/x", ("93.184.216.34", "127.0.0.1")),
        ("https://metadata.example/x", ("169.254.169.254",)),
        ("https://[::ffff:192.168.0.1]/x", ()),
        ("ftp://cdn.example/x", ("93.184.216.34",)),
        ("https://", ()),
        ("https://user:secret@cdn.example/x", ("93.184.216.34",)),
    ],
)
def test_a_public_hub_may_not_send_us_everywhere(location: str, addresses: tuple[str, ...]) -> None:
    hops: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        hops.append(str(request.url))
        return httpx2.Response(302, headers={"Location": location})

    error = _error_of(answer, lambda host: ("93.184.216.34",) if host == "hub.example" else addresses)
    assert isinstance(error, AppError) and error.code == "net.redirect"
    assert hops == ["https://hub.example/x"]


def test_an_endless_chain_of_redirects_ends() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(302, headers={"Location": f"{request.url}x"})

    error = _error_of(answer, lambda host: ("93.184.216.34",))
    assert isinstance(error, AppError) and error.code == "net.redirect"


def _error_of(answer: object, resolver: object) -> Exception | None:
    class Scripted(Network):
        @property
        def client(self) -> httpx2.Client:
            return httpx2.Client(transport=httpx2.MockTransport(answer))  # type: ignore[arg-type]

    class Nobody:
        def begin(self, head: Head) -> None:
            raise AssertionError("no answer was to be accepted")

        def data(self, piece: bytes) -> bool:
            return False

        def ended(self) -> None:
            over.set()

    over = threading.Event()
    feed = Feed(
        Scripted(EventBus()),
        "https://hub.example/x",
        {"Authorization": "Bearer hf_canary"},
        Nobody(),
        timeouts=Timeouts(1.0, 1.0),
        resolver=resolver,  # type: ignore[arg-type]
    )
    assert over.wait(60)
    feed.close()
    return feed.error
