"""What an answer depended on."""

from __future__ import annotations

import time

from backend.engines.types import ChatModel, LoadedModel, RunCard, Sampling


def card_of(
    model: ChatModel, loaded: LoadedModel, sampling: Sampling, seed: int, system_prompt: str
) -> RunCard:
    """The run card of an answer of `loaded`; `seed` is the one that was really used."""
    return RunCard(
        model_id=model.id,
        model_name=model.name,
        quant=model.quant,
        engine=model.engine,
        address=model.address,
        size=model.size,
        options=loaded.options,
        sampling=sampling,
        seed=seed,
        system_prompt=system_prompt,
        created=time.time(),
    )
