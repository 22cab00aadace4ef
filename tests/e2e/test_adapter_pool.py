"""Answers of one batch with adapters of their own: exact, and one after the other where they must be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.paths import STARTER_MODEL
from tests.support.adapters import ATTENTION, EVERYTHING, EXPERTS, random_adapter
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, Bench, Listener, user
from tests.support.mixture import random_mixture
from tests.support.models import Shape, random_model

BRIEF = replace(GREEDY, max_tokens=10)
"""Not so long that rounding, which is another one in a larger batch, could change a word."""
PROJECT = Path(__file__).resolve().parents[2]


def mixture(path: Path) -> Path:
    return random_mixture(path, layers=2, experts_count=4, vocab=512)


def windows(path: Path) -> Path:
    return random_model(path, architecture="gemma3", shape=Shape(window=8, layers=7))


MODELS: dict[str, tuple[Callable[[Path], Path], tuple[str, ...], tuple[str, ...]]] = {
    "starter": (lambda _path: STARTER_MODEL, EVERYTHING, ("attn_q", "ffn_up")),
    "windows": (windows, EVERYTHING, ("attn_v",)),
    "experts": (mixture, (*EXPERTS, *ATTENTION), ("attn_q", "ffn_up_exps")),
}


@pytest.mark.parametrize("case", list(MODELS))
def test_every_row_is_computed_as_if_all_rows_had_its_adapters(case: str, tmp_path: Path) -> None:
    make, first, second = MODELS[case]
    base = make(tmp_path / "base.gguf")
    adapters = [
        random_adapter(tmp_path / f"{seed}.gguf", base, modules=modules, seed=seed, gain=0.3)
        for seed, modules in enumerate((first, second))
    ]
    command = [sys.executable, "-m", "tests.support.bare_blends", str(base), *map(str, adapters)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=True)
    told = json.loads(done.stdout)
    assert told["together"]
    assert told["differences"] == [0.0] * 5
    assert told["effects"][0] == 0.0 and min(told["effects"][1:]) > 0.01


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("pool"))
    bench.paths.data.mkdir()
    yield bench
    bench.engine.close()


def pooled(bench: Bench, name: str, base: Path, modules: tuple[str, ...]) -> tuple[AdapterUse, ...]:
    """Two adapters for `base`."""
    files = [
        random_adapter(bench.paths.data / f"{name}-{seed}.gguf", base, modules=modules, seed=seed)
        for seed in (3, 4)
    ]
    return tuple(AdapterUse(str(path), 1.0) for path in files)


@pytest.mark.parametrize("kind", ["together", "one after the other"])
def test_answers_of_one_context_say_what_each_says_in_its_own(bench: Bench, kind: str) -> None:
    if kind == "together":
        base, modules = STARTER_MODEL, EVERYTHING
    else:  # the state of a recurrent model goes through the rows of a batch
        base, modules = random_model(bench.paths.data / "mamba.gguf", architecture="mamba"), ("ssm_out",)
    one, two = pooled(bench, base.stem, base, modules)
    blends = ((), (one,), (two,), (replace(one, scale=0.4), replace(two, scale=0.8)))
    options = replace(ONE_THREAD, n_ctx=512, n_batch=32)
    asked = user("How are you today? " * 12)  # read in several batches
    own = []
    for blend in blends:
        key = bench.engine.load(base, replace(options, adapters=blend)).key
        own.append(bench.ask(key, asked, BRIEF)[0].text())
    assert len(set(own)) >= 3
    pool = (one.path, two.path)
    key = bench.engine.load(base, replace(options, parallel=3, adapter_pool=pool)).key
    heard = [Listener() for _ in blends]
    running = [
        bench.engine.generate(key, asked, BRIEF, listener, adapters=blend)
        for listener, blend in zip(heard, blends, strict=True)  # more than there are sequences for
    ]
    ends = [generation.wait(PATIENCE_S)[0] for generation in running]
    assert [listener.text() for listener in heard] == own
    assert {end.timings.cached_tokens for end in ends} == {0}, "nobody takes over what another blend has read"
    again = bench.engine.generate(key, asked, BRIEF, Listener(), adapters=blends[-1]).wait(PATIENCE_S)[0]
    assert bool(again.timings.cached_tokens) == (kind == "together"), "its own it does"
    other = (replace(one, path=str(bench.paths.data / "other.gguf")),)
    with pytest.raises(ValueError, match="other"):
        bench.engine.generate(key, asked, GREEDY, Listener(), adapters=other)
    bench.engine.unload(key)


def test_a_pool_with_an_adapter_that_does_nothing_is_refused(bench: Bench) -> None:
    idle = random_adapter(bench.paths.data / "idle.gguf", zero_b=True)
    with pytest.raises(AppError) as refused:
        bench.load(STARTER_MODEL, replace(ONE_THREAD, adapter_pool=(str(idle),)))
    assert refused.value.code == "adapter.no_effect" and "idle" in refused.value.title


def test_the_first_token_after_a_load_is_computed_with_as_many_experts_as_later_ones(bench: Bench) -> None:
    key = bench.load(mixture(bench.paths.data / "mixture.gguf"), replace(ONE_THREAD, n_ctx=64))
    sampling = replace(GREEDY, max_tokens=1, logprobs=1)
    told = []
    for prompt in ("a", "for a longer prompt the engine makes another graph", "a"):
        listener = Listener()
        bench.engine.complete(key, prompt, sampling, listener).wait(PATIENCE_S)
        told.append([choice for delta in listener.deltas for choice in delta.choices])
    assert told[0] == told[2] and told[0]
