"""Several contexts over the same weights, in one process: made, shared, closed, crashed and revived."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import FinishReason, ModelState, Sampling, Turn
from backend.errors import AppError
from backend.library.types import LibraryModel
from backend.paths import STARTER_MODEL
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, Bench, Listener, user
from tests.support.models import random_model, scripted_model
from tests.support.scripted_engine import SmallLibrary

SHORT = replace(ONE_THREAD, n_ctx=512)
LINES = ("Alpha", "Beta, and more of it", "Gamma", "Delta")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("contexts"))
    yield bench
    bench.engine.close()


@pytest.fixture
def steady(bench: Bench, tmp_path: Path) -> Path:
    """A model whose greedy text does not hang on rounding, which differs with the shape of the batch."""
    return random_model(tmp_path / "steady.gguf", quant="f32", gain=0.5)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_context_beside_has_its_own_size_and_the_same_process(bench: Bench, steady: Path) -> None:
    first = bench.engine.load(steady, ONE_THREAD)
    second = bench.engine.load(steady, SHORT, beside=True)
    assert (first.n_ctx, second.n_ctx) == (1024, 512)
    assert first.path == second.path == first.key
    assert bench.engine.load(steady, SHORT).key == second.key != first.key
    assert bench.worker_pid(first.key) == (pid := bench.worker_pid(second.key))
    listener, _ = bench.ask(first.key, user("Hi"))
    beside, _ = bench.ask(second.key, user("Hi"))
    assert listener.text() == beside.text()
    assert bench.ask(second.key, user("x" * 600))[1][0].error_code == "engine.context"
    assert bench.engine.peak_memory(second.key) >= psutil.Process(pid).memory_info().rss // 2
    bench.engine.unload(first.key)
    assert bench.events[-1].state is ModelState.READY  # the other one is
    assert [model.key for model in bench.engine.loaded()] == [second.key]
    again, _ = bench.ask(second.key, user("Hi"))
    assert again.text() == beside.text()
    with pytest.raises(AppError):
        bench.ask(first.key, user("Hi"))
    bench.engine.unload(second.key)
    assert bench.events[-1].state is ModelState.UNLOADED
    assert gone(pid)


def test_other_weights_beside_are_another_process(bench: Bench, steady: Path) -> None:
    first = bench.engine.load(steady, ONE_THREAD)
    second = bench.engine.load(steady, replace(ONE_THREAD, threads=2), beside=True)
    assert bench.worker_pid(first.key) != bench.worker_pid(second.key)
    for key in (first.key, second.key):
        bench.engine.unload(key)
    assert bench.engine.loaded() == ()


def test_a_crash_ends_the_answers_of_all_contexts_and_each_comes_back(bench: Bench, tmp_path: Path) -> None:
    path = scripted_model(tmp_path / "loop.gguf", ["on", " and"], loop=True, ffn=2048)
    keys = [bench.engine.load(path, options, beside=True).key for options in (ONE_THREAD, SHORT)]
    endless = Sampling(temperature=0.0)
    running = [bench.begin(key, user("Go"), endless) for key in keys]
    os.kill(bench.worker_pid(keys[0]), signal.SIGKILL)
    for listener, generation in running:
        (end,) = generation.wait(PATIENCE_S)
        assert (end.reason, end.error_code) == (FinishReason.ERROR, "engine.killed")
        assert listener.text().startswith("on")  # what was written so far is kept
    assert bench.engine.loaded() == ()
    ends = [bench.ask(key, user("Go"), replace(endless, max_tokens=5))[1][0] for key in keys]
    assert [end.reason for end in ends] == [FinishReason.LENGTH] * 2
    assert [model.options for model in bench.engine.loaded()] == [ONE_THREAD, SHORT]
    assert bench.worker_pid(keys[0]) == bench.worker_pid(keys[1])
    for key in keys:
        bench.engine.unload(key)


def test_requests_of_different_sampling_share_batches_and_say_what_each_says_alone(
    bench: Bench, steady: Path
) -> None:
    key = bench.engine.load(steady, replace(ONE_THREAD, parallel=4)).key
    samplings = (
        GREEDY,
        replace(GREEDY, temperature=1.2, seed=5, top_k=0),
        replace(GREEDY, temperature=0.7, seed=9, repeat_penalty=1.3),
        replace(GREEDY, format="grammar", grammar="root ::= [a-z ]+"),
    )
    alone = [bench.ask(key, user(text), one)[0].text() for text, one in zip(LINES, samplings, strict=True)]
    listeners = [Listener() for _ in samplings]
    running = [
        bench.engine.generate(key, user(text), one, listener)
        for text, one, listener in zip(LINES, samplings, listeners, strict=True)
    ]
    for generation in running:
        assert generation.wait(PATIENCE_S)[0].reason is not FinishReason.ERROR
    assert [listener.text() for listener in listeners] == alone
    bench.engine.unload(key)


def test_requests_that_begin_alike_read_it_once(bench: Bench, tmp_path: Path) -> None:
    endless = scripted_model(tmp_path / "loop.gguf", ["on", " and"], loop=True)
    key = bench.engine.load(endless, replace(ONE_THREAD, n_ctx=4096, parallel=4)).key
    _, before = bench.begin(key, user("Go"), Sampling(temperature=0.0), n=4)  # until all four are there
    alike = user("x" * 300)
    samplings = [replace(GREEDY, seed=seed, temperature=1.0) for seed in range(4)]
    running = [bench.engine.generate(key, alike, one, Listener()) for one in samplings]
    bench.engine.count_tokens(key, alike)  # comes after them
    before.cancel()
    timings = [generation.wait(PATIENCE_S)[0].timings for generation in running]
    read = sorted(each.prompt_tokens - each.cached_tokens for each in timings)
    assert read[:3] == [1, 1, 1]
    bench.engine.unload(key)


def test_a_second_chat_with_equal_options_does_not_wait(bench: Bench, tmp_path: Path) -> None:
    path = scripted_model(tmp_path / "loop.gguf", ["on", " and"], loop=True)
    room, never = ModelRoom(bench.engine), threading.Event()
    with room.using(str(path), SHORT, never) as first:
        long = Listener()
        endless = bench.engine.generate(first.key, user("Go"), Sampling(temperature=0.0), long)
        with room.using(str(path), SHORT, never) as second:
            _, (end,) = bench.ask(second.key, (*user("Go"), Turn("assistant", "on"), *user("Go")))
            assert end.reason is FinishReason.LENGTH
            assert second.options == replace(SHORT, parallel=2)
        assert endless.wait(PATIENCE_S)[0].reason is FinishReason.CONTEXT
    for loaded in bench.engine.loaded():
        bench.engine.unload(loaded.key)


def test_a_context_that_cannot_be_made_leaves_the_others_alone(bench: Bench, steady: Path) -> None:
    key = bench.engine.load(steady, ONE_THREAD).key
    with pytest.raises(AppError):
        bench.engine.load(steady, replace(SHORT, kv_type="q4_0", n_ctx=511), beside=True)
    assert [model.key for model in bench.engine.loaded()] == [key]
    assert bench.events[-1].state is ModelState.READY
    assert bench.ask(key, user("Hi"))[1][0].reason is FinishReason.LENGTH
    bench.engine.unload(key)


def test_the_card_of_an_answer_says_what_it_depended_on(bench: Bench) -> None:
    class Hashed(SmallLibrary):
        def find(self, spec: str) -> LibraryModel:
            return replace(super().find(spec), sha256="ab" * 32)

    engines = Engines(bench.engine, Hashed(STARTER_MODEL))
    model = engines.find("starter")
    loaded = engines.load(model.address, ONE_THREAD)
    asked = replace(GREEDY, seed=None)
    end = bench.ask(loaded.key, user("Hi"), asked)[1][0]
    card = engines.card(model, loaded, asked, end.seed, "Be brief.")
    assert (card.sha256, card.size, card.seed) == ("ab" * 32, model.size, end.seed)
    assert (card.options, card.sampling, card.system_prompt) == (ONE_THREAD, asked, "Be brief.")
    assert card.engine_version == f"llama-cpp-python {bench.engine.probe().version}"
    assert card.flags == bench.engine.flags()
    assert len(card.template_sha256) == 64
    assert card.cpu
    assert engines.peak_memory(loaded.key) > STARTER_MODEL.stat().st_size
    engines.unload(loaded.key)
