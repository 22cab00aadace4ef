"""Rows of the queue: made from a request, revived after a restart, and moved from state to state."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from pathlib import Path

from backend.downloads.transfer import Target
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError
from backend.i18n import tr
from backend.library.layout import HubCache, check_commit, check_distinct, check_path

_SUFFIXES = (".gguf", ".safetensors", ".json")
"""Nothing else is fetched: other model formats can carry code."""


def check_request(cache: HubCache, request: DownloadRequest) -> None:
    """Refuse what could not be verified, or could be written to a wrong place.

    Raises:
        AppError: ``download.bad_name``, ``download.kind``, ``download.no_digest``.
    """
    check_commit(request.commit)
    check_distinct(file.path for file in request.quant.files)
    for target in targets(cache, request):
        if not check_path(target.file.path).name.lower().endswith(_SUFFIXES):
            raise AppError(
                "download.kind",
                tr("{name} is not a model file that Orangery downloads.", name=target.name),
                tr("Choose a GGUF file: other formats can carry code."),
            )
        target.folder.blob(target.etag)


def targets(cache: HubCache, request: DownloadRequest) -> tuple[Target, ...]:
    """The files of `request` and where they belong, in order."""
    folder = cache.repo(request.repo_id)
    return tuple(Target(request.repo_id, request.commit, file, folder) for file in request.quant.files)


def job_id(request: DownloadRequest) -> str:
    """The same for the same file of the same commit, so that asking twice gives one job."""
    key = "\0".join((request.source, request.repo_id, request.commit, request.quant.name))
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def new_job(request: DownloadRequest, sequence: int) -> DownloadJob:
    """A queued job that has fetched nothing yet."""
    return DownloadJob(
        id=job_id(request),
        request=request,
        state=DownloadState.QUEUED,
        name=re.sub(r"[-_.]?gguf$", "", request.repo_id.split("/")[-1], flags=re.IGNORECASE),
        label=request.quant.label,
        total=request.quant.size,
        sequence=sequence,
        created=time.time(),
    )


def revived(job: DownloadJob) -> DownloadJob:
    """A row of an earlier run: what was active then waits for its turn now."""
    return queued(job) if job.state.active else job


def queued(job: DownloadJob, note: str = "") -> DownloadJob:
    return _at_rest(replace(job, finished=None, path=None), DownloadState.QUEUED, note)


def paused(job: DownloadJob) -> DownloadJob:
    return _at_rest(job, DownloadState.PAUSED)


def cancelled(job: DownloadJob) -> DownloadJob:
    return replace(_at_rest(job, DownloadState.CANCELLED), done=0, finished=time.time())


def failed(job: DownloadJob, error: AppError) -> DownloadJob:
    return replace(
        _at_rest(job, DownloadState.FAILED),
        error_code=error.code,
        error_title=error.title,
        error_hint=error.hint,
        error_detail=error.detail,
        finished=time.time(),
    )


def done(job: DownloadJob, path: Path) -> DownloadJob:
    return replace(_at_rest(job, DownloadState.DONE), done=job.total, path=str(path), finished=time.time())


def _at_rest(job: DownloadJob, state: DownloadState, note: str = "") -> DownloadJob:
    """`job` in `state`, without speed and without the error of an earlier try."""
    return replace(
        job,
        state=state,
        note=note,
        speed=0.0,
        eta=None,
        error_code="",
        error_title="",
        error_hint="",
        error_detail="",
    )
