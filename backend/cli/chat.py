"""``chat``: one answer, or a conversation in the terminal."""

from __future__ import annotations

import contextlib
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from backend.chats.conversation import measured_speed
from backend.cli import output
from backend.cli.adapter_uses import adapter_uses
from backend.cli.arguments import MAX_TEMPERATURE
from backend.cli.session import chat_model, opened
from backend.engines.base import Generating
from backend.engines.types import (
    AdapterUse,
    ChatModel,
    Delta,
    Finished,
    FinishReason,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    Turn,
)
from backend.errors import AppError, Cancelled
from backend.events import Event, ModelChanged
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

_BYE = "/bye"
_STOPPING_S = 5.0
_STEP_S = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of ``chat --json``. Rates are tokens per second, times are seconds."""

    model: str
    text: str
    reasoning: str
    finish_reason: str
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    ttft_s: float
    prompt_tps: float
    generation_tps: float
    seed: int
    n_ctx: int
    load_s: float


def chat(
    context: typer.Context,
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL",
            help="A path, starter, hf:owner/name[/file.gguf], a library name, or openai@ID/model.",
        ),
    ],
    prompt: Annotated[
        str | None, typer.Argument(metavar="PROMPT", help="Without one, a conversation begins.")
    ] = None,
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
    lora: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE[=SCALE]", help="Apply an adapter, at 1 or at SCALE; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Answer PROMPT, or talk: /bye or Ctrl+D ends, Ctrl+C stops an answer."""
    if as_json and prompt is None:
        if sys.stdin.isatty():
            raise typer.BadParameter("--json needs a PROMPT.")
        prompt = sys.stdin.read()
    with opened(context) as backend:
        found = chat_model(backend, model)
        loaded = _load(backend, found, ctx, adapter_uses(backend, lora or ()))
        talk = _Talk(
            backend, found, loaded, Sampling(temperature=temp, seed=seed, max_tokens=max_tokens), system
        )
        if prompt is None:
            _converse(talk)
            return
        answer = talk.ask(prompt, _silent if as_json else _Stream())
    if as_json:
        output.document(answer)
    else:
        output.line()
        _report(answer)


def _load(backend: Backend, model: ChatModel, ctx: int | None, more: tuple[AdapterUse, ...]) -> LoadedModel:
    progress = output.Progress(every_s=2.0)

    def show(event: Event) -> None:
        if isinstance(event, ModelChanged) and 0 < event.progress < 1:
            progress.show(
                tr("Loading {model}: {percent} %", model=model.name, percent=f"{100 * event.progress:.0f}")
            )

    settings = backend.settings.get()
    options = LoadOptions(
        n_ctx=ctx or settings.default_n_ctx, kv_type=settings.kv_type, adapters=model.adapters + more
    )
    unsubscribe = backend.bus.subscribe(show)
    try:
        loaded = backend.engines.load(model.address, options)
    finally:
        unsubscribe()
        progress.end()
    if loaded.note:
        output.say(loaded.note)
    if ctx is not None and 0 < loaded.n_ctx_train < ctx:
        output.say(tr("More context than the {n} tokens of the model is not used.", n=loaded.n_ctx_train))
    return loaded


