"""A round on its way: its answers, and what is told and saved of each."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable, Sequence

from backend.chats.types import MessageState
from backend.compare.running import Panel, Services
from backend.compare.seating import Seating
from backend.compare.speaking import Seat, Speaker
from backend.compare.types import CompareAnswer
from backend.engines.types import Delta, FinishReason
from backend.errors import AppError
from backend.events import CompareAnswerChanged, CompareDelta, EventBus
from backend.i18n import tr
from backend.store.compare import AnswerEnd, CompareRepository

log = logging.getLogger(__name__)


class Asking:
    """Runs on a thread of its own from `start` until every answer is saved."""

    def __init__(
        self,
        services: Services,
        store: CompareRepository,
        bus: EventBus,
        comparison_id: int,
        answers: Sequence[CompareAnswer],
        seat: Callable[[], Seating],
        ended: Callable[[], None],
    ) -> None:
        """
        Args:
            answers: The answers that are wanted; their rows are *streaming*.
            seat: Decides what runs together. May take a while and raise `AppError`.
            ended: Is called once, just before the last answer is told of.
        """
        self._services = services
        self._store = store
        self._bus = bus
        self._comparison_id = comparison_id
        self._answers = {answer.column: answer for answer in answers}
        self._seat = seat
        self._ended = ended
        self._lock = threading.Lock()
        self._left = len(answers)
        self._stopped: set[int] = set()
        self._speakers: dict[int, Speaker] = {}
        self._panel: Panel | None = None
        self._thread = threading.Thread(target=self._run, name=f"compare-{comparison_id}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, answer_id: int | None = None) -> None:
        """End one answer, or all, early; what was said so far is kept. Returns at once."""
        wanted = [a.id for a in self._answers.values() if answer_id is None or a.id == answer_id]
        with self._lock:
            self._stopped.update(wanted)
            panel = self._panel
        if panel is not None:
            self._stop(panel, wanted)

    def close(self, timeout: float) -> None:
        """Stop and wait; what does not end within `timeout` seconds is closed at the next start."""
        self.stop()
        self._thread.join(timeout)

    # -- the thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            seating = self._seat()
        except AppError as error:
            seating = Seating((), tuple((column, str(error)) for column in self._answers))
        except Exception as error:
            log.exception("a comparison could not be planned because of a bug")
            title = tr("This answer failed because of a fault in Orangery.")
            sentence = f"{title} {type(error).__name__}: {error}"
            seating = Seating((), tuple((column, sentence) for column in self._answers))
        for column, problem in seating.problems:
            self._fail(self._answers[column].id, problem)
        groups = [
            [self._speaker(self._answers[column].id, seat) for column, seat in group]
            for group in seating.groups
        ]
        panel = Panel(self._services, groups)
        with self._lock:
            self._panel = panel
            stopped = tuple(self._stopped)
        self._stop(panel, stopped)
        panel.run()

    def _speaker(self, answer_id: int, seat: Seat) -> Speaker:
        speaker = Speaker(seat, _Listener(self, answer_id))
        self._speakers[answer_id] = speaker
        return speaker

    def _stop(self, panel: Panel, answer_ids: Sequence[int]) -> None:
        for answer_id in answer_ids:
            if answer_id in self._speakers:
                panel.stop(self._speakers[answer_id])

    def _fail(self, answer_id: int, problem: str) -> None:
        end = AnswerEnd(MessageState.FAILED, finish_reason=FinishReason.ERROR, error_title=problem)
        try:
            self.ended(answer_id, end)
        except AppError as error:
            self.lost(answer_id, end, error)

    # -- what a speaker tells -------------------------------------------------------------------------------

    def delta(self, answer_id: int, delta: Delta) -> None:
        self._bus.publish(
            CompareDelta(self._comparison_id, answer_id, delta.text, delta.reasoning, delta.tokens)
        )

    def checkpoint(self, answer_id: int, text: str, reasoning: str) -> None:
        self._store.checkpoint(answer_id, text, reasoning)

    def ended(self, answer_id: int, end: AnswerEnd) -> None:
        answer: CompareAnswer | None
        try:
            answer = self._store.finish(answer_id, end)
        except LookupError:  # it was deleted while it was being written
            answer = None
        self._over(answer)

    def lost(self, answer_id: int, end: AnswerEnd, error: AppError) -> None:
        """The end is not on the disk: show it with the reason."""
        row = next(answer for answer in self._answers.values() if answer.id == answer_id)
        self._over(
            dataclasses.replace(
                row,
                state=MessageState.INTERRUPTED,
                text=end.text,
                reasoning=end.reasoning,
                timings=end.timings,
                error_title=error.title,
                error_hint=error.hint,
            )
        )

    def _over(self, answer: CompareAnswer | None) -> None:
        with self._lock:
            self._left -= 1
            last = self._left == 0
        if last:
            self._ended()
        if answer is not None:
            self._bus.publish(CompareAnswerChanged(self._comparison_id, answer))


class _Listener:
    """Hears one speaker for the answer that it gives."""

    def __init__(self, asking: Asking, answer_id: int) -> None:
        self._asking = asking
        self._answer_id = answer_id

    def delta(self, delta: Delta) -> None:
        self._asking.delta(self._answer_id, delta)

    def checkpoint(self, text: str, reasoning: str) -> None:
        self._asking.checkpoint(self._answer_id, text, reasoning)

    def ended(self, end: AnswerEnd) -> None:
        self._asking.ended(self._answer_id, end)

    def lost(self, end: AnswerEnd, error: AppError) -> None:
        self._asking.lost(self._answer_id, end, error)
