"""``fit``: what a model needs, what this machine has, and the verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from backend.capacity.report import FitReport
from backend.capacity.sentence import verdict_word
from backend.capacity.types import Rate, RunConfig
from backend.cli import output
from backend.cli.session import opened
from backend.i18n import tr


class Kv(StrEnum):
    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


def fit(
    context: typer.Context,
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL",
            help="A path, a folder, starter, hf:owner/name[/file.gguf], ollama:name:tag or a library name.",
        ),
    ],
    ctx: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Context in tokens, over all parallel answers.", show_default="8192"
        ),
    ] = None,
    kv: Annotated[Kv, typer.Option(help="How keys and values of the context are kept.")] = Kv.F16,
    parallel: Annotated[int, typer.Option(metavar="N", min=1, max=256, help="Answers at the same time.")] = 1,
    probe: Annotated[
        bool, typer.Option("--probe/--no-probe", help="Let the engine do the sum, which takes a moment.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Predict whether a model fits this machine, before it is downloaded."""
    with opened(context) as backend:
        n_ctx = ctx or backend.settings.get().default_n_ctx or RunConfig().n_ctx
        run = RunConfig(n_ctx=n_ctx, kv_type=kv.value, parallel=parallel)
        report = backend.fits.report(model, run, probe=probe)
    if as_json:
        output.document(report)
    else:
        _print(report)


def _print(report: FitReport) -> None:
    output.line(f"{report.model}: {verdict_word(report.verdict)}")
    needs = report.bytes
    rows = [
        (tr("Weights"), output.size(needs.weights)),
        (tr("Context of {n} tokens", n=report.n_ctx), output.size(needs.kv)),
        (tr("Compute"), output.size(needs.compute)),
        (tr("Other"), output.size(needs.other)),
        (tr("Together"), output.size(needs.total)),
    ]
    rows += [
        (
            tr("Free: {pool}", pool=pool.name),
            tr("{free} of {total}", free=output.size(pool.free), total=output.size(pool.total)),
        )
        for pool in report.free
    ]
    if report.measured:
        rows.append((tr("Measured speed"), tr("{speed} tokens/s", speed=f"{report.tokens_per_second:.0f}")))
    elif report.generation is not None:
        rows.append((tr("Predicted speed"), _rate(report.generation)))
    if report.prompt is not None:
        rows.append((tr("Reads prompts at"), _rate(report.prompt)))
    engine = report.source == "engine"
    rows.append((tr("Computed by"), tr("the engine, in a dry run") if engine else tr("the formula")))
    output.table(rows, (tr("Needs"), ""))


def _rate(rate: Rate) -> str:
    """A predicted speed with its range."""
    return tr("{low} to {high} tokens/s", low=f"{rate.low:.0f}", high=f"{rate.high:.0f}")
