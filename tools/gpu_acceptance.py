"""Measure this machine's GPU against what Orangery predicts of it, and print the rows.

    python3 tools/gpu_acceptance.py [--json FILE] [--quick] [--llama-bench PROGRAM]

Needs an engine built for the GPU and about 20 GB of disk; for the last part, torch. Generated models of the
widths of real ones are loaded by the real worker:

- memory: what the formula and the dry run say of each device, what the engine then took, and what the driver
  says that the process holds;
- speed: calibrated here, then predicted and measured for other models, wholly and half on the GPU;
- a GPU that is nearly full: how many layers go there when nobody said, and what a person is told who asked
  for all.

Ends with 1 where what the dry run says of the GPU differs from the engine's sum by a byte, or the formula by
more than 1 %.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from backend.app import Backend
from backend.capacity.calibration_model import ModelPlan, write_model
from backend.capacity.estimate import estimate
from backend.capacity.running import run_of
from backend.capacity.types import Ledger, Verdict
from backend.capacity.verdict import judge
from backend.engines.types import DeviceMemory, FinishReason, LoadedModel, LoadOptions, Sampling, Turn
from backend.errors import AppError
from backend.gguf.reader import read_headers
from backend.gguf.types import GGMLType
from backend.paths import STARTER_MODEL, Paths

MIB = 2**20
PLANS = {
    "8B Q4_K": ModelPlan(GGMLType.Q4_K, 32, 4096, 14336, 32, 8, 128, vocab=32000, context=65536),
    "3B Q8_0": ModelPlan(GGMLType.Q8_0, 28, 3072, 8192, 24, 8, 128, vocab=32000, context=32768),
    "1B F16": ModelPlan(GGMLType.F16, 16, 2048, 8192, 32, 8, 64, vocab=32000, context=32768),
}
CASES: tuple[tuple[str, LoadOptions], ...] = (
    ("8B Q4_K", LoadOptions(n_ctx=8192)),
    ("8B Q4_K", LoadOptions(n_ctx=65536)),
    ("8B Q4_K", LoadOptions(n_ctx=32768, kv_type="q8_0")),
    ("8B Q4_K", LoadOptions(n_ctx=8192, parallel=4)),
    ("8B Q4_K", LoadOptions(n_ctx=8192, n_batch=128)),
    ("8B Q4_K", LoadOptions(n_ctx=8192, gpu_layers=16)),
    ("8B Q4_K", LoadOptions(n_ctx=8192, gpu_layers=0)),
    ("3B Q8_0", LoadOptions(n_ctx=8192)),
    ("1B F16", LoadOptions(n_ctx=8192)),
)
SPEEDS: tuple[tuple[str, LoadOptions], ...] = (
    ("8B Q4_K", LoadOptions(n_ctx=4096)),
    ("3B Q8_0", LoadOptions(n_ctx=4096)),
    ("1B F16", LoadOptions(n_ctx=4096)),
    ("8B Q4_K", LoadOptions(n_ctx=4096, gpu_layers=16)),
)
HOG_LEAVES = 3 * 2**30
"""Bytes of the GPU that stay free while another program fills it."""


@dataclass(frozen=True)
class MemoryRow:
    """Bytes on the GPU; `host` those of the engine in main memory. `process` is what the driver says."""

    model: str
    options: str
    formula: int
    dry_run: int
    engine: int
    process: int
    host_formula: int
    host_dry_run: int
    host_engine: int
    host_resident: int
    seconds: float
    note: str

    def __str__(self) -> str:
        gpu = (self.formula, self.dry_run, self.engine, self.process)
        host = (self.host_formula, self.host_dry_run, self.host_engine, self.host_resident)
        columns = ("formula", "dry run", "engine", "held")
        told = (
            f"{place}: "
            + ", ".join(f"{name} {value / MIB:.1f}" for name, value in zip(columns, row, strict=True))
            for place, row in (("GPU MiB", gpu), ("host MiB", host))
        )
        return f"{self.model} {self.options}; {'; '.join(told)}; {self.seconds:.1f} s {self.note}"

    @property
    def exact(self) -> bool:
        """Without any layers there the engine still keeps a buffer on the GPU, to read prompts with it: only
        the dry run knows. In main memory, mapped pages of the file count for the engine, needed or not."""
        close = self.formula == 0 or abs(self.formula - self.engine) <= 0.01 * self.engine
        return self.dry_run == self.engine and close


@dataclass(frozen=True)
class SpeedRow:
    """Tokens per second."""

    model: str
    options: str
    writes: float
    predicted_writes: float
    reads: float
    predicted_reads: float


_HOG = """
import os, sys, time, torch
free, total = torch.cuda.mem_get_info()
block = torch.zeros(max(0, free - int(sys.argv[1])), dtype=torch.uint8, device="cuda")
print(os.getpid(), block.numel() // 2**20, flush=True)
time.sleep(600)
"""
"""With the torch of the machine that lends the GPU; not a dependency."""


def start_hog() -> int:
    """Fill the GPU from a process that is nobody's child, so that it counts as another program; its id."""
    shell = f'"{sys.executable}" -c "$0" {HOG_LEAVES} &'
    done = subprocess.Popen(("sh", "-c", shell, _HOG), stdout=subprocess.PIPE, text=True)
    assert done.stdout
    pid, size = done.stdout.readline().split()
    done.wait()
    print(f"  another program holds {size} MiB")
    return int(pid)


def on_gpu(memory: tuple[DeviceMemory, ...]) -> int:
    return sum(one.weights + one.kv + one.compute for one in memory if one.device != "CPU")


def on_host(memory: tuple[DeviceMemory, ...]) -> int:
    return sum(one.weights + one.kv + one.compute for one in memory if one.device == "CPU")


def changed(options: LoadOptions) -> str:
    """What differs from the defaults, for a row."""
    plain = asdict(LoadOptions())
    return ", ".join(f"{key}={value}" for key, value in asdict(options).items() if value != plain[key])


class Acceptance:
    """One run over a backend in a folder of its own."""

    def __init__(self, backend: Backend, folder: Path) -> None:
        self._backend = backend
        self._folder = folder
        self.paths: dict[str, Path] = {}

    def write(self) -> None:
        for name, plan in PLANS.items():
            self.paths[name] = self._folder / f"{name.replace(' ', '-')}.gguf"
            write_model(self.paths[name], plan)

    def devices(self) -> None:
        report = self._backend.engine.probe()
        print(f"engine {report.version}, {report.build}; flags {report.flags}; rejected {report.rejected}")
        for device in report.devices:
            print(f"  {device}")
        for pool in self._backend.machines.real().pools:
            print(f"  {pool}")

    @contextmanager
    def loaded(self, name: str, options: LoadOptions) -> Iterator[LoadedModel]:
        loaded = self._backend.engine.load(self.paths[name], options)
        try:
            yield loaded
        finally:
            self._backend.engine.unload(loaded.key)

    def formula(self, name: str, options: LoadOptions) -> Ledger:
        headers = read_headers(self.paths[name])
        run = run_of(options, headers[0].n_ctx_train, options.gpu_layers)
        return estimate(headers, run, file_size=self.paths[name].stat().st_size)

    def memory(self, name: str, options: LoadOptions) -> MemoryRow:
        ledger = self.formula(name, options)
        headers = read_headers(self.paths[name])
        run = run_of(options, headers[0].n_ctx_train, options.gpu_layers)
        probe = self._backend.prober.probe((self.paths[name],), run)
        started = time.monotonic()
        with self.loaded(name, options) as loaded:
            seconds = time.monotonic() - started
            self.ask(loaded, "w" * 900, 4)
            held, resident = self.held()
            return MemoryRow(
                name,
                changed(options),
                ledger.gpu if options.gpu_layers != 0 else 0,
                on_gpu(probe.devices),
                on_gpu(loaded.memory),
                held,
                on_host(ledger.devices) or ledger.total - ledger.gpu,
                on_host(probe.devices),
                on_host(loaded.memory),
                resident,
                seconds,
                loaded.note,
            )

    def held(self) -> tuple[int, int]:
        """Bytes of GPUs that Orangery's processes hold by the driver, and of main memory by the system."""
        pools = self._backend.machines.real().pools
        children = psutil.Process().children(recursive=True)
        resident = max((child.memory_info().rss for child in children), default=0)
        return sum(pool.used_by_us for pool in pools[1:]), resident

    def ask(self, loaded: LoadedModel, text: str, tokens: int) -> tuple[float, float]:
        """Tokens per second of reading and of writing."""
        sampling = Sampling(temperature=0.8, max_tokens=tokens, seed=1)
        generation = self._backend.engine.generate(
            loaded.key, (Turn("user", text),), sampling, lambda _event: None
        )
        (end,) = generation.wait(120)
        if end.reason is FinishReason.ERROR:
            raise AppError(end.error_code, end.error_title, end.error_hint, end.error_detail)
        return end.timings.prompt_tps, end.timings.generation_tps

    def speed(self, name: str, options: LoadOptions) -> SpeedRow:
        with self.loaded(name, options) as loaded:
            reads = writes = 0.0
            for turn in range(4):
                one, other = self.ask(loaded, chr(97 + turn) + "x" * 1800, 96)
                reads, writes = max(reads, one), max(writes, other)
        headers = read_headers(self.paths[name])
        run = run_of(options, headers[0].n_ctx_train, options.gpu_layers)
        fit = judge(self.formula(name, options), self._backend.machines.real(), run, headers)
        generation = fit.generation.likely if fit.generation else 0.0
        prompt = fit.prompt.likely if fit.prompt else 0.0
        if fit.verdict is not Verdict.FITS_GPU:
            print(f"  {name} {changed(options)}: {fit.verdict}")
        return SpeedRow(name, changed(options), writes, generation, reads, prompt)

    def reference(self, program: str) -> None:
        """What llama.cpp's own benchmark reads and writes with the same files."""
        for name in PLANS:
            command = (
                program,
                "-m",
                str(self.paths[name]),
                "-p",
                "512",
                "-n",
                "128",
                "-fa",
                "1",
                "-o",
                "jsonl",
            )
            done = subprocess.run(command, capture_output=True, text=True, timeout=60)
            rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
            told = ", ".join(f"pp{row['n_prompt']} tg{row['n_gen']}: {row['avg_ts']:.1f} t/s" for row in rows)
            print(f"  {name}: {told or done.stderr[-400:]}")

    def nearly_full(self) -> None:
        """Another program leaves little of the GPU."""
        hog = start_hog()
        try:
            self.beside_it()
        finally:
            os.kill(hog, signal.SIGTERM)

    def beside_it(self) -> None:
        for pool in self._backend.machines.real().pools[1:]:
            print(f"  {pool}")
        for options in (
            LoadOptions(n_ctx=8192),
            LoadOptions(n_ctx=65536),
            LoadOptions(n_ctx=8192, gpu_layers=99),
        ):
            advice = self._backend.fits.advise(self.paths["8B Q4_K"], options)
            print(f"  {changed(options)}: verdict {advice.fit.verdict}; {advice.warning}")
            try:
                with self.loaded("8B Q4_K", options) as loaded:
                    reads, writes = self.ask(loaded, "w" * 300, 16)
                    print(
                        f"    {loaded.gpu_layers} of {loaded.layers} layers on the GPU, {writes:.1f} t/s,"
                        f" {reads:.0f} t/s read: {loaded.note}"
                    )
            except AppError as error:
                print(f"    {error.code}: {error.title} {error.hint}")

    def starter(self) -> None:
        """The bundled model says something sensible on the GPU too."""
        loaded = self._backend.engine.load(STARTER_MODEL, LoadOptions(n_ctx=1024))
        said: list[str] = []
        sampling = Sampling(temperature=0.0, max_tokens=40, seed=1)
        (end,) = self._backend.engine.generate(
            loaded.key,
            (Turn("user", "What is the capital of France?"),),
            sampling,
            lambda event: said.append(getattr(event, "text", "")),
        ).wait(60)
        self._backend.engine.unload(loaded.key)
        print(f"  {''.join(said)!r}, {end.timings.generation_tps:.0f} t/s, {loaded.memory}")


def attempt(title: str, work: Callable[[], object]) -> object:
    """Do one part; the others go on when it fails."""
    started = time.monotonic()
    print(f"== {title}", flush=True)
    try:
        return work()
    except Exception:
        traceback.print_exc(file=sys.stdout)
        return None
    finally:
        print(f"   ({time.monotonic() - started:.1f} s)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", type=Path, help="write the rows there, too")
    parser.add_argument("--quick", action="store_true", help="the first two cases only")
    parser.add_argument("--llama-bench", default="", help="llama.cpp's own, as the reference of the speeds")
    options = parser.parse_args()
    limit = 2 if options.quick else None
    memory: list[MemoryRow] = []
    speeds: list[SpeedRow] = []
    with tempfile.TemporaryDirectory() as home, Backend(Paths.under(Path(home)), offline=True) as backend:
        run = Acceptance(backend, Path(home))
        attempt("models are written", run.write)
        attempt("the engine and its devices", run.devices)
        attempt("the starter model", run.starter)

        def measure() -> None:
            for name, one in CASES[:limit]:
                row = run.memory(name, one)
                memory.append(row)
                print(f"  {row}", flush=True)

        def compare() -> None:
            rates = backend.calibration.measure()
            print(f"  calibrated, disturbed: {rates.disturbed}")
            for rate in (*rates.rows, *rates.attention):
                print(f"  {rate}")
            for name, one in SPEEDS[:limit]:
                row = run.speed(name, one)
                speeds.append(row)
                print(
                    f"  {row.model:8} {row.options:24} writes {row.writes:7.1f} t/s, predicted/measured"
                    f" {row.predicted_writes / row.writes:.2f}; reads {row.reads:8.0f} t/s,"
                    f" {row.predicted_reads / row.reads:.2f}",
                    flush=True,
                )

        def uncalibrated() -> None:
            for name, one in SPEEDS[:3]:
                headers = read_headers(run.paths[name])
                fit = judge(
                    run.formula(name, one),
                    backend.machines.real(),
                    run_of(one, headers[0].n_ctx_train),
                    headers,
                )
                print(f"  {name}: writes {fit.generation}, reads {fit.prompt}")

        attempt("memory", measure)
        attempt("speed, before it was measured here", uncalibrated)
        attempt("speed", compare)
        if options.llama_bench:
            attempt("llama-bench", lambda: run.reference(options.llama_bench))
        attempt("a GPU that is nearly full", run.nearly_full)
        if options.json:
            rows = {"memory": [asdict(row) for row in memory], "speed": [asdict(row) for row in speeds]}
            options.json.write_text(json.dumps(rows, indent=1))
    return 0 if memory and all(row.exact for row in memory) else 1


if __name__ == "__main__":
    sys.exit(main())
