"""Predicted speed against what the real worker reaches, right after a calibration. Prints ratios.

python3 -m pytest tests/benchmarks/test_bench_speed_prediction.py -m benchmark -s -n 0

With `BENCH_THREADS=1` on a machine whose cores are busy: threads of one decode wait for each other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.capacity.calibration import Calibration
from backend.capacity.calibration_model import ModelPlan, write_model
from backend.capacity.estimate import estimate
from backend.capacity.speed import predict, predict_prompt
from backend.capacity.types import Machine, Pool, PoolKind, RunConfig, Verdict
from backend.engines.types import LoadOptions, Sampling
from backend.gguf.reader import read_headers
from backend.gguf.types import GGMLType
from backend.workers.supervisor import Supervisor
from tests.support.engines import Bench, user
from tests.support.models import Shape, random_model

pytestmark = pytest.mark.benchmark

THREADS = int(os.environ.get("BENCH_THREADS", "2"))
ROUNDS = 4
PROMPT, ANSWER = 480, 48
PLANS = {
    "12 layers F16": ModelPlan(GGMLType.F16, 12, 768, 3072, 12, 4, 64, 8192),
    "24 layers Q4_K": ModelPlan(GGMLType.Q4_K, 24, 1024, 4096, 16, 4, 64, 32000),
    "8 layers Q6_K": ModelPlan(GGMLType.Q6_K, 8, 1536, 4096, 24, 8, 64, 16384),
    "16 layers IQ4_XS": ModelPlan(GGMLType.IQ4_XS, 16, 1024, 4096, 16, 4, 64, 8192),
}
GEMMA = Shape(layers=12, width=1024, ffn=4096, heads=8, kv_heads=4, context=4096, vocab=16384, window=512)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.engine.close()


def test_predictions_of_other_shapes(bench: Bench, tmp_path: Path) -> None:
    supervisor = Supervisor()
    calibration = Calibration(bench.engine, supervisor, bench.bus, tmp_path / "speed.json", threads=THREADS)
    rates = calibration.measure()
    supervisor.close()
    print(f"\ncalibrated with {THREADS} threads, disturbed: {rates.disturbed}")
    ram = Pool(PoolKind.RAM, "RAM", 2**40, 2**40, "none")
    here = Machine((ram,), "", THREADS, 35e9, rates)
    models = {name: tmp_path / f"{number}.gguf" for number, name in enumerate(PLANS)}
    for name, path in models.items():
        write_model(path, PLANS[name])
    models["Gemma 3 Q8_0"] = random_model(
        tmp_path / "gemma.gguf", shape=GEMMA, quant="q8_0", architecture="gemma3"
    )
    for name, path in models.items():
        run = RunConfig(n_ctx=2048)
        headers = read_headers(path)
        ledger = estimate(headers, run, file_size=path.stat().st_size)
        writing = predict(headers, ledger, here, run, Verdict.FITS, depth=PROMPT + ANSWER // 2)
        reading = predict_prompt(headers, ledger, here, run, Verdict.FITS)
        assert writing and reading
        key = bench.load(path, LoadOptions(n_ctx=2048, threads=THREADS))
        best_writing = best_reading = 0.0
        for turn in range(ROUNDS):
            text = chr(97 + turn) + "x" * PROMPT
            _, (end,) = bench.ask(key, user(text), Sampling(temperature=0.8, max_tokens=ANSWER, seed=1))
            best_writing = max(best_writing, end.timings.generation_tps)
            best_reading = max(best_reading, end.timings.prompt_tps)
        bench.engine.unload(key)
        print(
            f"{name}, {path.stat().st_size / 1e6:.0f} MB: writes {best_writing:.1f} t/s,"
            f" predicted/measured {writing.likely / best_writing:.2f}; reads {best_reading:.0f} t/s,"
            f" predicted/measured {reading.likely / best_reading:.2f} (aim 0.85 to 1.15)"
        )
