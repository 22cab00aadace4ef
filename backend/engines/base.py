"""What every chat engine does, whichever machine it runs on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from backend.engines.types import Finished, GenerationEvent, LoadedModel, LoadOptions, Sampling, Turn


class Generating(Protocol):
    """Answers being written."""

    def cancel(self) -> None:
        """Ask to end all answers; each still gets its `Finished`. Returns at once."""

    def wait(self, timeout: float | None = None) -> tuple[Finished, ...]:
        """Wait for the end of all answers, in order of their index. Raises `TimeoutError`."""


@runtime_checkable
class Completing(Protocol):
    """An engine that goes on with a text as it is."""

    def complete(
        self,
        key: str,
        prompt: str,
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
    ) -> Generating:
        """Go on with `prompt`, which no template touches, `n` times; else as `ChatEngine.generate`."""


class ChatEngine(Protocol):
    """Makes models ready and answers with them. Thread-safe; every method but `generate` may take a while."""

    def load(
        self,
        address: str,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        """Make the model at `ChatModel.address` ready. Returns at once if it is ready with equal options.

        A model that is ready with other options gets another context in place of the one it has. With
        `beside` it gets one more context over the same weights, whatever others there are; engines elsewhere
        may give the one that has equal options. Raises `AppError` and `Cancelled`.
        """

    def unload(self, key: str) -> None:
        """Give its memory back; running answers end as cancelled. Does nothing if it is not loaded."""

    def loaded(self) -> tuple[LoadedModel, ...]:
        """The models that are ready."""

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
    ) -> Generating:
        """Answer a conversation `n` times; returns at once. `on_event` is called on a thread of the engine
        and must not block; every answer ends with exactly one `Finished`.

        Args:
            tools: JSON list of the functions that the model may call, in OpenAI's shape
                (``{"type": "function", "function": {"name", "description", "parameters"}}``); its calls come
                as `Delta.tool_calls`. Empty for none.

        Raises:
            AppError: ``engine.not_loaded``, ``engine.tools`` for a list that can't be read, and others.
        """

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        """Tokens of the prompt that `turns` make. Raises `AppError`; ``engine.cannot_count`` where the engine
        has no way to tell before it has answered."""
