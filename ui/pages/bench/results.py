"""What the speed view shows: of every model the newest measurement of every test, as rows and columns.

Plain values, without Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backend.bench.types import BenchPlan, BenchRun, PlannedTest, Score, SpeedRow
from backend.compare.types import RunState
from backend.engines.types import KvType

LIVE = (RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True, slots=True, order=True)
class SpeedTest:
    """A test of `llama-bench`, in the order of the columns: reading before writing, then by depth."""

    writes: bool
    tokens: int
    depth: int

    @classmethod
    def of(cls, row: SpeedRow | PlannedTest) -> SpeedTest:
        return cls(not row.n_prompt, row.n_prompt or row.n_gen, row.n_depth)

    @property
    def name(self) -> str:
        """``pp512``, ``tg128 @ d4096``."""
        name = f"{'tg' if self.writes else 'pp'}{self.tokens}"
        return f"{name} @ d{self.depth}" if self.depth else name


@dataclass(frozen=True, slots=True)
class Setting:
    """How a model was held while it was measured."""

    n_batch: int
    threads: int
    kv_type: KvType
    flash_attention: bool
    gpu_layers: int

    @classmethod
    def of(cls, row: SpeedRow) -> Setting:
        return cls(row.n_batch, row.threads, row.kv_type, row.flash_attention, row.gpu_layers)


@dataclass(frozen=True, slots=True)
class Cell:
    """Tokens per second of one test. `mean` None while only `predicted` is known; `running` while it is being
    measured."""

    mean: float | None = None
    spread: float = 0.0
    passes: int = 0
    predicted: float | None = None
    problem: str = ""
    running: bool = False

    @property
    def value(self) -> float | None:
        """What was measured, or else predicted."""
        return self.predicted if self.mean is None else self.mean


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the table.

    Attributes:
        setting: None while nothing was measured.
        setup: Machine and build, as in `machine_words`.
        when: Unix time of the newest measurement; None while it is being made.
        memory: Bytes; `memory_predicted` where nothing was measured yet.
        waiting: Nothing was measured in the run that goes on.
    """

    key: str
    run_id: int
    model_id: str
    name: str
    quant: str
    setup: str
    setting: Setting | None
    cells: Mapping[SpeedTest, Cell] = field(default_factory=dict)
    memory: int = 0
    memory_predicted: bool = False
    when: float | None = None
    running: bool = False
    waiting: bool = False
    score: Score | None = None

    @property
    def problem(self) -> str:
        return next((cell.problem for cell in self.cells.values() if cell.problem), "")


def setup_of(run: BenchRun) -> str:
    """Machine and build of a run in a few words: ``RTX 3060, llama-cpp-python 0.3.36``."""
    machine = run.machine
    device = ", ".join(dict.fromkeys(machine.gpus)) or machine.cpu
    build = next((card.engine_version for card in run.cards if card.engine_version), "")
    return ", ".join(part for part in (device, build) if part)


def results(runs: Iterable[BenchRun], plans: Mapping[int, BenchPlan]) -> list[ResultRow]:
    """Rows of all `runs` (newest first), newest measurement first; of each test the newest one counts.

    Args:
        plans: By run, what is still to be measured in runs that go on.
    """
    runs = [run for run in runs if run.kind == "speed"]
    found: dict[tuple[str, str, str, Setting | None], ResultRow] = {}
    for run in runs:
        setup, last = setup_of(run), run.finished or run.created
        live = run.state in LIVE
        for row in run.speed:
            setting = Setting.of(row)
            key = (row.model_name, row.quant, setup, setting)
            known = found.get(key) or ResultRow(
                key="\n".join(map(str, key)),
                run_id=run.id,
                model_id=row.model_id,
                name=row.model_name,
                quant=row.quant,
                setup=setup,
                setting=setting,
                when=None if live else last,
            )
            test = SpeedTest.of(row)
            if test in known.cells and not known.cells[test].problem:
                continue
            cells = {**known.cells, test: _cell(row)}
            found[key] = replace(known, cells=cells, memory=max(known.memory, row.memory))
        if live and run.id in plans:
            _add_planned(found, run, plans[run.id], setup)
    return list(found.values())


def _cell(row: SpeedRow) -> Cell:
    if row.error_title:
        return Cell(problem=row.error_title, predicted=row.predicted_ts)
    return Cell(row.avg_ts, row.stddev_ts, len(row.samples_ts), row.predicted_ts)


def _add_planned(
    found: dict[tuple[str, str, str, Setting | None], ResultRow], run: BenchRun, plan: BenchPlan, setup: str
) -> None:
    """Fill up with predictions what the run has not measured yet; the first gap is what is being measured."""
    first = run.state is RunState.RUNNING
    for step in plan.steps:
        mine = [key for key, row in found.items() if row.model_id == step.model_id and row.run_id == run.id]
        measured = {test for key in mine for test in found[key].cells}
        gaps = {SpeedTest.of(each): each.predicted_ts for each in step.tests}
        missing = {test: predicted for test, predicted in gaps.items() if test not in measured}
        if not missing:
            continue
        cells = {}
        for test, predicted in sorted(missing.items()):
            cells[test] = Cell(predicted=predicted, running=first)
            first = False
        running = any(cell.running for cell in cells.values())
        if mine:
            row = found[mine[-1]]
            found[mine[-1]] = replace(row, cells={**row.cells, **cells}, running=running)
            continue
        key = (step.name, step.quant, setup, None)
        found[key] = ResultRow(
            key="\n".join(map(str, key)),
            run_id=run.id,
            model_id=step.model_id,
            name=step.name,
            quant=step.quant,
            setup=setup,
            setting=None,
            cells=cells,
            memory=step.memory or 0,
            memory_predicted=True,
            running=running,
            waiting=not running,
        )


def with_scores(rows: Sequence[ResultRow], scores: Mapping[str, Score]) -> list[ResultRow]:
    """`rows` with how well their models answered a suite, by id of the model."""
    return [replace(row, score=scores.get(row.model_id)) for row in rows]


def all_tests(rows: Iterable[ResultRow]) -> list[SpeedTest]:
    """All tests that any of the rows has, in the order of the columns."""
    return sorted({test for row in rows for test in row.cells})


def settings_differ(rows: Iterable[ResultRow]) -> bool:
    """Whether it must be said how the models were held."""
    return len({row.setting for row in rows if row.setting is not None}) > 1


def error_of_predictions(rows: Iterable[ResultRow]) -> tuple[float, int] | None:
    """Mean share by which predictions were off, and of how many tests; None where there were none."""
    off = [
        abs(cell.predicted - cell.mean) / cell.mean
        for row in rows
        for cell in row.cells.values()
        if cell.mean and cell.predicted is not None
    ]
    return (sum(off) / len(off), len(off)) if off else None
