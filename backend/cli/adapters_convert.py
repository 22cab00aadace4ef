"""``adapters convert``: make a GGUF adapter of a folder that PEFT wrote."""

from __future__ import annotations

import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.adapters.types import Adapter
from backend.cli import output
from backend.cli.asking import follow
from backend.cli.session import local_model, opened
from backend.errors import AppError
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.quantize.types import Made

if TYPE_CHECKING:
    from backend.app import Backend


class Type(StrEnum):
    F16 = "f16"
    F32 = "f32"
    Q8_0 = "q8_0"


def convert(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="PEFT_DIR", help="The folder with adapter_config.json, or its name.")
    ],
    base: Annotated[
        str,
        typer.Option("--base", metavar="MODEL", help="The model it is for; else the one that it names."),
    ] = "",
    type_name: Annotated[
        Type, typer.Option("--type", case_sensitive=False, help="Type of the numbers in the new file.")
    ] = Type.F16,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The new file, or a folder for it."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file at OUT.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Make a GGUF adapter of a PEFT folder. Pickle files are never opened, code never executed."""
    with opened(context) as backend:
        folder = Path(source).expanduser()
        adapter = backend.adapters.find(os.path.abspath(folder) if folder.is_dir() else source)  # noqa: PTH100
        if adapter.format != "peft":
            raise AppError(
                "convert.source",
                tr("{name} is a GGUF adapter already.", name=source),
                tr("Give a folder with adapter_config.json and adapter_model.safetensors."),
            )
        base_id = local_model(backend, base).id if base else ""
        made = _made(backend, adapter, base_id, type_name, out, replace=force)
    if as_json:
        output.document(asdict(made))
    else:
        output.line(shown(str(made.path)))


def _made(
    backend: Backend, adapter: Adapter, base_id: str, type_name: Type, out: Path | None, *, replace: bool
) -> Made:
    made: list[Made] = []

    def work(step: Step) -> Outcome:
        done = backend.adapter_converter.make(
            step, adapter.path, type_name.value, base_id, out, replace=replace
        )
        made.append(done)
        return Outcome(path=done.path)

    label = type_name.value.upper()
    follow(backend, backend.activities.start(ActivityKind.CONVERT, adapter.name, work, label=label))
    return made[0]
