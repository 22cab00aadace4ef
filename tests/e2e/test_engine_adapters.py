"""Adapters over loaded models: beside each other, changed while an answer is written, refused, revived."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from backend.engines.engines import Engines
from backend.engines.local import LocalEngine
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, FinishReason, LoadedModel, LoadOptions
from backend.errors import AppError
from backend.paths import STARTER_MODEL
from backend.workers.messages_adapters import FileKey
from tests.support.adapters import EVERYTHING, random_adapter
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, Bench, Listener, user
from tests.support.models import Shape, random_model
from tests.support.scripted_engine import ScriptedEngine, SmallLibrary

SLOW = Shape(layers=2, width=256, ffn=2048, heads=4, kv_heads=4)
"""Some hundred tokens take long enough to be in the middle of them."""
LONG = replace(GREEDY, max_tokens=400)
ASKED = user("x" * 80)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("adapters"))
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def steady(bench: Bench) -> Path:
    """A model whose greedy text does not hang on rounding, and does not end soon."""
    return random_model(bench.paths.data / "steady.gguf", shape=SLOW, quant="f32", gain=0.5)


@pytest.fixture(scope="module")
def adapter(bench: Bench, steady: Path) -> Path:
    """With it, too, the model does not end its answers soon, at none of the scales used here."""
    return random_adapter(bench.paths.data / "tone.gguf", steady, modules=EVERYTHING, gain=0.3, seed=5)


@pytest.fixture(autouse=True)
def _nothing_stays(bench: Bench) -> Iterator[None]:
    yield
    for loaded in bench.engine.loaded():
        bench.engine.unload(loaded.key)


def at(adapter: Path, scale: float) -> tuple[AdapterUse, ...]:
    return (AdapterUse(str(adapter), scale),)


def weights(loaded: LoadedModel) -> int:
    return sum(device.weights for device in loaded.memory)


def test_four_scales_beside_the_base_share_the_weights_and_do_not_disturb_each_other(
    bench: Bench, steady: Path, adapter: Path
) -> None:
    sets = [(), *(at(adapter, scale) for scale in (0.25, 0.5, 0.75, 1.0))]
    alone = []
    for uses in sets:  # in place of each other: the context stays
        loaded = bench.engine.load(steady, replace(ONE_THREAD, adapters=uses))
        alone.append(bench.ask(loaded.key, ASKED)[0].text())
        assert loaded.key == str(steady)
    assert len(set(alone)) == len(sets)
    assert loaded.options.adapters == sets[-1]
    bench.engine.unload(loaded.key)
    beside = [bench.engine.load(steady, replace(ONE_THREAD, adapters=u), beside=True) for u in sets]
    assert len({bench.worker_pid(one.key) for one in beside}) == 1
    more = weights(beside[1]) - weights(beside[0])
    assert 0.9 < more / adapter.stat().st_size < 1.1
    listeners = [Listener() for _ in beside]
    running = [
        bench.engine.generate(one.key, ASKED, GREEDY, listener)
        for one, listener in zip(beside, listeners, strict=True)
    ]
    for generation in running:
        assert generation.wait(PATIENCE_S)[0].reason is FinishReason.LENGTH
    assert [listener.text() for listener in listeners] == alone
    assert all(generation.wait(0)[0].timings.cached_tokens == 0 for generation in running)
    process = psutil.Process(bench.worker_pid(beside[0].key))
    taken = process.memory_info().rss
    for one in beside[1:]:
        bench.engine.unload(one.key)
    caches = sum(device.kv for one in beside[1:] for device in one.memory)
    if sys.platform == "linux":  # elsewhere the allocator decides when
        assert taken - process.memory_info().rss > 0.5 * caches


def test_a_running_answer_goes_on_with_other_scales_and_its_memory_is_nobodys(
    bench: Bench, steady: Path, adapter: Path
) -> None:
    key = bench.engine.load(steady, ONE_THREAD).key
    base = bench.ask(key, ASKED, LONG)[0].text()
    listener, generation = bench.begin(key, user("y" + "x" * 79), LONG)
    loaded = bench.engine.set_adapters(key, at(adapter, 1.0))
    assert loaded.options.adapters == at(adapter, 1.0)
    assert generation.wait(PATIENCE_S)[0].reason is FinishReason.LENGTH
    mixed = listener.text()
    bench.engine.set_adapters(key, ())
    other = bench.ask(key, user("y" + "x" * 79), LONG)
    assert other[1][0].timings.cached_tokens == 0
    whole = other[0].text()
    assert mixed != whole
    assert mixed[:1] == whole[:1]
    # What lies idle waits for its adapters to come back.
    bench.engine.set_adapters(key, at(adapter, 1.0))
    bench.engine.set_adapters(key, at(adapter, 0.0))  # computes what the base does
    assert bench.ask(key, user("y" + "x" * 79))[1][0].timings.cached_tokens > 80
    bench.engine.set_adapters(key, (*at(adapter, 0.5), *at(adapter, 0.5)))
    twice, (end,) = bench.ask(key, ASKED)
    assert end.timings.cached_tokens == 0
    bench.engine.set_adapters(key, at(adapter, 1.0))
    once, (end,) = bench.ask(key, ASKED)
    assert once.text() == twice.text()
    assert once.text() != base[: len(once.text())]
    assert end.timings.cached_tokens == end.timings.prompt_tokens - 1


def test_what_cannot_be_applied_is_refused_by_name_and_changes_nothing(
    bench: Bench, steady: Path, adapter: Path, tmp_path: Path
) -> None:
    whole = adapter.read_bytes()
    short, gone = tmp_path / "short.gguf", tmp_path / "gone.gguf"
    short.write_bytes(whole[:-10_000])
    zero = random_adapter(tmp_path / "zero.gguf", steady, zero_b=True)
    bad = {
        "adapter.no_effect": zero,
        "adapter.damaged": short,
        "adapter.missing": gone,
        "adapter.load": random_adapter(tmp_path / "other.gguf", steady, architecture="qwen2"),
    }
    for code in ("adapter.no_effect", "adapter.missing"):
        path = bad[code]
        with pytest.raises(AppError) as refused:
            bench.engine.load(steady, replace(ONE_THREAD, adapters=at(path, 1.0)))
        assert refused.value.code == code
        assert path.name in refused.value.title
        assert bench.engine.loaded() == ()
    gone.write_bytes(whole)
    key = bench.engine.load(steady, replace(ONE_THREAD, adapters=at(gone, 1.0))).key
    said = bench.ask(key, ASKED)[0].text()
    gone.unlink()
    for code, path in bad.items():
        with pytest.raises(AppError) as refused:
            bench.engine.set_adapters(key, (*at(adapter, 1.0), *at(path, 0.5)))
        assert refused.value.code == code
        assert path.name in refused.value.title
    assert bench.ask(key, ASKED)[0].text() == said
    (loaded,) = bench.engine.loaded()
    assert loaded.options.adapters == at(gone, 1.0)


def test_each_new_file_of_a_mix_is_shown_to_do_something(
    bench: Bench, steady: Path, adapter: Path, tmp_path: Path
) -> None:
    loud = random_adapter(tmp_path / "loud.gguf", steady, modules=("attn_output",), gain=1e9)
    drowned = random_adapter(tmp_path / "drowned.gguf", steady, modules=("ffn_down",), gain=0.1)
    queries = random_adapter(tmp_path / "queries.gguf", steady, modules=("attn_q",))
    zero = random_adapter(tmp_path / "zero.gguf", steady, zero_b=True)
    broken = random_adapter(tmp_path / "broken.gguf", steady, gain=float("nan"))

    def mix(*files: Path) -> tuple[AdapterUse, ...]:
        return tuple(AdapterUse(str(file), 0.5) for file in files)

    key = bench.engine.load(steady, ONE_THREAD).key
    for bad, code in ((zero, "adapter.no_effect"), (broken, "adapter.not_finite")):
        with pytest.raises(AppError) as refused:
            bench.engine.set_adapters(key, mix(loud, drowned, bad, queries))
        assert refused.value.code == code
        assert bad.name in refused.value.title
    fine = mix(loud, drowned, queries)
    assert bench.engine.set_adapters(key, fine).options.adapters == fine


def test_a_proof_is_remembered_until_a_file_changes(bench: Bench, tmp_path: Path) -> None:
    fine = random_adapter(tmp_path / "fine.gguf", bench.tiny)
    zero = random_adapter(tmp_path / "zero.gguf", bench.tiny, zero_b=True)
    memory = bench.paths.cache / "proofs.json"
    with pytest.raises(AppError):
        bench.load(options=replace(ONE_THREAD, adapters=at(zero, 1.0)))
    bench.engine.unload(bench.load(options=replace(ONE_THREAD, adapters=at(fine, 1.0))))
    noted = json.loads(memory.read_text("utf-8"))
    assert str(fine) in str(noted)
    assert str(zero) not in str(noted)
    for keys in noted["proved"].values():  # as if the other one had been proved
        keys[:] = [list(astuple(FileKey.at(str(zero)))) if key[0] == str(fine) else key for key in keys]
    memory.write_text(json.dumps(noted), "utf-8")
    key = bench.load(options=replace(ONE_THREAD, adapters=at(zero, 1.0)))
    os.utime(zero)
    with pytest.raises(AppError) as refused:
        bench.engine.set_adapters(key, at(zero, 0.5))
    assert refused.value.code == "adapter.no_effect"


def test_native_code_sees_no_adapter_that_was_not_admitted(bench: Bench, steady: Path, adapter: Path) -> None:
    asked = []

    def admit(model: str, uses: tuple[AdapterUse, ...]) -> None:
        asked.append((model, uses))
        raise AppError("adapter.shape", "blk.0.attn_q.weight does not fit.")

    engine = LocalEngine(bench.paths, bench.bus, probe_model=bench.tiny, check_adapters=admit)
    try:
        with pytest.raises(AppError, match="attn_q"):
            engine.load(steady, replace(ONE_THREAD, adapters=at(adapter, 1.0)))
        key = engine.load(steady, ONE_THREAD).key
        with pytest.raises(AppError, match="attn_q"):
            engine.set_adapters(key, at(adapter, 1.0))
        with pytest.raises(AppError, match="attn_q"):
            engine.effect(key, at(adapter, 1.0))
        engine.set_adapters(key, ())
    finally:
        engine.close()
    assert asked == [(str(steady), at(adapter, 1.0))] * 3


def test_a_killed_worker_comes_back_with_its_adapters(bench: Bench, steady: Path, adapter: Path) -> None:
    key = bench.engine.load(steady, ONE_THREAD).key
    bench.engine.set_adapters(key, at(adapter, 1.0))
    adapted = bench.ask(key, ASKED)[0].text()

    def kill() -> int:
        _, generation = bench.begin(key, ASKED, LONG)
        os.kill(pid := bench.worker_pid(key), signal.SIGKILL)
        (end,) = generation.wait(PATIENCE_S)
        assert (end.reason, end.error_code) == (FinishReason.ERROR, "engine.killed")
        return pid

    kill()
    assert bench.ask(key, ASKED)[0].text() == adapted
    pid = kill()
    assert bench.engine.set_adapters(key, ()).options.adapters == ()  # noted for when it comes back
    assert bench.ask(key, ASKED)[0].text() != adapted
    assert bench.worker_pid(key) != pid


def test_how_far_adapters_move_a_model(bench: Bench, tmp_path: Path) -> None:
    adapter = random_adapter(tmp_path / "tone.gguf", gain=0.3)
    key = bench.engine.load(STARTER_MODEL, ONE_THREAD).key
    answer, _ = bench.ask(key, user("What is the capital of France?"), LONG)
    assert bench.engine.effect(key, ()) == 0.0
    effects = [bench.engine.effect(key, at(adapter, scale)) for scale in (0.25, 0.5, 1.0)]
    assert 0 < effects[0] < effects[1] < effects[2]
    again, _ = bench.ask(key, user("What is the capital of France?"), LONG)
    assert again.text() == answer.text()
    mixes = [(), *(at(adapter, scale / 8) for scale in range(1, 9))]
    found = bench.engine.divergence(key, user("What is the capital of France?"), answer.text(), mixes)
    assert found[0] == 0.0
    assert list(found) == sorted(found)
    assert len(set(found)) == len(mixes)
    with pytest.raises(AppError) as refused:
        bench.engine.divergence(key, user("Hi"), "long " * 2000, mixes)
    assert refused.value.code == "engine.context"


def test_the_card_and_the_engines_know_the_adapters(bench: Bench, tmp_path: Path) -> None:
    adapter = random_adapter(tmp_path / "tone.gguf")
    engines = Engines(bench.engine, SmallLibrary(STARTER_MODEL))
    model = engines.find("starter")
    loaded = engines.load(model.address, replace(ONE_THREAD, adapters=at(adapter, 0.5)))
    card = engines.card(model, loaded, GREEDY, 1, "")
    assert card.adapters == card.options.adapters == at(adapter, 0.5)
    room = ModelRoom(engines)
    options = replace(ONE_THREAD, adapters=at(adapter, 1.0))
    with room.using(model.address, options, threading.Event(), alone=True) as mine:
        assert room.retune(mine.key, at(adapter, 0.2)).options.adapters == at(adapter, 0.2)
        assert engines.loaded()[0].options.adapters == at(adapter, 0.2)
    with room.using(model.address, ONE_THREAD, threading.Event()) as base:
        assert (base.key, base.options) == (mine.key, ONE_THREAD)


def test_engines_elsewhere_take_no_adapters() -> None:
    class Plain:
        """Has nothing to set adapters with."""

    others: dict[str, Any] = {"ollama": Plain()}
    engines = Engines(ScriptedEngine(), SmallLibrary(STARTER_MODEL), others=others)
    uses = at(Path("a.gguf"), 1.0)
    for ask in (
        lambda: engines.load("ollama@here/llama3", LoadOptions(adapters=uses)),
        lambda: engines.set_adapters("ollama@here/llama3", uses),
        lambda: engines.effect("ollama@here/llama3#2", uses),
    ):
        with pytest.raises(AppError) as refused:
            ask()
        assert refused.value.code == "engine.adapters"
        assert "llama3" in refused.value.title
