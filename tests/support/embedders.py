"""A tiny encoder made on the spot, and the plainest way to get a vector of a text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from backend.gguf.types import ValueType
from tests.support.tiny_gguf import TensorSpec, Typed, write_gguf

CONTEXT = 64
_WIDTH, _FFN, _HEADS, _LAYERS = 32, 64, 4, 2
_WORDS = ("the", "cat", "dog", "tree", "orange", "grows", "sleeps", "in", "on", "sun", "winter")
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz0123456789.,!?")


def tiny_bert(path: Path, *, pooling: int = 2, seed: int = 5) -> Path:
    """Write a BERT with random weights and a few words. `pooling` is llama.cpp's number: 1 mean, 2 first
    token, 4 ranking."""
    rng = np.random.default_rng(seed)
    # llama.cpp marks the beginnings of words and not their continuations.
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokens += [f"▁{word}" for word in (*_WORDS, *_LETTERS)] + list(_LETTERS)
    metadata = {
        "general.architecture": "bert",
        "general.name": "Tiny BERT",
        "bert.context_length": CONTEXT,
        "bert.embedding_length": _WIDTH,
        "bert.feed_forward_length": _FFN,
        "bert.block_count": _LAYERS,
        "bert.attention.head_count": _HEADS,
        "bert.attention.layer_norm_epsilon": 1e-12,
        "bert.attention.causal": False,
        "bert.pooling_type": pooling,
        "tokenizer.ggml.model": "bert",
        "tokenizer.ggml.pre": "jina-v2-en",
        "tokenizer.ggml.token_type_count": 2,
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": Typed(ValueType.ARRAY, [3] * 5 + [1] * (len(tokens) - 5)),
        "tokenizer.ggml.bos_token_id": 2,
        "tokenizer.ggml.eos_token_id": 3,
        "tokenizer.ggml.unknown_token_id": 1,
        "tokenizer.ggml.seperator_token_id": 3,
        "tokenizer.ggml.padding_token_id": 0,
        "tokenizer.ggml.cls_token_id": 2,
        "tokenizer.ggml.mask_token_id": 4,
    }
    specs: list[TensorSpec] = []

    def add(name: str, *shape: int, one: bool = False) -> None:
        count = int(np.prod(shape))
        values = np.ones(count) if one else rng.standard_normal(count) / shape[0] ** 0.5
        specs.append(TensorSpec(name, shape, data=values.astype("<f4").tobytes()))

    def norm(name: str) -> None:
        add(f"{name}.weight", _WIDTH, one=True)
        add(f"{name}.bias", _WIDTH)

    add("token_embd.weight", _WIDTH, len(tokens))
    add("position_embd.weight", _WIDTH, CONTEXT)
    add("token_types.weight", _WIDTH, 2)
    norm("token_embd_norm")
    for layer in range(_LAYERS):
        block = f"blk.{layer}."
        for part, (rows, columns) in {
            "attn_q": (_WIDTH, _WIDTH),
            "attn_k": (_WIDTH, _WIDTH),
            "attn_v": (_WIDTH, _WIDTH),
            "attn_output": (_WIDTH, _WIDTH),
            "ffn_up": (_FFN, _WIDTH),
            "ffn_down": (_WIDTH, _FFN),
        }.items():
            add(f"{block}{part}.weight", columns, rows)
            add(f"{block}{part}.bias", rows)
        norm(f"{block}attn_output_norm")
        norm(f"{block}layer_output_norm")
    return write_gguf(path, metadata, specs)


_BARE = """
import ctypes, sys
import llama_cpp.llama_cpp as native
path, pooling, extra, text = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1", sys.argv[4].encode()
quiet = native.llama_log_callback(lambda level, text, data: None)
native.llama_log_set(quiet, None)
params = native.llama_model_default_params()
params.use_extra_bufts = extra
model = native.llama_model_load_from_file(path.encode(), params)
options = native.llama_context_default_params()
options.n_threads = options.n_threads_batch = 1
options.embeddings, options.pooling_type = True, pooling
context = native.llama_init_from_model(model, options)
tokens = (ctypes.c_int32 * 512)()
count = native.llama_tokenize(native.llama_model_get_vocab(model), text, len(text), tokens, 512, True, True)
code = native.llama_decode(context, native.llama_batch_get_one(tokens, count))
row = native.llama_get_embeddings_seq(context, 0)
print(code, count, *row[: native.llama_model_n_embd_out(model)])
"""


def bare_vector(path: Path, text: str, *, pooling: int, extra_bufts: bool) -> tuple[int, np.ndarray]:
    """The tokens and the vector of one text, alone in a context of its own, in a process of its own."""
    command = (sys.executable, "-c", _BARE, str(path), str(pooling), str(int(extra_bufts)), text)
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "0", told[:2]
    vector = np.array(told[2:], dtype=np.float64)
    return int(told[1]), vector / np.linalg.norm(vector)
