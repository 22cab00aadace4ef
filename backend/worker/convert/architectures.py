"""The architectures that can be converted: how each is written in ``config.json``, and how in GGUF.

What is not understood is refused: a setting that the engine would ignore gives a file that answers wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend.worker.convert.config import FILE, Config
from backend.worker.convert.refusal import refuse
from backend.worker.convert.rope import Rope, Value, read_rope

_SCALINGS = frozenset({"linear", "llama3", "yarn"})
_PLAIN = frozenset({"linear", "yarn"})
MOST_LAYERS = 2048
_MOST_TOKENS = 1 << 22
"""The largest vocabularies in use have about 262,000. They take memory before any weight is looked at."""


@dataclass(slots=True)
class Shape:
    """The numbers of one model.

    Attributes:
        context: Longest context that the engine computes as the model was trained.
        notes: Codes of what the person should know, see `ConversionPlanned`.
        tied: The output layer is the token embedding.
        keys: More metadata, below ``<architecture>.``.
    """

    layers: int
    width: int
    feed: int
    heads: int
    kv_heads: int
    head_dim: int
    vocabulary: int
    context: int
    eps: float
    tied: bool
    rope: Rope
    attention_bias: bool = False
    mlp_bias: bool = False
    keys: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Architecture:
    """One row of the table.

    Attributes:
        name: ``general.architecture``.
        activations: Values of ``hidden_act`` that the engine computes.
        tied: What it means when ``tie_word_embeddings`` is missing.
        permuted: Rows of Q and K stand in another order in GGUF.
        shifted: Norm weights are stored less one.
        four_norms: Norms after attention and feed-forward too.
        head_norms: Q and K have norms.
        fused: Q, K and V, and gate and up, are one tensor each.
        qkv_bias: Q, K and V always have biases.
        biases: Other biases may be switched on.
        rope_dims: Whether the count of turned dimensions is written down.
        scalings: Kinds of rope scaling that the engine computes.
        local_rope: Layers with a sliding window have a base of their own.
        defaults: What missing fields mean, for a family whose files leave out a lot.
        settle: Reads what only this architecture has.
    """

    name: str
    activations: tuple[str, ...] = ("silu",)
    tied: bool = False
    permuted: bool = False
    shifted: bool = False
    four_norms: bool = False
    head_norms: bool = False
    fused: bool = False
    qkv_bias: bool = False
    biases: bool = False
    rope_dims: bool = False
    scalings: frozenset[str] = _PLAIN
    local_rope: bool = False
    defaults: Mapping[str, Value] = field(default_factory=dict)
    settle: Callable[[Config, Shape], None] = lambda _config, _shape: None


def read_architecture(config: Config) -> tuple[str, Architecture, Config]:
    """The class that ``config.json`` names, its row of the table, and the part of the file that describes the
    text model.

    Raises:
        Refusal: It is none of the table, or its weights are quantized.
    """
    names = config.value("architectures")
    if not isinstance(names, list) or len(names) != 1 or not isinstance(names[0], str):
        refuse("architecture", f"{FILE}: architectures", f"{names!r:.200}")
    architecture = ARCHITECTURES.get(names[0])
    if architecture is None:
        refuse("architecture", f"{FILE}: architectures", names[0][:200])
    text = config
    if names[0] == "Gemma3ForConditionalGeneration":
        text = config.section("text_config") or config.refuse("text_config", "missing")
    for part in (config, text):
        if part.has("quantization_config"):
            part.refuse("quantization_config", "the weights are quantized", "quantized")
    return names[0], architecture, text.over(architecture.defaults)


def read_shape(architecture: Architecture, config: Config) -> Shape:
    """The numbers of the model.

    Raises:
        Refusal: One is missing, or is something that the engine would compute differently.
    """
    for key in ("hidden_act", "hidden_activation"):
        config.expect(key, *architecture.activations)
    if not config.has("hidden_act") and not config.has("hidden_activation"):
        config.refuse("hidden_act", "missing")
    width, heads = config.integer("hidden_size"), config.integer("num_attention_heads")
    head_dim = config.integer("head_dim", max(width // heads, 1))
    kv_heads = config.integer("num_key_value_heads", heads)
    if heads % kv_heads:
        config.refuse("num_key_value_heads", f"{kv_heads} of {heads} heads")
    trained = config.integer("max_position_embeddings")
    turned = _turned(architecture, config, head_dim)
    shape = Shape(
        layers=config.integer("num_hidden_layers"),
        width=width,
        feed=config.integer("intermediate_size"),
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        vocabulary=config.integer("vocab_size"),
        context=trained,
        eps=config.number("rms_norm_eps"),
        tied=config.flag("tie_word_embeddings", architecture.tied),
        rope=read_rope(config, turned, architecture.scalings, architecture.local_rope, trained),
    )
    if shape.layers > MOST_LAYERS:
        config.refuse("num_hidden_layers", f"{shape.layers}")
    if shape.vocabulary > _MOST_TOKENS:
        config.refuse("vocab_size", f"{shape.vocabulary}")
    if architecture.permuted and shape.head_dim % 2:
        config.refuse("head_dim", f"{shape.head_dim}")
    if architecture.rope_dims:
        shape.keys["rope.dimension_count"] = turned
    if architecture.biases:
        shape.attention_bias = config.flag("attention_bias", False)
        shape.mlp_bias = config.flag("mlp_bias", False)
    else:
        config.expect("attention_bias", False)
        config.expect("mlp_bias", False)
    architecture.settle(config, shape)
    return shape


def _turned(architecture: Architecture, config: Config, head_dim: int) -> int:
    if architecture.name != "phi3":
        config.expect("partial_rotary_factor", 1, 1.0)
        return head_dim
    section = config.section("rope_parameters")
    holder = section if section is not None and section.has("partial_rotary_factor") else config
    return int(holder.number("partial_rotary_factor", 1.0) * head_dim)


def _windowed(config: Config, shape: Shape) -> None:
    """The engine computes full attention: up to the length of the window that is the same."""
    if config.has("sliding_window"):
        window = config.integer("sliding_window")
        if window < shape.context:
            shape.context = window
            shape.notes.append("window")


def _mistral(config: Config, shape: Shape) -> None:
    config.expect("rope_interleaved", False)
    _full_attention(config, "sliding_attention")
    _windowed(config, shape)


def _qwen(config: Config, _shape: Shape) -> None:
    config.expect("use_sliding_window", False)
    _full_attention(config)


def _full_attention(config: Config, *also: str) -> None:
    kinds = config.value("layer_types")
    if kinds is not None and (
        not isinstance(kinds, list) or any(kind not in ("full_attention", *also) for kind in kinds)
    ):
        config.refuse("layer_types", "layers with a sliding window are not supported here")


def _phi3(config: Config, shape: Shape) -> None:
    if shape.head_dim * shape.heads != shape.width:
        config.refuse("head_dim", f"{shape.head_dim}")
    section = config.section("rope_parameters")
    holder = section if section is not None and section.has("original_max_position_embeddings") else config
    original = holder.integer("original_max_position_embeddings", shape.context)
    shape.keys["rope.scaling.original_context_length"] = original
    windowed = config.has("sliding_window")
    _windowed(config, shape)
    shape.keys["attention.sliding_window"] = config.integer("sliding_window") if windowed else 0


def _granite(config: Config, shape: Shape) -> None:
    if shape.head_dim * shape.heads != shape.width:
        config.refuse("head_dim", f"{shape.head_dim}")
    shape.keys |= {
        "attention.scale": config.number("attention_multiplier"),
        "embedding_scale": config.number("embedding_multiplier"),
        "residual_scale": config.number("residual_multiplier"),
        "logit_scale": config.number("logits_scaling"),
    }


def _smollm3(config: Config, shape: Shape) -> None:
    _full_attention(config)
    config.expect("use_sliding_window", False)
    usual = [int((layer + 1) % 4 != 0) for layer in range(shape.layers)]
    if config.value("no_rope_layers") not in (None, usual):
        config.refuse("no_rope_layers", "the engine leaves out every fourth layer")
    config.expect("no_rope_layer_interval", 4)


def _gemma(config: Config, shape: Shape, period: int, largest: int) -> None:
    """What Gemma 2 and 3 share: alternating windows, and attention scaled by a number of the engine's."""
    if not shape.tied:
        config.refuse("tie_word_embeddings", "false is not supported")
    shape.keys["attention.sliding_window"] = config.integer("sliding_window")
    config.expect("sliding_window_pattern", period)
    kinds = config.value("layer_types")
    usual = [
        "full_attention" if (layer + 1) % period == 0 else "sliding_attention"
        for layer in range(shape.layers)
    ]
    if kinds is not None and kinds != usual:
        config.refuse("layer_types", f"the engine has full attention in every layer number {period}")
    scalar = config.number("query_pre_attn_scalar")
    computed = shape.width // shape.heads if shape.layers == largest else shape.head_dim
    if scalar != computed:
        config.refuse("query_pre_attn_scalar", f"{scalar:g}, but the engine computes with {computed}")


