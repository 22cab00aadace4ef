"""Compare what the formula says a model needs with what the engine says, and print the table.

    python3 tools/capacity_acceptance.py [--quick] [--loads]

Real shapes of well-known models, without weights, × contexts × cache types × flash attention: weights and
cache have to be exact to the byte, the total within 1 %. The probe, which has only the header, has to give
the engine's numbers to the byte, in half a second. With `--loads`, random models are also written,
loaded by the real worker and given a long prompt: the prediction may be at most 5 % above its resident memory
and at most 2 % below. Ends with 1 where anything is further off.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from backend.capacity.estimate import estimate
from backend.capacity.ghosts import Ghost, GhostPart
from backend.capacity.probe import Prober
from backend.capacity.types import Ledger, RunConfig
from backend.engines.types import EngineFlags
from backend.gguf.reader import read_header
from tests.support.engine_ledger import QUICK, EngineLedger, dry_runs
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.real_loads import CASES, RealLoad, measure

MIB = 2**20
TOTAL_SHARE = 0.01
PROBE_S = 0.5
RSS_OVER, RSS_UNDER = 0.05, 0.02


@dataclass(frozen=True)
class Row:
    """One model with one setting: the formula and the engine."""

    name: str
    run: RunConfig
    formula: Ledger
    engine: EngineLedger

    @property
    def sums(self) -> tuple[int, int]:
        """Weights, cache and compute together, of both. What lies in no buffer the engine does not count."""
        return (
            self.formula.weights + self.formula.kv + self.formula.compute,
            self.engine.weights + self.engine.kv + self.engine.compute,
        )

    @property
    def error(self) -> float:
        ours, engine = self.sums
        return ours / engine - 1

    @property
    def exact(self) -> bool:
        return (self.formula.weights, self.formula.kv) == (self.engine.weights, self.engine.kv)

    @property
    def good(self) -> bool:
        return self.exact and self.engine.exact and abs(self.error) <= TOTAL_SHARE


def settings(quick: bool) -> tuple[RunConfig, ...]:
    """The settings that every shape is tried with."""
    if quick:
        return QUICK
    plain = [
        RunConfig(n_ctx=n_ctx, kv_type=kind, flash_attn=flash, n_ubatch=batch, n_outputs_max=outputs)
        for n_ctx, kind, flash, batch, outputs in product(
            (4096, 16384, 65536), ("f16", "q8_0", "q4_0"), (True, False), (128, 512), (1, 0)
        )
        if flash or kind == "f16"  # a smaller cache needs flash attention
    ]
    several = [RunConfig(n_ctx=16384, parallel=4, kv_unified=unified) for unified in (True, False)]
    return (*plain, *several)


def rows(quick: bool, folder: Path) -> Iterator[Row]:
    runs = settings(quick)
    for name in MODELS:
        path = ghost_of(name, folder)
        header, size = read_header(path), path.stat().st_size
        for run, engine in zip(runs, dry_runs([(path, run) for run in runs]), strict=True):
            yield Row(name, run, estimate(header, run, file_size=size), engine)


TITLE = (
    f"{'model':20} {'context':>7} {'cache':5} {'flash':5} {'batch':>5} {'out':>3} {'seqs':>5} │ "
    f"{'weights':>9} {'Δ B':>4} {'cache':>8} {'Δ B':>4} {'compute':>8} {'engine':>8} │ "
    f"{'total':>9} {'error':>7}"
)


def row_line(row: Row) -> str:
    run, ours, engine = row.run, row.formula, row.engine
    sequences = f"{run.parallel}{'' if run.kv_unified or run.parallel == 1 else ' sep'}"
    return (
        f"{row.name:20} {run.n_ctx:7} {run.kv_type:5} {'on' if run.flash_attn else 'off':5} {run.n_ubatch:5} "
        f"{run.n_outputs_max or 'all':>3} {sequences:>5} │ "
        f"{ours.weights / MIB:9.1f} {ours.weights - engine.weights:4} "
        f"{ours.kv / MIB:8.1f} {ours.kv - engine.kv:4} "
        f"{ours.compute / MIB:8.1f} {engine.compute / MIB:8.1f} │ "
        f"{row.sums[1] / MIB:9.1f} {row.error:+7.2%}{'' if row.good else '  ✗'}"
    )


def load_line(load: RealLoad) -> str:
    return (
        f"{load.name:34} {load.predicted / MIB:9.1f} {load.measured / MIB:9.1f} {load.error:+7.2%}"
        f"{'' if good_load(load) else '  ✗'}"
    )


def good_load(load: RealLoad) -> bool:
    return -RSS_UNDER <= load.error <= RSS_OVER


def compare_shapes(quick: bool) -> bool:
    print(TITLE)
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(quick, Path(folder)):
            found.append(row)
            print(row_line(row), flush=True)
    errors = [abs(row.error) for row in found]
    compute = [row.formula.compute / row.engine.compute - 1 for row in found]
    print(
        f"\n{len(found)} settings of {len({row.name for row in found})} models: "
        f"{sum(row.exact for row in found)} exact in weights and cache; total off by "
        f"{sum(errors) / len(errors):.2%} on average, {max(errors):.2%} at most; "
        f"compute {min(compute):+.0%} to {max(compute):+.0%}"
    )
    print("GPU: unmeasured (these figures are of the processor alone)")
    return all(row.good for row in found)


def compare_probes(quick: bool) -> bool:
    """The app's own dry run over ghosts of which only the header is there."""
    title = (
        f"{'probe of the header alone':26} {'settings':>8} {'exact':>6} {'first':>7} {'then':>8} {'disk':>7}"
    )
    print(f"\n{title}")
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        prober = Prober(lambda: EngineFlags(use_extra_bufts=False), Path(folder) / "ghosts")
        try:
            for name in MODELS:
                path = ghost_of(name, Path(folder))
                runs = settings(quick)
                engine = dry_runs([(path, run) for run in runs])
                header = read_header(path)
                with path.open("rb") as file:
                    ghost = Ghost(
                        name, (GhostPart(header, file.read(header.header_bytes), path.stat().st_size),)
                    )
                path.unlink()  # nothing but the header is left
                seconds, exact = [], 0
                for run, expected in zip(runs, engine, strict=True):
                    started = time.perf_counter()
                    found = prober.probe(ghost, run)
                    seconds.append(time.perf_counter() - started)
                    exact += (found.weights, found.kv, found.compute) == (
                        expected.weights,
                        expected.kv,
                        expected.compute,
                    )
                good = exact == len(runs) and max(seconds) <= PROBE_S
                fine &= good
                taken = sum(part.stat().st_blocks * 512 for part in (Path(folder) / "ghosts").iterdir())
                print(
                    f"{name:26} {len(runs):8} {exact:6} {seconds[0]:6.2f}s {max(seconds[1:]):7.3f}s "
                    f"{taken / 1024:4.0f} kB{'' if good else '  ✗'}",
                    flush=True,
                )
        finally:
            prober.close()
    return fine


def compare_loads() -> bool:
    print(f"\n{'real load, MiB':34} {'predicted':>9} {'resident':>9} {'error':>7}")
    loads = []
    folder = Path(tempfile.mkdtemp())
    try:
        for case in CASES:
            loads.append(measure(case, folder))
            print(load_line(loads[-1]), flush=True)
    finally:
        shutil.rmtree(folder)
    print("GPU: unmeasured")
    return all(good_load(load) for load in loads)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="four settings for each shape")
    parser.add_argument("--loads", action="store_true", help="also load random models and measure them")
    chosen = parser.parse_args()
    fine = compare_shapes(chosen.quick)
    fine &= compare_probes(chosen.quick)
    if chosen.loads:
        fine &= compare_loads()
    print("\nAll within the limits." if fine else "\nSome rows (✗) are further off than they may be.")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
