"""Verdicts with their margins, predicted speed, and the sentence about the machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.capacity.bandwidth import gpu_bandwidth
from backend.capacity.estimate import estimate
from backend.capacity.sentence import machine_sentence, ruler, typical_bytes
from backend.capacity.shape import shape_of
from backend.capacity.speed import active_bytes
from backend.capacity.types import Fit, Ledger, Machine, Pool, PoolKind, RunConfig, Verdict
from backend.capacity.verdict import judge, room_for, spread
from backend.gguf.header import Header
from backend.gguf.parser import HeaderParser
from backend.gguf.reader import read_header
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import data_size, encode_header

GIB = 2**30


def machine(ram: float, free: float, *gpus: Pool, ours: float = 0, threads: int = 8) -> Machine:
    pool = Pool(PoolKind.RAM, "RAM", round(ram * GIB), round(free * GIB), "psutil", round(ours * GIB))
    return Machine((pool, *gpus), "Test", threads, 40e9)


def gpu(total: float, free: float, name: str = "NVIDIA GeForce RTX 3060") -> Pool:
    return Pool(PoolKind.GPU, name, round(total * GIB), round(free * GIB), "engine")


def unified(total: float, free: float) -> Pool:
    return Pool(PoolKind.UNIFIED, "Apple M2", round(total * GIB), round(free * GIB), "engine")


def header(name: str) -> Header:
    metadata, tensors = MODELS[name]()
    data = encode_header(metadata, tensors)
    parser = HeaderParser(name, file_size=len(data) + data_size(tensors))
    parser.feed(data)
    return parser.header()


def verdict(total: float, here: Machine, on_gpu: float | None = None) -> Verdict:
    need = round(total * GIB)
    return room_for(need, need if on_gpu is None else round(on_gpu * GIB), here).verdict


@pytest.mark.parametrize(
    ("need", "expected"),
    [(5.9, Verdict.FITS), (6.1, Verdict.TIGHT), (7.9, Verdict.TIGHT), (8.1, Verdict.TOO_BIG)],
)
def test_ram_keeps_two_gib(need: float, expected: Verdict) -> None:
    assert verdict(need, machine(16, 8)) is expected


def test_large_ram_keeps_a_tenth() -> None:
    assert verdict(99, machine(128, 112)) is Verdict.FITS
    assert verdict(100, machine(128, 112)) is Verdict.TIGHT


def test_our_own_memory_counts_as_free() -> None:
    assert verdict(5, machine(16, 2, ours=6)) is Verdict.FITS
    assert verdict(5, machine(16, 2)) is Verdict.TOO_BIG


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (9.7, Verdict.FITS_GPU),
        (9.9, Verdict.FITS),  # less than a tenth of the GPU would stay free, but main memory has room
        (11.5, Verdict.TIGHT),
        (17, Verdict.TIGHT),  # part of it on the GPU
        (23, Verdict.TOO_BIG),
    ],
)
def test_a_gpu_keeps_a_gib_or_a_tenth(need: float, expected: Verdict) -> None:
    assert verdict(need, machine(16, 12.2, gpu(12, 11))) is expected


def test_two_gpus_are_used_together() -> None:
    assert verdict(17, machine(16, 12, gpu(12, 11), gpu(12, 11))) is Verdict.FITS_GPU


def test_shared_memory_is_counted_once() -> None:
    here = machine(16, 12, unified(11, 11))
    assert verdict(9, here) is Verdict.FITS_GPU
    assert verdict(11.5, here) is Verdict.TIGHT
    assert verdict(13, here) is Verdict.TOO_BIG


def test_the_input_embedding_may_stay_in_main_memory() -> None:
    assert verdict(10.5, machine(16, 8, gpu(12, 11)), on_gpu=9.5) is Verdict.FITS_GPU


@given(st.integers(0, 2**38), st.integers(0, 2**36), st.integers(0, 2**36))
def test_less_need_is_never_worse(need: int, free: int, video: int) -> None:
    order = [Verdict.FITS_GPU, Verdict.FITS, Verdict.TIGHT, Verdict.TOO_BIG]
    here = Machine(
        (
            Pool(PoolKind.RAM, "RAM", 2**36, free, "x"),
            Pool(PoolKind.GPU, "GPU", 2**36, video, "x"),
        ),
        "Test",
        4,
    )
    half = (need + 1) // 2  # nothing at all would not be on a GPU
    more, less = room_for(need, need, here), room_for(half, half, here)
    assert order.index(less.verdict) <= order.index(more.verdict)


def test_judge_says_what_decided() -> None:
    llama = header("Llama-3.1-8B")
    run = RunConfig()
    ledger = estimate(llama, run, file_size=0)
    fit = judge(ledger, machine(16, 12), run, llama)
    assert fit.verdict is Verdict.FITS
    assert (fit.free, fit.margin) == (12 * GIB, 2 * GIB)
    assert (fit.run, fit.ledger, fit.approximate) == (run, ledger, False)
    on_gpu = judge(ledger, machine(16, 12, gpu(12, 11)), run, llama)
    assert on_gpu.verdict is Verdict.FITS_GPU
    assert on_gpu.tokens_per_second and fit.tokens_per_second
    assert on_gpu.tokens_per_second > 2 * fit.tokens_per_second
    asked_for_cpu = replace(run, gpu_layers=0)
    ledger = estimate(llama, asked_for_cpu, file_size=0)
    assert judge(ledger, machine(16, 12, gpu(12, 11)), asked_for_cpu, llama).verdict is Verdict.FITS


def test_unknown_architectures_get_no_verdict_unless_hopeless() -> None:
    llama = header("Llama-3.1-8B")
    ledger = Ledger(4 * GIB, GIB, GIB, 0, known=False)
    fit = judge(ledger, machine(16, 12), RunConfig(), llama)
    assert (fit.verdict, fit.tokens_per_second) == (Verdict.UNKNOWN, None)
    assert judge(ledger, machine(4, 3), RunConfig(), llama).verdict is Verdict.TOO_BIG


def test_a_mixture_of_experts_is_faster_than_its_size() -> None:
    run, here = RunConfig(), machine(64, 60)
    speeds = {}
    for name in ("Qwen3-30B-A3B", "Mixtral-8x7B", "Llama-3.1-8B"):
        model = header(name)
        speeds[name] = judge(estimate(model, run, file_size=0), here, run, model).tokens_per_second or 0
    assert speeds["Qwen3-30B-A3B"] > speeds["Llama-3.1-8B"] > speeds["Mixtral-8x7B"] > 0


def test_active_weights_of_an_early_header_are_near_those_of_the_whole() -> None:
    for name in MODELS:
        whole = header(name)
        weights = sum(tensor.nbytes for tensor in whole.tensors)
        early = replace(whole, tensors=(), complete=False)
        shape = shape_of(whole)
        exact = active_bytes((whole,), shape, weights)
        assert active_bytes((early,), shape, weights) == pytest.approx(exact, rel=0.35), name


def test_known_gpus() -> None:
    assert gpu_bandwidth("NVIDIA GeForce RTX 3060") == 360e9
    assert gpu_bandwidth("NVIDIA GeForce RTX 4070 Ti SUPER") == 672e9
    assert gpu_bandwidth("AMD Radeon RX 7900 XTX (RADV NAVI31)") == 960e9
    assert gpu_bandwidth("Apple M2 Max") == 400e9
    assert gpu_bandwidth("Apple M2") == 100e9
    assert gpu_bandwidth("Something else") is None


def test_the_sentence_names_what_the_machine_runs() -> None:
    cases = {
        machine(
            16, 13, gpu(12, 11.6)
        ): "16 GB RAM, RTX 3060 12 GB: models up to about 14B at Q4 run fully on the GPU",
        machine(23.5, 14): "24 GB RAM, no GPU found: models up to about 14B at Q4 run in memory",
        machine(8, 5): "8 GB RAM, no GPU found: models up to about 3B at Q4 run in memory",
        machine(2, 1): "2 GB RAM, no GPU found: only very small models run right now",
        machine(
            16, 12, unified(11, 11)
        ): "16 GB RAM, shared with Apple M2: models up to about 14B at Q4 run fully on the GPU",
        machine(64, 60, gpu(24, 23), gpu(24, 23)): (
            "64 GB RAM, 2 × RTX 3060 24 GB: models up to about 50B at Q4 run fully on the GPU"
        ),
        machine(16, 12, gpu(1, 0.5)): "16 GB RAM, RTX 3060 1 GB: models up to about 14B at Q4 run in memory",
    }
    for here, sentence in cases.items():
        assert machine_sentence(here) == sentence


def test_the_ruler_agrees_with_the_verdicts() -> None:
    here = machine(16, 13, gpu(12, 11.6))
    limits = ruler(here)
    assert limits.gpu is not None
    assert limits.gpu < limits.tight
    for parameters, expected in ((limits.gpu, Verdict.FITS_GPU), (limits.tight, Verdict.TIGHT)):
        need = typical_bytes(parameters)
        assert room_for(need, need, here).verdict is expected
    need = typical_bytes(limits.tight + 20_000_000)
    assert room_for(need, need, here).verdict is Verdict.TOO_BIG
    assert ruler(machine(16, 13)).gpu is None


def test_typical_sizes_are_near_real_models() -> None:
    llama = header("Llama-3.1-8B")
    exact = estimate(llama, RunConfig(), file_size=0)
    weights = (llama.n_params or 0) * 4.89 / 8
    assert typical_bytes(llama.n_params or 0) == pytest.approx(
        weights + exact.total - exact.weights, rel=0.05
    )


def test_each_of_several_gpus_needs_room_for_its_own_layers(tmp_path: Path) -> None:
    """Two GPUs of which one is nearly full: the layers follow what is free."""
    header = read_header(ghost_of("Llama-3.1-8B", tmp_path))
    size = 5 * GIB

    def fit(*free: float) -> Fit:
        ram = Pool(PoolKind.RAM, "RAM", 8 * GIB, 7 * GIB, "test")
        gpus = [
            Pool(PoolKind.GPU, f"GPU {n}", 8 * GIB, round(each * GIB), "test") for n, each in enumerate(free)
        ]
        machine = Machine((ram, *gpus), "a processor", 8, 40e9)
        run = spread(RunConfig(), machine)
        return judge(estimate(header, run, file_size=size), machine, run, header)

    assert fit(8, 8).verdict is Verdict.FITS_GPU
    _, first, second = fit(8, 4).ledger.devices
    assert first.weights > second.weights > 0
    assert fit(8, 4).verdict is Verdict.FITS_GPU
    assert fit(4, 1).verdict is not Verdict.FITS_GPU
