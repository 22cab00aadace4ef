"""The reference for speed: the plainest loop over the low-level interface, in a process of its own.

``bare_loop.py <model> <prompt tokens> <answer tokens> <threads> <extra_bufts>`` prints tokens/s of the prompt
and of the answer, and the processor seconds of both together.
"""

from __future__ import annotations

import ctypes
import sys
import time

import llama_cpp.llama_cpp as native


def main(path: str, n_prompt: int, n_answer: int, threads: int, extra_bufts: bool) -> None:
    @native.llama_log_callback
    def quiet(_level: int, _text: bytes, _data: object) -> None:
        pass

    native.llama_log_set(quiet, None)
    params = native.llama_model_default_params()
    params.use_extra_bufts = extra_bufts
    model = native.llama_model_load_from_file(path.encode(), params)
    options = native.llama_context_default_params()
    options.n_ctx, options.n_batch, options.n_ubatch, options.n_outputs_max = 4096, 512, 512, 1
    options.n_threads = options.n_threads_batch = threads
    options.flash_attn_type, options.swa_full, options.no_perf = 1, False, True
    context = native.llama_init_from_model(model, options)
    sampler = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
    native.llama_sampler_chain_add(sampler, native.llama_sampler_init_top_k(40))
    native.llama_sampler_chain_add(sampler, native.llama_sampler_init_temp(0.8))
    native.llama_sampler_chain_add(sampler, native.llama_sampler_init_dist(1))
    warm = (ctypes.c_int32 * 1)(1)
    native.llama_decode(context, native.llama_batch_get_one(warm, 1))
    native.llama_memory_clear(native.llama_get_memory(context), False)

    tokens = (ctypes.c_int32 * n_prompt)(*(33 + i % 60 for i in range(n_prompt)))
    burnt = time.process_time()
    started = time.perf_counter()
    for at in range(0, n_prompt, 512):
        size = min(512, n_prompt - at)
        part = (ctypes.c_int32 * size)(*tokens[at : at + size])
        native.llama_decode(context, native.llama_batch_get_one(part, size))
    read = time.perf_counter()
    one = (ctypes.c_int32 * 1)()
    batch = native.llama_batch_get_one(one, 1)
    for _ in range(n_answer):
        one[0] = native.llama_sampler_sample(sampler, context, -1)
        native.llama_decode(context, batch)
    ended = time.perf_counter()
    print(n_prompt / (read - started), n_answer / (ended - read), time.process_time() - burnt)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "1")
