"""The estimate against the engine itself: dry runs of real shapes, in a child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.capacity.estimate import estimate
from backend.capacity.types import RunConfig
from backend.gguf.reader import read_header
from tests.support.engine_ledger import QUICK, dry_runs
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import tiny_llama


def compare(path: Path, *runs: RunConfig) -> None:
    header = read_header(path)
    for run, engine in zip(runs, dry_runs([(path, run) for run in runs]), strict=True):
        ledger = estimate(header, run, file_size=path.stat().st_size)
        rounding = 0 if engine.exact else 32 * 1024
        assert header.n_params == engine.parameters
        assert ledger.weights == engine.weights
        assert ledger.kv == pytest.approx(engine.kv, rel=0, abs=rounding)
        assert ledger.compute == pytest.approx(engine.compute, rel=0.2, abs=32 * 1024)
        predicted = ledger.weights + ledger.kv + ledger.compute
        measured = engine.weights + engine.kv + engine.compute
        assert predicted == pytest.approx(measured, rel=0.01, abs=2 * rounding)


@pytest.mark.parametrize("name", MODELS)
def test_real_shapes(name: str, tmp_path: Path) -> None:
    compare(ghost_of(name, tmp_path), *QUICK)


def test_other_settings_with_a_sliding_window(tmp_path: Path) -> None:
    compare(
        ghost_of("Gemma-3-4B", tmp_path),
        RunConfig(n_ctx=16384, parallel=4),
        RunConfig(n_ctx=16384, parallel=4, kv_unified=False),
        RunConfig(n_ctx=4096, kv_type="q4_0"),
    )


def test_a_tiny_model(tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0", width=128, layers=3, context_length=2048)
    (engine,) = dry_runs([(path, RunConfig(n_ctx=2048))])
    header = read_header(path)
    ledger = estimate(header, RunConfig(n_ctx=2048), file_size=path.stat().st_size)
    assert ledger.kv == engine.kv
    # The engine starts every tensor at a multiple of 32 bytes; in models of a real size they end at one.
    assert engine.weights - 31 * len(header.tensors) <= ledger.weights <= engine.weights
