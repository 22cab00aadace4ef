"""Which device holds what: the layers of a model over main memory and GPUs, and what is loaded beside it.

Rules of llama.cpp 0.5 (`llama_model::load_tensors`): the output layer goes to a GPU first, then the last
layers; several GPUs take consecutive layers by their share; the cache of a layer lies where the layer does;
the input embedding stays in main memory. On an H200 the sums were within 1 % of the engine's, for all layers
and for half of them (``tools/gpu_acceptance.py``); several GPUs were not measured.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

from backend.capacity.types import Ledger, RunConfig
from backend.capacity.weights import Weights
from backend.engines.types import DeviceMemory
from backend.gguf.header import Header


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes of one model before they are divided; `caches` has one entry per layer."""

    weights: int
    caches: tuple[int, ...]
    compute: int
    other: int


def divided(needs: Needs, weights: Weights | None, run: RunConfig) -> tuple[DeviceMemory, ...]:
    """The bytes of each device, ``CPU`` first and then one entry per share of `run.split`.

    Args:
        weights: All that may be loaded; None where only their sum is known, which is then spread evenly over
            the layers.
    """
    layers = len(needs.caches)
    wanted = layers + 1 if run.gpu_layers is None else min(run.gpu_layers, layers + 1)
    if wanted <= 0 or not layers:
        return (DeviceMemory("CPU", needs.weights, sum(needs.caches), needs.compute),)
    shares = run.split if sum(run.split) > 0 else (1.0,)
    places = _places(layers, wanted, shares)
    last = places[layers]
    held, caches = [0] * (len(shares) + 1), [0] * (len(shares) + 1)
    for place, size in zip(places, needs.caches, strict=False):
        caches[place] += size
    if weights is None:
        for place in places:
            held[place] += needs.weights // (layers + 1)
    else:
        for layer, size in weights.layers.items():
            if layer < layers:
                held[places[layer]] += size
        held[0] += weights.input
        held[last] += weights.outside + (0 if weights.has_output else weights.embedding)
    used = set(places)
    return tuple(
        DeviceMemory(
            f"GPU{index - 1}" if index else "CPU",
            held[index],
            caches[index],
            needs.compute if index in used else 0,
        )
        for index in range(len(shares) + 1)
    )


def _places(layers: int, wanted: int, shares: Sequence[float]) -> list[int]:
    """The device of each layer, 0 for main memory; the output counts as the layer behind the last."""
    first = layers + 1 - wanted
    if len(shares) == 1:
        return [0] * first + [1] * wanted
    bounds = [bound / sum(shares) for bound in accumulate(shares)]
    return [0] * first + [
        min(bisect_right(bounds, layer / wanted), len(shares) - 1) + 1 for layer in range(wanted)
    ]


def together(one: Ledger, other: Ledger) -> Ledger:
    """Both at the same time, device by device."""
    nothing = DeviceMemory("", 0, 0, 0)
    devices = tuple(
        DeviceMemory(a.device or b.device, a.weights + b.weights, a.kv + b.kv, a.compute + b.compute)
        for a, b in zip_longest(one.devices, other.devices, fillvalue=nothing)
    )
    return replace(
        one,
        weights=one.weights + other.weights,
        kv=one.kv + other.kv,
        compute=one.compute + other.compute,
        other=one.other + other.other,
        known=one.known and other.known,
        gpu=one.gpu + other.gpu,
        devices=devices,
    )


def projector_ledger(header: Header, size: int, run: RunConfig) -> Ledger:
    """What a projector (mmproj) needs: its tensors, and a bound for one picture of its full size.

    The bound is that of a plain vision transformer (`clip_graph` of llama.cpp): all patches at once through
    attention without its flash variant, or through the feed-forward, in F32. It goes to the first GPU.
    """
    weights = sum(tensor.nbytes for tensor in header.tensors) if header.complete else size

    def key(suffix: str) -> int:
        return header.integer(f"clip.vision.{suffix}") or 0

    side = key("image_size") // max(1, key("patch_size"))
    patches, width, heads = side * side + 1, key("embedding_length"), key("attention.head_count")
    feed_forward = 4 * patches * (3 * key("feed_forward_length") + 4 * width)
    attention = 4 * patches * (patches * heads + 6 * width)
    compute = max(feed_forward, attention) if side else 0
    on_gpu = run.gpu_layers != 0
    cpu, gpu = DeviceMemory("CPU", 0, 0, 0), DeviceMemory("GPU0", weights, 0, compute)
    devices = (cpu, gpu) if on_gpu else (replace(gpu, device="CPU"),)
    return Ledger(weights, 0, compute, 0, gpu=weights + compute if on_gpu else 0, devices=devices)
