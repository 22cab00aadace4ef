"""What adapters cost while models run. Prints figures against their aims, asserts none.

python3 -m pytest tests/benchmarks/test_bench_adapters.py -m benchmark -s -n 0
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.engines.types import AdapterUse, FinishReason, LoadOptions, Sampling, Turn
from backend.paths import STARTER_MODEL
from tests.support.adapters import EVERYTHING, random_adapter
from tests.support.engines import Bench, Listener, user
from tests.support.models import HUNDRED_MILLION, Shape, random_model

pytestmark = pytest.mark.benchmark

Sets = Sequence[tuple[AdapterUse, ...]]
THREADS = int(os.environ.get("BENCH_THREADS", "2"))
ROUNDS = 3
SCALES = (0.25, 0.5, 0.75, 1.0)
OPTIONS = LoadOptions(n_ctx=1024, n_batch=128, threads=THREADS)
"""As the cells of a sweep are opened."""
SAMPLING = Sampling(temperature=0.8, top_k=40, seed=1, max_tokens=64)
BILLION = Shape(layers=22, width=2048, ffn=5632, heads=32, kv_heads=4, context=2048, vocab=32000)
"""1.1 billion parameters: the smallest size that people talk with."""
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
def billion(bench: Bench) -> Iterator[Path]:
    """A model of 1.1 billion random parameters, 590 MiB."""
    path = random_model(bench.paths.data / "billion.gguf", shape=BILLION, quant="q4_0")
    yield path
    path.unlink()


def tone(bench: Bench, base: Path) -> Path:
    return random_adapter(
        bench.paths.data / f"{base.stem}-tone.gguf", base, modules=EVERYTHING, rank=8, gain=0.1
    )


def at(adapter: Path, scale: float) -> tuple[AdapterUse, ...]:
    return (AdapterUse(str(adapter), scale),)


def sets_of(adapter: Path) -> tuple[tuple[AdapterUse, ...], ...]:
    """The base and four scales."""
    return ((), *(at(adapter, scale) for scale in SCALES))


def memory_of(pids: Iterable[int]) -> float:
    """MiB that workers and their children have for themselves, with shared pages counted once among them."""
    found = [one for pid in pids for one in (psutil.Process(pid), *psutil.Process(pid).children())]
    return sum(process.memory_full_info().pss for process in found) / MIB


def computed(pid: int) -> float:
    """Seconds that a worker has computed since it was started."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def milliseconds(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return (
        f"median {statistics.median(ordered) * 1000:.2f} ms, 95 % within"
        f" {ordered[int(0.95 * (len(ordered) - 1))] * 1000:.2f} ms"
    )


def test_moving_a_fader(bench: Bench, heavy: Path) -> None:
    for path, adapter in ((heavy, tone(bench, heavy)), (STARTER_MODEL, bench.paths.data / "starter.gguf")):
        if path is STARTER_MODEL:
            random_adapter(adapter)
        key = bench.engine.load(path, replace(OPTIONS, adapters=at(adapter, 0.0))).key
        times = []
        for step in range(200):
            started = time.perf_counter()
            bench.engine.set_adapters(key, at(adapter, 0.05 * (1 + step % 20)))
            times.append(time.perf_counter() - started)
        print(f"\n{path.stem}: a scale changes, there and back: {milliseconds(times)} (aim ≤ 1 ms)")
        bench.engine.unload(key)


def test_a_mix_on_a_loaded_base(bench: Bench, heavy: Path, billion: Path) -> None:
    """Most of the time of new files goes into the three decodes that show whether both do anything; a later
    process knows that they do.
    """
    for path, name in ((billion, "1.1 billion"), (heavy, "116 million"), (STARTER_MODEL, "starter")):
        tones = [
            random_adapter(bench.paths.data / f"{name}-{seed}.gguf", path, seed=seed, gain=0.1)
            for seed in range(8)
        ]
        key = bench.engine.load(path, OPTIONS).key
        pid = bench.worker_pid(key)
        mixes = [tuple(AdapterUse(str(one), 0.5) for one in tones[i : i + 2]) for i in range(0, 8, 2)]
        first, later, again, spent = [], [], [], []
        for uses in mixes:
            before = computed(pid)
            for times in (first, later):
                started = time.perf_counter()
                bench.engine.load(path, replace(OPTIONS, adapters=uses))
                times.append(time.perf_counter() - started)
                bench.engine.load(path, OPTIONS)
            spent.append(computed(pid) - before)
        bench.engine.unload(key)
        key = bench.engine.load(path, OPTIONS).key
        for uses in mixes:
            started = time.perf_counter()
            bench.engine.load(path, replace(OPTIONS, adapters=uses))
            again.append(time.perf_counter() - started)
            bench.engine.load(path, OPTIONS)
        print(
            f"\n{name}: a mix of two adapters in place of the base, files new: {milliseconds(first)},"
            f" computing {statistics.median(spent) * 1000:.0f} ms; known: {milliseconds(later)};"
            f" known to an earlier process: {milliseconds(again)} (aim < 100 ms)"
        )
        bench.engine.unload(key)


