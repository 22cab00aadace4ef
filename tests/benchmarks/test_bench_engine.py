"""Speed of the engine against a reference on the same machine in the same minute. Prints ratios, asserts
none.

python3 -m pytest tests/benchmarks/test_bench_engine.py -m benchmark -s -n 0
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.engines.types import FinishReason, LoadOptions, Sampling, Turn
from backend.worker.llama.template import Renderer
from backend.workers.environment import worker_command
from backend.workers.protocol import RenderTemplate
from tests.support.engines import Bench, Listener, user
from tests.support.models import CHATML, HUNDRED_MILLION, random_model

pytestmark = pytest.mark.benchmark

BARE = Path(__file__).resolve().parents[1] / "support" / "bare_loop.py"
THREADS = int(os.environ.get("BENCH_THREADS", "2"))
"""On a machine with other work, take fewer than its cores: threads of one decode wait for each other."""
ROUNDS = 5
ANSWER = 96
SAMPLING = Sampling(temperature=0.8, top_k=40, top_p=1.0, min_p=0.0, seed=1, max_tokens=ANSWER)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("bench"))
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def heavy(bench: Bench) -> Path:
    """A model of 116 million random parameters."""
    return random_model(bench.paths.data / "heavy.gguf", shape=HUNDRED_MILLION)


def bare(path: Path, extra_bufts: bool, prompt: int) -> tuple[float, ...]:
    command = [
        sys.executable,
        str(BARE),
        str(path),
        str(prompt),
        str(ANSWER),
        str(THREADS),
        str(int(extra_bufts)),
    ]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return tuple(float(number) for number in output)


def processor_seconds(pid: int) -> float:
    """Processor time of a process so far; steadier than the clock on a machine with other work."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def test_generation_through_the_worker_against_the_bare_loop(bench: Bench, heavy: Path) -> None:
    extra = bench.engine.probe().flags.use_extra_bufts
    key = bench.load(heavy, LoadOptions(n_ctx=4096, threads=THREADS))
    pid = bench.worker_pid(key)
    ours: list[tuple[float, ...]] = []
    reference: list[tuple[float, ...]] = []
    prompt = "x" * 900
    for i in range(ROUNDS):
        burnt = processor_seconds(pid)
        _, (end,) = bench.ask(key, user(f"{i}{prompt}"), SAMPLING)
        if end.reason is FinishReason.LENGTH:
            used = processor_seconds(pid) - burnt
            ours.append((end.timings.prompt_tps, end.timings.generation_tps, used))
        reference.append(bare(heavy, extra, end.timings.prompt_tokens))
    bench.engine.unload(key)
    for name, part, aim in (("prompt", 0, ""), ("generation", 1, " (aim ≥ 0.97)")):
        mine = statistics.median(run[part] for run in ours)
        theirs = statistics.median(run[part] for run in reference)
        best = max(run[part] for run in ours) / max(run[part] for run in reference)
        print(
            f"\n{name}: worker {mine:.1f} t/s, bare loop {theirs:.1f} t/s,"
            f" ratio {mine / theirs:.3f}{aim}, of best {best:.3f}"
        )
    mine, theirs = (statistics.median(run[2] for run in runs) for runs in (ours, reference))
    print(f"\nprocessor time: worker {mine:.2f} s, bare loop {theirs:.2f} s, ratio {theirs / mine:.3f}")


def test_first_token_of_a_follow_up_against_cold(bench: Bench, heavy: Path) -> None:
    key = bench.load(heavy, LoadOptions(n_ctx=4096, threads=THREADS))
    sampling = Sampling(temperature=0.0, max_tokens=8)
    ratios = []
    for i in range(3):
        chat = (Turn("user", f"{i} " + "y" * 1_450),)
        first, (cold,) = bench.ask(key, chat, sampling)
        more = (*chat, Turn("assistant", first.text()), Turn("user", "And now?"))
        _, (warm,) = bench.ask(key, more, sampling)
        ratios.append(warm.timings.ttft_s / cold.timings.ttft_s)
        print(
            f"\nchat of {cold.timings.prompt_tokens} tokens: cold {cold.timings.ttft_s:.3f} s,"
            f" follow-up {warm.timings.ttft_s:.3f} s"
            f" ({warm.timings.cached_tokens} of {warm.timings.prompt_tokens} reused),"
            f" ratio {ratios[-1]:.3f} (aim ≤ 0.15)"
        )
    bench.engine.unload(key)


