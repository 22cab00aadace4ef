"""Blends of adapters in the rows of one batch against the same batch with one of them in all rows, in a
process of its own.

``bare_blends.py <model> <adapter> <adapter>`` prints as one JSON line whether the worker takes several blends
in a batch, and for each blend the largest difference between its logits here and there, and that to the base.
"""

from __future__ import annotations

import json
import sys
from array import array
from pathlib import Path

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import AdapterUse, EngineFlags
from backend.worker.llama.adapters import Blend
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model
from backend.worker.llama.variant import Variant
from backend.workers.protocol import VariantOptions

PROMPT = "It is warm and light in here"


def blends(first: str, second: str) -> list[tuple[AdapterUse, ...]]:
    half, whole = AdapterUse(first, 0.5), AdapterUse(first, 1.0)
    return [(), (half,), (whole,), (AdapterUse(second, 0.25),), (half, AdapterUse(second, 1.0))]


def answers(variant: Variant, used: list[Blend], prompt: array[int]) -> npt.NDArray[np.float32]:
    """The logits of each sequence behind a prompt of its own length and two more tokens."""
    native.llama_memory_clear(native.llama_get_memory(variant.context), True)
    for slot, blend in zip(variant.slots, used, strict=True):
        slot.blend = blend
    batch = variant.batch
    batch.clear()
    for slot in variant.slots:
        batch.extend(prompt[: 2 + slot.seq], 0, slot.seq, output=slot.seq % 2 == 0)
    assert variant.decode() == 0
    for step in range(2):
        batch.clear()
        for slot in variant.slots:
            batch.add(prompt[-1 - step], 2 + slot.seq + step, slot.seq)
        assert variant.decode() == 0
    pointer = native.llama_get_logits(variant.context)
    return np.ctypeslib.as_array(pointer, (len(used), variant.model.n_vocab)).copy()


def main(path: str, *adapters: str) -> None:
    log = NativeLog()
    model = Model(Path(path), EngineFlags(use_extra_bufts=False), 0, log, lambda _fraction: None)
    wanted = blends(*adapters)
    options = VariantOptions(n_ctx=64, parallel=len(wanted), n_batch=64, adapter_pool=adapters)
    variant = Variant(model, options, 2, log)
    told: dict[str, object] = {"together": variant.together}
    if variant.together:
        prompt = model.tokenize(PROMPT, add_special=True)
        used = [variant.blend(uses) for uses in wanted]
        mixed = answers(variant, used, prompt)
        alone = [answers(variant, [blend] * len(used), prompt) for blend in used]
        told["differences"] = [float(abs(mixed[i] - alone[i][i]).max()) for i in range(len(used))]
        told["effects"] = [float(abs(mixed[i] - alone[0][i]).max()) for i in range(len(used))]
    print(json.dumps(told))
    variant.close()
    model.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
