"""Checkpoint to GGUF: Q8_0 weights, tokenizer, chat template and description in one file."""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import numpy as np
import torch

from .model import Shape
from .tokenizer import END, SPECIALS, TEMPLATE

NAME = "Orangery Starter"
DESCRIPTION = (
    "A toy that makes every feature of Orangery usable with no network: it knows greetings, the terms on "
    "the screen, "
    "where things are in Orangery, capitals, sums to 20, lists, spelling, short stories and a few Polish "
    "phrases. "
    "It is no source of knowledge."
)
_PARTS = {
    "attn_norm": "attn_norm",
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "o": "attn_output",
    "ffn_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def tensor_name(name: str) -> str:
    """The GGUF name of a parameter of :class:`~.model.Starter`."""
    if name == "embed.weight":
        return "token_embd.weight"
    if name == "norm.weight":
        return "output_norm.weight"
    _, number, part, _ = name.split(".")
    return f"blk.{number}.{_PARTS[part]}.weight"


def _describe(writer: gguf.GGUFWriter, shape: Shape, parameters: int) -> None:
    """Write who the model is and how it is built."""
    writer.add_type("model")
    writer.add_name(NAME)
    writer.add_basename("orangery-starter")
    writer.add_author("The Orangery authors")
    writer.add_organization("Orangery")
    writer.add_version("1")
    writer.add_description(DESCRIPTION)
    writer.add_license("mit")
    writer.add_license_name("MIT")
    writer.add_languages(["en", "pl"])
    writer.add_tags(["toy", "text-generation"])
    writer.add_size_label(f"{parameters / 1e6:.1f}M")
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_dimension_count(shape.head)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_vocab_size(shape.vocabulary)


def _vocabulary(writer: gguf.GGUFWriter, path: Path) -> None:
    """Write the tokens, their merges and the special ones."""
    data = json.loads(path.read_text(encoding="utf-8"))
    numbers: dict[str, int] = data["model"]["vocab"]
    tokens = sorted(numbers, key=lambda token: numbers[token])
    kinds = [gguf.TokenType.CONTROL if token in SPECIALS else gguf.TokenType.NORMAL for token in tokens]
    merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in data["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_eos_token_id(numbers[END])
    writer.add_eot_token_id(numbers[END])
    writer.add_pad_token_id(numbers[SPECIALS[0]])
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)


def export(checkpoint: Path, tokenizer: Path, target: Path, kind: str = "Q8_0") -> int:
    """Write the GGUF file and return its size in bytes; `kind` is ``Q8_0`` or ``F16``."""
    state = torch.load(checkpoint, weights_only=True)
    shape = Shape(**state["shape"])
    weights: dict[str, torch.Tensor] = state["model"]
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(target, "llama")
    _describe(writer, shape, sum(tensor.numel() for tensor in weights.values()))
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if kind == "Q8_0" else gguf.LlamaFileType.MOSTLY_F16)
    _vocabulary(writer, tokenizer)
    for name, tensor in weights.items():
        array = tensor.float().numpy()
        if array.ndim == 1:
            writer.add_tensor(tensor_name(name), array)
        elif kind == "F16":
            writer.add_tensor(tensor_name(name), array.astype(np.float16))
        else:
            packed = gguf.quants.quantize(array, gguf.GGMLQuantizationType.Q8_0)
            writer.add_tensor(tensor_name(name), packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target.stat().st_size
