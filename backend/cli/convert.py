"""``convert``: make a GGUF file of a Hugging Face repository of safetensors."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.cli import output
from backend.cli.asking import follow
from backend.cli.pull import watched
from backend.cli.session import opened
from backend.convert.types import INCOMPLETE
from backend.errors import AppError
from backend.hubs.parse import Kind, parse_query
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.quantize.types import Made

if TYPE_CHECKING:
    from backend.app import Backend


class Type(StrEnum):
    F32 = "F32"
    F16 = "F16"
    BF16 = "BF16"
    Q8_0 = "Q8_0"


def convert(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="REPO_OR_DIR", help="A folder with config.json and safetensors, or hf:owner/name."
        ),
    ],
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
    """Make a GGUF file of a repository of safetensors. Pickle files are never opened, code never executed."""
    with opened(context) as backend:
        folder = _folder(backend, source)
        plan = backend.converter.inspect(folder)
        if plan.refusal is not None:
            raise plan.refusal
        for note in plan.notes:
            output.say(note)
        made = _made(backend, folder, plan.name, type_name, out, replace=force)
    if as_json:
        output.document(asdict(made))
    else:
        output.line(shown(str(made.path)))


def _folder(backend: Backend, source: str) -> Path:
    """The folder that `source` names; a repository that is not whole on this disk is downloaded first."""
    if Path(source).expanduser().is_dir():
        return Path(source).expanduser()
    if source.lower().endswith(".gguf"):
        raise AppError(
            "convert.source",
            tr("{name} is a GGUF file already.", name=source),
            tr("To make another type of it: orangery quantize {name} TYPE", name=source),
        )
    parsed = parse_query(source)
    if parsed.kind is not Kind.REPO or parsed.repo_id is None or parsed.file or parsed.quant:
        raise AppError(
            "convert.source",
            tr("{name} is neither a folder nor a repository of Hugging Face.", name=source),
            tr("Give a folder with config.json and safetensors files, or hf:owner/name."),
        )
    if not parsed.revision:
        local = backend.converter.local(parsed.repo_id)
        refusal = backend.converter.inspect(local).refusal if local is not None else None
        if local is not None and (refusal is None or refusal.code not in INCOMPLETE):
            return local
    with watched(backend) as show:
        return backend.converter.fetch(parsed.repo_id, parsed.revision, show)


def _made(
    backend: Backend, folder: Path, name: str, type_name: Type, out: Path | None, *, replace: bool
) -> Made:
    made: list[Made] = []

    def work(step: Step) -> Outcome:
        made.append(backend.converter.make(step, folder, type_name.value, out, replace=replace))
        return Outcome(path=made[0].path)

    follow(backend, backend.activities.start(ActivityKind.CONVERT, name, work, label=type_name.value))
    return made[0]
