"""The engine for models on this disk."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from backend.engines.adapting import (
    all_uses,
    measured_divergence,
    measured_effect,
    note_adapters,
    tell_adapters,
)
from backend.engines.card import EngineIdentity
from backend.engines.generation import Ask, Generation, chat_request, text_request
from backend.engines.loading import ModelLoader
from backend.engines.running import Context, Watch
from backend.engines.tools import called_names
from backend.engines.types import (
    AdapterUse,
    EngineDevice,
    EngineFlags,
    EngineReport,
    Finished,
    GenerationEvent,
    LoadedModel,
    Sampling,
    Turn,
)
from backend.errors import AppError
from backend.events import ModelAnswered
from backend.i18n import tr
from backend.workers.codec import ProtocolError
from backend.workers.protocol import Counted, CountTokens

log = logging.getLogger(__name__)

_COUNT_S = 30.0


class LocalEngine(ModelLoader):
    """Loads models and answers with them. Thread-safe; every method but `generate` may take a while.

    It is made as `ModelLoader` says.
    """

    # Answers.

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
        adapters: tuple[AdapterUse, ...] = (),
    ) -> Generation:
        """Answer a conversation `n` times; returns at once.

        `on_event` is called on the model's reader thread (or a thread that reloads a crashed model, which
        happens once per request) and must not block. Every answer ends with exactly one `Finished`.

        Raises:
            AppError: ``engine.not_loaded``, ``engine.tools``, or the conversation is larger than the protocol
            can carry.
            ValueError: `adapters` are not in the pool of the context.
        """
        pool = self._context(key).loaded.options.adapter_pool
        if any(use.path not in pool for use in adapters):
            raise ValueError(f"{adapters} are not among {pool}")
        ask = chat_request(turns, sampling, n, tools, adapters)
        return self._generate(key, ask, on_event, n, called_names(tools))

    def complete(
        self,
        key: str,
        prompt: str,
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
    ) -> Generation:
        """Go on with `prompt` as it is, `n` times; else as `generate`."""
        return self._generate(key, text_request(prompt, sampling, n), on_event, n)

    def _generate(
        self,
        key: str,
        ask: Ask,
        on_event: Callable[[GenerationEvent], None],
        n: int,
        callable_names: frozenset[str] = frozenset(),
    ) -> Generation:
        if n < 1:
            raise ValueError("n must be at least 1")
        context = self._context(key)
        watch = Watch(n)

        def tell(event: GenerationEvent) -> None:
            alone = watch.see(event)
            plain = not all_uses(context.loaded.options)  # with some, the model itself is faster than that
            if alone and plain and n == 1 and isinstance(event, Finished):
                self._bus.publish(ModelAnswered(context.loaded.path, event.timings))
            on_event(event)

        generation = Generation(n, tell, callable_names)
        if context.process.died:
            threading.Thread(
                target=self._revive,
                args=(context, watch, generation, ask),
                name="reload",
                daemon=True,
            ).start()
        else:
            self._run(context, watch, generation, ask)
        return generation

    @staticmethod
    def _run(context: Context, watch: Watch, generation: Generation, ask: Ask) -> None:
        """Send a request. Raises `AppError` if it is too large."""
        watch.begin(context)
        try:
            generation.run(context.process.client, context.variant, ask)
        except AppError:
            watch.give_up()
            raise

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        """Tokens of the prompt that `turns` make with this model's template. Raises `AppError`."""
        context = self._living(key)
        conversation, variant = tuple(turns), context.variant
        reply = context.process.client.call(
            lambda number: CountTokens(number, variant, conversation), timeout=_COUNT_S
        )
        if not isinstance(reply, Counted):
            raise ProtocolError(f"{type(reply).__name__} in answer to CountTokens")
        return reply.tokens

    # Adapters.

    def set_adapters(self, key: str, uses: tuple[AdapterUse, ...]) -> LoadedModel:
        """See `backend.engines.adapting.Adaptable`. A model whose process crashed gets them when it is loaded
        anew.
        """
        path = self._context(key).loaded.path
        with self._turnstile(path):
            context = self._context(key)
            if context.process.died:
                self._admit(path, uses)
                return note_adapters(context, uses)
            before = {use.path for use in context.loaded.options.adapters}
            with self._admitted(path, uses):
                loaded = tell_adapters(context, uses)
        if before != {use.path for use in uses}:  # a fader that moves is no news
            self._announcer.ready(loaded)
        return loaded

    def effect(self, key: str, uses: tuple[AdapterUse, ...]) -> float:
        """See `backend.engines.adapting.Adaptable`."""
        context = self._living(key)
        self._admit(context.loaded.path, uses)
        return measured_effect(context, uses)

    def divergence(
        self, key: str, turns: Sequence[Turn], answer: str, mixes: Sequence[tuple[AdapterUse, ...]]
    ) -> tuple[float, ...]:
        """See `backend.engines.adapting.Adaptable`."""
        context = self._living(key)
        for uses in mixes:
            self._admit(context.loaded.path, uses)
        return measured_divergence(context, turns, answer, mixes)

    # The engine itself.

    def identity(self) -> EngineIdentity:
        """Which engine this is; starts no process."""
        return self._flags.identity()

    def devices(self) -> tuple[EngineDevice, ...]:
        """The devices the engine sees; asked once in a throw-away process."""
        return self._flags.inspected().devices

    def flags(self) -> EngineFlags:
        """The flags that models are opened with here; finding them takes a moment. Raises `AppError`."""
        return self._flags.flags()

    def probe(self) -> EngineReport:
        """What the engine is and which flags work here. Raises `AppError`."""
        return self._flags.report()

    # Inside.

    def _revive(self, lost: Context, watch: Watch, generation: Generation, ask: Ask) -> None:
        """Load a crashed model once more, because the person asked again, and answer."""
        try:
            self._run(self._reload(lost), watch, generation, ask)
        except AppError as error:
            generation.fail(error)
        except Exception as error:  # or the answer would be awaited for ever
            log.exception("a crashed model could not be loaded anew")
            generation.fail(
                AppError(
                    "engine.bug",
                    tr("This answer failed because of a fault in Orangery."),
                    detail=f"{type(error).__name__}: {error}",
                )
            )
