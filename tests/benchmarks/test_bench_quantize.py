"""Time of our job (plan, write, check, hash, sync, record) against the bare library call in a child process.
Prints ratios, asserts none.

BENCH_ROUNDS=3 python3 -m pytest tests/benchmarks/test_bench_quantize.py -m benchmark -s -n 0
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.quantize.types import QuantizeOptions
from tests.support.models import Shape, random_model
from tests.support.quantizing import QuantizeDesk, digest

pytestmark = pytest.mark.benchmark

BARE = Path(__file__).resolve().parents[1] / "support" / "bare_quantize.py"
THREADS = int(os.environ.get("BENCH_THREADS", "2"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SMALL = Shape(layers=12, width=1024, ffn=2816, heads=16, kv_heads=4, context=4096, vocab=8192)
"""About 150 million parameters, 300 MB in F16."""
LARGER = Shape(layers=13, width=1536, ffn=4096, heads=16, kv_heads=4, context=4096, vocab=8192)
"""About 350 million parameters, 700 MB in F16: what each job costs once, such as starting a process, weighs
little beside this."""


@pytest.mark.parametrize("shape", [SMALL, LARGER], ids=["small", "larger"])
def test_the_job_against_the_bare_call(tmp_path: Path, shape: Shape) -> None:
    source = random_model(tmp_path / "source-F16.gguf", shape=shape, quant="f16")
    print(f"\nsource: {source.stat().st_size / 1e6:.0f} MB, {THREADS} threads, {ROUNDS} rounds in turn")
    with QuantizeDesk(tmp_path / "home") as desk:
        for kind, ftype in (("Q4_K_M", 15), ("Q8_0", 7)):
            ours, bare = [], []
            for number in range(ROUNDS):
                plain, made = tmp_path / "bare.gguf", tmp_path / f"{kind}-{number}.gguf"
                arguments = [sys.executable, str(BARE), str(source), str(plain), str(ftype), str(THREADS)]
                bare.append(_measured(lambda call=arguments: subprocess.run(call, check=True)))
                ours.append(
                    _measured(lambda name=kind, to=made: desk.make(source, name, to, threads=THREADS))
                )
                if number == 0:
                    assert digest(plain) == digest(made)
                plain.unlink()
                made.unlink()
            for place, name in enumerate(("wall", "processor")):
                one, other = [cost[place] for cost in ours], [cost[place] for cost in bare]
                ratios = [mine / its for mine, its in zip(one, other, strict=True)]
                print(
                    f"{kind}, {name} time: ours {statistics.median(one):.2f} s, "
                    f"bare {statistics.median(other):.2f} s, "
                    f"ratio {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
                )
        started = time.perf_counter()
        rows = desk.quantizer.forecast(str(source), QuantizeOptions(""), 4096)
        print(f"forecast of {len(rows)} types: {time.perf_counter() - started:.2f} s")


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and seconds of processor time of this process and its children: where others use the machine
    too, the second number is the steadier one."""
    before, started = sum(os.times()[:4]), time.perf_counter()
    work()
    return time.perf_counter() - started, sum(os.times()[:4]) - before
