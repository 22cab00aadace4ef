"""Rows of the queue: made from a request, revived after a restart, and moved from state to state."""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import replace
from pathlib import Path

from backend.downloads.place import Destination
from backend.downloads.stores import Stores
from backend.downloads.target import Target
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError
from backend.hubs.types import RemoteFile, Source


def targets(stores: Stores, request: DownloadRequest, destination: Destination) -> tuple[Target, ...]:
    """The files of `request`, where they come from and where they belong, in order."""
    whole = f"{request.repo_id}:{request.quant.tag}"
    found = []
    for file in request.files:
        if request.source is Source.OLLAMA:
            name = whole if file in request.quant.files else f"{whole} ({_layer(request, file)})"
        else:
            name = file.path.rsplit("/", 1)[-1]
        found.append(
            Target(
                name,
                request.repo_id,
                request.source,
                file,
                stores.address(request, file),
                destination.place(file),
                file in request.quant.files if request.source is Source.OLLAMA else name.endswith(".gguf"),
            )
        )
    return tuple(found)


def _layer(request: DownloadRequest, file: RemoteFile) -> str:
    """What a layer is, as its media type says: ``template``, ``params``, ``license``."""
    for entry in json.loads(request.quant.manifest)["layers"]:
        if entry.get("digest") == f"sha256:{file.sha256}":
            return str(entry.get("mediaType", "")).rsplit(".", 1)[-1][:20]
    return "config"


def job_id(request: DownloadRequest) -> str:
    """The same for the same file of the same commit, so that asking twice gives one job."""
    parts = [request.source, request.repo_id, request.commit, request.quant.name]
    if request.source is not Source.OLLAMA:  # there the commit names all layers
        parts += [extra.path for extra in request.quant.extras]
    key = "\0".join(parts)
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def new_job(request: DownloadRequest, sequence: int) -> DownloadJob:
    """A queued job that has fetched nothing yet."""
    return DownloadJob(
        id=job_id(request),
        request=request,
        state=DownloadState.QUEUED,
        name=_name(request),
        label=request.quant.label,
        total=sum(file.size for file in request.files),
        sequence=sequence,
        created=time.time(),
    )


def _name(request: DownloadRequest) -> str:
    name = request.repo_id.split("/")[-1]
    if request.source is Source.OLLAMA:
        return f"{name}:{request.quant.tag}"
    return re.sub(r"[-_.]?gguf$", "", name, flags=re.IGNORECASE)


def revived(job: DownloadJob) -> DownloadJob:
    """A row of an earlier run: what was active then waits for its turn now."""
    return queued(job) if job.state.active else job


def queued(job: DownloadJob, note: str = "") -> DownloadJob:
    return _at_rest(replace(job, finished=None, path=None), DownloadState.QUEUED, note)


def paused(job: DownloadJob) -> DownloadJob:
    return _at_rest(job, DownloadState.PAUSED)


def cancelled(job: DownloadJob) -> DownloadJob:
    return replace(_at_rest(job, DownloadState.CANCELLED), done=0, ranges=(), finished=time.time())


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
    rest = replace(_at_rest(job, DownloadState.DONE), done=job.total, path=str(path), finished=time.time())
    return replace(rest, ranges=(), current="")


def _at_rest(job: DownloadJob, state: DownloadState, note: str = "") -> DownloadJob:
    """`job` in `state`, without speed and without the error of an earlier try."""
    return replace(
        job,
        state=state,
        note=note,
        speed=0.0,
        eta=None,
        connections=0,
        error_code="",
        error_title="",
        error_hint="",
        error_detail="",
    )
