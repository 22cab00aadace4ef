"""What the engine itself says a model needs, from dry runs in a child process.

``python -m tests.support.engine_ledger`` reads one JSON line ``[path, {"n_ctx": 4096, …}]`` for each dry run
and answers with one. The engine loads with ``no_alloc``, so a ghost file is enough and nothing is read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from backend.capacity.types import RunConfig
from backend.engines.types import EngineFlags

QUICK = (
    RunConfig(),
    RunConfig(n_ctx=4096, n_batch=128, n_ubatch=128),
    RunConfig(n_ctx=32768, kv_type="q8_0"),
    RunConfig(n_ctx=4096, flash_attn=False, n_outputs_max=0),
)
"""The settings that every shape is tried with in a normal test run."""


@dataclass(frozen=True)
class EngineLedger:
    """Bytes, exact where the engine's own table could be read (`exact`), else as its log rounds them."""

    weights: int
    kv: int
    compute: int
    parameters: int
    exact: bool


def dry_runs(asked: Sequence[tuple[Path, RunConfig]]) -> list[EngineLedger]:
    """Load each path without allocating and create a context as its run says, all in one process."""
    lines = "".join(json.dumps([str(path), asdict(run)]) + "\n" for path, run in asked)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.engine_ledger"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60 + 10 * len(asked),
    )
    found = [EngineLedger(**json.loads(line)) for line in done.stdout.splitlines()]
    if done.returncode or len(found) != len(asked):
        name = asked[len(found)][0].name if len(found) < len(asked) else "the last file"
        raise AssertionError(f"the dry run of {name} failed ({done.returncode}): {done.stderr[-1500:]}")
    return found


def _measure(path: str, run: RunConfig) -> EngineLedger:
    import llama_cpp.llama_cpp as native

    from backend.worker.dryrun import logged
    from backend.worker.llama.breakdown import breakdown
    from backend.worker.llama.logs import NativeLog
    from backend.worker.llama.parameters import LOAD_NONE, context_params, model_params

    log = NativeLog()
    options = model_params(EngineFlags(use_extra_bufts=False), run.gpu_layers)
    options.no_alloc = True
    options.load_mode = LOAD_NONE
    model = native.llama_model_load_from_file(path.encode(), options)
    if not model:
        sys.exit(log.problems())
    context = native.llama_init_from_model(model, context_params(run, 1))
    if not context:
        sys.exit(log.problems())
    devices = breakdown(context)
    exact = devices is not None
    if devices is None:
        devices = (logged(int(native.llama_model_size(model)), log.lines()),)
    ledger = EngineLedger(
        weights=sum(device.weights for device in devices),
        kv=sum(device.kv for device in devices),
        compute=sum(device.compute for device in devices),
        parameters=int(native.llama_model_n_params(model)),
        exact=exact,
    )
    native.llama_free(context)
    native.llama_model_free(model)
    return ledger


if __name__ == "__main__":
    for line in sys.stdin:
        path, run = json.loads(line)
        run["split"] = tuple(run["split"])
        print(json.dumps(asdict(_measure(path, RunConfig(**run)))), flush=True)
