"""Predicted speed: from measured rates, within its range, corrected; and the measuring itself."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.capacity.calibration import Calibration, family_plans
from backend.capacity.calibration_model import ModelPlan
from backend.capacity.estimate import estimate
from backend.capacity.speed import corrected, predict, predict_prompt
from backend.capacity.types import (
    AttentionRate,
    FamilyRate,
    Machine,
    Pool,
    PoolKind,
    Rate,
    Rates,
    RunConfig,
    Verdict,
)
from backend.capacity.verdict import judge
from backend.engines.types import EngineFlags, EngineReport
from backend.errors import AppError, Cancelled
from backend.events import Event, EventBus, MachineChanged
from backend.gguf.header import Header
from backend.gguf.parser import HeaderParser
from backend.gguf.types import GGMLType
from backend.workers.supervisor import Supervisor
from tests.support.model_shapes import MODELS
from tests.support.tiny_gguf import data_size, encode_header

GB = 1e9
RUN = RunConfig()
CPU_RATES = Rates(
    (
        FamilyRate("CPU", "Q4_K", 10 * GB, 250 * GB),
        FamilyRate("CPU", "Q6_K", 14 * GB, 280 * GB),
        FamilyRate("CPU", "F16", 18 * GB, 400 * GB),
    ),
    (
        AttentionRate("CPU", "f16", 24 * GB, 80 * GB, 3e-5),
        AttentionRate("CPU", "q8_0", 16 * GB, 20 * GB, 3e-5),
    ),
    1.0,
)
REPORT = EngineReport("1.0", "llama.cpp", "AVX2", "Good Processor", EngineFlags(use_extra_bufts=False))
"""Flags with which the engine works on every machine that tests run on."""


def header(name: str) -> Header:
    metadata, tensors = MODELS[name]()
    data = encode_header(metadata, tensors)
    parser = HeaderParser(name, file_size=len(data) + data_size(tensors))
    parser.feed(data)
    return parser.header()


def machine(rates: Rates | None = None, *gpus: Pool) -> Machine:
    ram = Pool(PoolKind.RAM, "RAM", 64 * 2**30, 60 * 2**30, "psutil")
    return Machine((ram, *gpus), "Processor", 2, 35 * GB, rates)


def speed(name: str, here: Machine, run: RunConfig = RUN, depth: int = 512) -> Rate:
    model = header(name)
    ledger = estimate(model, run, file_size=0)
    rate = predict(model, ledger, here, run, Verdict.FITS, depth=depth)
    assert rate is not None
    return rate


def test_measured_rates_make_the_prediction_and_narrow_its_range() -> None:
    llama = header("Llama-3.1-8B")
    fit = judge(estimate(llama, RUN, file_size=0), machine(CPU_RATES), RUN, llama)
    assert fit.generation and fit.prompt and fit.tokens_per_second == fit.generation.likely
    # 4.5 GB of weights at about 10 GB/s, and 8 billion weights at about 250 billion per second.
    assert fit.generation.likely == pytest.approx(2.2, rel=0.15)
    assert fit.prompt.likely == pytest.approx(32, rel=0.15)
    for rate in (fit.generation, fit.prompt):
        assert rate.calibrated
        assert (rate.low, rate.high) == pytest.approx((rate.likely * 0.85, rate.likely * 1.15))
    rough = judge(estimate(llama, RUN, file_size=0), machine(), RUN, llama)
    assert rough.generation and not rough.generation.calibrated
    assert rough.generation.high - rough.generation.low > fit.generation.high - fit.generation.low
    assert rough.prompt and rough.prompt.low < rough.prompt.likely < rough.prompt.high


def test_what_lies_in_the_context_costs_time_but_a_window_limits_it() -> None:
    here = machine(CPU_RATES)
    start, deep = speed("Llama-3.1-8B", here, depth=1), speed("Llama-3.1-8B", here, depth=8000)
    assert deep.likely < 0.95 * start.likely
    quantized = speed("Llama-3.1-8B", here, replace(RUN, kv_type="q8_0"), depth=8000)
    assert quantized.likely < deep.likely
    gemma = [speed("Gemma-3-4B", here, depth=depth).likely for depth in (1, 1024, 8000)]
    assert gemma[0] - gemma[1] > (gemma[1] - gemma[2]) / 3  # most layers look back on their window only
    llama = header("Llama-3.1-8B")
    ledger = estimate(llama, RUN, file_size=0)
    prompts = [predict_prompt(llama, ledger, here, RUN, Verdict.FITS, depth=depth) for depth in (0, 6000)]
    assert prompts[0] and prompts[1] and prompts[1].likely < prompts[0].likely


def test_a_gpu_that_nobody_measured_has_a_writing_speed_only() -> None:
    rtx = Pool(PoolKind.GPU, "NVIDIA GeForce RTX 3060", 12 * 2**30, 11 * 2**30, "engine")
    llama = header("Llama-3.1-8B")
    fit = judge(estimate(llama, RUN, file_size=0), machine(CPU_RATES, rtx), RUN, llama)
    assert fit.verdict is Verdict.FITS_GPU
    assert fit.generation and 30 < fit.generation.likely < 70 and not fit.generation.calibrated
    assert fit.prompt is None
    odd = replace(rtx, name="Something Else")
    assert judge(fit.ledger, machine(CPU_RATES, odd), RUN, llama).generation is None
    rows = (FamilyRate("GPU", "Q4_K", 300 * GB, 20_000 * GB),)
    rates = Rates(rows, (AttentionRate("GPU", "f16", 1e12, 1e13, 2e-5),), 1.0)
    measured = judge(fit.ledger, machine(rates, odd), RUN, llama)
    assert measured.generation and measured.generation.calibrated and measured.prompt


def test_what_every_token_costs_on_a_gpu_counts_more_for_small_models() -> None:
    odd = Pool(PoolKind.GPU, "Something Else", 24 * 2**30, 23 * 2**30, "engine")
    rows = (FamilyRate("GPU", "Q4_K", 300 * GB, 20_000 * GB),)
    slow = Rates(rows, (AttentionRate("GPU", "f16", 1e12, 1e13, 2e-5, token_s=2e-3),), 1.0)
    quick = Rates(rows, (AttentionRate("GPU", "f16", 1e12, 1e13, 2e-5),), 1.0)
    lost = []
    for name in ("Gemma-3-4B", "Llama-3.1-8B"):
        model = header(name)
        ledger = estimate(model, RUN, file_size=0)
        rates = [judge(ledger, machine(rate, odd), RUN, model).generation for rate in (slow, quick)]
        assert rates[0] and rates[1]
        assert 1 / rates[0].likely == pytest.approx(1 / rates[1].likely + 2e-3)
        lost.append(rates[0].likely / rates[1].likely)
    assert lost[0] < lost[1] < 1


def test_a_correction_moves_the_whole_range() -> None:
    assert corrected(Rate(10, 8, 12, True), 1.5) == Rate(15, 12, 18, True)


SMALL = ModelPlan(GGMLType.Q4_K, layers=2, width=256, feed_forward=512, heads=4, kv_heads=1)


class Engine:
    """An engine whose flags are known."""

    report = REPORT

    def probe(self) -> EngineReport:
        return self.report


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.close()


def calibration(supervisor: Supervisor, memory: Path, bus: EventBus, engine: Engine) -> Calibration:
    return Calibration(
        engine,
        supervisor,
        bus,
        memory,
        threads=1,
        plans=lambda gpu: (SMALL,),
        context=replace(SMALL, kind=GGMLType.Q8_0),
        patience_s=0,
    )


def test_the_speed_is_measured_once_and_remembered(supervisor: Supervisor, tmp_path: Path) -> None:
    memory, bus, heard = tmp_path / "cache" / "speed.json", EventBus(), list[Event]()
    bus.subscribe(heard.append)
    engine, steps = Engine(), list[str]()
    fresh = calibration(supervisor, memory, bus, engine)
    assert fresh.needed
    rates = fresh.measure(on_progress=lambda part, name: steps.append(f"{part:.2f} {name}"))
    assert steps == [
        "0.00 CPU Q4_K",
        "0.25 CPU 8 layers",
        "0.50 CPU context f16",
        "0.75 CPU context q8_0",
        "1.00 ",
    ]
    (row,) = rates.rows
    assert (row.device, row.family) == ("CPU", "Q4_K")
    assert 1e7 < row.generation < 1e12 and row.prompt > 0
    assert [look.kv_type for look in rates.attention] == ["f16", "q8_0"]
    assert heard == [MachineChanged()] and fresh.rates() == rates and not fresh.needed
    assert [path.name for path in memory.parent.iterdir()] == ["speed.json"]  # the models are gone

    assert calibration(supervisor, memory, bus, engine).rates() == rates
    other = Engine()
    other.report = replace(REPORT, version="1.1")
    assert calibration(supervisor, memory, bus, other).needed
    for damage in (b"{", b"[]", memory.read_bytes().replace(b'"rows"', b'"cows"')):
        memory.write_bytes(damage)
        assert calibration(supervisor, memory, bus, engine).needed


def test_a_rate_that_cannot_be_is_not_believed(supervisor: Supervisor, tmp_path: Path) -> None:
    memory = tmp_path / "speed.json"
    calibration(supervisor, memory, EventBus(), Engine())._remember(CPU_RATES, REPORT)
    assert calibration(supervisor, memory, EventBus(), Engine()).rates() == CPU_RATES
    data = json.loads(memory.read_text())
    data["rows"][0]["generation"] = -1.0
    memory.write_text(json.dumps(data))
    assert calibration(supervisor, memory, EventBus(), Engine()).needed


def test_stopping_leaves_nothing_behind(supervisor: Supervisor, tmp_path: Path) -> None:
    fresh = calibration(supervisor, tmp_path / "cache" / "speed.json", EventBus(), Engine())
    stop = threading.Event()
    with pytest.raises(Cancelled):
        fresh.measure(stop, lambda _part, _name: stop.set())
    assert list((tmp_path / "cache").iterdir()) == [] and fresh.needed
    for name in (".speed-killed", ".speed-running"):
        (tmp_path / "cache" / name).mkdir()
        (tmp_path / "cache" / name / "generated.gguf").touch()
    os.utime(tmp_path / "cache" / ".speed-killed", (0, 0))
    assert calibration(supervisor, tmp_path / "cache" / "speed.json", EventBus(), Engine()).needed
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [".speed-running"]


def test_a_full_disk_is_said_before_anything_is_written(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = calibration(supervisor, tmp_path / "speed.json", EventBus(), Engine())
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 10**6})())
    with pytest.raises(AppError) as caught:
        fresh.measure()
    assert caught.value.code == "calibrate.no_space"


def test_generated_models_are_larger_than_caches_but_not_large() -> None:
    for gpu, size in ((False, 100e6), (True, 600e6)):
        for plan in family_plans(gpu):
            assert plan.weight_bytes == pytest.approx(size, rel=0.3), plan.kind.name