class _Talk:
    """A conversation with one model; what was said stays its history."""

    def __init__(
        self, backend: Backend, model: ChatModel, loaded: LoadedModel, sampling: Sampling, system: str
    ) -> None:
        self._backend = backend
        self._model = model
        self._loaded = loaded
        self._sampling = sampling
        self._turns = [Turn("system", system)] if system.strip() else []

    def ask(self, prompt: str, show: Callable[[Delta], None]) -> Answer:
        """Answer `prompt`; an answer that Ctrl+C stopped is kept in the history like any other.

        Raises:
            AppError: The engine failed, or the prompt does not fit the context.
            Cancelled: Ctrl+C.
        """
        parts: list[Delta] = []

        def collect(event: GenerationEvent) -> None:
            if isinstance(event, Delta):
                parts.append(event)
                show(event)

        turns = (*self._turns, Turn("user", prompt))
        generation = self._backend.engines.generate(self._loaded.key, turns, self._sampling, collect)
        stopped = False
        try:
            end = _end_of(generation)
        except KeyboardInterrupt:
            stopped = True
            generation.cancel()
            end = _end_of(generation, _STOPPING_S)
        text = "".join(part.text for part in parts)
        self._check(end, text)
        if text:
            self._turns = [*turns, Turn("assistant", text)]
        if stopped:
            raise Cancelled
        if self._model.engine == "local":
            # With adapters it is slower than the speed that is noted for the model alone.
            speed = None if self._loaded.options.adapters else measured_speed(end.timings)
            with contextlib.suppress(AppError):  # that nothing can be saved was said at the start
                self._backend.library.note_use(self._model.base_id or self._model.id, speed)
        return self._answer(end, text, "".join(part.reasoning for part in parts))

    def _check(self, end: Finished, text: str) -> None:
        if end.note:
            output.say(end.note)
        if end.reason is FinishReason.ERROR or (end.reason is FinishReason.CONTEXT and not text):
            title = end.error_title or tr(
                "The prompt does not fit into {n} tokens of context.", n=self._loaded.n_ctx
            )
            hint = end.error_hint or tr("Give a larger --ctx, or shorten the prompt.")
            raise AppError(end.error_code or "engine.context", title, hint, end.error_detail)

    def _answer(self, end: Finished, text: str, reasoning: str) -> Answer:
        timings = end.timings
        return Answer(
            model=self._model.id,
            text=text,
            reasoning=reasoning,
            finish_reason=end.reason.value,
            prompt_tokens=timings.prompt_tokens,
            cached_tokens=timings.cached_tokens,
            completion_tokens=timings.completion_tokens,
            ttft_s=timings.ttft_s,
            prompt_tps=timings.prompt_tps,
            generation_tps=timings.generation_tps,
            seed=end.seed,
            n_ctx=self._loaded.n_ctx,
            load_s=self._loaded.load_s,
        )


def _end_of(generation: Generating, timeout: float = math.inf) -> Finished:
    """How the answer ended, waited for in short steps: on Windows Ctrl+C is only seen between them.

    Raises:
        Cancelled: It did not end within `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    while True:
        try:
            (end,) = generation.wait(_STEP_S)
            return end
        except TimeoutError:
            if time.monotonic() > deadline:
                raise Cancelled from None


def _converse(talk: _Talk) -> None:
    terminal = sys.stdin.isatty()
    if terminal:
        output.say(tr("/bye or Ctrl+D ends, Ctrl+C stops an answer."))
    while True:
        try:
            prompt = input("> " if terminal else "").strip()
        except EOFError:
            return
        if prompt == _BYE:
            return
        if not prompt:
            continue
        try:
            answer = talk.ask(prompt, _Stream())
        except Cancelled:
            output.line()
            if not terminal:
                raise
        except AppError as error:
            if not terminal:
                raise
            output.say(str(error))
        else:
            output.line()
            _report(answer)


def _silent(_: Delta) -> None:
    pass


class _Stream:
    """Prints an answer as it comes: reasoning on stderr, and what is said on stdout."""

    def __init__(self) -> None:
        self._reasoning = False
        self._terminal = sys.stdout.isatty()

    def __call__(self, delta: Delta) -> None:
        if delta.reasoning:
            self._reasoning = True
            print(output.clean(delta.reasoning), end="", file=sys.stderr, flush=True)
        if delta.text:
            if self._reasoning:
                self._reasoning = False
                output.say("")
            print(output.clean(delta.text) if self._terminal else delta.text, end="", flush=True)


def _report(answer: Answer) -> None:
    if answer.finish_reason == FinishReason.CONTEXT:
        output.say(tr("The context of {n} tokens is full.", n=answer.n_ctx))
    output.say(
        tr(
            "{n} tokens, {speed} tokens/s, the first after {seconds} s",
            n=answer.completion_tokens,
            speed=f"{answer.generation_tps:.0f}",
            seconds=f"{answer.ttft_s:.2f}",
        )
    )
