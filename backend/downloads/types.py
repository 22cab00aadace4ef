"""A download as the queue, the jobs drawer and the database see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.hubs.types import QuantFile, Source


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """What to fetch: one choice of one repository, pinned to a commit."""

    repo_id: str
    commit: str
    quant: QuantFile
    source: Source = Source.HUGGING_FACE


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
        sequence: Place in the queue; order of creation.
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
