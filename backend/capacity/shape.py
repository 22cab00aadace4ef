"""The dimensions of a model that decide its memory, read from its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.capacity import architectures as arch
from backend.capacity.per_header import PerHeader
from backend.gguf.header import Header
from backend.gguf.types import Array, ValueType

MAX_LAYERS = 1024
"""The engine itself stops at 512."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's memory.

    Attributes:
        k_width: Elements of one token's keys; 0 where the layer has no cache.
        v_width: Elements of one token's values.
        windowed: Whether its cache only covers the sliding window.
        recurrent: Whether it keeps a state of fixed size.
    """

    k_width: int = 0
    v_width: int = 0
    windowed: bool = False
    recurrent: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Dimensions in elements; per-layer values are the largest.

    Attributes:
        known: False where the architecture, or a dimension that every model has, is unknown.
        q_width: Elements of one token's queries.
        experts_used: Experts per token; 0 for a dense model.
        window: Tokens of the sliding window; 0 without.
        conv_state: F32 elements of convolution state per recurrent layer and sequence.
        ssm_state: F32 elements of recurrent state per recurrent layer and sequence.
        ssm_width: F32 elements per token that a recurrent layer works on at its widest moment.
    """

    architecture: str
    known: bool
    layers: tuple[Layer, ...]
    embedding: int
    feed_forward: int
    vocab: int
    heads: int
    q_width: int
    kv_width: int
    experts: int
    experts_used: int
    expert_feed_forward: int
    window: int
    conv_state: int
    ssm_state: int
    ssm_width: int

    @property
    def has_cache(self) -> bool:
        return any(layer.k_width for layer in self.layers)


@PerHeader
def shape_of(header: Header) -> Shape:
    """Read the dimensions. Missing or absurd ones become 0 and make the shape not `known`; never raises."""
    name = header.architecture
    blocks = (header.integer(header.key("block_count")) or 0) - (
        header.integer(header.key("nextn_predict_layers")) or 0
    )
    sane = 0 < blocks <= MAX_LAYERS
    count = blocks if sane else 0
    embedding = header.integer(header.key("embedding_length")) or 0
    heads = _per_layer(header, "attention.head_count", count, 0)
    kv_heads = _per_layer(header, "attention.head_count_kv", count, None) or heads
    feed_forward = _per_layer(header, "feed_forward_length", count, 0)
    first_heads = heads[0] if heads else 0
    head = embedding // first_heads if first_heads else 0
    head_k = header.integer(header.key("attention.key_length")) or head
    head_v = header.integer(header.key("attention.value_length")) or head
    window, windowed = _windows(header, count)
    recurrent = _recurrent(header, count, kv_heads, feed_forward)
    layers = _layers(header, (head_k, head_v), kv_heads, windowed, recurrent, feed_forward)
    conv, state = _state_sizes(header, embedding, first_heads, head_k)
    attention = not (name in arch.RECURRENT or name in arch.NO_CACHE)
    return Shape(
        architecture=name,
        known=sane and name in arch.KNOWN and embedding > 0 and (not attention or head_k > 0),
        layers=layers,
        embedding=embedding,
        feed_forward=max(feed_forward, default=0),
        vocab=header.n_vocab or 0,
        heads=max(heads, default=0),
        q_width=max(heads, default=0) * head_k,
        kv_width=max((layer.k_width for layer in layers), default=0),
        experts=header.integer(header.key("expert_count")) or 0,
        experts_used=max(_per_layer(header, "expert_used_count", count, 0), default=0),
        expert_feed_forward=max(_per_layer(header, "expert_feed_forward_length", count, 0), default=0),
        window=window if any(windowed) else 0,
        conv_state=conv if any(recurrent) else 0,
        ssm_state=state if any(recurrent) else 0,
        ssm_width=_ssm_width(header, embedding) if any(recurrent) else 0,
    )


def _per_layer(header: Header, suffix: str, count: int, default: int | None) -> tuple[int, ...]:
    """A value that is one number for all layers or an array with one for each; empty where it is missing."""
    key = header.key(suffix)
    one = header.integer(key)
    if one is not None:
        return (one,) * count
    each = _numbers(header.array(key))
    if each:
        return tuple(each[min(index, len(each) - 1)] for index in range(count))
    return () if default is None else (default,) * count


def _numbers(array: Array | None) -> list[int]:
    """The elements of a small array of whole numbers or flags; empty for anything else."""
    if (
        array is None
        or array.raw is None
        or array.type in (ValueType.STRING, ValueType.FLOAT32, ValueType.FLOAT64)
    ):
        return []
    return [max(0, int(value)) for value in array]


