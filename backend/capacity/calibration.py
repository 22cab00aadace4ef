"""Measuring how fast this machine computes, on generated models, once and when the person asks for it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from backend.capacity.calibration_model import ModelPlan, write_model
from backend.capacity.machine import usable_cores
from backend.capacity.rates import MEASURED, lookback_products
from backend.capacity.types import AttentionRate, FamilyRate, Rates
from backend.engines.types import EngineReport, KvType
from backend.errors import AppError
from backend.events import EventBus, MachineChanged
from backend.files import write_atomically
from backend.gguf.types import GGMLType
from backend.i18n import tr
from backend.workers.codec import ProtocolError
from backend.workers.job import run_job
from backend.workers.messages_calibrate import Calibrate, Calibrated
from backend.workers.supervisor import Supervisor

log = logging.getLogger(__name__)

_FORMAT = 2
_MODEL_BYTES, _GPU_MODEL_BYTES = 100e6, 600e6
"""Larger than the caches, so that memory is measured as well."""
_RESERVE = 512 * 2**20
"""Bytes that stay free on the disk."""
_FOLDER = ".speed-"
"""Start of the name of the folder with the generated model; hidden ones are never searched for models."""
_STALE_S = 3600.0
_CONTEXT = ModelPlan(
    GGMLType.Q8_0, layers=6, width=1024, feed_forward=3072, heads=8, kv_heads=4, head_size=128, context=2048
)
"""Weights enough that what lies in the context does not stay in the processor's cache between two tokens."""
_LAYERS = ModelPlan(GGMLType.F16, layers=8, width=64, feed_forward=64, heads=8, kv_heads=2, context=2048)
"""Hardly any weights, so that what the layers themselves cost can be seen."""
_MANY_LAYERS = replace(_LAYERS, layers=40)
"""And what a token costs besides: on a GPU, starting and awaiting the work takes as long as ten layers."""
_NOTHING = 1e-9
"""Seconds that stand for none."""
_LEAST_SHARE = 0.2
"""Of the time of a generated model, what its weights take at least once layers and start are taken off."""
_DEPTH, _PROMPT = 1024, 512
"""Tokens before the second timing, and tokens that the worker reads at once: the last of those before the
second timing lie that much deeper than the first."""
_LOOKBACKS: tuple[KvType, ...] = ("f16", "q8_0")


class Engine(Protocol):
    """The part of the engine that is needed here."""

    def probe(self) -> EngineReport: ...


@dataclass(frozen=True, slots=True)
class _Step:
    """One measurement: of a storage type, of the layers, or of the context with a type of the cache."""

    gpu: bool
    plan: ModelPlan
    kv_type: KvType = "f16"
    depth: int = 0

    @property
    def device(self) -> str:
        return "GPU" if self.gpu else "CPU"

    @property
    def name(self) -> str:
        if self.depth:
            return f"{self.device} context {self.kv_type}"
        if self.bare:
            return f"{self.device} {self.plan.layers} layers"
        return f"{self.device} {self.plan.kind.name}"

    @property
    def bare(self) -> bool:
        """Whether it has hardly any weights."""
        return self.plan in (_LAYERS, _MANY_LAYERS)


@dataclass(frozen=True, slots=True)
class _Overhead:
    """Seconds per decode, and per layer in it, besides weights and attention."""

    token_s: float
    layer_s: float

    def of(self, layers: int) -> float:
        return self.token_s + layers * self.layer_s


def family_plans(gpu: bool) -> tuple[ModelPlan, ...]:
    """Models of about 100 MB with the widths of a small real one, of every storage type that is measured; for
    a GPU of 600 MB with the widths of an 8B, since narrow matrices do not occupy it."""
    size = _GPU_MODEL_BYTES if gpu else _MODEL_BYTES
    one = ModelPlan(GGMLType.F16, layers=1, width=2048, feed_forward=8192, heads=16, kv_heads=4, context=2048)
    if gpu:
        one = replace(one, width=4096, feed_forward=12288, heads=32, kv_heads=8)
    alone = (replace(one, kind=kind) for kind in MEASURED)
    return tuple(replace(plan, layers=max(1, round(size / plan.weight_bytes))) for plan in alone)


