"""One question to a loaded model, waited for: for summaries and replays."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from backend.engines.engines import Engines
from backend.engines.types import Delta, Finished, FinishReason, GenerationEvent, Sampling, Turn
from backend.errors import AppError, Cancelled

_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Said:
    """A whole answer."""

    text: str
    end: Finished


def ask(
    engines: Engines, key: str, turns: Sequence[Turn], sampling: Sampling, cancel: threading.Event
) -> Said:
    """The answer to `turns`.

    Raises:
        AppError: The engine failed.
        Cancelled: `cancel` was set.
    """
    parts: list[str] = []
    ends: list[Finished] = []
    ended = threading.Event()

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, Delta):
            parts.append(event.text)
        else:
            ends.append(event)
            ended.set()

    generating = engines.generate(key, turns, sampling, on_event)
    while not ended.wait(_POLL_S):
        if cancel.is_set():
            generating.cancel()
            ended.wait()
    end = ends[0]
    if end.reason is FinishReason.CANCELLED:
        raise Cancelled
    if end.reason is FinishReason.ERROR:
        raise AppError(end.error_code or "engine.failed", end.error_title, end.error_hint, end.error_detail)
    return Said("".join(parts), end)
