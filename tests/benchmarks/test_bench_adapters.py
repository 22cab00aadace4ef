"""What adapters cost while models run. Prints figures against their aims, asserts none.

python3 -m pytest tests/benchmarks/test_bench_adapters.py -m benchmark -s -n 0
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.engines.types import AdapterUse, LoadOptions, Sampling, Turn
from backend.paths import STARTER_MODEL
from tests.support.adapters import EVERYTHING, random_adapter
from tests.support.engines import Bench, Listener, user
from tests.support.models import HUNDRED_MILLION, random_model

pytestmark = pytest.mark.benchmark

THREADS = int(os.environ.get("BENCH_THREADS", "2"))
ROUNDS = 3
SCALES = (0.25, 0.5, 0.75, 1.0)
OPTIONS = LoadOptions(n_ctx=1024, threads=THREADS)
SAMPLING = Sampling(temperature=0.8, top_k=40, seed=1, max_tokens=64)
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("bench"))
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def heavy(bench: Bench) -> Path:
    """A model of 116 million random parameters."""
    return random_model(bench.paths.data / "heavy.gguf", shape=HUNDRED_MILLION)


@pytest.fixture(scope="module")
def adapter(bench: Bench, heavy: Path) -> Path:
    return random_adapter(bench.paths.data / "tone.gguf", heavy, modules=EVERYTHING, rank=8, gain=0.1)


def at(adapter: Path, scale: float) -> tuple[AdapterUse, ...]:
    return (AdapterUse(str(adapter), scale),)


def memory_of(pids: Sequence[int]) -> float:
    """MiB that processes have for themselves, with shared pages counted once among them."""
    return sum(psutil.Process(pid).memory_full_info().pss for pid in pids) / MIB


def milliseconds(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return (
        f"median {statistics.median(ordered) * 1000:.2f} ms, 95 % within"
        f" {ordered[int(0.95 * (len(ordered) - 1))] * 1000:.2f} ms"
    )


def test_moving_a_fader(bench: Bench, heavy: Path, adapter: Path) -> None:
    for path, tone in ((heavy, adapter), (STARTER_MODEL, bench.paths.data / "starter.gguf")):
        if path is STARTER_MODEL:
            random_adapter(tone)
        key = bench.engine.load(path, replace(OPTIONS, adapters=at(tone, 0.0))).key
        times = []
        for step in range(200):
            started = time.perf_counter()
            bench.engine.set_adapters(key, at(tone, 0.05 * (1 + step % 20)))
            times.append(time.perf_counter() - started)
        print(f"\n{path.stem}: a scale changes, there and back: {milliseconds(times)} (aim ≤ 1 ms)")
        bench.engine.unload(key)


def test_a_mix_on_a_loaded_base(bench: Bench, heavy: Path, adapter: Path) -> None:
    for path, name in ((heavy, "heavy"), (STARTER_MODEL, "starter")):
        tones = [
            random_adapter(bench.paths.data / f"{name}-{seed}.gguf", path, seed=seed, gain=0.1)
            for seed in range(8)
        ]
        key = bench.engine.load(path, OPTIONS).key
        first, later = [], []
        for uses in (tuple(AdapterUse(str(tone), 0.5) for tone in tones[i : i + 2]) for i in range(0, 8, 2)):
            for times in (first, later):
                started = time.perf_counter()
                bench.engine.load(path, replace(OPTIONS, adapters=uses))
                times.append(time.perf_counter() - started)
                bench.engine.load(path, OPTIONS)
        print(
            f"\n{name}: a mix of two adapters in place of the base, files new: {milliseconds(first)}; known:"
            f" {milliseconds(later)} (aim < 100 ms)"
        )
        bench.engine.unload(key)


def test_base_and_four_scales_against_five_loads(bench: Bench, heavy: Path, adapter: Path) -> None:
    """Five columns: a model each, in turn or together, whichever is faster, against contexts over one set of
    weights."""
    sets = [(), *(at(adapter, scale) for scale in SCALES)]
    one = bench.engine.load(heavy, OPTIONS)
    bench.ask(one.key, user("Warm up"), SAMPLING)
    single = memory_of([bench.worker_pid(one.key)])
    bench.engine.unload(one.key)
    ratios = []
    for i in range(ROUNDS):
        asked = user(f"{i} " + "q" * 60)
        engines = [Bench(bench.paths.data / f"apart{i}{j}") for j in range(len(sets))]
        started = time.perf_counter()
        for other, uses in zip(engines, sets, strict=True):
            key = other.load(heavy, replace(OPTIONS, adapters=uses))
            _answer([other], [key], asked)
            other.engine.unload(key)
        in_turn = time.perf_counter() - started
        started = time.perf_counter()
        keys = [
            other.engine.load(heavy, replace(OPTIONS, adapters=uses)).key
            for other, uses in zip(engines, sets, strict=True)
        ]
        _answer(engines, keys, asked)
        apart = time.perf_counter() - started
        apart_memory = memory_of([other.worker_pid(key) for other, key in zip(engines, keys, strict=True)])
        for other in engines:
            other.engine.close()
        started = time.perf_counter()
        keys = [bench.engine.load(heavy, replace(OPTIONS, adapters=uses), beside=True).key for uses in sets]
        _answer([bench] * len(keys), keys, asked)
        beside = time.perf_counter() - started
        memory = memory_of([bench.worker_pid(keys[0])])
        ratios.append(min(apart, in_turn) / beside)
        print(
            f"\nfive loads in turn {in_turn:.2f} s, together {apart:.2f} s and {apart_memory:.0f} MiB;"
            f" beside each other {beside:.2f} s and {memory:.0f} MiB: {ratios[-1]:.2f} times as fast"
            f" (aim ≥ 2), memory {memory / single:.2f} of one model's (aim ≤ 1.3)"
        )
        for key in keys:
            bench.engine.unload(key)
    print(f"\nmedian speed-up {statistics.median(ratios):.2f}")


def _answer(engines: Sequence[Bench], keys: Sequence[str], asked: tuple[Turn, ...]) -> None:
    running = [
        engine.engine.generate(key, asked, SAMPLING, Listener())
        for engine, key in zip(engines, keys, strict=True)
    ]
    for generation in running:
        generation.wait(300)
