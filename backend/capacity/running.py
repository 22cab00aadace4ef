"""How the worker runs a model that is opened with given options: the same for it and for predictions."""

from __future__ import annotations

from typing import Protocol

from backend.capacity.types import RunConfig
from backend.engines.types import KvType

BATCH = 512
"""Most tokens in one decode: what the CPU kernels need to run at full speed."""
DEFAULT_CONTEXT = 8192


class Opening(Protocol):
    """What `LoadOptions` and the worker's `VariantOptions` have in common."""

    @property
    def n_ctx(self) -> int | None: ...

    @property
    def kv_type(self) -> KvType: ...

    @property
    def parallel(self) -> int: ...

    @property
    def n_batch(self) -> int | None: ...


def run_of(options: Opening, trained: int | None, gpu_layers: int | None = None) -> RunConfig:
    """What the worker does with `options`.

    Args:
        trained: Context that the model was trained with, in tokens; None or 0 where it does not say.
        gpu_layers: As in `LoadOptions`.
    """
    context = min(options.n_ctx or DEFAULT_CONTEXT, trained or DEFAULT_CONTEXT)
    parallel = max(1, options.parallel)
    batch = max(1, min(options.n_batch or BATCH, max(32, context, 2 * parallel)), parallel)
    return RunConfig(
        n_ctx=context * parallel,
        kv_type=options.kv_type,
        parallel=parallel,
        n_batch=batch,
        n_ubatch=batch,
        n_outputs_max=parallel,
        gpu_layers=gpu_layers,
    )
