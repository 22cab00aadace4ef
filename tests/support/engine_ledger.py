"""What the engine itself says a model needs, from a dry run in a child process.

``python -m tests.support.engine_ledger model.gguf '{"n_ctx": 4096, …}'`` prints one JSON line. The engine
loads with ``no_alloc``, so a ghost file is enough and nothing is read. It logs the buffers in MiB with two
digits."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from backend.capacity.types import RunConfig

MIB = 2**20


@dataclass(frozen=True)
class EngineLedger:
    """Bytes, to about 10 kB."""

    kv: int
    compute: int
    parameters: int
    model_size: int


def dry_run(path: Path, run: RunConfig) -> EngineLedger:
    """Load `path` without allocating and create a context as `run` says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.engine_ledger", str(path), json.dumps(asdict(run))],
        capture_output=True,
        text=True,
        timeout=60,
    )
    if done.returncode:
        raise AssertionError(f"the dry run of {path.name} failed ({done.returncode}): {done.stderr[-800:]}")
    return EngineLedger(**json.loads(done.stdout.strip().splitlines()[-1]))


def _main(path: str, run: RunConfig) -> None:
    import ctypes

    from llama_cpp import llama_cpp as engine

    lines: list[str] = []
    callback = engine.llama_log_callback(
        lambda level, text, data: lines.append(text.decode(errors="replace"))
    )
    engine.llama_log_set(callback, ctypes.c_void_p(0))
    engine.llama_backend_init()
    model_options = engine.llama_model_default_params()
    model_options.no_alloc = True
    model_options.load_mode = 0
    model_options.use_extra_bufts = False
    model = engine.llama_model_load_from_file(path.encode(), model_options)
    if not model:
        sys.exit("".join(lines[-12:]))
    options = engine.llama_context_default_params()
    options.n_ctx = run.n_ctx
    options.n_batch = run.n_batch
    options.n_ubatch = run.n_ubatch
    options.n_seq_max = run.parallel
    options.n_outputs_max = max(run.n_outputs_max, run.parallel) if run.n_outputs_max else 0
    options.kv_unified = run.kv_unified
    options.flash_attn_type = 1 if run.flash_attn else 0
    options.type_k = options.type_v = {"f16": 1, "q8_0": 8, "q4_0": 2}[run.kv_type]
    options.swa_full = False
    context = engine.llama_init_from_model(model, options)
    if not context:
        sys.exit("".join(lines[-12:]))
    log = "".join(lines)
    cache = sum(map(float, re.findall(r"size = +([\d.]+) MiB \( *\d+ cells", log)))
    # The context is reserved more than once; the last size of each backend counts.
    compute = {
        name: float(size) for name, size in re.findall(r"(\S+) compute buffer size = +([\d.]+) MiB", log)
    }
    ledger = EngineLedger(
        kv=round(cache * MIB),
        compute=round(sum(compute.values()) * MIB),
        parameters=engine.llama_model_n_params(model),
        model_size=engine.llama_model_size(model),
    )
    print(json.dumps(asdict(ledger)))


if __name__ == "__main__":
    _main(sys.argv[1], RunConfig(**json.loads(sys.argv[2])))
