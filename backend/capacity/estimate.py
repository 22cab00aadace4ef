"""How much memory a model needs, from its header alone.

Formulas: llama.cpp 0.5 (`llama_kv_cache`, `llama_memory_recurrent`, graph reservation). Against the dry
runs of ``tools/capacity_acceptance.py`` weights and cache are exact to the byte, the compute buffer is within
a fifth, and the total within 1 %."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from backend.capacity.architectures import UNGATED
from backend.capacity.devices import Needs, divided, projector_ledger, together
from backend.capacity.shape import Shape, shape_of
from backend.capacity.types import Extras, Ledger, RunConfig
from backend.capacity.weights import Weights, added, weights_of
from backend.engines.types import KvType
from backend.gguf.header import Header
from backend.gguf.types import GGMLType, Tensor

_CACHE_PAD = 256
_STATE_BYTES = 4
_PROCESS_BYTES = 51 * 2**20
"""The worker itself, with the pages of its libraries, before it has read a prompt."""
_VOCAB_ENTRY_BYTES = 310
"""Per token, with its merges, in the engine's vocabulary tables."""
NO_EXTRAS = Extras()
_KV_TYPES: dict[KvType, GGMLType] = {"f16": GGMLType.F16, "q8_0": GGMLType.Q8_0, "q4_0": GGMLType.Q4_0}


def estimate(
    header: Header | Sequence[Header], run: RunConfig, *, file_size: int, extras: Extras = NO_EXTRAS
) -> Ledger:
    """Predict what the model needs when it is run as `run` says.

    Args:
        header: The header, or those of all parts of a split model in order. A header of tier 0 is enough;
            the weights are then taken to be the whole file.
        file_size: Bytes of all parts together.
        extras: What is loaded beside it, counted in the same sums.

    Returns:
        The bytes by purpose. `Ledger.known` is False where the architecture is unknown and the sum is a
        guess.
    """
    parts = (header,) if isinstance(header, Header) else tuple(header)
    shape = shape_of(parts[0])
    complete = all(part.complete for part in parts) and any(part.tensors for part in parts)
    weights = added([weights_of(part) for part in parts]) if complete else None
    size = file_size if weights is None else weights.loaded(len(shape.layers))
    needs = Needs(size, layer_caches(shape, run), compute_bytes(shape, run), host_bytes(shape, run))
    if extras.adapters:
        needs, weights = _with_adapters(needs, weights, extras.adapters)
    devices = divided(needs, weights, run)
    ledger = Ledger(
        weights=needs.weights,
        kv=sum(needs.caches),
        compute=needs.compute,
        other=needs.other,
        known=shape.known,
        gpu=sum(device.weights + device.kv + device.compute for device in devices[1:]),
        devices=devices,
    )
    if extras.draft:
        ledger = together(ledger, estimate(extras.draft, run, file_size=extras.draft_size))
    if extras.projector is not None:
        ledger = together(ledger, projector_ledger(extras.projector, extras.projector_size, run))
    return ledger


def _with_adapters(
    needs: Needs, weights: Weights | None, adapters: Sequence[Header]
) -> tuple[Needs, Weights | None]:
    """The same with the tensors of adapters, next to the layers that they change."""
    more = added([weights_of(adapter) for adapter in adapters])
    together = replace(needs, weights=needs.weights + more.loaded(0))
    return together, None if weights is None else added((weights, more))


def run_for(header: Header, wanted: RunConfig | None = None) -> RunConfig:
    """`wanted` with no more context per sequence than the model was trained with."""
    run = wanted or RunConfig()
    trained = header.n_ctx_train
    return replace(run, n_ctx=min(run.n_ctx, trained * run.parallel)) if trained else run


def loaded_tensors(parts: Iterable[Header], layers: int) -> tuple[Tensor, ...]:
    """The tensors that the engine loads: layers for predicting several tokens at once come last and are left
    out."""
    return tuple(
        tensor for part in parts for tensor in part.tensors if not layers or _layer(tensor.name) < layers
    )


def _layer(name: str) -> int:
    """The layer that a tensor belongs to; 0 for those outside of the layers."""
    number = name[4 : name.find(".", 4)] if name.startswith("blk.") else ""
    return int(number) if number.isdecimal() else 0


