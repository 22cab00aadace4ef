"""The perplexity pass of the lab against the plainest loop over the same windows, in a process of its own.

``bare_windows.py <model> <windows> <rounds>`` prints for each round the tokens per second of
both. They decode the same tokens with the same outputs; only the lab looks at them.
"""

from __future__ import annotations

import ctypes
import random
import sys
import time
from array import array
from pathlib import Path

import llama_cpp.llama_cpp as native
import numpy as np

from backend.engines.types import EngineFlags
from backend.worker.evaluate.run import opened
from backend.worker.evaluate.score import Score, add_rows, block_rows
from backend.worker.llama.cores import physical_cores
from backend.worker.llama.logs import NativeLog


def _bare(handle: ctypes.c_void_p, tokens: array[int], window: int, first: int) -> float:
    options = native.llama_context_default_params()
    options.n_ctx = options.n_batch = options.n_ubatch = window
    options.n_outputs_max = window - first
    options.n_threads = options.n_threads_batch = physical_cores()
    options.swa_full, options.no_perf = False, True
    context = native.llama_init_from_model(handle, options)
    memory = native.llama_get_memory(context)
    batch = native.llama_batch_init(window, 0, 1)
    started = time.perf_counter()
    for start in range(0, len(tokens), window):
        native.llama_memory_clear(memory, True)
        for place in range(window):
            batch.token[place] = tokens[start + place]
            batch.pos[place] = place
            batch.n_seq_id[place] = 1
            batch.seq_id[place][0] = 0
            batch.logits[place] = place >= first
        batch.n_tokens = window
        native.llama_decode(context, batch)
        native.llama_synchronize(context)
    spent = time.perf_counter() - started
    native.llama_batch_free(batch)
    native.llama_free(context)
    return spent


def main(path: str, windows: int, rounds: int) -> None:
    flags = EngineFlags(use_extra_bufts=False)
    with opened(Path(path), flags, NativeLog(), lambda _fraction: None) as model:
        draw = random.Random(5)
        size = windows * model.window
        tokens = array("i", (draw.randrange(model.model.n_vocab) for _ in range(size)))
        judged, block = model.window - model.first - 1, block_rows(model.model.n_vocab)
        _bare(model.model.handle, tokens[: model.window], model.window, model.first)  # pages come in
        for _ in range(rounds):
            started = time.perf_counter()
            score = Score()
            for number in range(windows):
                part = model.piece(tokens, number)
                model.forget()
                model.decode(part, outputs_from=model.first)
                logits = model.logits(judged)
                targets = np.frombuffer(part, np.int32)[model.first + 1 :]
                for at in range(0, judged, block):
                    add_rows(score, logits[at : at + block], targets[at : at + block], None)
            ours = time.perf_counter() - started
            bare = _bare(model.model.handle, tokens, model.window, model.first)
            print(size / ours, size / bare, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
