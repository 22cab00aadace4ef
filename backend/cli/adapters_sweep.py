"""``adapters sweep``: one prompt at several scales of an adapter, side by side."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from backend.adapters.types import Sweep, SweepCell, SweepRequest
from backend.cli import output
from backend.cli.adapter_uses import scale_of
from backend.cli.arguments import MODEL_HELP
from backend.cli.session import local_model, opened
from backend.engines.types import AdapterUse
from backend.events import Event, SweepChanged
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

FAILED = 1
_STEP_S = 0.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of ``adapters sweep --json``.

    Attributes:
        scales: One for each adapter.
        generation_tps: Tokens per second; the cells were written at the same time.
        kl: Mean over the tokens of the base's answer of KL(base ‖ this cell), in nats; None: not measured.
        error: What went wrong, in a sentence; else empty.
    """

    scales: tuple[float, ...]
    text: str
    generation_tps: float
    completion_tokens: int
    kl: float | None
    finish_reason: str
    error: str


@dataclass(frozen=True, slots=True)
class Swept:
    """The document of ``adapters sweep --json``; `extra_memory` in bytes, beside the weights."""

    model: str
    adapters: tuple[str, ...]
    prompt: str
    seed: int
    seconds: float
    extra_memory: int
    cells: tuple[Cell, ...]


def sweep(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_HELP)],
    adapter: Annotated[str, typer.Argument(metavar="ADAPTER", help="A path, an id or a name.")],
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What is asked at every scale.")],
    scales: Annotated[
        str, typer.Option(metavar="S,S…", help="The scales; 0 is the model alone.")
    ] = "0,0.25,0.5,0.75,1",
    second: Annotated[
        str, typer.Option(metavar="ADAPTER", help="Another adapter: each of its scales with each.")
    ] = "",
    seed: Annotated[int, typer.Option(metavar="N", min=0, max=2**32 - 1, help="The same for all.")] = 42,
    max_tokens: Annotated[int, typer.Option(metavar="N", min=1, help="Longest answer in tokens.")] = 256,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Answer PROMPT at several scales of an adapter. Exit code 1: one of the answers failed."""
    steps = tuple(scale_of(part.strip()) for part in scales.split(","))
    with opened(context) as backend:
        base = local_model(backend, model)
        paths = tuple(str(backend.adapters.find(name).path) for name in (adapter, second) if name)
        grid = [(a, b) for b in steps for a in steps] if second else [(a,) for a in steps]
        cells = tuple(
            tuple(AdapterUse(path, scale) for path, scale in zip(paths, each, strict=True) if scale)
            for each in grid
        )
        done = _ran(backend, SweepRequest(base.id, prompt, cells, seed, max_tokens))
    rows = tuple(_cell(each, cell) for each, cell in zip(grid, done.cells, strict=True))
    if as_json:
        output.document(Swept(base.id, paths, prompt, seed, done.seconds, done.extra_memory, rows))
    else:
        _print(rows, done)
    if any(row.error for row in rows):
        raise typer.Exit(FAILED)


def _ran(backend: Backend, request: SweepRequest) -> Sweep:
    """The sweep when it has ended; looked for in short steps, between which Windows sees Ctrl+C."""
    ended = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, SweepChanged) and not event.sweep.running:
            ended.set()

    unsubscribe = backend.bus.subscribe(hear)
    try:
        number = backend.sweeps.start(request)
        while not ended.wait(_STEP_S):
            pass
    finally:
        unsubscribe()
    return backend.sweeps.get(number)


def _cell(scales: tuple[float, ...], cell: SweepCell) -> Cell:
    return Cell(
        scales=scales,
        text=cell.text,
        generation_tps=cell.timings.generation_tps,
        completion_tokens=cell.timings.completion_tokens,
        kl=cell.divergence,
        finish_reason=cell.finish_reason.value if cell.finish_reason else "",
        error=f"{cell.error_title} {cell.error_hint}".strip(),
    )


def _print(rows: tuple[Cell, ...], done: Sweep) -> None:
    for row in rows:
        speed, kl = f"{row.generation_tps:.0f}", "–" if row.kl is None else f"{row.kl:.2g}"
        output.line(
            tr(
                "Scale {scales}: {n} tokens, {speed} tokens/s, mean KL {kl}",
                scales=" + ".join(f"{scale:g}" for scale in row.scales),
                n=row.completion_tokens,
                speed=speed,
                kl=kl,
            )
        )
        output.line(row.error or row.text)
        output.line()
    output.say(
        tr(
            "{seconds} s, {memory} beside the weights",
            seconds=f"{done.seconds:.1f}",
            memory=output.size(done.extra_memory),
        )
    )
