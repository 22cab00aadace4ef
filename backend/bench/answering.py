"""A suite answered by one column: several items in one batch, each held against its check."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from backend.bench.checks import Verdict, judge_text
from backend.bench.judging import judge_turns, verdict_of
from backend.bench.types import SuiteItem, SuiteRow
from backend.compare.types import Column
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import (
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
from backend.errors import Cancelled
from backend.i18n import tr

_POLL_S = 0.2
_JUDGE = Sampling(temperature=0.0, max_tokens=200, seed=1)

Said = tuple[str, Finished]
"""An answer without its reasoning, and how it ended."""


def turns_of(column: Column, item: SuiteItem) -> tuple[Turn, ...]:
    """What the model is asked: the item's own system prompt goes before the column's."""
    system = item.system or column.system_prompt
    return (*((Turn("system", system),) if system.strip() else ()), Turn("user", item.prompt))


class Examiner:
    """Asks models of the room. Blocking.

    Raises, from every method: `AppError` where the model cannot be loaded, `Cancelled`.
    """

    def __init__(self, engines: Engines, room: ModelRoom) -> None:
        self._engines = engines
        self._room = room

    def answer(
        self,
        model: ChatModel,
        column: Column,
        number: int,
        items: Sequence[SuiteItem],
        options: LoadOptions,
        *,
        stop: threading.Event,
        ready: Callable[[LoadedModel], None],
        done: Callable[[SuiteItem, SuiteRow], None],
    ) -> None:
        """Have all `items` answered, `options.parallel` at a time; each row is told as soon as there is one.
        Items whose check needs a judge are not judged yet."""
        with self._room.using(model.address, options, stop) as loaded:
            ready(loaded)
            asked = [(item, turns_of(column, item)) for item in items]

            def take(place: int, said: Said) -> None:
                item = items[place]
                text, end = said
                done(item, _row(number, item, text, end))

            limits = [dataclasses.replace(column.sampling, max_tokens=item.max_tokens) for item in items]
            self._each(loaded, [turns for _, turns in asked], limits, options.parallel, stop, take)

    def judge(
        self,
        model: ChatModel,
        rows: Sequence[tuple[SuiteItem, SuiteRow]],
        options: LoadOptions,
        *,
        stop: threading.Event,
        done: Callable[[SuiteItem, SuiteRow], None],
    ) -> None:
        """Let `model` compare each answer with its item's reference, twice, in both orders; only where both
        agree does it count."""
        with self._room.using(model.address, options, stop) as loaded:
            asked = [
                judge_turns(item, row.text, first=first) for item, row in rows for first in (True, False)
            ]
            opinions: dict[int, str] = {}

            def take(place: int, said: Said) -> None:
                opinions[place] = said[0]
                one = place // 2
                if 2 * one in opinions and 2 * one + 1 in opinions:
                    item, row = rows[one]
                    verdict = verdict_of(opinions[2 * one], opinions[2 * one + 1])
                    done(
                        item,
                        dataclasses.replace(
                            row, passed=verdict.passed, score=verdict.score, reason=verdict.reason
                        ),
                    )

            self._each(loaded, asked, [_JUDGE] * len(asked), options.parallel, stop, take)

    def _each(
        self,
        loaded: LoadedModel,
        asked: Sequence[tuple[Turn, ...]],
        samplings: Sequence[Sampling],
        parallel: int,
        stop: threading.Event,
        take: Callable[[int, Said], None],
    ) -> None:
        """Ask all, a few at a time, and hand each answer on as it ends."""
        running: dict[Future[Said], tuple[int, Callable[[], None]]] = {}
        waiting = list(range(len(asked)))
        while waiting or running:
            while waiting and len(running) < max(1, parallel):
                place = waiting.pop(0)
                future, cancel = self._ask(loaded.key, asked[place], samplings[place])
                running[future] = place, cancel
            ended, _ = wait(running, timeout=_POLL_S, return_when=FIRST_COMPLETED)
            for future in ended:
                place, _cancel = running.pop(future)
                take(place, future.result())
            if stop.is_set():
                for _place, cancel in running.values():
                    cancel()
                wait(running, timeout=5.0)
                raise Cancelled

    def _ask(
        self, key: str, turns: tuple[Turn, ...], sampling: Sampling
    ) -> tuple[Future[Said], Callable[[], None]]:
        future: Future[Said] = Future()
        parts: list[str] = []

        def hear(event: GenerationEvent) -> None:
            if isinstance(event, Delta):
                parts.append(event.text)
            else:
                future.set_result(("".join(parts), event))

        generating = self._engines.generate(key, turns, sampling, hear)
        return future, generating.cancel


def _row(column: int, item: SuiteItem, text: str, end: Finished) -> SuiteRow:
    failed = end.reason is FinishReason.ERROR
    if failed:
        verdict = Verdict(None, 0.0, end.error_title)
    elif item.check.kind == "judge":
        verdict = Verdict(None, 0.0, tr("not judged yet"))
    else:
        verdict = judge_text(item.check, text)
    return SuiteRow(
        column=column,
        item_id=item.id,
        topic=item.topic,
        text=text,
        passed=verdict.passed,
        score=verdict.score,
        reason=verdict.reason,
        finish_reason=end.reason,
        timings=end.timings,
        error_title=end.error_title if failed else "",
    )
