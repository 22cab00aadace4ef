"""``ls``: the models on this disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.i18n import tr
from backend.library.types import LibraryModel


@dataclass(frozen=True, slots=True)
class Row:
    """One model of ``ls --json``; sizes in bytes, speed in measured tokens per second."""

    id: str
    name: str
    owner: str
    store: str
    path: Path
    size: int
    quant: str
    architecture: str | None
    parameters: int | None
    context_length: int | None
    sha256: str | None
    verified: bool
    tokens_per_second: float | None
    problem: str


def ls(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """List the models on this disk."""
    with opened(context) as backend:
        models = backend.library.models()
    if as_json:
        output.document([_row(model) for model in models])
        return
    output.table(
        [
            (
                model.id,
                model.quant,
                output.count(model.parameters),
                output.size(model.size),
                f"{model.tokens_per_second:.0f}" if model.tokens_per_second else "–",
                model.problem,
            )
            for model in models
        ],
        (tr("Model"), tr("Quant"), tr("Params"), tr("Size"), tr("Tokens/s"), ""),
    )


def _row(model: LibraryModel) -> Row:
    return Row(
        id=model.id,
        name=model.name,
        owner=model.owner,
        store=model.source.value,
        path=model.path,
        size=model.size,
        quant=model.quant,
        architecture=model.architecture,
        parameters=model.parameters,
        context_length=model.context_length,
        sha256=model.sha256,
        verified=model.verified,
        tokens_per_second=model.tokens_per_second,
        problem=model.problem,
    )
