"""A download as the queue, the jobs drawer and the database see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.hubs.types import QuantFile, RemoteFile, Source


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """What to fetch: one choice of one repository, pinned to a commit.

    Attributes:
        repo_id: Identifier inside its garden.
        commit: Of a repository; for Ollama, the SHA-256 of the manifest.
    """

    repo_id: str
    commit: str
    quant: QuantFile
    source: Source = Source.HUGGING_FACE

    @property
    def files(self) -> tuple[RemoteFile, ...]:
        """Everything that comes along, the weights first; layers that are named twice only once."""
        return tuple(dict.fromkeys((*self.quant.files, *self.quant.extras)))


class DownloadState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    VERIFYING = "verifying"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def active(self) -> bool:
        """Whether it still uses, or waits for, the network or the disk."""
        return self in (DownloadState.QUEUED, DownloadState.RUNNING, DownloadState.VERIFYING)


@dataclass(frozen=True, slots=True)
class DownloadJob:
    """One row of the jobs drawer.

    Attributes:
        id: Stable over restarts.
        name: Model name for people, without owner.
        label: Quantization.
        total: Bytes of all files.
        done: Bytes written to the disk; a kill costs at most the last 8 MiB of them.
        speed: Bytes per second over the last seconds; 0 while not running.
        eta: Seconds left, or None where unknown.
        error_code, error_title, error_hint, error_detail: The `AppError` that stopped it; empty unless
        failed. path: The verified file (first part), once done.
        note: One line about what is going on ("connection lost, trying again in 4 s"); may be empty.
        sequence: Place in the queue; order of creation, unless somebody moved it.
        ranges: Bytes of the current file that are there, as at most 200 half-open ranges.
        connections: How many are open now.
        current: Name of the file that is being fetched.
        place_of: Where it goes, in words; empty while that is not known.
    """

    id: str
    request: DownloadRequest
    state: DownloadState
    name: str
    label: str
    total: int
    done: int = 0
    speed: float = 0.0
    eta: float | None = None
    error_code: str = ""
    error_title: str = ""
    error_hint: str = ""
    error_detail: str = ""
    path: str | None = None
    note: str = ""
    sequence: int = 0
    created: float = 0.0
    finished: float | None = None
    ranges: tuple[tuple[int, int], ...] = ()
    connections: int = 0
    current: str = ""
    place_of: str = ""
