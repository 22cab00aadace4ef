"""``compare``: one prompt to several models, and their answers one after the other."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.arguments import MAX_TEMPERATURE
from backend.cli.session import local_model, opened
from backend.compare.chance import sampling_of
from backend.compare.planning import MOST_COLUMNS, letter
from backend.compare.running import Panel
from backend.compare.speaking import Seat, Speaker
from backend.compare.types import Column
from backend.engines.types import ChatModel, Delta, LoadOptions, Sampling, Turn
from backend.errors import AppError, Cancelled
from backend.i18n import tr
from backend.store.compare import AnswerEnd

if TYPE_CHECKING:
    from backend.app import Backend

_STEP_S = 0.2
_STOPPING_S = 5.0


@dataclass(frozen=True, slots=True)
class Row:
    """One model in the result of ``compare --json``. Rates are tokens per second, times are seconds; `error`
    is null where it has answered."""

    model: str
    quant: str
    text: str
    reasoning: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    ttft_s: float
    prompt_tps: float
    generation_tps: float
    seconds: float
    peak_memory: int
    error: str | None


def compare(
    context: typer.Context,
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What all of them are asked.")],
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL", help="Two to six: paths, starter, hf:owner/name[/file.gguf] or library names."
        ),
    ],
    system: Annotated[str, typer.Option(metavar="S", help="System prompt.")] = "",
    ctx: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=16, help="Context in tokens.", show_default="the model's, at most 8192"
        ),
    ] = None,
    temp: Annotated[
        float,
        typer.Option(
            metavar="T", min=0.0, max=MAX_TEMPERATURE, help="Temperature; 0 always takes the likeliest."
        ),
    ] = Sampling().temperature,
    seed: Annotated[
        int | None, typer.Option(metavar="S", min=0, max=2**32 - 1, help="Makes random choices repeatable.")
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Longest answer in tokens.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Ask PROMPT of two to six models. One that fails does not stop the others. Exit code 1: all failed."""
    if not 2 <= len(models) <= MOST_COLUMNS:
        raise typer.BadParameter("two to six models can be compared.", param_hint="MODEL")
    if not prompt.strip():
        raise typer.BadParameter("it is empty.", param_hint="PROMPT")
    sampling = Sampling(temperature=temp, seed=seed, max_tokens=max_tokens)
    with opened(context) as backend:
        columns = [_Column(spec) for spec in models]
        for column in columns:
            column.find(backend)
        panel = _seated(backend, columns, prompt, system, sampling, ctx)
        show = _Shown(columns, quiet=as_json)
        _run(panel, show)
    if as_json:
        output.document([column.row() for column in columns])
    failed = [column for column in columns if column.error is not None]
    if len(failed) == len(columns):
        raise AppError("compare.all_failed", tr("None of the models has answered."))


class _Column:
    """One model that was named, and what came of it."""

    def __init__(self, spec: str) -> None:
        self.spec = spec
        self.model: ChatModel | None = None
        self.error: str | None = None
        self.end: AnswerEnd | None = None
        self.over = threading.Event()

    def find(self, backend: Backend) -> None:
        try:
            try:
                self.model = backend.engines.find(self.spec)
            except AppError:
                self.model = backend.engines.find(local_model(backend, self.spec).id)
        except AppError as error:
            self.fail(str(error))

    def fail(self, error: str) -> None:
        self.error = error
        self.over.set()

    # What a speaker tells.

    def delta(self, delta: Delta) -> None:
        pass

    def checkpoint(self, text: str, reasoning: str) -> None:
        pass

    def ended(self, end: AnswerEnd) -> None:
        self.end = end
        if end.finish_reason == "error" or not (end.text or end.reasoning or not end.error_title):
            self.error = f"{end.error_title} {end.error_hint}".strip()
        self.over.set()

    def lost(self, end: AnswerEnd, error: AppError) -> None:
        pass

    def row(self) -> Row:
        end = self.end
        timings = end.timings if end else None
        return Row(
            model=self.model.id if self.model else self.spec,
            quant=self.model.quant if self.model else "",
            text=end.text if end else "",
            reasoning=end.reasoning if end else "",
            finish_reason=str(end.finish_reason) if end else "error",
            prompt_tokens=timings.prompt_tokens if timings else 0,
            completion_tokens=timings.completion_tokens if timings else 0,
            ttft_s=timings.ttft_s if timings else 0.0,
            prompt_tps=timings.prompt_tps if timings else 0.0,
            generation_tps=timings.generation_tps if timings else 0.0,
            seconds=end.seconds if end else 0.0,
            peak_memory=end.peak_memory if end else 0,
            error=self.error,
        )


def _seated(
    backend: Backend,
    columns: Sequence[_Column],
    prompt: str,
    system: str,
    sampling: Sampling,
    ctx: int | None,
) -> Panel:
    """Everybody who can answer, in groups that fit into memory together."""
    found = [(column, column.model) for column in columns if column.model is not None]
    seats = [Column(model.id, sampling=sampling, n_ctx=ctx) for _, model in found]
    plan, drawn = backend.compare.plan(seats), secrets.randbits(32)
    for (column, _), problem in zip(found, plan.problems, strict=True):
        if problem:
            column.fail(problem)
    if len(plan.groups) > 1:
        output.say(plan.sentence)
    turns = (*([Turn("system", system)] if system.strip() else []), Turn("user", prompt))
    settings = backend.settings.get()
    options = LoadOptions(n_ctx=ctx or settings.default_n_ctx, kv_type=settings.kv_type)

    def speaker(number: int) -> Speaker:
        column, model = found[number]
        chosen = sampling_of(seats, number, model, drawn)
        return Speaker(Seat(model, replace(options, adapters=model.adapters), turns, chosen, system), column)

    groups = [[speaker(number) for number in group.columns] for group in plan.groups]
    return backend.compare.panel(groups)


class _Shown:
    """Prints each answer once it and those before it have ended."""

    def __init__(self, columns: Sequence[_Column], *, quiet: bool) -> None:
        self._columns = columns
        self._quiet = quiet
        self._next = 0
        self._progress = output.Progress()

    def step(self) -> None:
        ended = sum(column.over.is_set() for column in self._columns)
        if ended < len(self._columns):
            self._progress.show(tr("{done} of {total} have answered", done=ended, total=len(self._columns)))
        while self._next < len(self._columns) and self._columns[self._next].over.is_set():
            if not self._quiet:
                self._progress.end()
                self._print(self._next)
            self._next += 1

    def end(self) -> None:
        self._progress.end()

    def _print(self, index: int) -> None:
        column, row = self._columns[index], self._columns[index].row()
        name = column.model.name if column.model else column.spec
        output.line(f"{letter(index)}  {name} {row.quant}".rstrip())
        output.line()
        if row.text:
            output.line(row.text)
            output.line()
        if column.error is not None:
            output.say(column.error)
            return
        if column.end is not None and column.end.error_title:
            output.say(column.end.error_title)
        output.say(
            tr(
                "{n} tokens, {speed} tokens/s, the first after {seconds} s",
                n=row.completion_tokens,
                speed=f"{row.generation_tps:.0f}",
                seconds=f"{row.ttft_s:.2f}",
            )
        )


def _run(panel: Panel, show: _Shown) -> None:
    """Raises:
    Cancelled: Ctrl+C."""
    thread = threading.Thread(target=panel.run, name="compare", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_STEP_S)  # in short steps: on Windows Ctrl+C is only seen between them
            show.step()
        show.step()
    except KeyboardInterrupt:
        panel.stop_all()
        thread.join(_STOPPING_S)
        raise Cancelled from None
    finally:
        show.end()
