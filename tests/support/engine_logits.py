"""Logits and tokens as the engine computes them, in a child process.

``python -m tests.support.engine_logits model.gguf`` reads ``{"tokens": [[…], …], "texts": ["…", …],
"adapters": [["….gguf", 0.5], …]}`` from standard input and prints one JSON line: the logits behind every
token of each list, the same with the adapters if there are any, and the tokens of each text.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class EngineAnswer:
    """`logits` one array (tokens × vocabulary) for each list, `adapted` the same with the adapters; `tokens`
    of each text, with what the file says about a first and last token."""

    logits: tuple[np.ndarray, ...]
    adapted: tuple[np.ndarray, ...]
    tokens: tuple[tuple[int, ...], ...]


def ask_engine(
    path: Path,
    tokens: Sequence[Sequence[int]] = (),
    texts: Sequence[str] = (),
    adapters: Sequence[tuple[Path, float]] = (),
) -> EngineAnswer:
    """Load `path` with flags that are safe everywhere and evaluate, also with `adapters` at their scales."""
    asked = {
        "tokens": [list(one) for one in tokens],
        "texts": list(texts),
        "adapters": [(str(adapter), scale) for adapter, scale in adapters],
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.engine_logits", str(path)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )
    if done.returncode:
        raise AssertionError(f"the engine failed ({done.returncode}): {done.stderr[-2000:]}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return EngineAnswer(
        tuple(np.array(one, np.float64) for one in answer["logits"]),
        tuple(np.array(one, np.float64) for one in answer["adapted"]),
        tuple(tuple(one) for one in answer["tokens"]),
    )


def _main(path: str) -> None:
    from llama_cpp import llama_cpp as engine

    asked = json.loads(sys.stdin.read())
    engine.llama_backend_init()
    options = engine.llama_model_default_params()
    options.use_extra_bufts = False
    options.n_gpu_layers = 0
    model = engine.llama_model_load_from_file(path.encode(), options)
    if not model:
        sys.exit("not loaded")
    vocabulary = engine.llama_model_get_vocab(model)
    size = engine.llama_vocab_n_tokens(vocabulary)
    adapters = [
        (engine.llama_adapter_lora_init(model, adapter.encode()), scale)
        for adapter, scale in asked["adapters"]
    ]
    if any(not adapter for adapter, _ in adapters):
        sys.exit("an adapter was not loaded")
    logits = [_logits(engine, model, tokens, size, []) for tokens in asked["tokens"]]
    adapted = [_logits(engine, model, tokens, size, adapters) for tokens in asked["tokens"] if adapters]
    tokens = []
    for text in asked["texts"]:
        data = text.encode()
        buffer = (engine.llama_token * (len(data) + 16))()
        count = engine.llama_tokenize(vocabulary, data, len(data), buffer, len(buffer), True, True)
        tokens.append(list(buffer[:count]))
    print(json.dumps({"logits": logits, "adapted": adapted, "tokens": tokens}))


def _logits(
    engine: object, model: object, tokens: list[int], size: int, adapters: list[tuple[object, float]]
) -> list[list[float]]:
    options = engine.llama_context_default_params()  # type: ignore[attr-defined]
    options.n_ctx = max(512, len(tokens))
    options.n_batch = options.n_ubatch = options.n_outputs_max = max(512, len(tokens))
    options.type_k = options.type_v = 0  # F32: the cache must not blur what is compared
    options.flash_attn_type = 0
    context = engine.llama_init_from_model(model, options)  # type: ignore[attr-defined]
    if adapters:
        pointers = (engine.llama_adapter_lora_p_ctypes * len(adapters))(*(a for a, _ in adapters))  # type: ignore[attr-defined]
        scales = (ctypes.c_float * len(adapters))(*(scale for _, scale in adapters))
        if engine.llama_set_adapters_lora(context, pointers, len(adapters), scales):  # type: ignore[attr-defined]
            sys.exit("the adapters were not set")
    batch = engine.llama_batch_init(len(tokens), 0, 1)  # type: ignore[attr-defined]
    batch.n_tokens = len(tokens)
    for place, token in enumerate(tokens):
        batch.token[place], batch.pos[place] = token, place
        batch.n_seq_id[place], batch.seq_id[place][0], batch.logits[place] = 1, 0, 1
    if engine.llama_decode(context, batch):  # type: ignore[attr-defined]
        sys.exit("not decoded")
    rows = [engine.llama_get_logits_ith(context, place)[:size] for place in range(len(tokens))]  # type: ignore[attr-defined]
    engine.llama_batch_free(batch)  # type: ignore[attr-defined]
    engine.llama_free(context)  # type: ignore[attr-defined]
    return rows


if __name__ == "__main__":
    _main(sys.argv[1])
