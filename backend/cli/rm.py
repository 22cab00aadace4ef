"""``rm``: delete a model."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli import output
from backend.cli.asking import confirm
from backend.cli.session import local_model, opened
from backend.i18n import tr
from backend.library.stores.found import shown


def rm(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help="An id, a path or a name of the library.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a model, after showing what that frees and whose it is."""
    with opened(context) as backend:
        found = local_model(backend, model, sure=True)
        preview = backend.library.delete_preview(found.id)
        output.say(
            tr(
                "{model} lies in {whose}. Deleting it frees {size}.",
                model=shown(found.id),
                whose=preview.whose,
                size=output.size(preview.frees),
            )
        )
        for path in preview.files:
            output.say(f"  {shown(str(path))}")
        for sentence in preview.keeps:
            output.say(sentence)
        if preview.through_daemon:
            output.say(tr("The running Ollama will delete it: its store cannot be written from here."))
        confirm(tr("Delete it?"), yes=yes)
        freed = backend.library.delete(found.id)
    output.line(tr("Deleted; {size} freed.", size=output.size(freed)))
