"""Random models that are really loaded, and what their worker's memory grows to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from backend.capacity.estimate import estimate
from backend.capacity.running import run_of
from backend.engines.types import FinishReason, LoadOptions, Sampling
from backend.gguf.reader import read_header
from tests.support.engines import Bench, Listener, user
from tests.support.known_engine import know_engine
from tests.support.mixture import random_mixture
from tests.support.models import Quant, Shape, random_model

_PATIENCE_S = 300.0
_LLAMA = Shape(layers=12, width=768, ffn=3072, heads=12, kv_heads=4, context=8192, vocab=8192)
_GEMMA = Shape(layers=12, width=768, ffn=3072, heads=12, kv_heads=4, context=8192, vocab=8192, window=256)
_MAMBA = Shape(layers=24, width=768, context=8192, vocab=8192)


@dataclass(frozen=True)
class Case:
    """A model to write, how to load it, and how many tokens to read: nearly all that fit,
    because parts of the compute buffer are touched only then."""

    name: str
    write: Callable[[Path], object]
    options: LoadOptions
    prompt: int = 900


@dataclass(frozen=True)
class RealLoad:
    """Bytes that were predicted for a load, and those that the worker had after a long prompt."""

    name: str
    predicted: int
    measured: int

    @property
    def error(self) -> float:
        return self.predicted / self.measured - 1


def _llama(quant: Quant, **changes: int) -> Callable[[Path], object]:
    return lambda path: random_model(path, shape=replace(_LLAMA, **changes), quant=quant)


def _gemma(path: Path) -> object:
    return random_model(path, shape=_GEMMA, quant="f16", architecture="gemma3")


def _mamba(path: Path) -> object:
    return random_model(path, shape=_MAMBA, quant="f16", architecture="mamba")


CASES = (
    Case("llama 114M F16, 1k", _llama("f16"), LoadOptions(n_ctx=1024)),
    Case("llama 114M F16, 1k, batches of 128", _llama("f16"), LoadOptions(n_ctx=1024, n_batch=128)),
    Case("llama 114M F16, 8k, half full", _llama("f16"), LoadOptions(n_ctx=8192), 4000),
    Case("llama 114M F16, 8k, hardly used", _llama("f16"), LoadOptions(n_ctx=8192)),
    Case("llama 135M F16, wide, 1k", _llama("f16", ffn=8192, layers=6), LoadOptions(n_ctx=1024)),
    Case("llama 114M Q8_0, 1k, q8_0 cache", _llama("q8_0"), LoadOptions(n_ctx=1024, kv_type="q8_0")),
    Case("llama 114M Q8_0, 4k, q8_0 cache", _llama("q8_0"), LoadOptions(n_ctx=4096, kv_type="q8_0"), 3000),
    Case("llama 114M Q8_0, 2 × 1k", _llama("q8_0"), LoadOptions(n_ctx=1024, parallel=2)),
    Case("gemma3 114M F16, 1k, window 256", _gemma, LoadOptions(n_ctx=1024)),
    Case("gemma3 114M F16, 8k, window 256", _gemma, LoadOptions(n_ctx=8192), 4000),
    Case("mamba 100M F16, 1k", _mamba, LoadOptions(n_ctx=1024)),
    Case("qwen3moe 160M Q8_0, 1k", random_mixture, LoadOptions(n_ctx=1024)),
    Case("qwen3moe 160M Q8_0, 4k", random_mixture, LoadOptions(n_ctx=4096), 3000),
)


def measure(case: Case, folder: Path) -> RealLoad:
    """Write the model, load it in a worker, let it read a long prompt, and look at the process.

    A slow machine would read the prompt in pieces and never touch all of the compute buffer, which is
    predicted for whole batches; so the worker is told to read whole ones however long that takes.
    """
    path = folder / "model.gguf"
    case.write(path)
    know_engine(folder / "home")
    bench = Bench(folder / "home", "whole-batches")
    try:
        loaded = bench.engine.load(path, case.options)
        text = "The quick brown fox jumps over the lazy dog. " * (case.prompt // 45)
        few = Sampling(temperature=0.0, max_tokens=2, seed=1)
        ends = bench.engine.generate(loaded.key, user(text), few, Listener()).wait(_PATIENCE_S)
        assert ends[0].reason is not FinishReason.ERROR, ends[0].error_title
        memory = psutil.Process(bench.worker_pid(loaded.key)).memory_info()
    finally:
        bench.engine.close()
    header = read_header(path)
    run = run_of(case.options, header.n_ctx_train)
    return RealLoad(case.name, estimate(header, run, file_size=path.stat().st_size).total, memory.rss)