def test_base_and_four_scales_against_five_loads(bench: Bench, heavy: Path) -> None:
    """Five columns: a model each, in turn or together, whichever is faster, against one context that writes
    all of them in one batch. Where other programs keep the processors busy, compare the seconds of computing:
    five processes get more of a busy machine than one."""
    sets = sets_of(tone(bench, heavy))
    ratios = []
    for i in range(ROUNDS):
        asked = user(f"{i} " + "q" * 60)
        apart, work_beside, memory = _together(bench, heavy, sets, asked)
        in_turn, work_apart = _in_turn(bench, heavy, sets, asked)
        batched, work = _in_one_batch(bench, heavy, sets, asked, SAMPLING)
        ratios.append(min(apart, in_turn) / batched)
        print(
            f"\nfive loads in turn {in_turn:.2f} s, computing {work_apart:.2f} s; together {apart:.2f} s,"
            f" computing {work_beside:.2f} s, {memory:.0f} MiB; in one batch {batched:.2f} s, computing"
            f" {work:.2f} s: {ratios[-1]:.2f} times as fast (aim ≥ 2),"
            f" {min(work_apart, work_beside) / work:.2f} times less computing"
        )
    print(f"\nmedian speed-up {statistics.median(ratios):.2f}")


def test_base_and_four_scales_of_a_larger_model(bench: Bench, billion: Path) -> None:
    """With answers of a few words: then a load weighs as much as the answer."""
    sets, short = sets_of(tone(bench, billion)), replace(SAMPLING, max_tokens=8)
    in_turn, work_apart = _in_turn(bench, billion, sets, user("How are you?"), short)
    batched, work = _in_one_batch(bench, billion, sets, user("How are you?"), short)
    print(
        f"\nfive loads in turn {in_turn:.2f} s, computing {work_apart:.2f} s; in one batch"
        f" {batched:.2f} s, computing {work:.2f} s: {in_turn / batched:.2f} times as fast (aim ≥ 2),"
        f" {work_apart / work:.2f} times less computing"
    )


def _in_turn(
    bench: Bench, model: Path, sets: Sets, asked: tuple[Turn, ...], sampling: Sampling = SAMPLING
) -> tuple[float, float]:
    """Seconds, and seconds of computing, of a load for each set after the other."""
    started, work = time.perf_counter(), 0.0
    for uses in sets:
        key = bench.engine.load(model, replace(OPTIONS, adapters=uses)).key
        _answer([(bench, key, ())], asked, sampling)
        work += computed(bench.worker_pid(key))
        bench.engine.unload(key)
    return time.perf_counter() - started, work


def _together(bench: Bench, model: Path, sets: Sets, asked: tuple[Turn, ...]) -> tuple[float, float, float]:
    """Seconds, seconds of computing, and MiB, of five processes that answer at the same time."""
    engines = [Bench(bench.paths.data / f"apart{j}") for j in range(len(sets))]
    try:
        started = time.perf_counter()
        loaded = [
            (one, one.engine.load(model, replace(OPTIONS, adapters=uses)).key, ())
            for one, uses in zip(engines, sets, strict=True)
        ]
        _answer(loaded, asked, SAMPLING)
        spent, pids = time.perf_counter() - started, [one.worker_pid(key) for one, key, _ in loaded]
        return spent, sum(map(computed, pids)), memory_of(pids)
    finally:
        for one in engines:
            one.engine.close()


def _in_one_batch(
    bench: Bench, model: Path, sets: Sets, asked: tuple[Turn, ...], sampling: Sampling
) -> tuple[float, float]:
    """Seconds, and seconds of computing, of one context whose answers have adapters of their own; tells the
    memory."""
    key = bench.engine.load(model, OPTIONS).key
    _answer([(bench, key, ())], asked, sampling)
    single = memory_of([bench.worker_pid(key)])
    bench.engine.unload(key)
    started = time.perf_counter()
    pool = tuple({use.path for uses in sets for use in uses})
    loaded = bench.engine.load(model, replace(OPTIONS, parallel=len(sets), adapter_pool=pool))
    _answer([(bench, loaded.key, uses) for uses in sets], asked, sampling)
    pid = bench.worker_pid(loaded.key)
    spent, work = time.perf_counter() - started, computed(pid)
    all_of_them = memory_of([pid])
    (memory,) = loaded.memory
    bench.engine.unload(loaded.key)
    print(
        f"\n{model.stem}: weights with the adapter {memory.weights / MIB:.0f} MiB, cache"
        f" {memory.kv / MIB:.1f} MiB, buffers up to {memory.compute / MIB:.1f} MiB. In memory:"
        f" {single:.0f} MiB with the base alone, {all_of_them:.0f} MiB with four scales beside it,"
        f" {all_of_them / single:.2f} of it (aim ≤ 1.3)"
    )
    return spent, work


def _answer(
    loaded: Sequence[tuple[Bench, str, tuple[AdapterUse, ...]]], asked: tuple[Turn, ...], sampling: Sampling
) -> None:
    """Have all of them answer at the same time; every answer must be whole."""
    running = [
        one.engine.generate(key, asked, sampling, Listener(), adapters=uses) for one, key, uses in loaded
    ]
    for generation in running:
        (end,) = generation.wait(600)
        assert end.reason is not FinishReason.ERROR, f"{end.error_title} {end.error_detail}"
