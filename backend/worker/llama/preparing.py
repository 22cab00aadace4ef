"""Conversations become tokens: rendered, tokenized and their images read on a thread of its own."""

from __future__ import annotations

import queue
import threading
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from backend.engines.types import FinishReason, Sampling, Timings, Turn
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.answer import Request, clock
from backend.worker.llama.measuring import Measurement
from backend.worker.llama.model import EngineError, Model, engine_error
from backend.worker.llama.template import ChatTemplate, RenderedPrompt
from backend.workers.messages_adapters import MeasureDivergence
from backend.workers.messages_complete import Complete
from backend.workers.protocol import Counted, CountTokens, Ended, Failed, Failure, Generate

_PREPARE_S = 8.0
_PICTURE_S = 300.0
"""For one large image on a slow processor, the projector's file read from the disk among it."""
_SLOWEST_TOKENIZER = 200_000
"""Characters per second below which tokenizing counts as hanging."""

if TYPE_CHECKING:
    from backend.worker.llama.grammar import Form, Forms
    from backend.worker.llama.pictures import Picture, Pictures

Answerable = Generate | Complete
Preparable = Answerable | CountTokens | MeasureDivergence
Prepared = tuple[str, Request] | Measurement


class Preparer:
    """Does its work in the order in which it is given, so that a long prompt stalls no answer."""

    def __init__(
        self,
        channel: Channel,
        pulse: Pulse,
        n_ctx: Callable[[str], int | None],
        done: Callable[[Prepared], None],
    ) -> None:
        """Args:
        n_ctx: The context of a variant in tokens; None where there is no such variant.
        done: Takes what is ready to be decoded.
        """
        self._channel = channel
        self._pulse = pulse
        self._n_ctx = n_ctx
        self._done = done
        self._waiting: queue.SimpleQueue[Preparable] = queue.SimpleQueue()
        self._model: Model | None = None
        self._template: ChatTemplate | None = None
        self._pictures: Pictures | None = None
        self._forms: Forms | None = None

    def start(self) -> None:
        threading.Thread(target=self._prepare_all, name="prepare", daemon=True).start()

    def use(self, model: Model, template: ChatTemplate, pictures: Pictures | None) -> None:
        """From now on for this model; `pictures` reads images, where it can have any."""
        self._model, self._template, self._pictures = model, template, pictures

    def add(self, command: Preparable) -> None:
        """Put it in line; returns at once."""
        self._waiting.put(command)

    def _prepare_all(self) -> None:
        while True:
            command = self._waiting.get()
            arrived = clock()
            try:
                size = _size(command)
                with self._pulse.step(_PREPARE_S + size / _SLOWEST_TOKENIZER):
                    self._prepare(command, arrived)
            except EngineError as error:
                self._refuse(command, error.failure)

    def _prepare(self, command: Preparable, arrived: float) -> None:
        n_ctx = self._n_ctx(command.variant)
        if self._model is None or self._template is None or n_ctx is None:
            raise engine_error("engine.not_loaded")
        if isinstance(command, Complete):
            self._model.check_size(len(command.prompt), n_ctx)
            self._queue(command, self._model.prompt(command.prompt), RenderedPrompt(""), (), arrived)
            return
        tools = command.tools if isinstance(command, Generate) else ""
        prompt, rendered, pictures = self._prompt(command.turns, n_ctx, tools)
        if isinstance(command, CountTokens):
            self._channel.send(Counted(command.request, len(prompt)))
            return
        if isinstance(command, MeasureDivergence):
            tokens = prompt + self._model.tokenize(command.answer, add_special=False)
            if len(tokens) >= n_ctx:
                raise engine_error("engine.context", number=len(tokens), limit=n_ctx)
            self._done(Measurement(command.request, tokens, len(prompt), command.mixes))
            return
        self._encode(pictures, len(prompt), n_ctx)
        self._queue(command, prompt, rendered, pictures, arrived)

    def _queue(
        self,
        command: Answerable,
        prompt: array[int],
        rendered: RenderedPrompt,
        pictures: tuple[Picture, ...],
        arrived: float,
    ) -> None:
        assert self._model
        if not prompt:
            raise engine_error("engine.tokenize", "the text has no tokens")
        written = self._model.tokenize(rendered.written, add_special=False)
        request = Request(
            command.request,
            prompt,
            command.sampling,
            self._model.markers,
            max(1, command.answers),
            arrived,
            thinking=rendered.thinking,
            answering=bool(rendered.written) or isinstance(command, Complete),
            form=self._form(command.sampling, written),
            pictures=pictures,
            template_problem=rendered.problem,
            adapters=command.adapters if isinstance(command, Generate) else (),
        )
        self._done((command.variant, request))

    def _form(self, sampling: Sampling, written: array[int]) -> Form | None:
        """What the answer may go on with. The library for it is loaded by the first answer that needs it."""
        if sampling.format == "text":
            return None
        if self._forms is None:
            from backend.worker.llama.grammar import Forms

            assert self._model
            self._forms = Forms(self._model)
        return self._forms.of(sampling, written)

    def _prompt(
        self, turns: Sequence[Turn], n_ctx: int, tools: str = ""
    ) -> tuple[array[int], RenderedPrompt, tuple[Picture, ...]]:
        """Tokens of the conversation, the text that they stand for, and the images in it."""
        assert self._model and self._template
        self._model.check_size(sum(turn.size for turn in turns) + len(tools), n_ctx)
        paths = [path for turn in turns for path in turn.images]
        if not paths:
            rendered = self._template.prompt(turns, self._model.markers, tools)
            return self._model.prompt(rendered.text), rendered, ()
        if self._pictures is None:
            raise engine_error("engine.no_projector")
        rendered = self._template.prompt(self._pictures.mark(turns), self._model.markers, tools)
        with self._pulse.step(_PICTURE_S):
            prompt, pictures = self._pictures.read(rendered.text, paths)
        return prompt, rendered, pictures

    def _encode(self, pictures: tuple[Picture, ...], positions: int, n_ctx: int) -> None:
        """Have the images looked at, unless the prompt is too long anyway."""
        cells = positions + sum(picture.cells - picture.length for picture in pictures)
        if pictures and cells >= n_ctx:
            raise engine_error("engine.context", number=cells, limit=n_ctx)
        for picture in pictures:
            with self._pulse.step(_PICTURE_S):
                picture.source.encode((picture,))

    def _refuse(self, command: Preparable, failure: Failure) -> None:
        if not isinstance(command, Answerable):
            self._channel.send(Failed(command.request, failure))
            return
        timings = Timings(prompt_tokens=failure.number)
        for index in range(max(1, command.answers)):
            self._channel.send(Ended(command.request, index, FinishReason.ERROR, timings, 0, failure, None))


def _size(command: Preparable) -> int:
    """Characters that have to be tokenized."""
    if isinstance(command, Complete):
        return len(command.prompt)
    tools = len(command.tools) if isinstance(command, Generate) else 0
    return tools + sum(turn.size for turn in command.turns)
