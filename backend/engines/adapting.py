"""Adapters over the models of this machine's own engine: changed while they answer, and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from backend.engines.base import Generating
from backend.engines.running import Context
from backend.engines.types import (
    AdapterUse,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    Turn,
)
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.codec import ProtocolError
from backend.workers.messages_adapters import Diverged, MeasureDivergence, MeasureEffect, SetAdapters
from backend.workers.protocol import Command, VariantReady

_SET_S = 120.0
"""A large adapter may come from a slow disk, behind another context that is just being made."""
_MEASURE_S = 900.0

Uses = tuple[AdapterUse, ...]


@runtime_checkable
class Adaptable(Protocol):
    """An engine whose loaded models take adapters."""

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
        adapters: Uses = (),
    ) -> Generating:
        """As `ChatEngine.generate`; with `adapters` out of `LoadOptions.adapter_pool`, which other answers of
        the same batch do not hear of.

        Raises:
            AppError: As there.
            ValueError: They are not in the pool.
        """

    def set_adapters(self, key: str, uses: Uses) -> LoadedModel:
        """Give a loaded model other adapters or scales in place of those it has; nothing is reloaded. Running
        answers go on with them from their next token.

        Raises:
            AppError: ``engine.not_loaded``, ``engine.adapters``, ``adapter.…``; all is as before then.
        """

    def effect(self, key: str, uses: Uses) -> float:
        """How far adapters move a loaded model: the mean of KL(base ‖ adapted) over a short text that is
        always the same, in nats. Answers that run meanwhile are slowed down, not changed.

        Raises:
            AppError: As `set_adapters`.
        """

    def divergence(
        self, key: str, turns: Sequence[Turn], answer: str, mixes: Sequence[Uses]
    ) -> tuple[float, ...]:
        """For each of `mixes` the mean of KL(base ‖ mix) over the tokens of `answer` to `turns`, its end
        among them, in nats.

        Raises:
            AppError: As `set_adapters`; ``engine.context`` where both together are too long.
        """


def no_adapters(model: str) -> AppError:
    """The model is run by an engine that takes none."""
    return AppError(
        "engine.adapters",
        tr("Adapters can't be used with {model}.", model=model),
        tr("They work with the models on this computer that Orangery runs itself."),
    )


def batch_options(options: LoadOptions) -> LoadOptions:
    """What answers of one file must have in common to be written in one batch: all but the adapters."""
    return replace(options, adapters=())


def pooled(options: LoadOptions, blends: Iterable[Uses]) -> LoadOptions:
    """How a context is opened in which each answer has one of `blends`; one that all have is its own."""
    distinct = set(blends)
    if len(distinct) == 1:
        return replace(options, adapters=distinct.pop())
    pool = {use.path for blend in distinct for use in blend}
    return replace(options, adapters=(), adapter_pool=tuple(sorted(pool)))


def all_uses(options: LoadOptions) -> Uses:
    """Every adapter that a context may be computed with."""
    return (*options.adapters, *(AdapterUse(path, 1.0) for path in options.adapter_pool))


def tell_adapters(context: Context, uses: Uses) -> LoadedModel:
    """Have the worker use other adapters in a context, and note it there. Raises `AppError`."""
    variant = context.variant
    reply = context.process.client.call(lambda number: SetAdapters(number, variant, uses), timeout=_SET_S)
    if not isinstance(reply, VariantReady):
        raise ProtocolError(f"{type(reply).__name__} in answer to SetAdapters")
    note_adapters(context, uses)
    context.loaded = replace(context.loaded, memory=reply.memory, rss=reply.rss)
    return context.loaded


def note_adapters(context: Context, uses: Uses) -> LoadedModel:
    """Note what a context is to have when it is made anew, as after a crash."""
    context.loaded = replace(context.loaded, options=replace(context.loaded.options, adapters=uses))
    return context.loaded


def measured_effect(context: Context, uses: Uses) -> float:
    """See `Adaptable.effect`."""
    return _measured(context, lambda number: MeasureEffect(number, uses))[0]


def measured_divergence(
    context: Context, turns: Sequence[Turn], answer: str, mixes: Sequence[Uses]
) -> tuple[float, ...]:
    """See `Adaptable.divergence`."""
    variant, conversation, all_mixes = context.variant, tuple(turns), tuple(mixes)
    return _measured(
        context, lambda number: MeasureDivergence(number, variant, conversation, answer, all_mixes)
    )


def _measured(context: Context, build: Callable[[int], Command]) -> tuple[float, ...]:
    reply = context.process.client.call(build, timeout=_MEASURE_S)
    if not isinstance(reply, Diverged):
        raise ProtocolError(f"{type(reply).__name__} in answer to a measurement")
    return reply.divergences
