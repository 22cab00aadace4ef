"""Perplexity the plainest way: one window after the other, everything in double precision.

``plain_perplexity.py <model> <text> <tokens>`` prints it, in a process of its own.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import llama_cpp.llama_cpp as native
import numpy as np

_WINDOW = 512


def main(path: str, text: bytes, count: int) -> None:
    params = native.llama_model_default_params()
    params.use_extra_bufts = False
    model = native.llama_model_load_from_file(path.encode(), params)
    vocab = native.llama_model_get_vocab(model)
    size = native.llama_vocab_n_tokens(vocab)
    tokens = (ctypes.c_int32 * (len(text) + 8))()
    found = native.llama_tokenize(vocab, text, len(text), tokens, len(tokens), True, False)
    options = native.llama_context_default_params()
    options.n_ctx = options.n_batch = options.n_ubatch = options.n_outputs_max = _WINDOW
    losses: list[float] = []
    for start in range(0, min(found, count) // _WINDOW * _WINDOW, _WINDOW):
        context = native.llama_init_from_model(model, options)
        batch = native.llama_batch_init(_WINDOW, 0, 1)
        batch.n_tokens = _WINDOW
        for place in range(_WINDOW):
            batch.token[place], batch.pos[place] = tokens[start + place], place
            batch.n_seq_id[place], batch.seq_id[place][0], batch.logits[place] = 1, 0, True
        if native.llama_vocab_get_add_bos(vocab):
            batch.token[0] = native.llama_vocab_bos(vocab)
        assert native.llama_decode(context, batch) == 0
        for place in range(_WINDOW // 2, _WINDOW - 1):
            row = np.ctypeslib.as_array(native.llama_get_logits_ith(context, place), (size,)).astype(
                np.float64
            )
            chance = np.exp(row[tokens[start + place + 1]]) / np.exp(row).sum()
            losses.append(-float(np.log(chance)))
        native.llama_batch_free(batch)
        native.llama_free(context)
    print(repr(float(np.exp(np.mean(losses)))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).read_bytes(), int(sys.argv[3]))
