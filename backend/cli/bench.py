"""``bench``: how fast models read and write here, or how they do in a suite."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.bench import llama_bench
from backend.bench.export import report
from backend.bench.suites import read_suite
from backend.bench.types import BenchRun, SpeedRequest, SuiteRequest
from backend.cli import output
from backend.cli.fit import Kv
from backend.cli.session import local_model, opened
from backend.compare.types import Column, RunState
from backend.engines.types import ChatModel, Sampling
from backend.errors import AppError, Cancelled
from backend.events import ActivityChanged, Event
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

_STEP_S = 0.2
_STOPPING_S = 10.0
_THREADS = 512
"""With more the engine ends its process (GGML_MAX_N_THREADS)."""
_TOKENS, _BATCH, _LAYERS = 2**20, 2**16, 10_000
"""Above any model, and far below where the engine's own whole numbers end."""


class Switch(StrEnum):
    """A setting of a sweep that is on or off."""

    ON = "on"
    OFF = "off"


def bench(
    context: typer.Context,
    models: Annotated[
        list[str],
        typer.Argument(metavar="MODEL", help="Paths, starter, hf:owner/name[/file.gguf] or library names."),
    ],
    suite: Annotated[
        str | None, typer.Option(metavar="NAME|FILE", help="Answer a suite instead of measuring speed.")
    ] = None,
    pp: Annotated[
        list[int] | None,
        typer.Option(
            "--pp", metavar="N", min=0, max=_TOKENS, help="Prompt tokens; repeatable.", show_default="512"
        ),
    ] = None,
    tg: Annotated[
        list[int] | None,
        typer.Option(
            "--tg", metavar="N", min=0, max=_TOKENS, help="Generated tokens; repeatable.", show_default="128"
        ),
    ] = None,
    depth: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N",
            min=0,
            max=_TOKENS,
            help="Tokens in the context before; repeatable.",
            show_default="0",
        ),
    ] = None,
    batch: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N", min=1, max=_BATCH, help="Tokens read at once; repeatable.", show_default="512"
        ),
    ] = None,
    threads: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N", min=1, max=_THREADS, help="Threads; repeatable.", show_default="physical cores"
        ),
    ] = None,
    kv: Annotated[
        list[Kv] | None,
        typer.Option(
            metavar="<f16|q8_0|q4_0>", help="How keys and values are kept; repeatable.", show_default="f16"
        ),
    ] = None,
    flash_attention: Annotated[
        list[Switch] | None,
        typer.Option(metavar="<on|off>", help="Flash attention; repeatable.", show_default="on"),
    ] = None,
    gpu_layers: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N",
            min=0,
            max=_LAYERS,
            help="Layers on the GPU; repeatable.",
            show_default="all that fit there",
        ),
    ] = None,
    reps: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="Repetitions.")] = 5,
    judge: Annotated[
        str, typer.Option(metavar="MODEL", help="Who judges the items of a suite that need it.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Measure speed, or how well a suite is answered. Of speed, --json has the keys of llama-bench."""
    with opened(context) as backend:
        chosen = [_model(backend, spec) for spec in models]
        request: SpeedRequest | SuiteRequest
        if suite is None:
            request = SpeedRequest(
                tuple(model.id for model in chosen),
                tuple(pp or (512,)),
                tuple(tg or (128,)),
                tuple(depth or (0,)),
                n_batch=tuple(batch or (512,)),
                threads=tuple(threads or (None,)),
                kv_types=tuple(each.value for each in kv or (Kv.F16,)),
                flash_attention=tuple(each is Switch.ON for each in flash_attention or (Switch.ON,)),
                gpu_layers=tuple(gpu_layers or (None,)),
                repetitions=reps,
            )
        else:
            columns = tuple(Column(model.id, sampling=Sampling(temperature=0.0)) for model in chosen)
            arbiter = _model(backend, judge).id if judge else ""
            request = SuiteRequest(_suite(backend, suite), columns, arbiter)
        run = _watched(backend, request)
    if as_json:
        output.document(_json(run))
    else:
        output.line(report(run))
    output.say(tr("Kept as b{number}: orangery report b{number} shows it again.", number=run.id))
    if run.error_title:
        raise AppError("bench.failed", run.error_title, run.error_hint)
    if run.kind == "speed" and not any(row.samples_ts for row in run.speed):
        first = run.speed[0]
        raise AppError("bench.failed", first.error_title, first.error_hint)


def _model(backend: Backend, spec: str) -> ChatModel:
    """The model that `spec` names; one that could be downloaded says how."""
    try:
        return backend.engines.find(spec)
    except AppError:
        return backend.engines.find(local_model(backend, spec).id)


def _suite(backend: Backend, name: str) -> str:
    """The name of a suite; that of a file is taken in first."""
    if name in {each.name for each in backend.bench.suites()}:
        return name
    path = Path(name)
    if path.suffix.lower() in (".jsonl", ".csv"):
        return backend.bench.save_suite(read_suite(path)).name
    raise AppError(
        "bench.no_suite",
        tr("There is no suite called {name}.", name=name),
        tr(
            "These are there: {names}. A suite of your own is a file that ends in .jsonl or .csv.",
            names=", ".join(each.name for each in backend.bench.suites()),
        ),
    )


def _watched(backend: Backend, request: SpeedRequest | SuiteRequest) -> BenchRun:
    """Start, show how far it is, and wait; Ctrl+C ends it and keeps what was measured."""
    progress = output.Progress(every_s=1.0)

    def show(event: Event) -> None:
        if isinstance(event, ActivityChanged) and event.activity.total:
            activity = event.activity
            progress.show(f"{activity.done}/{activity.total}  {activity.note}".rstrip())

    unsubscribe = backend.bus.subscribe(show)
    run_id = backend.bench.start(request)
    try:
        while True:
            run = backend.bench.wait(run_id, _STEP_S)
            if run.state not in (RunState.WAITING, RunState.RUNNING):
                return run
    except KeyboardInterrupt:
        backend.bench.stop(run_id)
        backend.bench.wait(run_id, _STOPPING_S)
        raise Cancelled from None
    finally:
        unsubscribe()
        progress.end()


def _json(run: BenchRun) -> list[dict[str, Any]]:
    """Tests as `llama-bench` writes them, or answers with their verdicts."""
    if run.kind == "speed":
        return list(llama_bench.rows_of(run, failed=True))
    return [
        {"model": run.columns[row.column].model_id, "suite": run.suite, **_plain(dataclasses.asdict(row))}
        for row in run.answers
    ]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    timings = row.pop("timings")
    row.pop("column")
    return {
        **row,
        "completion_tokens": timings["completion_tokens"],
        "generation_tps": timings["generation_tps"],
    }