def _windows(header: Header, count: int) -> tuple[int, tuple[bool, ...]]:
    """The window in tokens, and which layers have it."""
    rule = arch.WINDOWS.get(header.architecture)
    none = (0, (False,) * count)
    if rule is None or (rule.blocks and rule.blocks != count):
        return none
    given = header.integer(header.key("attention.sliding_window"))
    if given is None and rule.needs_key:
        return none
    window = rule.default if given is None or (rule.fixed and given) else given
    if window <= 0:
        return none
    if rule.every_layer:
        return window, (True,) * count
    key = header.key("attention.sliding_window_pattern")
    if each := _numbers(header.array(key)):
        return window, tuple(index < len(each) and each[index] > 0 for index in range(count))
    period = header.integer(key)
    if period is None:
        if rule.period == 0:
            return none
        period = rule.period
    full = 0 if rule.full_first else period - 1
    return window, tuple(period == 0 or index % period != full for index in range(count))


def _recurrent(
    header: Header, count: int, kv_heads: Sequence[int], feed_forward: Sequence[int]
) -> tuple[bool, ...]:
    """Which layers keep a state."""
    name = header.architecture
    if name in arch.RECURRENT or name in arch.HYBRID_BOTH:
        return (True,) * count
    if name in arch.HYBRID_BY_HEADS:
        return tuple(
            kv_heads[index] == 0 and not (name in arch.FEED_FORWARD_LAYERS and feed_forward[index] > 0)
            for index in range(min(count, len(kv_heads)))
        )
    if name in arch.HYBRID_BY_INTERVAL:
        listed = _numbers(header.array(header.key("attention.recurrent_layers")))
        if listed:
            return tuple(index < len(listed) and listed[index] > 0 for index in range(count))
        interval = header.integer(header.key("full_attention_interval")) or arch.HYBRID_BY_INTERVAL[name]
        return tuple((index + 1) % interval != 0 for index in range(count))
    return (False,) * count


def _layers(
    header: Header,
    head: tuple[int, int],
    kv_heads: Sequence[int],
    windowed: Sequence[bool],
    recurrent: Sequence[bool],
    feed_forward: Sequence[int],
) -> tuple[Layer, ...]:
    name = header.architecture
    head_swa = (
        header.integer(header.key("attention.key_length_swa")) or head[0],
        header.integer(header.key("attention.value_length_swa")) or head[1],
    )
    # Multi-head latent attention caches one compressed row, and no values.
    latent = bool(
        header.integer(header.key("attention.key_length_mla"))
        and header.integer(header.key("attention.value_length_mla"))
    )
    cached = arch.FIRST_LAYERS_WITH_CACHE.get(name, len(windowed))
    if name == "gemma4":
        cached = len(windowed) - (header.integer(header.key("attention.shared_kv_layers")) or 0)
    layers = []
    for index, window in enumerate(windowed):
        state = index < len(recurrent) and recurrent[index]
        bare = name in arch.NO_CACHE or (name in arch.FEED_FORWARD_LAYERS and feed_forward[index] > 0)
        if index >= cached or bare or (state and name not in arch.HYBRID_BOTH):
            layers.append(Layer(recurrent=state))
            continue
        k, v = head_swa if window else head
        n = kv_heads[index] if index < len(kv_heads) else 0
        layers.append(Layer(k * n, 0 if latent else v * n, window, state))
    return tuple(layers)


def _state_sizes(header: Header, embedding: int, heads: int, head_k: int) -> tuple[int, int]:
    """Convolution and recurrent state per layer, as `llama_hparams::n_embd_r` and `n_embd_s` give them."""

    def key(suffix: str) -> int:
        return header.integer(header.key(suffix)) or 0

    if wkv := key("wkv.head_size"):
        shifts = header.integer(header.key("token_shift_count"))
        return (2 if shifts is None else shifts) * embedding, embedding * wkv
    if cache := key("shortconv.l_cache"):
        return embedding * (cache - 1), 0
    kernel = key("ssm.conv_kernel")
    if kda := key("kda.head_dim"):
        return 3 * (kernel - 1 if kernel else 3) * heads * kda, kda * kda * heads
    if header.architecture == "minimax-01":
        return 0, head_k * head_k * heads
    inner, state = key("ssm.inner_size"), key("ssm.state_size")
    return max(0, kernel - 1) * (inner + 2 * key("ssm.group_count") * state), state * inner


def _ssm_width(header: Header, embedding: int) -> int:
    """Projections, convolution and output of a state-space layer, or the mixing of RWKV; fitted to dry
    runs of Mamba-2 and RWKV-7."""
    if header.integer(header.key("wkv.head_size")):
        return 19 * embedding
    inner = header.integer(header.key("ssm.inner_size")) or 0
    state = header.integer(header.key("ssm.state_size")) or 0
    groups = header.integer(header.key("ssm.group_count")) or 0
    return 4 * inner + 2 * (inner + 2 * groups * state) + embedding if inner else 0
