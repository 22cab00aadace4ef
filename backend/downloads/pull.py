"""From the name of a model to its verified file on this disk: what `pull` does on the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError, Cancelled
from backend.events import Event, EventBus, JobChanged
from backend.gguf.names import UNKNOWN, quant_label
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import QuantFile, RepoDetail, Source
from backend.i18n import tr

_TICK = 0.2
_PROJECTORS = ("F16", "BF16", "Q8_0", "F32")
"""Labels of projectors, the usual one first."""


class CataloguePort(Protocol):
    """What naming a model needs of `backend.hubs.catalogue.Catalogue`."""

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail: ...

    def choice(self, model_id: str, tag: str = "", *, max_age: float = 0.0) -> QuantFile: ...

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile: ...


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


def resolve(
    catalogue: CataloguePort,
    spec: str,
    choose: Callable[[RepoDetail, str], QuantFile],
    *,
    projector: bool = False,
) -> DownloadRequest:
    """The download that a name means, at the newest version or at the one of an address.

    Understood: ``hf:owner/name[/file.gguf]``, ``owner/name[:QUANT]``, ``ollama:[user/]name[:tag]``; in place
    of a tag a quantization label may stand that only one tag has.

    Args:
        choose: Picks the file from a repository and what `spec` names of it (a path, a label or nothing).
        projector: Whether the part of a repository that reads images comes along; Ollama's always does.

    Raises:
        AppError: ``download.bad_spec``, ``download.no_projector``, or what the gardens and `choose` raise.
    """
    parsed = parse_query(spec)
    if parsed.kind is Kind.OLLAMA and parsed.name is not None:
        quant = _tagged(catalogue, parsed.name, parsed.tag or "")
        commit = hashlib.sha256(quant.manifest.encode()).hexdigest()
        return DownloadRequest(parsed.name, commit, quant, Source.OLLAMA)
    if parsed.kind is not Kind.REPO or parsed.repo_id is None:
        raise AppError(
            "download.bad_spec",
            tr("{spec} does not name a model of Hugging Face or Ollama.", spec=spec),
            tr(
                "Write it as hf:owner/name, hf:owner/name:Q4_K_M, hf:owner/name/file.gguf or ollama:name:tag."
            ),
        )
    detail = catalogue.detail(Source.HUGGING_FACE, parsed.ref)
    quant = choose(detail, parsed.file or parsed.quant or "")
    if projector:
        quant = replace(quant, extras=_projector(detail).files)
    return DownloadRequest(detail.model.id, detail.commit, quant)


def _tagged(catalogue: CataloguePort, name: str, tag: str) -> QuantFile:
    try:
        return catalogue.choice(name, tag)
    except AppError as error:
        label = quant_label(f"{tag}.gguf")
        if error.code != "ollama.not_found" or label == UNKNOWN or label.casefold() != tag.casefold():
            raise
        try:
            detail = catalogue.detail(Source.OLLAMA, name)
        except AppError:
            raise error from None
        found = [quant for quant in detail.quants if quant.label == label]
        if len(found) == 1:
            return catalogue.complete(detail, found[0])
        if not found:
            raise error from None
        raise AppError(
            "download.bad_spec",
            tr("Several tags of {name} are {label}.", name=name, label=label),
            tr("Choose one: {names}.", names=", ".join(quant.tag for quant in found)),
        ) from None


def _projector(detail: RepoDetail) -> QuantFile:
    """The projector that others are measured by: F16 where there is one."""
    found = [quant for quant in detail.quants if quant.kind == "projector"]
    if not found:
        raise AppError(
            "download.no_projector",
            tr("{repo} has no projector for images.", repo=detail.model.id),
            tr("Leave --mmproj out, or choose a repository with a file called mmproj."),
        )
    return min(found, key=lambda quant: _PROJECTORS.index(quant.label) if quant.label in _PROJECTORS else 9)


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
