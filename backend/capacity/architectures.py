"""What the engine does with each architecture's memory, beyond the plain transformer.

Read from llama.cpp 0.5 (`src/models/*.cpp`, `llama_model::create_memory`). An architecture that is not in
`KNOWN` gets a rough sum that says so; a wrong one that looks exact would be worse.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """Which layers attend to a sliding window only.

    Attributes:
        period: Every `period`-th layer attends to everything, the others to the window; 0 means that only
        the file's own
            ``sliding_window_pattern`` array decides.
        full_first: Whether the full layer is the first of each period instead of the last.
        default: Window where the file gives none; 0 means no windows then.
        fixed: Whether `default` is used whatever the file says, unless it says 0.
        needs_key: Whether there are no windows at all where the file does not mention one.
        every_layer: Whether all layers have the window, whatever `period` says.
        blocks: The rule holds only for models with this many layers; 0 means for all.
    """

    period: int
    full_first: bool = False
    default: int = 0
    fixed: bool = False
    needs_key: bool = False
    every_layer: bool = False
    blocks: int = 0


WINDOWS: dict[str, Window] = {
    "afmoe": Window(4),
    "cohere2": Window(4),
    "cohere2moe": Window(4, full_first=True),
    "exaone-moe": Window(4, default=128),
    "exaone4": Window(4, default=4096, blocks=64),
    "gemma2": Window(2, default=4096),
    "gemma3": Window(6),
    "gemma3n": Window(5),
    "gemma4": Window(0),
    "gpt-oss": Window(2),
    "granite_swa": Window(0),
    "laguna": Window(4, full_first=True),
    "lfm2": Window(0, every_layer=True),
    "llama4": Window(4, default=8192, fixed=True),
    "maple": Window(0),
    "mellum": Window(4),
    "mimo2": Window(0),
    "muse-glimmer": Window(4),
    "olmo2": Window(4),
    "plamo3": Window(8),
    "smallthinker": Window(4, full_first=True, default=4096, fixed=True, needs_key=True),
    "spark2_5": Window(0),
    "step35": Window(0),
}
"""Architectures whose windows the engine obeys. Files of others (phi3, qwen2 …) carry a window that it
ignores."""

RECURRENT = frozenset(("mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7"))
"""Only a fixed state per sequence, no cache that grows with the context."""

HYBRID_BY_HEADS = frozenset(
    ("jamba", "granitehybrid", "lfm2", "lfm2moe", "kimi-linear", "plamo2", "nemotron_h", "nemotron_h_moe")
)
"""Layers without key-value heads keep a state instead."""

FEED_FORWARD_LAYERS = frozenset(("nemotron_h", "nemotron_h_moe"))
"""Layers with a feed-forward width have neither cache nor state."""

UNGATED = frozenset(("nemotron_h", "nemotron_h_moe"))
"""The feed-forward has no gate, so one matrix less."""

HYBRID_BY_INTERVAL: dict[str, int] = {"qwen3next": 4, "qwen35": 4, "qwen35moe": 4, "minimax-01": 8}
"""Every n-th layer has a cache, the others a state, unless the file lists them."""

HYBRID_BOTH = frozenset(("falcon-h1",))
"""Every layer has a cache and a state."""

FIRST_LAYERS_WITH_CACHE: dict[str, int] = {"gemma3n": 20}
"""Later layers share the cache of these."""

NO_CACHE = frozenset(
    (
        *(
            "bert",
            "modern-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "neo-bert",
            "jina-bert-v2",
            "jina-bert-v3",
            "eurobert",
        ),
        *("gemma-embedding", "llama-embed", "dream", "llada", "llada-moe", "rnd1"),
    )
)
"""Encoders and diffusion models: the whole text is computed at once."""

_PLAIN = """
    apertus arcee arctic baichuan bailingmoe bailingmoe2 bitnet bloom chameleon chatglm codeshell cogvlm
    command-r dbrx deci deepseek deepseek2 deepseek2-ocr dots1 ernie4_5 ernie4_5-moe exaone falcon gemma glm4
    glm4moe gpt2 gptj gptneox granite granitemoe grok grovemoe hunyuan-dense hunyuan-moe hunyuan_vl hy_v3
    internlm2 jais jais2 llama maincoder minicpm minicpm3 minimax-m2 mistral3 mistral4 mpt nanbeige nemotron
    olmo olmoe openelm orion paddleocr pangu-embedded phi2 phi3 phimoe plamo plm qwen qwen2 qwen2moe qwen2vl
    qwen3 qwen3moe qwen3vl qwen3vlmoe refact seed_oss smollm3 stablelm starcoder starcoder2 talkie xverse
"""

KNOWN = frozenset(
    (
        *_PLAIN.split(),
        *WINDOWS,
        *RECURRENT,
        *HYBRID_BY_HEADS,
        *HYBRID_BY_INTERVAL,
        *HYBRID_BOTH,
        *NO_CACHE,
    )
)
"""Architectures that the formulas were written for. Those with sparse-attention indexers (deepseek32,
glm-dsa, …) and the encoder-decoders (t5) are left out on purpose."""
