"""The run card of an answer: everything that it depended on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from backend.engines.types import ChatModel, EngineFlags, LoadedModel, RunCard, Sampling


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """Which engine answers, as far as it is known without asking.

    Attributes:
        version: Such as ``llama-cpp-python 0.3.36``; empty if it was not told.
        flags: The native switches in use; None where there are none or they are not known.
        cpu: Name of the processor.
    """

    version: str = ""
    flags: EngineFlags | None = None
    cpu: str = ""


@runtime_checkable
class Accountable(Protocol):
    """An engine that can say what it is and what its answers took."""

    def identity(self) -> EngineIdentity:
        """Which engine this is; asks no process and no network."""

    def peak_memory(self, key: str) -> int:
        """Most bytes that the process of a model had resident while it last answered; 0 if unknown."""


def card(
    model: ChatModel,
    loaded: LoadedModel,
    sampling: Sampling,
    seed: int,
    system_prompt: str,
    *,
    engine: EngineIdentity,
    sha256: str = "",
) -> RunCard:
    """What to keep with an answer of `loaded`.

    Args:
        seed: The one that was really used; see `Finished.seed`.
        sha256: Digest of the model's file; empty if it is not known.
    """
    return RunCard(
        model_id=model.id,
        model_name=model.name,
        quant=model.quant,
        engine=model.engine,
        address=model.address,
        sha256=sha256,
        size=model.size,
        engine_version=engine.version,
        flags=engine.flags or EngineFlags(),
        options=loaded.options,
        sampling=sampling,
        seed=seed,
        adapters=loaded.options.adapters,
        system_prompt=system_prompt,
        template_sha256=loaded.template_sha256,
        cpu=engine.cpu,
        created=time.time(),
    )
