"""Answers being written by a worker, as the rest of the app sees them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from backend.engines.tool_calls import CallHearer
from backend.engines.types import AdapterUse, Delta, Finished, FinishReason, GenerationEvent, Sampling, Turn
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.client import Reply, WorkerClient
from backend.workers.codec import FrameTooLarge, ProtocolError
from backend.workers.messages_complete import Complete
from backend.workers.outcome import explain_failure, template_note
from backend.workers.process import ExitReport
from backend.workers.protocol import Cancel, Ended, Generate, Text

log = logging.getLogger(__name__)


Ask = Callable[[int, str], Generate | Complete]
"""Makes the request from its number and the name of the variant."""


def chat_request(
    turns: Sequence[Turn],
    sampling: Sampling,
    answers: int,
    tools: str,
    adapters: tuple[AdapterUse, ...] = (),
) -> Ask:
    """A request for answers to `turns`."""
    asked = tuple(turns)
    return lambda number, variant: Generate(number, variant, asked, sampling, answers, tools, adapters)


def text_request(prompt: str, sampling: Sampling, answers: int) -> Ask:
    """A request to go on with `prompt`."""
    return lambda number, variant: Complete(number, variant, prompt, sampling, answers)


class Generation:
    """Answers being written. Made by `LocalEngine.generate`; thread-safe."""

    def __init__(
        self,
        answers: int,
        on_event: Callable[[GenerationEvent], None],
        tools: frozenset[str] = frozenset(),
    ) -> None:
        """`tools` are the names of the functions that the model may call; its calls are taken out of the
        text."""
        self._on_event = on_event
        self._hearers = [CallHearer(tools) for _ in range(answers)] if tools else []
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._finished: list[Finished | None] = [None] * answers
        self._cancelled = False
        self._client: WorkerClient | None = None
        self._number = 0

    def cancel(self) -> None:
        """Ask to end all answers; each still gets its `Finished`. Returns at once."""
        with self._lock:
            self._cancelled = True
            client, number = self._client, self._number
        if client is not None and not self._done.is_set():
            client.process.send(Cancel(number))

    def wait(self, timeout: float | None = None) -> tuple[Finished, ...]:
        """Wait for the end of all answers, in order of their index. Raises `TimeoutError`."""
        if not self._done.wait(timeout):
            raise TimeoutError
        return tuple(end for end in self._finished if end is not None)

    def run(self, client: WorkerClient, variant: str, ask: Ask) -> None:
        """Send the request. Raises `AppError` if the conversation is too large to send."""
        try:
            number = client.start(
                lambda number: ask(number, variant), lambda reply: self._handle(reply, client)
            )
        except FrameTooLarge as error:
            raise AppError(
                "engine.context",
                tr("The conversation is far too long for any model."),
                tr("Shorten the message or start a new chat."),
                str(error),
            ) from error
        with self._lock:
            self._client, self._number = client, number
            cancelled = self._cancelled
        if cancelled:
            client.process.send(Cancel(number))

    def fail(self, error: AppError, *, cancelled: bool = False) -> None:
        """End every answer that has not ended."""
        for index, end in enumerate(tuple(self._finished)):
            if end is None and (cancelled or self._cancelled):
                self._finish(Finished(FinishReason.CANCELLED, index=index))
            elif end is None:
                self._finish(
                    Finished(
                        FinishReason.ERROR,
                        index=index,
                        error_title=error.title,
                        error_hint=error.hint,
                        error_detail=error.detail,
                        error_code=error.code,
                    )
                )

    def _handle(self, reply: Reply, client: WorkerClient) -> bool:
        match reply:
            case Text():
                delta = Delta(reply.text, reply.reasoning, reply.index, reply.tokens, reply.choices)
                self._emit(self._hearers[reply.index].hear(delta) if self._hearers else delta)
            case Ended():
                error = explain_failure(reply.failure, client.subject) if reply.failure else None
                self._finish(
                    Finished(
                        reply.reason,
                        reply.timings,
                        reply.index,
                        reply.seed,
                        error_title=error.title if error else "",
                        error_hint=error.hint if error else "",
                        error_detail=error.detail if error else "",
                        error_code=error.code if error else "",
                        note=template_note(reply.template_problem),
                    )
                )
            case ExitReport():
                self.fail(client.explain(reply), cancelled=reply.cause == "stopped")
            case _:
                raise ProtocolError(f"{type(reply).__name__} in answer to Generate")
        return self._done.is_set()

    def _finish(self, end: Finished) -> None:
        if not 0 <= end.index < len(self._finished) or self._finished[end.index] is not None:
            raise ProtocolError(f"a second or unknown end of answer {end.index}")
        self._finished[end.index] = end
        if self._hearers and (rest := self._hearers[end.index].end(end.index)):
            self._emit(rest)
        self._emit(end)
        if all(self._finished):
            self._done.set()

    def _emit(self, event: GenerationEvent) -> None:
        try:
            self._on_event(event)
        except Exception:
            log.exception("a listener failed on %s", type(event).__name__)
