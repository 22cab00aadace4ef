"""``pull``: download a model, verified, into the standard store of its garden."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.downloads.pull import Pulled, resolve
from backend.downloads.pull import pull as fetch
from backend.downloads.types import DownloadJob, DownloadState
from backend.errors import AppError
from backend.fit_choice import pick_quant
from backend.hubs.ollama.errors import not_runnable
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel

if TYPE_CHECKING:
    from backend.app import Backend


def pull(
    context: typer.Context,
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL",
            help="hf:owner/name, with :Q4_K_M or /file.gguf behind it for one file; or ollama:name:tag.",
        ),
    ],
    mmproj: Annotated[
        bool, typer.Option("--mmproj", help="Take along the part that reads images (hf: only).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Download a model. Stopped with Ctrl+C, the same command goes on where it was."""
    with opened(context) as backend:
        if parse_query(model).kind in (Kind.REPO, Kind.OLLAMA):
            pulled = _download(backend, model, mmproj)
        else:
            pulled = _present(_found(backend, model))
            output.say(tr("{model} is already on this disk.", model=model))
    if as_json:
        output.document(pulled)
    else:
        output.line(str(pulled.path))


def _download(backend: Backend, spec: str, projector: bool) -> Pulled:
    with watched(backend) as show:
        request = resolve(
            backend.catalogue,
            spec,
            lambda detail, wanted: pick_quant(detail, wanted, backend.machines.read()),
            projector=projector,
        )
        if request.source is Source.OLLAMA and request.quant.kind != "model":
            raise not_runnable(f"{request.repo_id}:{request.quant.tag}", request.quant.kind)
        return fetch(backend.downloads, backend.bus, request, show)


@contextlib.contextmanager
def watched(backend: Backend) -> Iterator[Callable[[DownloadJob], None]]:
    """What shows the progress of a download on stderr; Ctrl+C inside the block pauses it."""
    progress = output.Progress()
    last: DownloadJob | None = None

    def show(job: DownloadJob) -> None:
        nonlocal last
        now = last is None or last.state is not job.state
        last = job
        progress.show(_status(job), now=now)

    try:
        yield show
    except KeyboardInterrupt:
        # Not left to go on by itself when the window is next opened: the person said stop.
        if last is not None:
            backend.downloads.pause(last.id)
        raise
    finally:
        progress.end()


def _status(job: DownloadJob) -> str:
    share = 100 * job.done / job.total if job.total else 100.0
    text = f"{job.name} {job.label}: {output.size(job.done)} / {output.size(job.total)} ({share:.0f} %)"
    if job.state is DownloadState.VERIFYING:
        return f"{text}, {tr('verifying')}"
    if job.state is DownloadState.RUNNING and job.speed:
        text += f", {output.size(job.speed)}/s"
    return f"{text}, {job.note}" if job.note else text


def _found(backend: Backend, spec: str) -> LibraryModel:
    """The model that is here already; what is a start of a name might be meant for a garden."""
    try:
        return backend.library.find(spec, sure=True)
    except AppError as error:
        if error.code != "library.not_found":
            raise
        raise AppError(
            error.code,
            tr("{spec} names no model that can be downloaded.", spec=spec),
            tr("Write hf:owner/name or ollama:name:tag; orangery search finds them."),
        ) from error


def _present(model: LibraryModel) -> Pulled:
    sha256 = model.sha256
    if sha256 is None:
        with model.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Pulled(model.path, model.size, sha256)
