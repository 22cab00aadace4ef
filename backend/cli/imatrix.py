"""``imatrix``: measure which weights of a model matter for a text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.cli import output
from backend.cli.asking import follow
from backend.cli.session import local_model, opened
from backend.errors import AppError
from backend.i18n import tr
from backend.lab.types import LabText
from backend.library.stores.found import shown
from backend.quantize.target import check_place, target_at
from backend.quantize.types import Imatrix


@dataclass(frozen=True, slots=True)
class Row:
    path: Path
    size: int
    sha256: str


def imatrix(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help="An id, a path or a name of the library.")],
    text: Annotated[
        Path | None,
        typer.Argument(metavar="TEXT", help="A text file in UTF-8.", show_default="a neutral text"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The file; else it is kept in the profile."),
    ] = None,
    tokens: Annotated[int, typer.Option(metavar="N", min=0, help="At most so many; 0 for all.")] = 0,
    chats: Annotated[
        bool,
        typer.Option("--chats", help="The neutral text and your own chats; nothing leaves this machine."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file at OUT.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Compute an importance matrix, with which small types lose less."""
    if chats and text is not None:
        raise AppError(
            "cli.usage",
            tr("--chats goes with the neutral text, not with a file."),
            tr("Give TEXT or --chats."),
        )
    with opened(context) as backend:
        row = local_model(backend, model)
        if out is not None:
            read = (*row.parts, row.path, *([text] if text is not None else []))
            check_place(target_at(out, 1), read, replace=force)
        if text is not None:
            source = LabText("file", text.name, text)
        else:
            kind = "both" if chats else "neutral"
            source = next(found for found in backend.lab.texts() if found.kind == kind)
        made: list[Imatrix] = []

        def work(step: Step) -> Outcome:
            made.append(backend.lab.make_imatrix(step, row.id, source, tokens, out))
            return Outcome(path=made[0].path)

        follow(backend, backend.activities.start(ActivityKind.IMATRIX, row.name, work, unit="tokens"))
    path = made[0].path
    if as_json:
        data = path.read_bytes()
        output.document(Row(path.absolute(), len(data), hashlib.sha256(data).hexdigest()))
    else:
        output.line(shown(str(path)))
