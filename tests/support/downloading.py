"""What the tests of transfers share: a hub that only builds addresses, and a queue with a place to fill."""

from __future__ import annotations

import hashlib
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from backend.downloads.limits import Limits
from backend.downloads.manager import Downloads
from backend.downloads.stores import DaemonPort, Stores
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.events import Event, EventBus, JobChanged, LibraryChanged
from backend.hubs.types import QuantFile, RemoteFile
from backend.net.network import Network
from backend.store.database import Database
from backend.store.downloads import DownloadRepository
from backend.store.models import ModelRepository
from tests.support.standin_hub import File, Repo

QUICK = Limits(
    silence=10.0,
    floor_window=10.0,
    connect=10.0,
    attempts=3,
    backoff=0.01,
    backoff_most=0.05,
    longest_wait=5.0,
    checkpoint_bytes=64 << 10,
)
"""Little patience with failures, and enough with a busy machine."""
HASTY = replace(QUICK, silence=0.5, floor_window=0.5)
"""For tests in which the other side falls silent."""
SPLIT = replace(QUICK, segment_least=64 << 10, segment_most=128 << 10, alone=0.0)
"""Small files over several connections."""


@dataclass(frozen=True)
class PlainHub:
    """The two things that a transfer asks of a hub client."""

    endpoint: str
    token: str | None = None

    def resolve_url(self, repo_id: str, commit: str, path: str) -> str:
        return f"{self.endpoint}/{repo_id}/resolve/{commit}/{urllib.parse.quote(path)}"

    def auth_headers(self, url: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass(frozen=True)
class PlainRegistry:
    """The two things that a transfer asks of Ollama's registry."""

    endpoint: str

    def blob_url(self, model_id: str, digest: str) -> str:
        path = model_id if "/" in model_id else f"library/{model_id}"
        return f"{self.endpoint}/v2/{path}/blobs/sha256:{digest}"

    def headers(self, url: str) -> dict[str, str]:
        return {}


def remote(file: File) -> RemoteFile:
    """`file` as the hub's listing describes it."""
    return RemoteFile(
        file.path, file.length, file.digest if file.in_lfs else None, None if file.in_lfs else file.git_sha1
    )


def request(repo: Repo, *files: File, label: str = "Q4_K_M") -> DownloadRequest:
    """A request for `files` (all of the repository by default) as one choice."""
    return DownloadRequest(repo.id, repo.commit, QuantFile(label, tuple(map(remote, files or repo.files))))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass
class Desk:
    """A queue over a real database, hub cache and Ollama store under `home`.

    Attributes:
        events: Everything that was published, in order.
    """

    home: Path
    downloads: Downloads
    database: Database
    network: Network
    bus: EventBus
    events: list[Event] = field(default_factory=list)

    @property
    def cache(self) -> Path:
        return self.home / "hub"

    @property
    def ollama(self) -> Path:
        return self.home / "ollama"

    def parts(self) -> list[Path]:
        """What transfers left unfinished."""
        theirs = (p for p in self.ollama.glob(".orangery/*") if p.suffix != ".lock")
        return sorted([*self.cache.glob("*/blobs/*.orangery.*"), *theirs])

    def finished(self) -> list[Path]:
        """Every file under a name that programs would load."""
        return finished(self.home)


def finished(home: Path) -> list[Path]:
    """Every file in the stores under `home` under a name that programs would load."""
    patterns = ("hub/*/blobs/*", "hub/*/snapshots/**/*", "ollama/blobs/*", "ollama/manifests/**/*")
    found = (p for pattern in patterns for p in home.glob(pattern))
    return sorted(p for p in found if p.is_file() and ".orangery." not in p.name)


@contextmanager
def desk(
    home: Path,
    endpoint: str,
    *,
    token: str | None = None,
    registry: str = "http://127.0.0.1:9",
    daemon: DaemonPort | None = None,
    own_store: Path | None = None,
    **options: Any,
) -> Iterator[Desk]:
    """A queue that is closed at the end of the block, as at the end of a run; call again for the next."""
    options.setdefault("limits", QUICK)
    home.mkdir(exist_ok=True)
    database = Database(home / "test.sqlite3")
    bus = EventBus()
    events: list[Event] = []
    bus.subscribe(events.append)
    network = Network(bus)
    hub = PlainHub(endpoint, token)
    stores = Stores(
        hub,
        home / "hub",
        registry=PlainRegistry(registry),
        daemon=daemon,
        ollama_store=home / "ollama",
        own_store=own_store,
    )
    downloads = Downloads(
        DownloadRepository(database),
        network,
        hub,
        home / "hub",
        bus,
        models=ModelRepository(database),
        stores=stores,
        **options,
    )
    try:
        yield Desk(home, downloads, database, network, bus, events)
    finally:
        downloads.close()
        network.close()
        database.close()


def fetch(place: Desk, wanted: DownloadRequest, timeout: float = 60.0) -> DownloadJob:
    """Start `wanted` and wait for its end."""
    return place.downloads.wait(place.downloads.start(wanted).id, timeout)


def until(place: Desk, job_id: str, count: int) -> None:
    """Wait until the job has `count` bytes."""
    there = threading.Event()

    def look(event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.id == job_id and event.job.done >= count:
            there.set()

    unsubscribe = place.bus.subscribe(look)
    try:
        assert place.downloads.wait(job_id, 0).done >= count or there.wait(60)
    finally:
        unsubscribe()


def assert_good(job: DownloadJob, place: Desk, file: File) -> None:
    """Done, with the right content under the final name and nothing left over."""
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