class Calibration:
    """Measures the speed of this machine and remembers it. Thread-safe; not for the GUI thread.

    Args:
        memory: File in which the result is remembered.
        drivers: Names the versions of the graphics drivers: with another one the result counts no more.
        threads: Threads of the processor; those that answers are computed with.
        plans: The models to generate, one per storage type; for a GPU or not.
        context: The model on which looking back on the context is timed.
        patience_s: So long, measurements that other programs disturbed are repeated.
    """

    def __init__(
        self,
        engine: Engine,
        supervisor: Supervisor,
        bus: EventBus,
        memory: Path,
        *,
        drivers: Callable[[], str] = lambda: "",
        threads: int | None = None,
        plans: Callable[[bool], tuple[ModelPlan, ...]] = family_plans,
        context: ModelPlan = _CONTEXT,
        patience_s: float = 20.0,
    ) -> None:
        self._engine = engine
        self._supervisor = supervisor
        self._bus = bus
        self._memory = memory
        self._drivers = drivers
        self._threads = threads or usable_cores()
        self._plans = plans
        self._context = context
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._measuring = threading.Lock()
        self._read = False
        self._rates: Rates | None = None

    @property
    def needed(self) -> bool:
        """Whether nothing was measured yet with this engine, processor and driver."""
        return self.rates() is None

    def rates(self) -> Rates | None:
        """What was measured; None where nothing was, or where it no longer counts.

        Reads the file once; what it says is only looked at where there is one.
        """
        with self._lock:
            if not self._read:
                self._read = True
                self._remove_stale()
                self._rates = self._recall()
            return self._rates

    def measure(
        self,
        stop: threading.Event | None = None,
        on_progress: Callable[[float, str], None] = lambda _fraction, _name: None,
    ) -> Rates:
        """Run the generated models, which takes some fifteen seconds, and remember the result.

        Args:
            on_progress: Called with the part that is done and the technical name of what is measured next.

        Raises:
            AppError: ``calibrate.running``, ``calibrate.no_space``, ``calibrate.not_saved``, or what the
                engine raises.
            Cancelled: `stop` was set; what was known before stays.
        """
        if not self._measuring.acquire(blocking=False):
            raise AppError("calibrate.running", tr("The speed is being measured already."))
        try:
            report = self._engine.probe()
            rates = self._measure(report, stop or threading.Event(), on_progress)
            self._remember(rates, report)
            with self._lock:
                self._rates, self._read = rates, True
        finally:
            self._measuring.release()
        self._bus.publish(MachineChanged())
        return rates

    def _measure(
        self, report: EngineReport, stop: threading.Event, on_progress: Callable[[float, str], None]
    ) -> Rates:
        gpu = report.flags.gpu and any(device.kind in ("gpu", "igpu") for device in report.devices)
        steps = tuple(self._steps(gpu))
        results: dict[_Step, Calibrated] = {}
        patience = time.monotonic() + self._patience_s
        failure: AppError | None = None
        self._remove_stale()
        self._check_space(max(step.plan.weight_bytes for step in steps))
        try:
            with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=self._folder()) as folder:
                path = Path(folder) / "generated.gguf"
                for number, step in enumerate(steps):
                    on_progress(number / len(steps), step.name)
                    try:
                        results[step] = self._time(step, path, report, stop)
                        if not results[step].steady and time.monotonic() < patience:
                            results[step] = _faster(results[step], self._time(step, path, report, stop))
                    except AppError as error:
                        if error.code == "engine.stopped":
                            raise
                        log.warning("%s could not be measured: %s", step.name, error)
                        failure = error
        except OSError as error:
            raise self._not_written(error) from error
        overheads = {
            device: overhead
            for device in ("CPU", "GPU")
            if (overhead := _overhead([(step, results[step]) for step in results if step.device == device]))
        }
        rows = tuple(
            _family(step, result, overheads.get(step.device) if step.gpu else None)
            for step, result in results.items()
            if not step.depth and not step.bare
        )
        attention = tuple(
            _attention(step, result, overheads[step.device])
            for step, result in results.items()
            if step.depth and step.device in overheads
        )
        if failure is not None and (not rows or not attention):
            raise failure
        on_progress(1.0, "")
        disturbed = not all(result.steady for result in results.values())
        return Rates(rows, attention, time.time(), disturbed)

    def _steps(self, gpu: bool) -> Iterator[_Step]:
        for device in (False, True) if gpu else (False,):
            for plan in self._plans(device):
                yield _Step(device, plan)
            yield _Step(device, _LAYERS)
            if device:
                yield _Step(device, _MANY_LAYERS)
            for kv_type in _LOOKBACKS:
                yield _Step(device, self._context, kv_type, _DEPTH)

    def _time(self, step: _Step, path: Path, report: EngineReport, stop: threading.Event) -> Calibrated:
        write_model(path, step.plan)
        flags = report.flags if step.gpu else replace(report.flags, gpu=False)
        reply = run_job(
            self._supervisor,
            "calibrate",
            tr("the speed test"),
            lambda number: Calibrate(
                number, str(path), flags, step.gpu, self._threads, step.kv_type, step.depth
            ),
            stop=stop,
        )
        if not isinstance(reply, Calibrated):
            raise ProtocolError(f"{type(reply).__name__} in answer to Calibrate")
        return reply

    def _folder(self) -> Path:
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        return self._memory.parent

    def _remove_stale(self) -> None:
        """Delete the models of a measurement that was killed; one that another process makes now stays."""
        for folder in self._memory.parent.glob(f"{_FOLDER}*"):
            with contextlib.suppress(OSError):
                if time.time() - folder.stat(follow_symlinks=False).st_mtime > _STALE_S:
                    shutil.rmtree(folder)

    def _check_space(self, size: int) -> None:
        try:
            free = shutil.disk_usage(self._folder()).free
        except OSError as error:
            raise self._not_written(error) from error
        if free < size + _RESERVE:
            raise AppError(
                "calibrate.no_space",
                tr("The disk is too full for the speed test."),
                tr(
                    "It needs {size} MB for a few seconds in {path}.",
                    size=round(size / 1e6),
                    path=self._folder(),
                ),
            )

    def _not_written(self, error: OSError) -> AppError:
        return AppError(
            "calibrate.not_saved",
            tr("The speed test could not use {path}.", path=self._memory.parent),
            tr("Check that the disk is writable and has free space."),
            str(error),
            retryable=True,
        )

    # The file.

    def _key(self, report: EngineReport) -> str:
        """Everything with which the speed changes."""
        devices = tuple((device.kind, device.description, device.total) for device in report.devices)
        parts = (
            report.version,
            report.build,
            report.cpu,
            report.features,
            report.flags,
            self._threads,
            devices,
        )
        return hashlib.sha256(f"{parts}|{self._drivers()}".encode()).hexdigest()[:24]

    def _recall(self) -> Rates | None:
        try:
            data = json.loads(self._memory.read_bytes())
            if data["format"] != _FORMAT or data["key"] != self._key(self._engine.probe()):
                return None
            rates = Rates(
                tuple(FamilyRate(**_checked(row)) for row in data["rows"]),
                tuple(AttentionRate(**_checked(row)) for row in data["attention"]),
                float(data["at"]),
                bool(data["disturbed"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        except AppError as error:
            log.warning("the measured speed is not used: %s", error)
            return None
        return rates if rates.rows and rates.attention else None

    def _remember(self, rates: Rates, report: EngineReport) -> None:
        data = {"format": _FORMAT, "key": self._key(report), **asdict(rates)}
        try:
            write_atomically(self._memory, json.dumps(data, indent=1).encode())
        except OSError as error:
            raise self._not_written(error) from error


def _faster(one: Calibrated, other: Calibrated) -> Calibrated:
    """The better of two measurements, time by time: other programs only ever slow it down."""
    return Calibrated(
        one.request,
        min(one.generation_s, other.generation_s),
        min(one.prompt_s, other.prompt_s),
        min(one.deep_generation_s, other.deep_generation_s),
        min(one.deep_prompt_s, other.deep_prompt_s),
        one.steady or other.steady,
    )


def _overhead(results: Sequence[tuple[_Step, Calibrated]]) -> _Overhead | None:
    """From the models with hardly any weights, of which a GPU has two; None where none was timed."""
    times = {step.plan.layers: result.generation_s for step, result in results if step.bare}
    if len(times) < 2:
        return next((_Overhead(_NOTHING, seconds / layers) for layers, seconds in times.items()), None)
    few, many = min(times), max(times)
    layer_s = max(_NOTHING, (times[many] - times[few]) / (many - few))
    return _Overhead(max(_NOTHING, times[few] - few * layer_s), layer_s)


def _family(step: _Step, result: Calibrated, overhead: _Overhead | None) -> FamilyRate:
    """The rates of one storage type. Of a processor nothing is taken off: its layers cost next to nothing."""
    plan = step.plan
    spent = overhead.of(plan.layers) if overhead else 0.0
    generation = max(result.generation_s - spent, _LEAST_SHARE * result.generation_s)
    prompt = max(result.prompt_s - spent / _PROMPT, _LEAST_SHARE * result.prompt_s)
    return FamilyRate(step.device, plan.kind.name, plan.weight_bytes / generation, plan.elements / prompt)


def _attention(step: _Step, result: Calibrated, overhead: _Overhead) -> AttentionRate:
    """What looking back costs: the difference between the start of the context and `depth` tokens later."""
    plan = step.plan
    products = plan.layers * lookback_products(plan.heads, 2 * plan.heads * plan.head_size)
    prompts = products * (step.depth - _PROMPT) / max(1e-9, result.deep_prompt_s - result.prompt_s)
    generation = products * step.depth / max(1e-9, result.deep_generation_s - result.generation_s)
    return AttentionRate(step.device, step.kv_type, generation, prompts, overhead.layer_s, overhead.token_s)


def _checked(row: Mapping[str, Any]) -> dict[str, Any]:
    """`row`, where all of its numbers are positive; what a token costs besides may be nothing.

    Raises:
        ValueError: They are not.
    """
    numbers = {name: value for name, value in row.items() if isinstance(value, int | float)}
    if any(not 0 < value < 1e18 and (name, value) != ("token_s", 0) for name, value in numbers.items()):
        raise ValueError("a rate out of range")
    return dict(row)
