"""The plan: what it offers fits, more memory never makes it worse, and nothing is ever refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.capacity.plan import (
    CONTEXT_STEP,
    GOOD,
    fit_of,
    largest_context,
    largest_quant,
    load_options,
    plan,
)
from backend.capacity.types import Candidate, Machine, Pool, PoolKind, RunConfig, Verdict, Wishes
from backend.gguf.reader import read_header
from tests.support.model_shapes import MODELS, ghost_of

GIB = 2**30


def machine(ram: float, gpu: float = 0.0) -> Machine:
    pools = [Pool(PoolKind.RAM, "RAM", round(ram * GIB), round(ram * GIB), "test")]
    if gpu:
        pools.append(Pool(PoolKind.GPU, "RTX 4090", round(gpu * GIB), round(gpu * GIB), "test"))
    return Machine(tuple(pools), "a processor", 8, 40e9)


@cache
def candidate(name: str) -> Candidate:
    with TemporaryDirectory() as folder:
        path = ghost_of(name, Path(folder))
        return Candidate("Q4_K_M", (read_header(path),), path.stat().st_size)


def smaller(name: str, share: float, label: str) -> Candidate:
    """The same model as a smaller file; its tensor table stays, so only the start counts as read."""
    from dataclasses import replace

    whole = candidate(name)
    start = replace(whole.headers[0], tensors=(), complete=False)
    return Candidate(label, (start,), round(whole.size * share))


memories = st.floats(2, 96)
gpus = st.one_of(st.just(0.0), st.floats(4, 80))
names = st.sampled_from(sorted(MODELS))


@settings(max_examples=30, deadline=None)
@given(names, memories, gpus, st.sampled_from([2048, 8192, 32768, None]))
def test_options_that_fit_do(name: str, ram: float, gpu: float, n_ctx: int | None) -> None:
    here = machine(ram, gpu)
    options = plan([candidate(name)], here, Wishes(n_ctx=n_ctx))
    assert options
    for option in options:
        assert option.fit.verdict is fit_of(candidate(name), here, option.run).verdict
        assert option.why
    assert options[0].fit.verdict in GOOD or not any(option.fit.verdict in GOOD for option in options)


@settings(max_examples=20, deadline=None)
@given(names, memories, gpus, st.floats(0, 30), st.floats(0, 30))
def test_more_memory_is_never_worse(name: str, ram: float, gpu: float, more: float, more_gpu: float) -> None:
    order = [Verdict.FITS_GPU, Verdict.FITS, Verdict.TIGHT, Verdict.UNKNOWN, Verdict.TOO_BIG]
    before = plan([candidate(name)], machine(ram, gpu), Wishes())[0]
    after = plan([candidate(name)], machine(ram + more, gpu + more_gpu if gpu else 0.0), Wishes())[0]
    assert order.index(after.fit.verdict) <= order.index(before.fit.verdict)


@settings(max_examples=20, deadline=None)
@given(names, memories, gpus, st.sampled_from(["f16", "q8_0"]))
def test_the_largest_context_is_the_largest(name: str, ram: float, gpu: float, kind: str) -> None:
    here = machine(ram, gpu)
    run = RunConfig(kv_type="q8_0" if kind == "q8_0" else "f16")
    length = largest_context(candidate(name), here, run)
    trained = candidate(name).headers[0].n_ctx_train or 0
    assert length <= trained

    def verdict(tokens: int) -> Verdict:
        return fit_of(candidate(name), here, RunConfig(n_ctx=tokens, kv_type=run.kv_type)).verdict

    if length:
        assert verdict(length) in GOOD
    if length < trained:
        assert verdict(length + CONTEXT_STEP) not in GOOD


def test_all_that_was_wanted_comes_first_where_it_fits() -> None:
    best = plan([candidate("Llama-3.1-8B")], machine(64), Wishes(n_ctx=16384))[0]
    assert best.run.n_ctx == 16384
    assert best.run.kv_type == "f16"
    assert best.fit.verdict is Verdict.FITS


def test_a_smaller_cache_is_tried_before_less_context() -> None:
    # 8B at 32k: weights 4.5 GiB and 4 GiB of cache, of which the smaller type saves half.
    options = plan([candidate("Llama-3.1-8B")], machine(9.6), Wishes(n_ctx=32768))
    assert options[0].fit.verdict is Verdict.FITS
    assert (options[0].run.kv_type, options[0].run.n_ctx) == ("q8_0", 32768)
    shorter = next(option for option in options if option.run.n_ctx < 32768)
    assert f"Remembers {shorter.run.n_ctx:,} tokens" in shorter.why


def test_what_does_not_fit_at_all_is_still_offered() -> None:
    (only,) = plan([candidate("Llama-3.1-8B")], machine(2), Wishes())
    assert only.fit.verdict is Verdict.TOO_BIG


def test_of_several_files_the_best_that_fits_wins() -> None:
    files = [
        candidate("Llama-3.1-8B"),
        smaller("Llama-3.1-8B", 0.6, "Q2_K"),
        smaller("Llama-3.1-8B", 1.8, "Q8_0"),
    ]
    assert plan(files, machine(64), Wishes())[0].label == "Q8_0"
    assert plan(files, machine(9), Wishes())[0].label == "Q4_K_M"
    assert plan(files, machine(5.6), Wishes())[0].label == "Q2_K"
    found = largest_quant(files, machine(9), RunConfig())
    assert found is not None
    assert found.label == "Q4_K_M"
    assert largest_quant(files, machine(1), RunConfig()) is None


def test_layers_that_do_not_fit_on_the_gpu_run_on_the_processor() -> None:
    options = plan([candidate("Mixtral-8x7B")], machine(64, 16), Wishes())
    partly = [option for option in options if option.run.gpu_layers]
    assert partly
    assert 0 < (partly[0].run.gpu_layers or 0) < 32
    assert partly[0].fit.verdict is Verdict.FITS
    assert partly[0].fit.ledger.gpu < 15 * GIB


@pytest.mark.parametrize("parallel", [1, 4])
def test_options_become_load_options(parallel: int) -> None:
    run = RunConfig(n_ctx=8192 * parallel, kv_type="q8_0", parallel=parallel, n_batch=128, gpu_layers=3)
    options = load_options(run)
    assert (options.n_ctx, options.kv_type, options.parallel) == (8192, "q8_0", parallel)
    assert (options.n_batch, options.gpu_layers) == (128, 3)
