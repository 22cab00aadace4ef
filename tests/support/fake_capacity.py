"""The machine, its measured speed, the fit ledger and the plans, without a machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.capacity.types import (
    Correction,
    Disk,
    FamilyRate,
    Fit,
    FitRun,
    LoadAdvice,
    Machine,
    Option,
    Pool,
    PoolKind,
    Pretend,
    Rate,
    Rates,
    RunConfig,
    Verdict,
)
from backend.engines.types import LoadOptions
from backend.errors import Cancelled
from backend.events import EventBus, FitLedgerChanged, MachineChanged
from tests.support import fake_data as data

GB = 1_000_000_000


class FakeMachines:
    """A fixed machine, or the one that is pretended."""

    def __init__(self, bus: EventBus, machine: Machine) -> None:
        self._bus = bus
        self.machine = machine
        self.pretended: Pretend | None = None

    def real(self) -> Machine:
        return self.machine

    def read(self) -> Machine:
        wish = self.pretended
        if wish is None:
            return self.machine
        ram = self.machine.ram
        if wish.ram is not None:
            ram = replace(ram, total=wish.ram, free=int(wish.ram * 0.85))
        gpus = self.machine.gpus
        if wish.gpu:
            memory = wish.gpu_memory or 24 * GB
            gpus = (Pool(PoolKind.GPU, wish.gpu, memory, int(memory * 0.95), "what if"),)
        return replace(self.machine, pools=(ram, *gpus))

    def pretend(self, wish: Pretend | None) -> None:
        self.pretended = wish
        self._bus.publish(MachineChanged())

    def disk(self, path: object) -> Disk:
        return data.DISK


def rates() -> Rates:
    """What a processor of this kind reaches."""
    rows = (("F16", 17.9, 96.0), ("Q8_0", 13.3, 132.0), ("Q4_K", 10.1, 118.0), ("Q4_0", 8.4, 171.0))
    made = tuple(FamilyRate("CPU", family, rate * 1e9, prompt * 8e9) for family, rate, prompt in rows)
    return Rates(made, (), data.NOW - 2 * data.DAY)


class FakeCalibration:
    """Measures in steps that the test lets go; `steps` is how many there are."""

    def __init__(self, bus: EventBus, known: Rates | None) -> None:
        self._bus = bus
        self._rates = known
        self.go_on = threading.Event()
        self.go_on.set()
        self.started = threading.Event()

    @property
    def needed(self) -> bool:
        return self._rates is None

    def rates(self) -> Rates | None:
        return self._rates

    def measure(self, stop: threading.Event, on_progress: Callable[[float, str], object]) -> Rates:
        for step, family in enumerate(("F16", "Q8_0", "Q4_K", "Q4_0")):
            on_progress(step / 4, f"CPU {family}")
            self.started.set()
            while not self.go_on.wait(0.01):
                if stop.is_set():
                    break
            if stop.is_set():
                raise Cancelled
        self._rates = replace(rates(), at=time.time())
        self._bus.publish(MachineChanged())
        return self._rates


_LOADS = (
    # age in hours, model, quant, backend, context, predicted GB, measured GB, tok/s both, cause
    (0.1, "Qwen3-8B-Instruct", "Q4_K_M", "CUDA", 8192, 6.31, 6.28, 53.0, 53.8, ""),
    (2.0, "Gemma-3-4B-it", "Q4_K_M", "CUDA", 8192, 3.52, 3.55, 89.0, 91.2, ""),
    (5.0, "Mistral-Small-3.2-24B", "Q4_K_M", "CPU+CUDA", 16384, 16.1, None, 7.0, None, "engine.memory"),
    (26.0, "Llama-3.2-3B-Instruct", "Q8_0", "CPU", 4096, 3.91, 3.93, 12.4, 12.1, ""),
    (29.0, "SmolLM3-3B", "Q4_K_M", "CPU", 8192, 2.61, 2.58, 16.8, 17.4, ""),
    (75.0, "Qwen2.5-Coder-7B-Instruct", "Q5_K_M", "CUDA", 8192, 6.02, 6.04, 48.2, 49.1, ""),
    (98.0, "Qwen2.5-Coder-7B-Instruct", "Q5_K_M", "CPU+CUDA", 32768, 7.92, 8.09, 21.5, 19.8, ""),
    (121.0, "SmolLM3-3B", "Q4_K_M", "CPU", 16384, 3.21, 3.18, 15.9, 16.2, ""),
    (122.0, "phi-4", "Q3_K_M", "CPU", 8192, 8.93, None, 4.2, None, "engine.crashed"),
    (508.0, "Orangery Starter", "Q8_0", "CPU", 512, 0.021, 0.021, 870.0, 910.0, ""),
)


def fit_runs() -> tuple[FitRun, ...]:
    """Real loads of the last weeks, newest first."""

    def parts(total: float) -> tuple[int, int, int, int]:
        whole = int(total * GB)
        kv, compute, other = whole // 7, whole // 25, whole // 60
        return whole - kv - compute - other, kv, compute, other

    found = []
    for number, (age, name, quant, backend, n_ctx, need, real, slow, fast, cause) in enumerate(_LOADS):
        measured = parts(real)[:3] if real is not None else None
        found.append(
            FitRun(
                len(_LOADS) - number,
                data.NOW - age * 3600,
                f"hf:{name}",
                name,
                quant,
                backend,
                RunConfig(n_ctx=n_ctx, kv_type="q8_0" if n_ctx > 16384 else "f16"),
                parts(need * 1.01),
                parts(need),
                measured,
                int(real * GB) if real is not None and backend == "CPU" else None,
                slow,
                fast,
                slow * 11,
                fast * 11.4 if fast is not None else None,
                cause,
            )
        )
    return tuple(found)


class FakeFitLedger:
    def __init__(self, bus: EventBus, runs: tuple[FitRun, ...]) -> None:
        self._bus, self._runs = bus, runs

    def runs(self) -> tuple[FitRun, ...]:
        return self._runs

    def corrections(self) -> tuple[Correction, ...]:
        if not self._runs:
            return ()
        return (
            Correction("CPU", 4, 1.004, 0.008, 0.021, 1.02, 0.97),
            Correction("CUDA", 3, 0.998, 0.005, 0.009, 1.015, 1.04),
            Correction("CPU+CUDA", 1, 1.021, 0.021, 0.021, 0.92, None),
        )

    def clear(self) -> None:
        self._runs = ()
        self._bus.publish(FitLedgerChanged())

    def add(self, run: FitRun) -> None:
        """A load was just measured."""
        self._runs = (run, *self._runs)
        self._bus.publish(FitLedgerChanged())


def rate(speed: float, calibrated: bool) -> Rate:
    """A likely speed with the range it lies in."""
    spread = 0.12 if calibrated else 0.25
    return Rate(speed, speed * (1 - spread), speed * (1 + spread), calibrated)


def good(fit: Fit) -> bool:
    return fit.verdict in (Verdict.FITS_GPU, Verdict.FITS)


def options_for(
    sizes: tuple[tuple[str, int], ...], fit: Callable[[int, RunConfig], Fit], run: RunConfig
) -> tuple[Option, ...]:
    """The ways to run files of these sizes that fit, the largest file first."""
    found: list[Option] = []
    ways = (
        (run, "Everything you asked for fits, with room to spare."),
        (replace(run, kv_type="q8_0"), "The cache takes half the memory; the loss is hard to see."),
        (replace(run, n_ctx=4096, kv_type="q8_0"), "A shorter context and half the cache make it fit."),
    )
    for label, size in sorted(sizes, key=lambda each: -each[1]):
        for each, why in ways:
            judged = fit(size, each)
            if good(judged):
                found.append(Option(label, each, judged, why))
                break
    if not found and sizes:
        label, size = min(sizes, key=lambda each: each[1])
        nearest = ways[-1][0]
        found.append(Option(label, nearest, fit(size, nearest), "Nothing fits; this is the nearest."))
    return tuple(found)


def advice_for(
    path: Path, size: int, options: LoadOptions, fit: Callable[[int, RunConfig], Fit]
) -> LoadAdvice:
    """What happens if a file of `size` bytes is loaded like this."""
    run = RunConfig(n_ctx=options.n_ctx or 8192, kv_type=options.kv_type)
    asked = fit(size, run)
    if asked.verdict is not Verdict.TOO_BIG:
        return LoadAdvice(asked, "", ())
    missing = max(asked.ledger.total - asked.free, 0) / GB
    warning = (
        f"It needs {asked.ledger.total / GB:.1f} GB, {missing:.1f} GB more than is free. "
        "The system would move memory to the disk, and answers would take minutes."
    )
    near = (
        (replace(run, kv_type="q8_0"), "Half the memory for the context, hardly any loss."),
        (replace(run, n_ctx=4096, kv_type="q8_0"), "A shorter memory of the conversation."),
        (replace(run, n_ctx=2048, kv_type="q4_0"), "The least that is of use."),
    )
    found = [
        Option("", each, judged, why)
        for each, why in near
        if (judged := fit(size, each)).verdict is not Verdict.TOO_BIG
    ]
    smaller = RunConfig(n_ctx=run.n_ctx, kv_type=run.kv_type)
    found.append(
        Option("Q3_K_M", smaller, fit(int(size * 0.6), smaller), "A smaller file of the same model.")
    )
    return LoadAdvice(asked, warning, tuple(found[:3]))
