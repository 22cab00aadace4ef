"""An answer asked for once more by its run card, and what is different."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from backend.chats.answer import Services
from backend.chats.asking import ask
from backend.chats.overflow import Counter, Fitting
from backend.chats.types import Chat, Message, Replay
from backend.engines.types import FinishReason, RunCard
from backend.i18n import tr


class Replaying:
    """One replay; `run` blocks, and `stop` ends it from another thread."""

    def __init__(self, services: Services, chat: Chat, branch: Sequence[Message], card: RunCard) -> None:
        """`branch` ends with the answer whose card is `card`."""
        self._services = services
        self._chat = dataclasses.replace(chat, system_prompt=card.system_prompt, sampling=card.sampling)
        self._branch = branch[:-1]
        self._message = branch[-1]
        self._card = card
        self._cancel = threading.Event()
        self._ended = threading.Event()

    def stop(self) -> None:
        """End it soon. Returns at once."""
        self._cancel.set()

    def close(self, timeout: float) -> None:
        """Stop and wait at most `timeout` seconds."""
        self.stop()
        self._ended.wait(timeout)

    def run(self) -> Replay:
        """Ask and compare.

        Raises:
            AppError: The model is not there, or its engine failed.
            Cancelled: It was stopped.
        """
        try:
            return self._run()
        finally:
            self._ended.set()

    def _run(self) -> Replay:
        services, card, message = self._services, self._card, self._message
        model = services.engines.find(card.model_id)
        options = dataclasses.replace(card.options, adapters=card.adapters)
        with services.room.using(model.address, options, self._cancel) as loaded:
            fitting = Fitting(
                self._chat,
                self._branch,
                services.shelf.summaries(self._chat.id),
                loaded.n_ctx,
                Counter(partial(services.engines.count_tokens, loaded.key)),
                vision=model.vision,
            )
            sampling = dataclasses.replace(card.sampling, seed=card.seed)
            if message.finish_reason == FinishReason.CANCELLED and message.timings.completion_tokens:
                # It was stopped there, and would now be longer.
                sampling = dataclasses.replace(sampling, max_tokens=message.timings.completion_tokens)
            now = services.engines.card(model, loaded, sampling, card.seed, card.system_prompt)
            said = ask(services.engines, loaded.key, fitting.chosen().turns, sampling, self._cancel)
        return Replay(
            message_id=message.id,
            text=said.text,
            same_text=said.text == message.text,
            differs_at=_equal(said.text, message.text),
            before=message.timings,
            now=said.end.timings,
            changed=tuple(_changes(card, now)),
        )


def _equal(one: str, other: str) -> int:
    """How many characters are equal from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changes(before: RunCard, now: RunCard) -> Iterator[str]:
    """What is known to be different, in sentences."""
    if _differ(before.sha256, now.sha256) or _differ(before.size, now.size):
        yield tr("The model's file is another one now.")
    if _differ(before.engine_version, now.engine_version):
        yield tr(
            "The engine is {now} now; it was {before}.",
            now=now.engine_version,
            before=before.engine_version,
        )
    if before.flags != now.flags:
        yield tr("The engine runs with other switches now.")
    if before.adapters != now.adapters:
        yield tr("Other adapters are applied now.")
    if before.earlier_adapters:
        yield tr("The faders were moved while it was written; now they stand where they ended.")
    if _differ(before.template_sha256, now.template_sha256):
        yield tr("The chat template is another one now.")
    if _differ(before.cpu, now.cpu):
        yield tr(
            "It runs on another processor now: {now} instead of {before}.", now=now.cpu, before=before.cpu
        )


def _differ(before: str | int, now: str | int) -> bool:
    """Whether two facts differ that are both known."""
    return bool(before and now and before != now)
