"""From the name of a model to its verified file on this disk: what `pull` does on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError, Cancelled
from backend.events import Event, EventBus, JobChanged
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import QuantFile, RepoDetail
from backend.i18n import tr

_TICK = 0.2


class DetailPort(Protocol):
    """What naming a file needs of `backend.hubs.huggingface.HuggingFace`."""

    def detail(self, repo_id: str) -> RepoDetail: ...


class QueuePort(Protocol):
    """What pulling needs of `backend.downloads.manager.Downloads`."""

    def start(self, request: DownloadRequest) -> DownloadJob: ...

    def wait(self, job_id: str, timeout: float | None = None) -> DownloadJob: ...


@dataclass(frozen=True, slots=True)
class Pulled:
    """A verified model: the file to open, bytes of all parts, and the digest of the first part."""

    path: Path
    size: int
    sha256: str


def resolve(hub: DetailPort, spec: str, choose: Callable[[RepoDetail, str], QuantFile]) -> DownloadRequest:
    """The download that ``hf:owner/name[/file.gguf]`` or ``owner/name[:QUANT]`` means, at the newest commit,
    or at the revision of an address.

    Args:
        choose: Picks the file from the repository and what `spec` names of it (a path, a label or nothing).

    Raises:
        AppError: ``download.bad_spec``, or what the hub and `choose` raise.
    """
    parsed = parse_query(spec)
    if parsed.kind is not Kind.REPO or parsed.repo_id is None:
        raise AppError(
            "download.bad_spec",
            tr("{spec} does not name a model on Hugging Face.", spec=spec),
            tr("Write it as hf:owner/name, hf:owner/name:Q4_K_M or hf:owner/name/file.gguf."),
        )
    detail = hub.detail(parsed.ref)
    return DownloadRequest(detail.model.id, detail.commit, choose(detail, parsed.file or parsed.quant or ""))


def pull(
    downloads: QueuePort,
    bus: EventBus,
    request: DownloadRequest,
    progress: Callable[[DownloadJob], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Pulled:
    """Download `request` and wait for it; the job stays in the queue if the caller gives up.

    Args:
        progress: Called with the row at every change, in the thread that made it.
        stopped: Asked five times a second whether to stop waiting.

    Raises:
        AppError: Why it failed.
        Cancelled: It was paused or cancelled, or `stopped` said so.
    """
    ids: set[str] = set()

    def show(event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.id in ids:
            progress(event.job)

    unsubscribe = bus.subscribe(show)
    try:
        job = downloads.start(request)
        ids.add(job.id)
        progress(job)
        while job.state.active:
            if stopped():
                raise Cancelled
            job = downloads.wait(job.id, _TICK)
    finally:
        unsubscribe()
    if job.state is DownloadState.FAILED:
        raise AppError(job.error_code, job.error_title, job.error_hint, job.error_detail, retryable=True)
    if job.state is not DownloadState.DONE or job.path is None:
        raise Cancelled
    first = request.quant.files[0]
    return Pulled(Path(job.path), request.quant.size, first.sha256 or "")
