"""The starter model as transformers knows it, rebuilt from its GGUF file: the numbers that the app uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM

_PARTS = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


@dataclass(frozen=True)
class StarterFile:
    """What the GGUF file says: its keys, and its tensors as float32 arrays ``(rows, columns)``."""

    keys: dict[str, Any]
    tensors: dict[str, np.ndarray]

    def number(self, suffix: str) -> int:
        return int(self.keys[f"llama.{suffix}"])


def read(path: Path) -> StarterFile:
    """Read a GGUF file of the Llama architecture; quantized tensors are unpacked."""
    reader = gguf.GGUFReader(path)
    keys = {field.name: field.contents() for field in reader.fields.values()}
    tensors = {one.name: gguf.quants.dequantize(one.data, one.tensor_type) for one in reader.tensors}
    return StarterFile(keys, tensors)


def halves(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows of a query or key projection in the order of transformers, which rotates the first half of a head
    against the second; llama.cpp rotates neighbours, and its converter puts the rows the other way round."""
    count, width = rows.shape
    return rows.reshape(heads, count // heads // 2, 2, width).swapaxes(1, 2).reshape(count, width)


def model(file: StarterFile) -> LlamaForCausalLM:
    """The same model for transformers, in float32."""
    heads, kv_heads = file.number("attention.head_count"), file.number("attention.head_count_kv")
    config = LlamaConfig(
        vocab_size=len(file.keys["tokenizer.ggml.tokens"]),
        hidden_size=file.number("embedding_length"),
        intermediate_size=file.number("feed_forward_length"),
        num_hidden_layers=file.number("block_count"),
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        head_dim=file.number("attention.key_length"),
        max_position_embeddings=file.number("context_length"),
        rms_norm_eps=float(file.keys["llama.attention.layer_norm_rms_epsilon"]),
        rope_parameters={"rope_type": "default", "rope_theta": float(file.keys["llama.rope.freq_base"])},
        tie_word_embeddings="output.weight" not in file.tensors,
        attention_bias=False,
        mlp_bias=False,
        bos_token_id=None,
        eos_token_id=int(file.keys["tokenizer.ggml.eos_token_id"]),
        pad_token_id=int(file.keys["tokenizer.ggml.padding_token_id"]),
    )
    built = LlamaForCausalLM(config)
    weights: dict[str, torch.Tensor] = {}
    for name, rows in file.tensors.items():
        if name.endswith("attn_q.weight"):
            rows = halves(rows, heads)
        elif name.endswith("attn_k.weight"):
            rows = halves(rows, kv_heads)
        weights[_theirs(name)] = torch.from_numpy(np.array(rows, np.float32))
    missing, unexpected = built.load_state_dict(weights, strict=False)
    if unexpected or set(missing) - {"lm_head.weight"}:
        raise ValueError(f"the file is no plain Llama: {missing}, {unexpected}")
    built.tie_weights()
    return built.eval()


def _theirs(name: str) -> str:
    """The name that transformers gives to a tensor."""
    match name:
        case "token_embd.weight":
            return "model.embed_tokens.weight"
        case "output_norm.weight":
            return "model.norm.weight"
        case "output.weight":
            return "lm_head.weight"
    _, layer, part, _ = name.split(".")
    return f"model.layers.{layer}.{_PARTS[part]}.weight"


def tokenizer(file: StarterFile) -> Tokenizer:
    """The tokenizer: byte-level BPE with GPT-2's way of cutting words."""
    tokens: list[str] = file.keys["tokenizer.ggml.tokens"]
    kinds: list[int] = file.keys["tokenizer.ggml.token_type"]
    merges = [tuple(pair.split(" ")) for pair in file.keys["tokenizer.ggml.merges"]]
    built = Tokenizer(models.BPE({token: number for number, token in enumerate(tokens)}, merges))
    built.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    built.decoder = decoders.ByteLevel()
    special = [t for t, kind in zip(tokens, kinds, strict=True) if kind == gguf.TokenType.CONTROL]
    built.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return built
