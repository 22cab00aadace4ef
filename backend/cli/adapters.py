"""``adapters``: the adapters on this disk, and whether they fit a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backend.adapters.checking import check_name
from backend.adapters.types import Adapter, CheckLine
from backend.cli import output
from backend.cli.adapters_convert import convert
from backend.cli.adapters_merge import merge
from backend.cli.adapters_sweep import sweep
from backend.cli.arguments import EVERYWHERE, MODEL_HELP
from backend.cli.session import local_model, opened
from backend.i18n import tr

group = typer.Typer(
    name="adapters",
    help="LoRA adapters: list, check, try, convert and merge them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
FAILED = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """The document of ``adapters check --json``; `memory` in bytes."""

    adapter: str
    path: Path
    model: str
    safe: bool
    memory: int
    lines: tuple[CheckLine, ...]


@group.command("ls", epilog=EVERYWHERE)
def ls(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """List the adapters on this disk."""
    with opened(context) as backend:
        found = backend.adapters.all()
    if as_json:
        output.document(list(found))
        return
    heads = (tr("Adapter"), tr("Format"), tr("Base"), tr("Rank"), tr("Alpha"), tr("Size"), "")
    output.table([_row(adapter) for adapter in found], heads)


@group.command("check", epilog=EVERYWHERE)
def check(
    context: typer.Context,
    adapter: Annotated[str, typer.Argument(metavar="ADAPTER", help="A path, an id or a name.")],
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_HELP)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Say whether an adapter fits a model, without loading either. Exit code 1: it does not."""
    with opened(context) as backend:
        chosen = backend.adapters.find(adapter)
        base = local_model(backend, model)
        result = backend.adapters.check(chosen, base.id)
    if as_json:
        lines = result.lines
        output.document(Checked(chosen.id, chosen.path, base.id, result.safe, result.memory, lines))
    else:
        output.table(
            [(check_name(line.kind), _mark(line), line.text) for line in result.lines], ("", "", chosen.name)
        )
        output.line(tr("Safe to load.") if result.safe else tr("It does not fit this model."))
    if not result.safe:
        raise typer.Exit(FAILED)


for command in (sweep, convert, merge):
    group.command(epilog=EVERYWHERE)(command)


def _row(adapter: Adapter) -> tuple[str, ...]:
    return (
        adapter.name,
        "PEFT" if adapter.format == "peft" else "GGUF",
        adapter.base or "–",
        ", ".join(map(str, adapter.ranks)) or "–",
        f"{adapter.alpha:g}",
        output.size(adapter.size),
        adapter.problem or adapter.id,
    )


def _mark(line: CheckLine) -> str:
    match line.state:
        case "ok":
            return tr("ok")
        case "warning":
            return tr("warning")
        case "bad":
            return tr("bad")
        case "unknown":
            return tr("unknown")
