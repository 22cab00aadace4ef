"""What the library is told about a model and a context; the same for real work and for the dry run."""

from __future__ import annotations

import llama_cpp.llama_cpp as native

from backend.capacity.types import RunConfig
from backend.engines.types import EngineFlags

LOAD_NONE, _LOAD_MMAP = 0, 1
_FLASH_AUTO, _FLASH_OFF, _FLASH_ON = -1, 0, 1
_KV_TYPES = {"f16": native.GGML_TYPE_F16, "q8_0": native.GGML_TYPE_Q8_0, "q4_0": native.GGML_TYPE_Q4_0}


def model_params(flags: EngineFlags, gpu_layers: int | None) -> native.llama_model_params:
    """How a file is opened. `gpu_layers` None means all."""
    params = native.llama_model_default_params()
    params.load_mode = _LOAD_MMAP if flags.mmap and native.llama_supports_mmap() else LOAD_NONE
    params.use_extra_bufts = flags.use_extra_bufts
    params.n_gpu_layers = 0 if not flags.gpu else -1 if gpu_layers is None else gpu_layers
    return params


def context_params(run: RunConfig, threads: int) -> native.llama_context_params:
    """How a context is made."""
    params = native.llama_context_default_params()
    params.n_ctx = run.n_ctx
    params.n_seq_max = run.parallel
    params.n_batch = run.n_batch
    params.n_ubatch = min(run.n_batch, run.n_ubatch)
    params.n_outputs_max = max(run.n_outputs_max, run.parallel) if run.n_outputs_max else 0
    params.n_threads = params.n_threads_batch = threads
    params.type_k = params.type_v = _KV_TYPES[run.kv_type]
    # A quantized cache needs flash attention; otherwise the device may say that it can't.
    flash = _FLASH_AUTO if run.kv_type == "f16" else _FLASH_ON
    params.flash_attn_type = flash if run.flash_attn else _FLASH_OFF
    params.swa_full = False
    # One pool of cells for all sequences: prompts and single tokens share a ubatch, prefixes are shared.
    params.kv_unified = run.kv_unified
    params.no_perf = True
    return params
