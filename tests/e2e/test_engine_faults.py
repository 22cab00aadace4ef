"""The engine process dies or hangs in the middle of an answer, or its parent dies: nobody waits, nothing is
left over.

Faults 28 (killed, segfault, abort), 29 (stopped, endless loop), 34 (GPU too small), 37 (parent killed), 54
(hostile templates, end to end), and the crash of default flags on some machines.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.engines.local import Generation
from backend.engines.types import (
    Delta,
    EngineFlags,
    FinishReason,
    GenerationEvent,
    LoadOptions,
    ModelState,
    Sampling,
)
from backend.errors import AppError
from backend.workers.environment import worker_command
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, ROGUE, Bench, Listener, user
from tests.support.models import Shape, random_model, scripted_model

ENDLESS = Sampling(temperature=0.0)
posix = pytest.mark.skipif(os.name == "nt", reason="signals")


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Makes engines, with a misbehaving worker where a mode is given, and stops them."""
    made: list[Bench] = []

    def make(mode: str | None = None, home: Bench | None = None) -> Bench:
        folder = home.paths.config.parent if home else tmp_path / f"home{len(made)}"
        bench = Bench(folder, mode, make_model=home is None)
        made.append(bench)
        return bench

    yield make
    for bench in made:
        bench.engine.close()


def endless(bench: Bench) -> str:
    """Load a model that talks until its context is full, which takes longer than the tests."""
    path = scripted_model(bench.paths.data / "endless.gguf", ["on", " and"], loop=True)
    return bench.load(path, LoadOptions(n_ctx=4096, threads=1))


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_worker_killed_in_mid_answer_is_noticed_and_replaced_when_asked_again(
    benches: Callable[..., Bench], number: signal.Signals
) -> None:
    bench = benches()
    key = endless(bench)
    listener, generation = bench.begin(key, user("Go"), ENDLESS, n=2)
    os.kill(bench.worker_pid(key), number)
    ends = generation.wait(PATIENCE_S)
    assert [end.reason for end in ends] == [FinishReason.ERROR] * 2
    assert listener.text().startswith("on")  # what was said stays
    assert ends[0].error_title
    assert "endless" in ends[0].error_title
    assert ends[0].error_code == ("engine.killed" if number == signal.SIGKILL else "engine.crashed")
    assert signal.Signals(number).name in ends[0].error_detail
    assert bench.failed().error_title == ends[0].error_title
    assert bench.engine.loaded() == ()
    # Nothing is reloaded by itself; asking again reloads once.
    events = len(bench.events)
    _, (after,) = bench.ask(key, user("Go"))
    assert after.reason is FinishReason.LENGTH
    assert [event.state for event in bench.events[events:]][-1] is ModelState.READY


def test_who_asks_again_the_moment_an_answer_failed_gets_one(benches: Callable[..., Bench]) -> None:
    """Before anyone but the answer was told that the process is gone."""
    bench = benches()
    key = endless(bench)
    second = Listener()
    again: list[Generation] = []

    def ask_again(event: GenerationEvent) -> None:
        if isinstance(event, Delta):
            bench.process(key).kill("hung")
        elif not again:
            again.append(bench.engine.generate(key, user("Go"), GREEDY, second))

    (first,) = bench.engine.generate(key, user("Go"), ENDLESS, ask_again).wait(PATIENCE_S)
    assert first.error_code == "engine.hung"
    (after,) = again[0].wait(PATIENCE_S)
    assert after.reason is FinishReason.LENGTH and second.text().startswith("on")


@pytest.mark.parametrize("mode", ["abort", "segfault"])
def test_native_code_that_crashes_in_mid_answer(benches: Callable[..., Bench], mode: str) -> None:
    bench = benches(mode)
    key = endless(bench)
    listener, (end,) = bench.ask(key, user("Go"), ENDLESS)
    assert end.reason is FinishReason.ERROR
    assert end.error_code == "engine.crashed"
    assert end.error_detail
    assert listener.text().startswith("on")
    # It crashes after every reload: at the fourth restart within a minute the model is given up, with the
    # reason.
    codes = [bench.ask(key, user("Go"), ENDLESS)[1][0].error_code for _ in range(4)]
    assert codes == ["engine.crashed"] * 3 + ["engine.failed"]
    with pytest.raises(AppError) as caught:
        bench.engine.load(Path(key), ONE_THREAD)
    assert caught.value.code == "engine.failed"
    assert "endless" in caught.value.title
    assert "crashed" in caught.value.detail


@posix
def test_a_worker_that_hangs_is_ended(benches: Callable[..., Bench]) -> None:
    """Stopped, looping in native code beside a beating heart, and looping with the interpreter held: all at
    once.
    """
    stopped, looping, frozen = benches(), benches("native-loop"), benches("frozen-loop")
    generations = []
    for bench in (stopped, looping, frozen):
        key = endless(bench)
        generations.append(bench.begin(key, user("Go"), ENDLESS))
        if bench is stopped:
            os.kill(bench.worker_pid(key), signal.SIGSTOP)
    for _, generation in generations:
        (end,) = generation.wait(PATIENCE_S)
        assert end.reason is FinishReason.ERROR
        assert end.error_code == "engine.hung"
    for bench in (stopped, looping, frozen):
        bench.failed()


