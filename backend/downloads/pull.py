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
from backend.library.choosing import usual

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


def resolve(hub: DetailPort, spec: str) -> DownloadRequest:
    """The download that ``hf:owner/name[/file.gguf]`` or ``owner/name[:QUANT]`` means, at the newest commit.

    Without a file or quantization the usual one is taken (`backend.library.choosing.usual`).

    Raises:
        AppError: ``download.bad_spec``, ``download.no_gguf``, ``download.not_offered``, or what the hub
            raises.
    """
    parsed = parse_query(spec)
    if parsed.kind is not Kind.REPO or parsed.repo_id is None:
        raise AppError(
            "download.bad_spec",
            tr("{spec} does not name a model on Hugging Face.", spec=spec),
            tr("Write it as hf:owner/name, hf:owner/name:Q4_K_M or hf:owner/name/file.gguf."),
        )
    detail = hub.detail(parsed.repo_id)
    models = [quant for quant in detail.quants if quant.kind == "model"]
    if parsed.file is not None:
        wanted = parsed.file.casefold()
        fitting = [q for q in detail.quants if any(part.path.casefold() == wanted for part in q.files)]
    elif parsed.quant is not None:
        fitting = [quant for quant in models if quant.label.upper() == parsed.quant]
    else:
        fitting = models
    chosen = usual(fitting, _label)
    if chosen is None:
        raise _not_offered(parsed.repo_id, parsed.file or parsed.quant, models)
    return DownloadRequest(detail.model.id, detail.commit, chosen)


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


def _label(quant: QuantFile) -> str:
    return quant.label


def _not_offered(repo_id: str, wanted: str | None, models: list[QuantFile]) -> AppError:
    if not models:
        return AppError(
            "download.no_gguf",
            tr("{repo} has no GGUF file.", repo=repo_id),
            tr("Search for its name together with “GGUF”: somebody may have converted it."),
        )
    return AppError(
        "download.not_offered",
        tr("{repo} does not offer {wanted}.", repo=repo_id, wanted=wanted or ""),
        tr("It has: {names}.", names=", ".join(dict.fromkeys(quant.label for quant in models))),
    )
