"""The estimate against the engine itself: dry runs of real shapes, in a child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.capacity.estimate import estimate
from backend.capacity.types import RunConfig
from backend.gguf.reader import read_header
from tests.support.engine_ledger import dry_run
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import tiny_llama

ROUNDING = 32 * 1024
"""The engine's log gives MiB with two digits, per buffer."""


def compare(path: Path, run: RunConfig) -> None:
    engine = dry_run(path, run)
    header = read_header(path)
    ledger = estimate(header, run, file_size=path.stat().st_size)
    assert header.n_params == engine.parameters
    assert ledger.weights == engine.model_size
    assert ledger.kv == pytest.approx(engine.kv, abs=ROUNDING)
    assert ledger.compute == pytest.approx(engine.compute, rel=0.2, abs=ROUNDING)
    predicted = ledger.weights + ledger.kv + ledger.compute
    measured = engine.model_size + engine.kv + engine.compute
    assert predicted == pytest.approx(measured, rel=0.01, abs=2 * ROUNDING)


@pytest.mark.parametrize("name", MODELS)
def test_real_shapes_as_the_worker_runs_them(name: str, tmp_path: Path) -> None:
    compare(ghost_of(name, tmp_path), RunConfig())


@pytest.mark.parametrize(
    "run",
    [
        RunConfig(n_ctx=16384, parallel=4),
        RunConfig(n_ctx=16384, parallel=4, kv_unified=False),
        RunConfig(n_ctx=4096, kv_type="q4_0"),
        RunConfig(n_ctx=4096, flash_attn=False, n_outputs_max=0),
    ],
    ids=["parallel", "separate", "q4_0", "no-flash-attention"],
)
def test_other_settings_with_a_sliding_window(run: RunConfig, tmp_path: Path) -> None:
    compare(ghost_of("Gemma-3-4B", tmp_path), run)


def test_a_tiny_model(tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0", width=128, layers=3, context_length=2048)
    engine = dry_run(path, RunConfig(n_ctx=2048))
    ledger = estimate(read_header(path), RunConfig(n_ctx=2048), file_size=path.stat().st_size)
    assert ledger.kv == pytest.approx(engine.kv, abs=ROUNDING)
    assert ledger.weights == engine.model_size
