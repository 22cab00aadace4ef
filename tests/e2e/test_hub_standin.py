"""The stand-in hub answers the real huggingface_hub client like the real hub, so that tests may rely on it.

Faults 1–4, 7, 10, 13 as seen by that client and by plain requests.
"""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from backend.events import EventBus
from backend.net.network import Network
from tests.support.standin_hub import File, Repo, StandInHub

MODEL = "acme/Tiny-GGUF"
WEIGHTS = File("tiny-Q4_K_M.gguf", size=300_000, seed=7)
TOKEN = "hf_allowed"


@pytest.fixture(scope="module")
def hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        files = (WEIGHTS, File("config.json", text='{"a": 1}'), File("sub/deep/note.txt", text="hi"))
        hub.add_repo(Repo(MODEL, files, downloads=10, card="# Tiny\n"))
        hub.add_repo(Repo("acme/Closed", files, gated="auto", allowed_tokens=(TOKEN,)))
        hub.add_rows(60)
        yield hub


@pytest.fixture(autouse=True)
def network(hub: StandInHub) -> Iterator[Network]:
    """The library uses our client, as in the application."""
    hub.reset()
    network = Network(EventBus())
    network.configure_hub_library()
    yield network
    network.close()


def _fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def _weights_url(hub: StandInHub) -> str:
    return f"{hub.endpoint}/{MODEL}/resolve/main/{WEIGHTS.path}"


def test_browsing(hub: StandInHub) -> None:
    from huggingface_hub import HfApi

    api = HfApi(endpoint=hub.endpoint, token=False)
    rows = list(
        api.list_models(
            search="plant", filter="gguf", sort="downloads", limit=45, expand=["downloads", "gguf"]
        )
    )
    assert len(rows) == 45
    assert [row.downloads for row in rows] == sorted((row.downloads or 0 for row in rows), reverse=True)
    info = api.model_info(MODEL, files_metadata=True)
    weights = next(s for s in info.siblings or [] if s.rfilename == WEIGHTS.path)
    assert weights.lfs is not None
    assert (weights.size, weights.lfs.sha256) == (300_000, WEIGHTS.digest)
    assert api.model_info(MODEL, revision=info.sha).sha == info.sha
    tree = {entry.path for entry in api.list_repo_tree(MODEL, recursive=True)}
    assert tree == {WEIGHTS.path, "config.json", "README.md", "sub", "sub/deep", "sub/deep/note.txt"}
    assert {e.path for e in api.list_repo_tree(MODEL, "sub")} == {"sub/deep"}
    assert [e.path for e in api.get_paths_info(MODEL, ["config.json", "nothing"])] == ["config.json"]


def test_downloading(hub: StandInHub, tmp_path: Path) -> None:
    from huggingface_hub import hf_hub_download, scan_cache_dir, snapshot_download

    folder = Path(snapshot_download(MODEL, endpoint=hub.endpoint, cache_dir=tmp_path, token=False))
    assert hashlib.sha256((folder / WEIGHTS.path).read_bytes()).hexdigest() == WEIGHTS.digest
    assert (folder / "sub/deep/note.txt").read_text() == "hi"
    assert [repo.repo_id for repo in scan_cache_dir(tmp_path).repos] == [MODEL]
    hub.small_files("direct")
    path = hf_hub_download(
        MODEL, "config.json", endpoint=hub.endpoint, cache_dir=tmp_path / "other", token=False
    )
    assert Path(path).read_text() == '{"a": 1}'


def test_refusals(hub: StandInHub) -> None:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        RemoteEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    api = HfApi(endpoint=hub.endpoint, token=False)
    with pytest.raises(GatedRepoError):
        api.auth_check("acme/Closed")
    HfApi(endpoint=hub.endpoint, token=TOKEN).auth_check("acme/Closed")
    with pytest.raises(RepositoryNotFoundError):
        api.model_info("acme/Nothing")
    with pytest.raises(RevisionNotFoundError):
        api.model_info(MODEL, revision="other")
    with pytest.raises(RemoteEntryNotFoundError):
        api.get_hf_file_metadata(url=f"{hub.endpoint}/{MODEL}/resolve/main/none.gguf")
    hub.fault("status", "/api/models/*", code=429, headers={"Retry_After": "3"}, times=1)
    with pytest.raises(HfHubHTTPError, match="429"):
        api.model_info(MODEL)
    assert api.model_info(MODEL).id == MODEL


