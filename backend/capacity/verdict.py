"""Whether a model fits: what it needs against what is free, with room left for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.capacity.speed import predict, predict_prompt
from backend.capacity.types import Fit, Ledger, Machine, Pool, PoolKind, RunConfig, Verdict
from backend.gguf.header import Header

GIB = 2**30
_RAM_MARGIN = 2 * GIB
_GPU_MARGIN = 1 * GIB
_MARGIN_SHARE = 10
"""Percent of a pool that stay free."""


@dataclass(frozen=True, slots=True)
class Room:
    """A verdict without the model: which pool decides, what is free there and what must stay free."""

    verdict: Verdict
    free: int
    margin: int


def judge(
    ledger: Ledger,
    machine: Machine,
    run: RunConfig,
    header: Header | Sequence[Header],
    adapters: Sequence[Header] = (),
) -> Fit:
    """Compare what the model, with LoRA `adapters` over it, needs with what is free.

    Memory that Orangery itself holds counts as free, because another model of ours gives way to this one.
    """
    parts = (header,) if isinstance(header, Header) else tuple(header)
    room = room_for(ledger.total, ledger.gpu if run.gpu_layers != 0 else 0, machine)
    verdict = room.verdict
    if verdict is Verdict.FITS_GPU and not _each_has_room(ledger, machine):
        verdict = Verdict.TIGHT  # together they have room, but the layers do not divide like that
    if verdict is Verdict.FITS_GPU and run.gpu_layers is not None and run.gpu_layers <= _layers(parts):
        verdict = Verdict.FITS  # the rest of the layers runs on the processor
    if not ledger.known and verdict is not Verdict.TOO_BIG:
        verdict = Verdict.UNKNOWN
    generation = predict(parts, ledger, machine, run, verdict, adapters=adapters)
    return Fit(
        verdict=verdict,
        ledger=ledger,
        run=run,
        free=room.free,
        margin=room.margin,
        tokens_per_second=generation.likely if generation else None,
        approximate=not all(part.complete for part in parts),
        generation=generation,
        prompt=predict_prompt(parts, ledger, machine, run, verdict, adapters=adapters),
    )


def spread(run: RunConfig, machine: Machine) -> RunConfig:
    """`run` with the layers divided over the machine's GPUs by what is free there, as the engine does it."""
    separate = [pool for pool in machine.gpus if pool.kind is PoolKind.GPU]
    if len(separate) < 2 or run.split:
        return run
    return replace(run, split=tuple(float(available(pool)) for pool in separate))


def _each_has_room(ledger: Ledger, machine: Machine) -> bool:
    """Whether each of several GPUs can hold its own share; True where nobody divided it."""
    shares = ledger.devices[1:]
    if len(machine.gpus) < 2 or len(shares) != len(machine.gpus):
        return True
    return all(
        share.weights + share.kv + share.compute + margin_of(pool) <= available(pool)
        for share, pool in zip(shares, machine.gpus, strict=True)
    )


def _layers(parts: Sequence[Header]) -> int:
    """Repeating layers; the output counts as one more when layers are put on a GPU."""
    return parts[0].integer(parts[0].key("block_count")) or 0


def room_for(total: int, gpu: int, machine: Machine) -> Room:
    """The verdict for a need of `total` bytes, of which `gpu` would lie on a GPU if there is room there."""
    ram_free, ram_margin = available(machine.ram), margin_of(machine.ram)
    gpu_free = sum(available(pool) for pool in machine.gpus)
    gpu_margin = sum(margin_of(pool) for pool in machine.gpus)
    unified = any(pool.kind is PoolKind.UNIFIED for pool in machine.gpus)
    on_gpu = total if unified else gpu
    if gpu and machine.gpus and on_gpu + gpu_margin <= gpu_free and total - on_gpu <= ram_free:
        return Room(Verdict.FITS_GPU, gpu_free, gpu_margin)
    if total + ram_margin <= ram_free:
        return Room(Verdict.FITS, ram_free, ram_margin)
    if total <= ram_free:
        return Room(Verdict.TIGHT, ram_free, ram_margin)
    if gpu and not unified and total + gpu_margin + ram_margin <= gpu_free + ram_free:
        # Some layers on the GPU, the others on the processor.
        return Room(Verdict.TIGHT, gpu_free + ram_free, gpu_margin + ram_margin)
    return Room(Verdict.TOO_BIG, ram_free, ram_margin)


def available(pool: Pool) -> int:
    """Bytes of `pool` that a model could have."""
    return min(pool.total, pool.free + pool.used_by_us)


def margin_of(pool: Pool) -> int:
    """Bytes of `pool` that must stay free for everything else that runs."""
    least = _RAM_MARGIN if pool.kind is PoolKind.RAM else _GPU_MARGIN
    return max(least, pool.total * _MARGIN_SHARE // 100)
