"""Predicting how fast a model writes and reads, before it was ever run.

Writing one token reads every active weight once, so the time is bytes over bytes per second; on a processor
the arithmetic of unpacking quantized weights counts as well, so every storage type has a rate of its own. To
that come what lies in the context, which every token looks back on, and a little for every layer. Reading a
prompt is arithmetic alone. The rates are those that `Calibration` measured on this machine, or else typical
ones, and then the range is wider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.capacity.bandwidth import gpu_bandwidth
from backend.capacity.estimate import cache_bytes, loaded_tensors
from backend.capacity.rates import (
    Engine,
    family_of,
    gpu_engine,
    lookback_products,
    processor_engine,
    type_of_file,
)
from backend.capacity.shape import Layer, Shape, shape_of
from backend.capacity.types import Ledger, Machine, PoolKind, Rate, RunConfig, Verdict
from backend.gguf.header import Header
from backend.gguf.types import GGMLType

_DEPTH = 512
"""Tokens in the context that a prediction of writing is for."""
_PROMPT = 512
"""Tokens of the prompt that a prediction of reading is for."""
_WIDE, _NARROW_SPREAD = 2048, 0.35
"""Models that are narrower than the measured ones read prompts less efficiently: those of half the width at
about seven tenths of the rate, with large differences between storage types."""
_ADAPTER_SHARE = 0.2
"""Part of what a layer takes besides its weights that each matrix changed by an adapter adds: four operations
(``build_lora_mm`` in llama-graph.cpp) to about twenty of a layer."""
_SAMPLING_S = 6e-9
"""Seconds per entry of the vocabulary for drawing a token."""
_STATE_PASSES = 2
"""A recurrent state is read and written."""
_UNKNOWN_SPREAD = 0.3
"""Part of the likely value by which predictions of recurrent layers, whose arithmetic nobody measured, may be
off."""


def predict(
    header: Header | Sequence[Header],
    ledger: Ledger,
    machine: Machine,
    run: RunConfig,
    verdict: Verdict,
    *,
    depth: int = _DEPTH,
    adapters: Sequence[Header] = (),
) -> Rate | None:
    """How fast one sequence is written behind `depth` tokens, with LoRA `adapters` over the model; None where
    it would be a mere guess."""
    known = _engines(header, ledger, machine, verdict, run)
    if known is None:
        return None
    parts, shape, engines = known
    weights, extra = _adapted(active_weights(parts, shape, ledger.weights), adapters, shape)
    lookback = _lookback(shape, min(depth, run.n_ctx))
    state = (shape.conv_state + shape.ssm_state) * 4 * sum(layer.recurrent for layer in shape.layers)
    seconds = shape.vocab * _SAMPLING_S
    for engine, share in engines:
        seconds += share * (
            sum(engine.writing(kind, count) for kind, count in weights.items())
            + engine.looking_back(lookback, cache_bytes(shape, _at(run, depth)))
            + engine.token_s
            + (len(shape.layers) + extra) * engine.layer_s
            + _STATE_PASSES * state / engine.bandwidth
        )
    return _rate(seconds, engines, weights, shape)


def predict_prompt(
    header: Header | Sequence[Header],
    ledger: Ledger,
    machine: Machine,
    run: RunConfig,
    verdict: Verdict,
    *,
    depth: int = 0,
    adapters: Sequence[Header] = (),
) -> Rate | None:
    """How fast a prompt of 512 tokens is read behind `depth` others, with LoRA `adapters` over the model;
    None where it would be a mere guess."""
    known = _engines(header, ledger, machine, verdict, run)
    if known is None or any(not engine.reads for engine, _ in known[2]):
        return None
    parts, shape, engines = known
    weights = active_weights(parts, shape, ledger.weights, output=False)
    weights, extra = _adapted(weights, adapters, shape)
    lookback = _lookback(shape, min(depth + _PROMPT // 2, run.n_ctx))
    seconds = sum(
        share
        * (
            sum(engine.reading(kind, count) for kind, count in weights.items())
            + lookback / engine.attention_prompt
            + (engine.token_s + (len(shape.layers) + extra) * engine.layer_s) / _PROMPT
        )
        for engine, share in engines
    )
    narrow = min(1.0, shape.embedding / _WIDE) if shape.embedding else 1.0
    rate = corrected(_rate(seconds, engines, weights, shape), narrow**0.5)
    if rate.calibrated and narrow < 1:
        return Rate(rate.likely, rate.likely * (1 - _NARROW_SPREAD), rate.likely * (1 + _NARROW_SPREAD), True)
    if rate.calibrated:
        return rate
    # Instruction sets differ by far more in this than in how fast memory is read.
    return Rate(rate.likely, rate.likely / 2, rate.likely * 2)


def corrected(rate: Rate, factor: float) -> Rate:
    """`rate` moved by what real answers on this machine have taught."""
    return Rate(rate.likely * factor, rate.low * factor, rate.high * factor, rate.calibrated)


def active_bytes(parts: Sequence[Header], shape: Shape, weights: int) -> int:
    """Bytes of weights that one token reads: see `active_weights`."""
    counts = active_weights(parts, shape, weights)
    return round(sum(count * kind.bits_per_weight / 8 for kind, count in counts.items()))


def active_weights(
    parts: Sequence[Header], shape: Shape, weights: int, *, output: bool = True
) -> Mapping[GGMLType, float]:
    """Weights that one token goes through, by storage type.

    All of them but the input embedding, of which it needs one row (unless it is the output as well), and the
    experts that the token does not go to. Without `output` also less the matrix that makes the choice of the
    next token, which a prompt goes through only once.

    Args:
        weights: Bytes of all weights, for headers whose tensors are not read yet.
    """
    share = shape.experts_used / shape.experts if shape.experts else 1.0
    if not all(part.complete for part in parts):
        kind = type_of_file(parts[0].file_type)
        total = weights * 8 / kind.bits_per_weight * (1 - _expert_share(shape) * (1 - share))
        return {kind: total if output else max(0.0, total - shape.vocab * shape.embedding)}
    tensors = loaded_tensors(parts, len(shape.layers))
    tied = not any(tensor.name == "output.weight" for tensor in tensors)
    counts: dict[GGMLType, float] = {}
    for tensor in tensors:
        last = tensor.name == "output.weight" or (tied and tensor.name == "token_embd.weight")
        if last and not output:
            continue
        if tensor.name == "token_embd.weight" and not tied:
            continue
        elements = tensor.nbytes * 8 / tensor.type.bits_per_weight
        counts[tensor.type] = counts.get(tensor.type, 0.0) + elements * (
            share if "_exps." in tensor.name else 1.0
        )
    return counts


def _adapted(
    weights: Mapping[GGMLType, float], adapters: Sequence[Header], shape: Shape
) -> tuple[Mapping[GGMLType, float], float]:
    """`weights` with those of the adapters, and as how many more layers their operations count."""
    share = shape.experts_used / shape.experts if shape.experts else 1.0
    counts = dict(weights)
    for tensor in (tensor for adapter in adapters for tensor in adapter.tensors):
        elements = tensor.nbytes * 8 / tensor.type.bits_per_weight
        counts[tensor.type] = counts.get(tensor.type, 0.0) + elements * (
            share if "_exps." in tensor.name else 1.0
        )
    pairs = sum(len(adapter.tensors) for adapter in adapters) / 2
    return counts, pairs * _ADAPTER_SHARE


_Engines = tuple[tuple[Engine, float], ...]


def _engines(
    header: Header | Sequence[Header], ledger: Ledger, machine: Machine, verdict: Verdict, run: RunConfig
) -> tuple[tuple[Header, ...], Shape, _Engines] | None:
    """The headers, the shape, and who computes which part of the model."""
    if verdict in (Verdict.TOO_BIG, Verdict.UNKNOWN) or not ledger.known:
        return None
    parts = (header,) if isinstance(header, Header) else tuple(header)
    on_gpu = _share_on_gpu(ledger, machine, verdict)
    engines: list[tuple[Engine, float]] = []
    if on_gpu < 1:
        engines.append((processor_engine(machine, run.kv_type), 1 - on_gpu))
    if on_gpu > 0:
        slowest = min((gpu_bandwidth(pool.name) or 0.0 for pool in machine.gpus), default=0.0)
        gpu = gpu_engine(machine, run.kv_type, slowest)
        if gpu is None:
            return None
        engines.append((gpu, on_gpu))
    return parts, shape_of(parts[0]), tuple(engines)


def _rate(seconds: float, engines: _Engines, weights: Mapping[GGMLType, float], shape: Shape) -> Rate:
    measured = all(engine.measured for engine, _ in engines)
    spread = max(engine.spread for engine, _ in engines)
    strange = sum(count for kind, count in weights.items() if family_of(kind) is not kind)
    if strange > 0.3 * sum(weights.values()):
        spread += 0.15  # most of the weights are of a type that is only derived from another
    if any(layer.recurrent for layer in shape.layers):
        spread = max(spread, _UNKNOWN_SPREAD)
    likely = 1 / seconds
    return Rate(likely, likely * (1 - spread), likely * (1 + spread), measured)


def _lookback(shape: Shape, depth: int) -> float:
    """Multiply-adds of one token with the keys and values of `depth` others."""

    def layer_width(layer: Layer) -> float:
        if not layer.k_width:
            return 0.0
        if not layer.v_width:  # keys that hold the values as well
            return lookback_products(shape.heads, 2.0 * shape.heads * layer.k_width)
        return lookback_products(shape.heads, shape.q_width * (1 + layer.v_width / layer.k_width))

    return sum(
        layer_width(layer) * (min(depth, shape.window) if layer.windowed and shape.window else depth)
        for layer in shape.layers
    )


def _at(run: RunConfig, depth: int) -> RunConfig:
    return RunConfig(n_ctx=max(1, min(run.n_ctx, depth)), kv_type=run.kv_type)


def _expert_share(shape: Shape) -> float:
    """The part of all weights that lies in experts, from the dimensions alone."""
    if not shape.experts:
        return 0.0
    width = shape.expert_feed_forward or shape.feed_forward
    experts = len(shape.layers) * 3 * shape.embedding * width * shape.experts
    attention = len(shape.layers) * 2 * shape.embedding * (shape.q_width + shape.kv_width)
    total = experts + attention + 2 * shape.vocab * shape.embedding
    return experts / total if total else 0.0


def _share_on_gpu(ledger: Ledger, machine: Machine, verdict: Verdict) -> float:
    """The part of the weights that a GPU reads."""
    if not machine.gpus or not ledger.gpu:
        return 0.0
    if verdict is Verdict.FITS_GPU:
        return 1.0
    if verdict is Verdict.FITS or any(pool.kind is PoolKind.UNIFIED for pool in machine.gpus):
        return 0.0
    return min(1.0, sum(pool.free for pool in machine.gpus) / ledger.total)