def test_four_answers_together_against_in_turn(bench: Bench, heavy: Path) -> None:
    key = bench.load(heavy, LoadOptions(n_ctx=1024, threads=THREADS, parallel=4))
    pid = bench.worker_pid(key)
    for i in range(3):
        burnt, started = processor_seconds(pid), time.perf_counter()
        for j in range(4):
            bench.ask(key, user(f"Alone {i} {j}"), SAMPLING)
        alone, alone_cpu = time.perf_counter() - started, processor_seconds(pid) - burnt
        burnt, started = processor_seconds(pid), time.perf_counter()
        generations = [
            bench.engine.generate(key, user(f"Together {i} {j}"), SAMPLING, Listener()) for j in range(4)
        ]
        for generation in generations:
            generation.wait(120)
        together, together_cpu = time.perf_counter() - started, processor_seconds(pid) - burnt
        print(
            f"\nfour in turn {alone:.2f} s, together {together:.2f} s, speed-up {alone / together:.2f}"
            f" (aim ≥ 1.8), by processor time {alone_cpu / together_cpu:.2f}"
        )
    bench.engine.unload(key)


def test_two_models_at_once_against_one(bench: Bench, heavy: Path, tmp_path: Path) -> None:
    """Two processes on the same cores, such as the two models of a comparison or a chat beside the server."""
    benches = [bench, Bench(tmp_path / "beside")]
    keys = [one.load(heavy, LoadOptions(n_ctx=1024)) for one in benches]
    ratios = []
    for i in range(ROUNDS):
        started = time.perf_counter()
        for one, key in zip(benches, keys, strict=True):
            one.ask(key, user(f"Alone {i}"), SAMPLING)
        in_turn = time.perf_counter() - started
        started = time.perf_counter()
        running = [
            one.engine.generate(key, user(f"Together {i}"), SAMPLING, Listener())
            for one, key in zip(benches, keys, strict=True)
        ]
        for generation in running:
            generation.wait(120)
        ratios.append(in_turn / (time.perf_counter() - started))
    benches[1].engine.close()
    bench.engine.unload(keys[0])
    print(f"\ntwo models at once: {statistics.median(ratios):.2f} times as fast as in turn (aim ≥ 0.85)")


def test_four_samplings_of_one_question_together_against_in_turn(bench: Bench, heavy: Path) -> None:
    """What a comparison does with the columns of one model."""
    key = bench.load(heavy, LoadOptions(n_ctx=2048, threads=THREADS, parallel=4))
    pid = bench.worker_pid(key)
    samplings = [replace(SAMPLING, temperature=0.4 * i, seed=i) for i in range(4)]
    for i, size in enumerate((20, 20, 20, 400)):  # reading a long question costs the same either way
        took, burnt = [], []
        for together in (False, True):
            # Each way a question of its own: none finds the other's prompt in memory.
            asked = user(f"{i} {together} " + "q" * size)
            used, started = processor_seconds(pid), time.perf_counter()
            running = []
            for sampling in samplings:
                running.append(bench.engine.generate(key, asked, sampling, Listener()))
                if not together:
                    running[-1].wait(120)
            for generation in running:
                generation.wait(120)
            took.append(time.perf_counter() - started)
            burnt.append(processor_seconds(pid) - used)
        print(
            f"\nfour samplings of {size} letters in turn {took[0]:.2f} s, together {took[1]:.2f} s, speed-up"
            f" {took[0] / took[1]:.2f} (aim ≥ 1.8), by processor time {burnt[0] / burnt[1]:.2f}"
        )
    bench.engine.unload(key)


def test_stop_answers_during_a_long_prompt_and_an_answer(bench: Bench, heavy: Path) -> None:
    key = bench.load(heavy, LoadOptions(n_ctx=8192, threads=THREADS))
    for what, text, wait in (("a long prompt", "z" * 7_000, False), ("an answer", "Hi", True)):
        listener = Listener()
        generation = bench.engine.generate(key, user(text), Sampling(temperature=0.0), listener)
        if wait:
            listener.started.wait(60)
        time.sleep(0.7)  # somewhere in the middle
        started = time.perf_counter()
        generation.cancel()
        generation.wait(60)
        print(f"\nstop during {what}: {time.perf_counter() - started:.3f} s (aim ≤ 0.3)")
    bench.engine.unload(key)


def test_rendering_a_normal_chat() -> None:
    renderer = Renderer((*worker_command(), "--worker", "template"))
    turns = tuple(
        Turn("user" if i % 2 == 0 else "assistant", "Some words of a chat. " * 20) for i in range(20)
    )
    command = RenderTemplate(1, CHATML, turns, "", "", 1_000_000)
    renderer.render(command)
    times = []
    for _ in range(50):
        started = time.perf_counter()
        renderer.render(command)
        times.append(time.perf_counter() - started)
    renderer.close()
    print(f"\nrendering 20 turns: median {statistics.median(times) * 1000:.2f} ms (aim ≤ 5 ms)")
