"""``mv``: move a model to another folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backend.cli import output
from backend.cli.asking import confirm, follow
from backend.cli.session import local_model, opened
from backend.i18n import tr
from backend.library.owners import whose
from backend.library.stores.found import shown


def mv(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help="An id, a path or a name of the library.")],
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Gets <publisher>/<name>/<file>.gguf."),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Move a model: copy, verify, then remove the old file. Stopped anywhere, the old place still works."""
    with opened(context) as backend:
        backend.library.recover()
        found = local_model(backend, model)
        backend.library.move_preview(found.id, folder)  # what cannot be is said before anything is asked
        output.say(
            tr(
                "{model} ({size}) will move to {folder}. Now it lies in {whose}.",
                model=shown(found.id),
                size=output.size(found.size),
                whose=whose(found.store),
                folder=shown(str(folder)),
            )
        )
        confirm(tr("Move it?"), yes=yes)
        row = follow(backend, backend.library.move(found.id, folder))
    if row.note:
        output.say(row.note)
    output.line(str(row.path or ""))
