"""``adapters merge``: a new model of a base and adapters at chosen scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.cli import output
from backend.cli.adapter_uses import adapter_uses
from backend.cli.arguments import MODEL_HELP
from backend.cli.asking import follow
from backend.cli.convert import Type
from backend.cli.session import local_model, opened
from backend.convert.types import ConvertType
from backend.engines.types import AdapterUse
from backend.gguf.names import without_label
from backend.library.stores.found import shown
from backend.library.types import LibraryModel
from backend.quantize.types import Made

if TYPE_CHECKING:
    from backend.app import Backend


def merge(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_HELP)],
    adapters: Annotated[
        list[str],
        typer.Argument(metavar="ADAPTER[=SCALE]", help="GGUF adapters; without a scale each at 1."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The new file, or a folder for it."),
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What the new model is called; else as its file.")
    ] = "",
    type_name: Annotated[
        Type | None,
        typer.Option(
            "--type",
            case_sensitive=False,
            help="Type of the weights that change.",
            show_default="that of the model",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file at OUT.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Make a new model of a base and adapters at chosen scales. None of them is changed."""
    with opened(context) as backend:
        base = local_model(backend, model)
        uses = adapter_uses(backend, adapters)
        made = _made(backend, base, uses, name or _name(base, uses, out), type_name, out, replace=force)
    if as_json:
        output.document(asdict(made))
    else:
        output.line(shown(str(made.path)))


def _name(base: LibraryModel, uses: Sequence[AdapterUse], out: Path | None) -> str:
    """That of the new file, or else the names of all that it is made of, without the types of the adapters:
    the new file has one of its own."""
    if out is not None and out.suffix.lower() == ".gguf":
        return shown(out.stem)
    return "-".join((base.name, *(without_label(shown(Path(use.path).stem)) for use in uses)))


def _made(
    backend: Backend,
    base: LibraryModel,
    uses: Sequence[AdapterUse],
    name: str,
    type_name: Type | None,
    out: Path | None,
    *,
    replace: bool,
) -> Made:
    made: list[Made] = []
    kind: ConvertType | None = type_name.value if type_name is not None else None

    def work(step: Step) -> Outcome:
        made.append(backend.adapter_merger.make(step, base.id, uses, name, out, type=kind, replace=replace))
        return Outcome(path=made[0].path)

    follow(backend, backend.activities.start(ActivityKind.MERGE, name, work, model_id=base.id))
    return made[0]