def test_file_metadata_and_its_faults(hub: StandInHub) -> None:
    from huggingface_hub import HfApi

    api = HfApi(endpoint=hub.endpoint, token=False)
    meta = api.get_hf_file_metadata(url=_weights_url(hub))
    assert (meta.size, meta.etag) == (300_000, WEIGHTS.digest)
    assert meta.commit_hash == api.model_info(MODEL).sha
    assert meta.location.startswith(hub.cdn)
    hub.fault("drop_headers", f"*{WEIGHTS.path}", names=["X-Repo-Commit", "X-Linked-Size"])
    meta = api.get_hf_file_metadata(url=_weights_url(hub))
    assert (meta.commit_hash, meta.size) == (None, None)


def test_ranges(hub: StandInHub) -> None:
    whole = WEIGHTS.read(0, WEIGHTS.length)
    status, headers, body = _fetch(_weights_url(hub), Range="bytes=1000-1999")
    assert (status, body, headers["Content-Range"]) == (206, whole[1000:2000], "bytes 1000-1999/300000")
    etag = headers["ETag"]
    assert _fetch(_weights_url(hub), Range="bytes=-5")[2] == whole[-5:]
    assert _fetch(_weights_url(hub), Range="bytes=299990-")[2] == whole[-10:]
    assert _fetch(_weights_url(hub), Range="bytes=300000-")[0] == 416
    assert _fetch(_weights_url(hub), Range="bytes=5-", If_Range=etag)[0] == 206
    assert _fetch(_weights_url(hub), Range="bytes=5-", If_Range='"other"')[0] == 200
    hub.fault("etag", f"*{WEIGHTS.path}", value="new")
    assert _fetch(_weights_url(hub), Range="bytes=5-", If_Range=etag)[0] == 200


def test_content_faults(hub: StandInHub) -> None:
    whole = WEIGHTS.read(0, WEIGHTS.length)
    hub.fault("flip", f"*{WEIGHTS.path}", at=12345, times=1)
    flipped = _fetch(_weights_url(hub))[2]
    assert [i for i, (a, b) in enumerate(zip(whole, flipped, strict=True)) if a != b] == [12345]
    hub.fault("short", by=10, times=1, server="cdn")
    assert len(_fetch(_weights_url(hub))[2]) == 299_990
    hub.fault("ignore_range", server="cdn", times=1)
    assert _fetch(_weights_url(hub), Range="bytes=5-9")[0] == 200
    hub.fault("no_length", server="cdn", times=1)
    status, headers, body = _fetch(_weights_url(hub))
    assert (status, body) == (200, whole)
    assert "Content-Length" not in headers
    hub.fault("expired", times=1)
    assert _fetch(_weights_url(hub))[0] == 403
    location = hub.log(f"*{WEIGHTS.path}", server="cdn")[-1]
    hub.expire_signatures()
    assert _fetch(f"{hub.cdn}{location.path}?{location.query}")[0] == 403
    assert _fetch(_weights_url(hub))[2] == whole


def test_an_old_commit_stays_reachable(hub: StandInHub) -> None:
    old = hub.add_repo(Repo("acme/Moving", (File("a.gguf", size=10, seed=1),)))
    new = hub.add_repo(Repo("acme/Moving", (File("a.gguf", size=10, seed=2),)))
    assert old != new
    bodies = [_fetch(f"{hub.endpoint}/acme/Moving/resolve/{rev}/a.gguf")[2] for rev in (old, new, "main")]
    assert bodies[0] != bodies[1] == bodies[2]


def test_a_reset_ends_what_was_asked_before_it(hub: StandInHub, network: Network) -> None:
    """Else who is left over from one test is in the log of the next, or takes its faults."""
    hub.fault("hold", "*")
    with ThreadPoolExecutor() as pool:
        late = pool.submit(network.client.get, _weights_url(hub))
        while not hub.log():
            time.sleep(0.01)
        hub.reset()
        with pytest.raises(httpx2.TransportError):
            late.result(20)
    assert hub.log() == []
    address = f"{hub.endpoint}/{MODEL}/resolve/main/config.json"
    assert network.client.get(address).status_code == 307
    hub.reset()
    assert network.client.get(address).status_code == 307  # the connection that it kept is known to be over
    assert (len(hub.log()), hub.connections()) == (1, 1)