def _gemma2(config: Config, shape: Shape) -> None:
    _gemma(config, shape, 2, 46)
    shape.keys["attn_logit_softcapping"] = config.number("attn_logit_softcapping")
    shape.keys["final_logit_softcapping"] = config.number("final_logit_softcapping")


def _gemma3(config: Config, shape: Shape) -> None:
    _gemma(config, shape, 6, 62)
    config.expect("attn_logit_softcapping")
    config.expect("use_bidirectional_attention", False)
    if config.has("final_logit_softcapping"):
        shape.keys["final_logit_softcapping"] = config.number("final_logit_softcapping")


_GELU = ("gelu_pytorch_tanh",)
_GEMMA3 = Architecture(
    "gemma3",
    activations=_GELU,
    tied=True,
    shifted=True,
    four_norms=True,
    head_norms=True,
    scalings=frozenset({"linear"}),
    local_rope=True,
    defaults={
        "vocab_size": 262_208,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "hidden_activation": _GELU[0],
        "max_position_embeddings": 131_072,
        "rms_norm_eps": 1e-6,
        "rope_theta": 1_000_000.0,
        "rope_local_base_freq": 10_000.0,
        "query_pre_attn_scalar": 256,
    },
    settle=_gemma3,
)

ARCHITECTURES: Mapping[str, Architecture] = {
    "LlamaForCausalLM": Architecture(
        "llama", permuted=True, biases=True, rope_dims=True, scalings=_SCALINGS, settle=_mistral
    ),
    "MistralForCausalLM": Architecture(
        "llama", permuted=True, rope_dims=True, scalings=_SCALINGS, settle=_mistral
    ),
    "Qwen2ForCausalLM": Architecture("qwen2", qkv_bias=True, settle=_qwen),
    "Qwen3ForCausalLM": Architecture("qwen3", head_norms=True, settle=_qwen),
    "Gemma2ForCausalLM": Architecture(
        "gemma2",
        activations=_GELU,
        tied=True,
        shifted=True,
        four_norms=True,
        scalings=frozenset(),
        settle=_gemma2,
    ),
    "Gemma3ForCausalLM": _GEMMA3,
    "Gemma3ForConditionalGeneration": _GEMMA3,
    "Phi3ForCausalLM": Architecture(
        "phi3", fused=True, rope_dims=True, scalings=frozenset({"longrope"}), settle=_phi3
    ),
    "SmolLM3ForCausalLM": Architecture("smollm3", tied=True, permuted=True, rope_dims=True, settle=_smollm3),
    "GraniteForCausalLM": Architecture(
        "granite", permuted=True, biases=True, rope_dims=True, scalings=_SCALINGS, settle=_granite
    ),
}
"""By the class that ``config.json`` names."""