def test_flags_that_crash_are_found_once_and_remembered(benches: Callable[..., Bench]) -> None:
    """Decoding with extra buffers segfaults, as with AMX on some virtual machines; without them it works."""
    bench = benches("amx")
    report = bench.engine.probe()
    assert report.flags == EngineFlags(use_extra_bufts=False)
    assert len(report.rejected) == 1
    assert report.version
    assert "ggml" in report.build
    assert report.devices[0].kind == "cpu"
    assert report.devices == bench.engine.devices()
    assert bench.ask(bench.load(), user("Hi"))[1][0].reason is FinishReason.LENGTH
    memory = bench.paths.cache / "engine.json"
    assert json.loads(memory.read_text("utf-8"))["flags"]["use_extra_bufts"] is False
    # Another start believes the file and tries nothing, so it does not miss the trial model.
    bench.tiny.unlink()
    again = benches("amx", home=bench)
    assert again.engine.probe() == report
    # A broken file, or one written for another engine or processor, counts for nothing.
    for content in ("{", "[]", '{"format": 1, "key": "other", "flags": {}, "rejected": []}'):
        memory.write_text(content, "utf-8")
        with pytest.raises(AppError) as caught:
            benches("amx", home=bench).engine.probe()
        assert caught.value.code == "engine.no_starter"


def test_a_gpu_that_is_too_small_gets_fewer_layers_and_the_person_is_told(
    benches: Callable[..., Bench], tmp_path: Path
) -> None:
    bench = benches("small-gpu")
    path = random_model(tmp_path / "big.gguf", shape=Shape(layers=4))
    loaded = bench.engine.load(path, ONE_THREAD)
    assert (loaded.gpu_layers, loaded.layers) == (1, 4)
    assert "1 of 4" in loaded.note
    assert bench.ask(loaded.key, user("Hi"))[1][0].reason is FinishReason.LENGTH
    wider = bench.engine.load(path, replace(ONE_THREAD, n_ctx=2048))
    assert (wider.n_ctx, wider.gpu_layers) == (2048, 0)
    assert ModelState.FAILED not in [event.state for event in bench.events]
    # Who asks for a number gets that number or an error.
    with pytest.raises(AppError) as caught:
        bench.engine.load(path, replace(ONE_THREAD, gpu_layers=3))
    assert caught.value.code == "engine.gpu_memory" and "3 layers" in caught.value.title
    assert bench.engine.load(path, replace(ONE_THREAD, gpu_layers=0)).gpu_layers is None


def test_an_engine_that_never_works_says_so(benches: Callable[..., Bench]) -> None:
    bench = benches("amx-always")
    with pytest.raises(AppError) as caught:
        bench.load()
    assert caught.value.code == "engine.unusable"
    assert "use_extra_bufts=False" in caught.value.detail
    assert not (bench.paths.cache / "engine.json").exists()
    assert bench.events[-1].state is ModelState.FAILED


def test_without_the_starter_model_the_error_is_clear(benches: Callable[..., Bench], tmp_path: Path) -> None:
    bench = benches()
    bench.tiny.unlink()
    (bench.paths.cache / "engine.json").unlink()
    other = random_model(tmp_path / "m.gguf")
    with pytest.raises(AppError) as caught:
        bench.engine.load(other, ONE_THREAD)
    assert caught.value.code == "engine.no_starter"


def test_a_hanging_template_does_not_hang_the_model(benches: Callable[..., Bench], tmp_path: Path) -> None:
    loops = "{% for _ in range(99999) %}" * 3 + "{% endfor %}" * 3
    bench = benches()
    key = bench.load(scripted_model(tmp_path / "m.gguf", ["fine"], template=loops))
    listener, (end,) = bench.ask(key, user("Hi"))
    assert listener.text() == "fine"
    assert "ChatML" in end.note


PARENT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from backend.engines.local import LocalEngine
from backend.engines.types import LoadOptions, Sampling, Turn
from backend.events import EventBus
from backend.paths import Paths

engine = LocalEngine(Paths.under(Path({home!r})), EventBus(), probe_model=Path({tiny!r}))
key = engine.load(Path({model!r}), LoadOptions(n_ctx=4096, threads=1)).key
def listen(event):
    print(engine._contexts.get(key).process.client.process.pid, flush=True)
engine.generate(key, [Turn("user", "Go")], Sampling(temperature=0.0), listen)
sys.stdin.read()
"""


@posix
def test_workers_do_not_survive_a_killed_parent(tmp_path: Path) -> None:
    root = str(ROGUE.parents[2])
    model = scripted_model(tmp_path / "endless.gguf", ["on", " and"], loop=True)
    tiny = random_model(tmp_path / "tiny.gguf")
    script = PARENT.format(root=root, home=str(tmp_path / "home"), tiny=str(tiny), model=str(model))
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())  # the worker is in the middle of an answer
        family = psutil.Process(parent.pid).children(recursive=True)
        assert pid in {process.pid for process in family}
        assert len(family) >= 2  # the template renderer is a grandchild
        parent.kill()
        _, alive = psutil.wait_procs(family, PATIENCE_S)
        assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []


def test_a_stopped_engine_leaves_no_process_and_no_thread(benches: Callable[..., Bench]) -> None:
    before = set(threading.enumerate())
    bench = benches()
    key = endless(bench)
    _, generation = bench.begin(key, user("Go"), ENDLESS)
    family = psutil.Process().children(recursive=True)
    assert family
    bench.engine.close()
    (end,) = generation.wait(PATIENCE_S)
    assert end.reason is FinishReason.CANCELLED
    _, alive = psutil.wait_procs(family, PATIENCE_S)
    assert alive == []
    assert set(threading.enumerate()) <= before
    with pytest.raises(AppError):
        bench.engine.generate(key, user("Go"), GREEDY, Listener())


def test_unknown_kinds_of_worker_are_refused() -> None:
    ended = subprocess.run(
        [*worker_command(), "--worker", "cook"], capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 64
    assert b"cook" in ended.stderr
