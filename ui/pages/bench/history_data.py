"""What the history shows: runs that pass the filters, what came out of them, and one result over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.bench.types import BenchRun, SpeedRow, TopicScore
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.results import Setting
from ui.pages.bench.words import models_of

NameOf = Callable[[BenchRun, int], str]
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Filters:
    """Which runs to list; empty strings and None mean all. `since` is a Unix time."""

    kind: str = ""
    model: str = ""
    suite: str = ""
    since: float | None = None

    def passes(self, run: BenchRun, names: Sequence[str]) -> bool:
        return (
            self.kind in ("", run.kind)
            and self.suite in ("", run.suite)
            and (not self.model or self.model in names)
            and (self.since is None or run.created >= self.since)
        )


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement of a series. `when` is a Unix time; `low` and `high` enclose the value."""

    run_id: int
    when: float
    value: float
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One result over time, of one machine and setting. `share`: values are shares of 0 to 1."""

    name: str
    points: tuple[Point, ...]
    share: bool = False


def names_of(run: BenchRun, name_of: NameOf) -> list[str]:
    """Models of a run, with their quantization."""
    if run.kind == "suite":
        return list(dict.fromkeys(name_of(run, column) for column in range(len(run.columns))))
    return models_of(run)


def summary(run: BenchRun, scores: Sequence[TopicScore]) -> str:
    """What came out, in a few words."""
    if run.error_title:
        return run.error_title
    if run.kind == "suite":
        whole = [each.score for each in scores if not each.topic and each.score.total]
        if not whole:
            return ""
        best = max(whole, key=lambda score: score.share)
        words = f"{best.passed}/{best.total}"
        return words if len(whole) == 1 else tr("best {score}", score=words)
    rows = [row for row in run.speed if not row.error_title]
    writing = [row for row in rows if row.n_gen and not row.n_prompt and not row.n_depth]
    reading = [row for row in rows if row.n_prompt and not row.n_depth]
    parts = [_span(reading), _span(writing)]
    return ", ".join(part for part in parts if part)


def _span(rows: Sequence[SpeedRow]) -> str:
    """``tg128 46.7–56.1``."""
    if not rows:
        return ""
    rates = [row.avg_ts for row in rows if row.test == rows[0].test]
    low, high = fmt.rate(min(rates)), fmt.rate(max(rates))
    return f"{rows[0].test} {low}" if low == high else f"{rows[0].test} {low}–{high}"


def series_names(run: BenchRun, name_of: NameOf) -> list[str]:
    """What of `run` can be followed over time."""
    if run.kind == "suite":
        return list(dict.fromkeys(name_of(run, column) for column in range(len(run.columns))))
    return list(dict.fromkeys(_row_name(row) for row in run.speed if not row.error_title))


def series_of(
    run: BenchRun,
    name: str,
    runs: Iterable[BenchRun],
    scores: Mapping[int, Sequence[TopicScore]],
    name_of: NameOf,
) -> Series | None:
    """One of the `series_names` of `run` over all `runs`, oldest first; None where it has no such result."""
    older = sorted(runs, key=lambda each: each.created)
    if run.kind == "suite":
        return _suite_series(run, name, older, scores, name_of)
    row = next((row for row in run.speed if not row.error_title and _row_name(row) == name), None)
    if row is None:
        return None
    setting, device = Setting.of(row), _device(run)
    points = tuple(
        _point(each, other)
        for each in older
        if each.kind == "speed" and _device(each) == device
        for other in each.speed
        if _same(other, row) and not other.error_title and Setting.of(other) == setting
    )
    return Series(name, points)


def _row_name(row: SpeedRow) -> str:
    return f"{row.model_name} {row.quant} {row.test}"


def _same(first: SpeedRow, second: SpeedRow) -> bool:
    """Whether both are the same test of the same model."""
    return (
        first.n_depth == second.n_depth
        and first.n_gen == second.n_gen
        and first.n_prompt == second.n_prompt
        and first.quant == second.quant
        and first.model_name == second.model_name
    )


def _point(run: BenchRun, row: SpeedRow) -> Point:
    low, high = row.avg_ts - row.stddev_ts, row.avg_ts + row.stddev_ts
    return Point(run.id, run.created, row.avg_ts, low, high, _build(run))


def _suite_series(
    run: BenchRun,
    name: str,
    older: Sequence[BenchRun],
    scores: Mapping[int, Sequence[TopicScore]],
    name_of: NameOf,
) -> Series | None:
    points = []
    for each in older:
        if (each.kind, each.suite, each.suite_version) != ("suite", run.suite, run.suite_version):
            continue
        for found in scores.get(each.id, ()):
            if not found.topic and found.score.total and name_of(each, found.column) == name:
                score = found.score
                points.append(Point(each.id, each.created, score.share, score.low, score.high, _build(each)))
    return Series(name, tuple(points), share=True) if points else None


def _device(run: BenchRun) -> str:
    return ", ".join(run.machine.gpus) or run.machine.cpu


def _build(run: BenchRun) -> str:
    return next((card.engine_version for card in run.cards if card.engine_version), "")


def facts(run: BenchRun) -> list[tuple[str, str]]:
    """What was going on while it was measured: name and value."""
    machine = run.machine
    found = [(tr("Begun"), f"{fmt.date(run.created)}, {fmt.clock(run.created)}")]
    if run.finished is not None and run.finished > run.created:
        found.append((tr("Took"), fmt.duration(run.finished - run.created)))
    if machine.cpu:
        cores = tr("{count} cores", n=machine.cores, count=machine.cores)
        found.append((tr("Processor"), f"{machine.cpu}, {cores}" if machine.cores else machine.cpu))
    if machine.gpus:
        found.append((tr("GPU"), ", ".join(machine.gpus)))
    if machine.memory:
        found.append((tr("Memory"), fmt.size(machine.memory)))
    if machine.load is not None:
        found.append((tr("Others used"), tr("{share} of the processor", share=fmt.percent(machine.load))))
    if machine.gpu_users:
        found.append((tr("Also on the GPU"), ", ".join(machine.gpu_users)))
    if machine.power:
        power = {"mains": tr("mains"), "battery": tr("battery")}.get(machine.power, machine.power)
        found.append((tr("Power"), power))
    if machine.temperature is not None:
        found.append((tr("Temperature"), f"{fmt.number(machine.temperature)} °C"))
    if machine.system:
        found.append((tr("System"), machine.system))
    if _build(run):
        found.append((tr("Engine"), _build(run)))
    if run.imported:
        found.append((tr("Source"), tr("imported")))
    return found
