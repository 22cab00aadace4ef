"""``verify``: hash models again and compare."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli import output
from backend.cli.asking import confirm, follow
from backend.cli.session import local_model, opened
from backend.errors import AppError
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.library.types import LibraryModel


def verify(
    context: typer.Context,
    model: Annotated[
        str | None, typer.Argument(metavar="MODEL", help="An id, a path or a name of the library.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every model of the library.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Read a model again and compare its SHA-256 with what it should be."""
    if (model is None) is not everything:
        raise typer.BadParameter("Give a MODEL, or --all.")
    failed: AppError | None = None
    with opened(context) as backend:
        models: tuple[LibraryModel, ...] = (
            (backend.library.entry(local_model(backend, model).id).row,)
            if model is not None
            else backend.library.models()
        )
        size = output.size(sum(row.size for row in models))
        for row in models:
            output.say(f"  {shown(row.id)}")
        confirm(tr("Read {size} from the disk and compare?", size=size), yes=yes)
        for row in models:
            try:
                (activity,) = backend.library.verify([row.id])
                note = follow(backend, activity).note
            except AppError as error:
                failed = error
                output.say(f"{shown(row.id)}: {error}")
                continue
            output.line(f"{shown(row.id)}: {note}")
    if failed is not None:
        raise typer.Exit(1)
