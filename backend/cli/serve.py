"""``serve``: the local server until Ctrl+C."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.errors import AppError
from backend.events import Event, ServerAsked
from backend.i18n import tr
from backend.server.types import DEFAULT_PORT, ServerStatus

_STEP_S = 0.5


def serve(
    context: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=65535,
            help="Port of 127.0.0.1; 0 takes a free one.",
            show_default=f"that of the settings, {DEFAULT_PORT} unless changed",
        ),
    ] = None,
    token: Annotated[
        str | None, typer.Option(metavar="T", help="What clients must send, instead of the kept one.")
    ] = None,
    no_token: Annotated[
        bool, typer.Option("--no-token", help="Every program of this computer may use the models.")
    ] = False,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--origin",
            metavar="URL",
            help="A web page that may ask, too, as https://host or http://host:port; repeatable.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The address and token as one JSON document on stdout.")
    ] = False,
) -> None:
    """Answer programs of this computer over an OpenAI-compatible interface, until Ctrl+C."""
    if token is not None and (no_token or not (token.isascii() and token.isprintable() and token.strip())):
        raise typer.BadParameter("--token needs printable ASCII and no --no-token.")
    with opened(context) as backend:
        backend.bus.subscribe(_show)
        backend.start()
        status = backend.server.start(
            port=port, token="" if no_token else token, origins=tuple(origins or ())
        )
        if as_json:
            output.document(status)
        else:
            _announce(status)
        while backend.server.status().url:
            threading.Event().wait(_STEP_S)
        raise AppError("server.failed", tr("The local server has ended."))


def _announce(status: ServerStatus) -> None:
    output.line(status.url)
    if status.token:
        output.line(tr("Token: {token}", token=status.token))
    else:
        output.say(tr("Without a token, every program of this computer can use the models."))
    output.say(tr("Ctrl+C ends it."))


def _show(event: Event) -> None:
    if isinstance(event, ServerAsked) and event.line.status:
        line = event.line
        words = (str(line.status), line.method, line.path, line.model, f"{line.seconds:.2f} s", line.error)
        output.say(" ".join(filter(None, words)))
