"""The backend of one command, and the models that its arguments name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from backend.adapters.mixes import mix_number
from backend.cli import output
from backend.cli.arguments import Globals
from backend.engines import engines
from backend.engines.ids import remote_id
from backend.engines.types import ChatModel
from backend.errors import AppError, Cancelled
from backend.hubs.parse import Kind, parse_query
from backend.i18n import tr
from backend.library.types import LibraryModel

if TYPE_CHECKING:
    from backend.app import Backend


@contextlib.contextmanager
def opened(context: typer.Context) -> Iterator[Backend]:
    """The backend that the global options ask for, closed again behind the block.

    Raises:
        Cancelled: Ctrl+C inside the block.
    """
    from backend.app import Backend  # half of the start-up time, which wrong usage need not pay

    chosen = context.obj if isinstance(context.obj, Globals) else Globals()
    with Backend(chosen.paths, offline=chosen.offline, command=True) as backend:
        for notice in backend.notices:
            output.say(f"{notice.title} {notice.hint}".strip())
        try:
            yield backend
        except KeyboardInterrupt:
            raise Cancelled from None


def chat_model(backend: Backend, spec: str) -> ChatModel:
    """The model that `spec` names, on this disk or behind a connection.

    Raises:
        AppError: As for `local_model`, ``connection.gone``, and those of mixes.
    """
    if remote_id(spec) is not None or mix_number(spec) is not None:
        return backend.engines.find(spec)
    try:
        return backend.engines.find(spec)
    except AppError:
        return engines.chat_model(local_model(backend, spec))


def local_model(backend: Backend, spec: str, *, sure: bool = False) -> LibraryModel:
    """The model on this disk that `spec` names; with `sure` nothing that could also mean another one.

    Raises:
        AppError: ``library.not_found`` and the like; a model that could be downloaded says how.
    """
    try:
        return backend.library.find(spec, sure=sure)
    except AppError as error:
        parsed = parse_query(spec)
        ours = parsed.kind is Kind.REPO or (parsed.kind is Kind.OLLAMA and parsed.explicit)
        if error.code == "library.not_found" and ours:
            raise AppError(
                error.code,
                tr("{model} is not on this disk.", model=spec),
                tr("Download it first: orangery pull {model}", model=spec),
            ) from error
        raise
