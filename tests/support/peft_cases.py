"""Random models of every architecture and a strong adapter for each, as the hub's libraries would save them.

Nothing but numbers of a fixed seed, so that what PEFT makes of them can be computed once and kept
(`tests.support.peft_reference` does that, and needs the ``dev`` extra) and compared everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from backend.gguf.reader import read_header
from backend.gguf.types import Array, GGMLType, ValueType
from backend.paths import STARTER_MODEL
from tests.support.hf_repo import NAMES, tokenizer, write_json, write_safetensors
from tests.support.tiny_gguf import TensorSpec, Typed, write_gguf

STARTER = "starter"
REFERENCE = Path(__file__).with_name("peft_logits.npz")
"""The logits of PEFT's merged model behind the last of `TOKENS`, by case."""
TOKENS = tuple((7 * place * place + 3 * place) % 260 for place in range(40))
LAST = 6
"""How many rows are kept: those behind the last tokens."""
_WIDTH, _FEED, _LAYERS, _HEADS, _KV_HEADS = 64, 96, 3, 4, 2
_GEMMA = {
    "hidden_act": None,
    "hidden_activation": "gelu_pytorch_tanh",
    "query_pre_attn_scalar": 32,
    "sliding_window": 8,
    "tie_word_embeddings": True,
}
_PLAIN = {"tie_word_embeddings": False}
CASES: Mapping[str, Mapping[str, Any]] = {
    "LlamaForCausalLM": {"head_dim": 32, "attention_bias": True, "mlp_bias": True, **_PLAIN},
    "MistralForCausalLM": {"sliding_window": None, **_PLAIN},
    "Qwen2ForCausalLM": _PLAIN,
    "Qwen3ForCausalLM": {"head_dim": 32, **_PLAIN},
    "Gemma2ForCausalLM": {
        **_GEMMA,
        "head_dim": 32,
        "attn_logit_softcapping": 50.0,
        "final_logit_softcapping": 30.0,
    },
    "Gemma3ForCausalLM": {**_GEMMA, "head_dim": 32, "rope_local_base_freq": 10000.0},
    "Phi3ForCausalLM": {"sliding_window": None, "original_max_position_embeddings": 512, **_PLAIN},
    "SmolLM3ForCausalLM": {"num_hidden_layers": 5, "tie_word_embeddings": True, "use_sliding_window": False},
    "GraniteForCausalLM": {
        "attention_multiplier": 0.3,
        "embedding_multiplier": 12.0,
        "residual_multiplier": 0.22,
        "logits_scaling": 8.0,
        **_PLAIN,
    },
}
"""What ``config.json`` has beside the sizes, by its architecture."""
_TYPES = {
    "Gemma3ForCausalLM": "gemma3_text",
    **{name: name.removesuffix("ForCausalLM").lower() for name in CASES if name != "Gemma3ForCausalLM"},
}


def write_base(architecture: str, folder: Path) -> Path:
    """A repository with a random model."""
    folder.mkdir(parents=True)
    size = len(tokenizer()["model"]["vocab"]) + len(tokenizer()["added_tokens"])
    values: dict[str, Any] = {
        "architectures": [architecture],
        "model_type": _TYPES[architecture],
        "hidden_act": "silu",
        "hidden_size": _WIDTH,
        "intermediate_size": _FEED,
        "num_hidden_layers": _LAYERS,
        "num_attention_heads": _HEADS,
        "num_key_value_heads": _KV_HEADS,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "vocab_size": size,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "pad_token_id": 0,
        **CASES[architecture],
    }
    values = {key: value for key, value in values.items() if value is not None or key == "sliding_window"}
    random = np.random.default_rng(1)
    tensors = {}
    for name, shape in _shapes(architecture, values):
        spread = 0.1 if len(shape) == 1 else (2.0 / shape[-1]) ** 0.5
        middle = 1.0 if "norm" in name and not architecture.startswith("Gemma") else 0.0
        tensors[name] = random.normal(middle, spread, shape).astype(np.float32)
    write_safetensors(folder / "model.safetensors", tensors)
    write_json(folder / "config.json", values)
    write_json(folder / "tokenizer.json", tokenizer())
    return folder


def starter_file(path: Path) -> Path:
    """The starter model with the same numbers in F32: the engine rounds what it multiplies with Q8_0."""
    header = read_header(STARTER_MODEL)
    metadata = {
        key: Typed(ValueType.ARRAY, list(value), value.type) if isinstance(value, Array) else value
        for key, value in header.metadata.items()
    }
    specs = [
        TensorSpec(name, values.shape[::-1], GGMLType.F32, values.tobytes())
        for name, values in _starter_tensors()
    ]
    return write_gguf(path, metadata | {"general.file_type": 0}, specs)


def write_starter(folder: Path) -> Path:
    """The starter model as the hub's libraries would save it."""
    folder.mkdir(parents=True)
    tensors = {}
    for name, values in _starter_tensors():
        block, _, part = name.removesuffix(".weight").rpartition(".")
        if part in ("attn_q", "attn_k"):
            heads = 4 if part == "attn_q" else 2
            pairs = values.reshape(heads, values.shape[0] // heads // 2, 2, -1)
            values = pairs.swapaxes(1, 2).reshape(values.shape)
        prefix = f"model.layers.{block[4:]}." if block else ""
        tensors[f"{prefix}{NAMES[part]}.weight"] = np.ascontiguousarray(values)
    write_safetensors(folder / "model.safetensors", tensors)
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": 256,
        "intermediate_size": 768,
        "num_hidden_layers": 6,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 1024,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "tie_word_embeddings": True,
        "vocab_size": len(tensors["model.embed_tokens.weight"]),
    }
    write_json(folder / "config.json", config)
    return folder


