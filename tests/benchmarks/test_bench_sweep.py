"""pp and tg of the bench against the bare low-level loop, in turn, on one machine. Prints ratios; aim ≥ 0.97.

BENCH_THREADS=1 python3 -m pytest tests/benchmarks/test_bench_sweep.py -m benchmark -s -n 0
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from backend.bench.sweep import Sweeper, placed_tests
from backend.bench.types import SpeedRequest, SpeedRow
from backend.engines.types import ChatModel
from backend.workers.supervisor import Supervisor
from tests.support.engines import Bench
from tests.support.models import HUNDRED_MILLION, random_model

pytestmark = pytest.mark.benchmark

BARE = Path(__file__).resolve().parents[1] / "support" / "bare_loop.py"
THREADS = int(os.environ.get("BENCH_THREADS", "2"))
ROUNDS = 5
PROMPT, ANSWER = 512, 96


def test_a_sweep_against_the_bare_loop(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    supervisor = Supervisor()
    try:
        flags = bench.engine.flags()
        path = random_model(tmp_path / "heavy.gguf", shape=HUNDRED_MILLION)
        model = ChatModel(str(path), "heavy", "F16", "local", str(path))
        sweeper = Sweeper(supervisor, lambda: flags, lambda _model, _test: None)
        tests = placed_tests(SpeedRequest((model.id,), (PROMPT,), (ANSWER,), threads=(THREADS,)))
        ours: list[tuple[float, float]] = []
        bare: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            rows: list[SpeedRow] = []
            sweeper.run(
                model,
                tests,
                1,
                stop=threading.Event(),
                began=lambda _test: None,
                told=lambda _test, _share: None,
                done=lambda _test, row, _measured, rows=rows: rows.append(row),  # type: ignore[misc]
            )
            ours.append((rows[0].avg_ts, rows[1].avg_ts))
            command = [sys.executable, str(BARE), str(path), str(PROMPT), str(ANSWER), str(THREADS)]
            command.append(str(int(flags.use_extra_bufts)))
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            bare.append((float(said[0]), float(said[1])))
    finally:
        supervisor.close()
        bench.engine.close()
    for place, name in enumerate((f"pp{PROMPT}", f"tg{ANSWER}")):
        ratios = [one[place] / other[place] for one, other in zip(ours, bare, strict=True)]
        speeds = statistics.median(one[place] for one in ours), statistics.median(one[place] for one in bare)
        print(
            f"\n{name}: {speeds[0]:.0f} tokens/s, bare {speeds[1]:.0f}; ratio by rounds "
            f"{', '.join(f'{ratio:.2f}' for ratio in ratios)}, median {statistics.median(ratios):.3f}"
        )