def _pad(tokens: int) -> int:
    return -(-tokens // _CACHE_PAD) * _CACHE_PAD


def _row_bytes(kind: GGMLType, elements: int) -> int:
    """Bytes of one cache row; a row that does not divide into blocks is rounded up."""
    return -(-elements // kind.block_elements) * kind.block_bytes


def _cells(run: RunConfig, window: int) -> tuple[int, int]:
    """Cache cells per pool: for layers that attend to everything, and for those with a sliding window."""
    full = _pad(max(1, run.n_ctx // _pools(run)))
    together = run.parallel if run.kv_unified else 1
    return full, _pad(min(full, window * max(1, together) + run.n_ubatch)) if window else full


def _pools(run: RunConfig) -> int:
    """Separate pools of cache cells: one, or one per sequence."""
    return 1 if run.kv_unified else max(1, run.parallel)


def layer_caches(shape: Shape, run: RunConfig) -> tuple[int, ...]:
    """Bytes of key-value cache and recurrent state of each layer. The engine fills both with zeros, so all of
    it is resident at once."""
    full, windowed = _cells(run, shape.window)
    kind = _KV_TYPES[run.kv_type]
    # Without flash attention the values lie transposed and every layer gets the widest row.
    widest = max((layer.v_width for layer in shape.layers), default=0)
    pools = _pools(run)
    state = (shape.conv_state + shape.ssm_state) * _STATE_BYTES * max(1, run.parallel)
    # Most layers are alike, and a list asks for hundreds of files.
    rows = {width: _row_bytes(kind, width) for width in {0, widest, *_widths(shape)}}
    sums = []
    for layer in shape.layers:
        size = state if layer.recurrent else 0
        if layer.k_width:
            v_width = layer.v_width if run.flash_attn or not layer.v_width else widest
            row = rows[layer.k_width] + rows[v_width]
            size += pools * row * (windowed if layer.windowed else full)
        sums.append(size)
    return tuple(sums)


def _widths(shape: Shape) -> Iterator[int]:
    for layer in shape.layers:
        yield layer.k_width
        yield layer.v_width


def cache_bytes(shape: Shape, run: RunConfig) -> int:
    """Key-value cache and recurrent states of all layers."""
    return sum(layer_caches(shape, run))


def _batch(run: RunConfig) -> int:
    """Tokens that are computed at once."""
    return max(1, min(run.n_ctx, run.n_batch, run.n_ubatch))


def compute_bytes(shape: Shape, run: RunConfig) -> int:
    """The scratch buffer for the widest moment of one batch: logits, feed-forward or attention."""
    batch = _batch(run)
    outputs = min(batch, max(run.n_outputs_max, run.parallel) if run.n_outputs_max else run.n_batch)
    full, windowed = _cells(run, shape.window)
    mask = _mask_bytes(shape, run, batch, full, windowed)
    logits = 4 * (shape.vocab * outputs + 2 * shape.embedding * batch)
    wide = (2 if shape.architecture in UNGATED else 3) * shape.feed_forward
    feed_forward = mask + 4 * batch * (wide + 4 * shape.embedding)
    attention = mask + 4 * batch * (3 * shape.embedding + 2 * shape.q_width + 2 * shape.kv_width)
    if shape.has_cache and not run.flash_attn:
        attention += 4 * batch * full * shape.heads
    recurrent = mask + 4 * batch * shape.ssm_width
    recurrent += _STATE_BYTES * (shape.conv_state + shape.ssm_state) * max(1, run.parallel)
    return max(logits, feed_forward, attention, recurrent, mask + _experts_bytes(shape, batch))


def _mask_bytes(shape: Shape, run: RunConfig, batch: int, full: int, windowed: int) -> int:
    """Which token may look at which cell, once for each kind of cache; F16 with flash attention, else F32."""
    if not shape.has_cache:
        return 0
    cells = full if any(layer.k_width and not layer.windowed for layer in shape.layers) else 0
    if any(layer.k_width and layer.windowed for layer in shape.layers):
        cells += windowed
    return (2 if run.flash_attn else 4) * batch * cells


def _experts_bytes(shape: Shape, batch: int) -> int:
    """Feed-forward of a mixture of experts: every token goes through `experts_used` of them."""
    used, width, embedding = (
        shape.experts_used,
        shape.expert_feed_forward or shape.feed_forward,
        shape.embedding,
    )
    if not used:
        return 0
    return (
        4 * batch * max(3 * used * width + 5 * embedding, 2 * used * embedding + used * width + 3 * embedding)
    )


def host_bytes(shape: Shape, run: RunConfig) -> int:
    """What lies in main memory besides, and in no buffer the engine reports: the process, logits, vocabulary,
    and the work buffer, in which the processor keeps one matrix of a batch in the type of the weights.

    With it the sum is what is resident once a prompt went through in whole batches; on a slow machine prompts
    go in smaller pieces, and a part of the compute buffer is never touched."""
    logits = 4 * shape.vocab * max(1, run.parallel)
    full, _ = _cells(run, shape.window)
    work = 2 * _batch(run) * max(shape.feed_forward, shape.embedding)
    if shape.has_cache and not run.flash_attn:
        work = max(work, 2 * _batch(run) * full * shape.heads)
    return logits + _VOCAB_ENTRY_BYTES * shape.vocab + work + _PROCESS_BYTES
