"""Which device holds what: the layers of a model over main memory and GPUs, and what is loaded beside it.

Rules of llama.cpp 0.5 (`llama_model::load_tensors`): the output layer goes to a GPU first, then the last
layers; several GPUs take consecutive layers by their share; the cache of a layer lies where the layer does;
the input embedding stays in main memory. Read from its source, not measured on a GPU.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

from backend.capacity.types import Ledger, RunConfig
from backend.engines.types import DeviceMemory
from backend.gguf.header import Header
from backend.gguf.types import Tensor

_INPUT = ("token_embd", "token_types", "position_embd", "per_layer_token_embd")
"""Tensors that are looked up by row, for which a GPU brings nothing."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes of one model before they are divided; `caches` has one entry per layer."""

    weights: int
    caches: tuple[int, ...]
    compute: int
    other: int


def layer_of(name: str) -> int | None:
    """The number of the layer that a tensor belongs to; None for those outside of the layers."""
    if not name.startswith("blk."):
        return None
    number = name[4 : name.find(".", 4)]
    return int(number) if number.isdecimal() else None


def divided(needs: Needs, tensors: Sequence[Tensor], run: RunConfig) -> tuple[DeviceMemory, ...]:
    """The bytes of each device, ``CPU`` first and then one entry per share of `run.split`.

    Args:
        tensors: All that are loaded; empty where only their sum is known, which is then spread evenly over
            the layers.
    """
    layers = len(needs.caches)
    wanted = layers + 1 if run.gpu_layers is None else min(run.gpu_layers, layers + 1)
    if wanted <= 0 or not layers:
        return (DeviceMemory("CPU", needs.weights, sum(needs.caches), needs.compute),)
    first = layers + 1 - wanted
    shares = run.split if sum(run.split) > 0 else (1.0,)
    bounds = [bound / sum(shares) for bound in accumulate(shares)]

    def place(layer: int) -> int:
        """0 is main memory, then the GPUs; the output counts as the layer behind the last."""
        if layer < first:
            return 0
        return min(bisect_right(bounds, (layer - first) / wanted), len(shares) - 1) + 1

    weights, caches = [0] * (len(shares) + 1), [0] * (len(shares) + 1)
    for layer, size in enumerate(needs.caches):
        caches[place(layer)] += size
    tied = not any(tensor.name == "output.weight" for tensor in tensors)
    for tensor in tensors:
        number = layer_of(tensor.name)
        if number is not None:
            weights[place(number)] += tensor.nbytes
        elif tensor.name.startswith(_INPUT):
            weights[0] += tensor.nbytes
            if tied and tensor.name == "token_embd.weight":
                weights[place(layers)] += tensor.nbytes
        else:
            weights[place(layers)] += tensor.nbytes
    if not tensors:
        for layer in range(layers + 1):
            weights[place(layer)] += needs.weights // (layers + 1)
    used = {place(layer) for layer in range(layers + 1)}
    return tuple(
        DeviceMemory(
            f"GPU{index - 1}" if index else "CPU",
            weights[index],
            caches[index],
            needs.compute if index in used else 0,
        )
        for index in range(len(shares) + 1)
    )


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