def write_adapter(case: str, folder: Path) -> Path:
    """A strong adapter for the model of `case`: it moves each weight by about half of its size. Ranks and
    alphas differ, and it is rank-stabilized.
    """
    folder.mkdir(parents=True)
    if case == STARTER:
        shapes = {
            f"model.layers.{layer}.{name}": shape
            for layer in range(6)
            for name, shape in _linear(256, 768, 256, 128, fused=False).items()
        }
    else:
        shapes = dict(_modules(case, CASES[case]))
    config: dict[str, Any] = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": f"acme/{case}",
        "r": 8,
        "lora_alpha": 16,
        "use_rslora": True,
        "target_modules": sorted({name.rpartition(".")[2] for name in shapes}),
        "rank_pattern": {"down_proj": 4, r"model\.layers\.1\.self_attn\.[a-z]+_proj": 16},
        "alpha_pattern": {"o_proj": 40, "layers.0.self_attn.(q|k|qkv)_proj": 6, r"mlp\..*": 9},
    }
    write_json(folder / "adapter_config.json", config)
    random = np.random.default_rng(2)
    tensors = {}
    for name, (height, width) in sorted(shapes.items()):
        rank = 4 if name.endswith("down_proj") else 16 if ".1.self_attn." in name else 8
        spread = 0.03 if case == STARTER else 0.5 * (2.0 / width) ** 0.5
        a, b = random.normal(0, 1, (rank, width)), random.normal(0, spread / 16, (height, rank))
        tensors[f"base_model.model.{name}.lora_A.weight"] = a.astype(np.float32)
        tensors[f"base_model.model.{name}.lora_B.weight"] = b.astype(np.float32)
    write_safetensors(folder / "adapter_model.safetensors", tensors)
    return folder


def _linear(width: int, feed: int, query: int, key: int, *, fused: bool) -> dict[str, tuple[int, int]]:
    if fused:
        return {
            "self_attn.qkv_proj": (query + 2 * key, width),
            "self_attn.o_proj": (width, query),
            "mlp.gate_up_proj": (2 * feed, width),
            "mlp.down_proj": (width, feed),
        }
    return {
        "self_attn.q_proj": (query, width),
        "self_attn.k_proj": (key, width),
        "self_attn.v_proj": (key, width),
        "self_attn.o_proj": (width, query),
        "mlp.gate_proj": (feed, width),
        "mlp.up_proj": (feed, width),
        "mlp.down_proj": (width, feed),
    }


def _modules(architecture: str, values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every linear layer; of a model whose output is not its table of tokens, the output too."""
    head = values.get("head_dim", _WIDTH // _HEADS)
    linear = _linear(_WIDTH, _FEED, _HEADS * head, _KV_HEADS * head, fused=architecture == "Phi3ForCausalLM")
    for layer in range(values.get("num_hidden_layers", _LAYERS)):
        for name, shape in linear.items():
            yield f"model.layers.{layer}.{name}", shape
    if not values["tie_word_embeddings"]:
        size = len(tokenizer()["model"]["vocab"]) + len(tokenizer()["added_tokens"])
        yield "lm_head", (size, _WIDTH)


def _shapes(architecture: str, values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    gemma, head = architecture.startswith("Gemma"), values.get("head_dim", _WIDTH // _HEADS)
    yield "model.embed_tokens.weight", (values["vocab_size"], _WIDTH)
    yield "model.norm.weight", (_WIDTH,)
    norms = ["input_layernorm", "post_attention_layernorm"]
    norms += ["pre_feedforward_layernorm", "post_feedforward_layernorm"] if gemma else []
    for layer in range(values["num_hidden_layers"]):
        for norm in norms:
            yield f"model.layers.{layer}.{norm}.weight", (_WIDTH,)
        if architecture in ("Qwen3ForCausalLM", "Gemma3ForCausalLM"):
            for norm in ("q_norm", "k_norm"):
                yield f"model.layers.{layer}.self_attn.{norm}.weight", (head,)
    for name, shape in _modules(architecture, values):
        yield f"{name}.weight", shape
        qkv = name.endswith(("q_proj", "k_proj", "v_proj"))
        if name != "lm_head" and (
            values.get("attention_bias") or (qkv and architecture == "Qwen2ForCausalLM")
        ):
            yield f"{name}.bias", (shape[0],)


def _starter_tensors() -> Iterator[tuple[str, np.ndarray]]:
    header, whole = read_header(STARTER_MODEL), STARTER_MODEL.read_bytes()
    for tensor in header.tensors:
        start = header.data_offset + tensor.offset
        data = whole[start : start + tensor.nbytes]
        if tensor.type is GGMLType.Q8_0:
            blocks = np.frombuffer(data, np.dtype([("scale", np.float16), ("values", np.int8, 32)]))
            values = blocks["scale"].astype(np.float32)[:, None] * blocks["values"]
        else:
            values = np.frombuffer(data, np.float32)
        yield tensor.name, values.reshape(tensor.shape[::-1])
