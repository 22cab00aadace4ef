"""Benchmarks as files: CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from backend.bench import llama_bench
from backend.bench.scores import scores_of
from backend.bench.types import BenchRun, SpeedRow, SuiteRow
from backend.errors import AppError
from backend.files import cell_text, write_atomically
from backend.i18n import tr

_SPEED = tuple(field.name for field in dataclasses.fields(SpeedRow))
_SUITE = tuple(field.name for field in dataclasses.fields(SuiteRow) if field.name != "timings")


def write_runs(runs: Sequence[BenchRun], path: Path) -> None:
    """Write `runs` by the extension of `path`: ``.csv``, ``.json`` (sweeps in the shape of `llama-bench`) or
    ``.md``.

    Raises:
        AppError: ``bench.export``: another extension, or the disk refused.
    """
    match path.suffix.lower():
        case ".csv":
            text = to_csv(runs)
        case ".json":
            text = to_json(runs)
        case ".md":
            text = "\n".join(report(run) for run in runs)
        case other:
            raise AppError(
                "bench.export",
                tr("{suffix} is no kind of file that results can be written as.", suffix=other or path.name),
                tr("Choose .csv, .json or .md."),
            )
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise AppError(
            "bench.export",
            tr("{path} could not be written: {why}.", path=path, why=error.strerror or error),
            tr("Choose another folder, or make room on the disk."),
            str(error),
        ) from error


def to_json(runs: Sequence[BenchRun]) -> str:
    """Sweeps alone: the list that `llama-bench` writes. With suites: an object per run."""
    if all(run.kind == "speed" for run in runs):
        rows = [row for run in runs for row in llama_bench.rows_of(run)]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    return json.dumps([_plain(run) for run in runs], indent=2, ensure_ascii=False) + "\n"


def _plain(run: BenchRun) -> dict[str, Any]:
    raw = dataclasses.asdict(run)
    if run.kind == "speed":
        raw["speed"] = list(llama_bench.rows_of(run))
    else:
        raw["scores"] = [dataclasses.asdict(each) for each in scores_of(run)]
    return raw


def to_csv(runs: Sequence[BenchRun]) -> str:
    """A line per test, or per answer. Raises `AppError` for runs of both kinds: they have other columns."""
    kinds = {run.kind for run in runs}
    if len(kinds) > 1:
        raise AppError(
            "bench.export",
            tr("Speeds and suites do not fit into one table."),
            tr("Export them one after the other, or choose .json or .md."),
        )
    out = io.StringIO(newline="")
    table = csv.writer(out)
    kind = runs[0].kind if runs else "speed"
    names = _SPEED if kind == "speed" else _SUITE
    table.writerow(("run", "created", *(("model",) if kind == "suite" else ("test",)), *names))
    for run in runs:
        when = datetime.fromtimestamp(run.created).isoformat(timespec="seconds")
        for row in run.speed if kind == "speed" else run.answers:
            first = row.test if isinstance(row, SpeedRow) else run.columns[row.column].model_id
            table.writerow((run.id, when, first, *(_cell(getattr(row, name)) for name in names)))
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, str):
        return cell_text(value)
    return "" if value is None else value


def report(run: BenchRun) -> str:
    """One run as Markdown: the machine, and a table."""
    machine = run.machine
    about = [
        machine.cpu,
        *machine.gpus,
        machine.system,
        tr("load {share} %", share=f"{100 * machine.load:.0f}") if machine.load is not None else "",
        {"mains": tr("on mains"), "battery": tr("on battery")}.get(machine.power, ""),
        f"{machine.temperature:.0f} °C" if machine.temperature is not None else "",
    ]
    when = datetime.fromtimestamp(run.created).strftime("%Y-%m-%d %H:%M")
    lines = [f"# {run.title}", "", f"{when} · {' · '.join(filter(None, about))}", ""]
    if run.kind == "speed":
        return "\n".join(lines) + "\n" + llama_bench.markdown(run.speed)
    names = {at: column.label or column.model_id for at, column in enumerate(run.columns)}
    lines += [
        f"| {tr('Model')} | {tr('Topic')} | {tr('Passed')} | {tr('Share')} | 95 % |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for each in scores_of(run):
        score = each.score
        cells = (
            names[each.column].replace("|", "/"),
            (each.topic or tr("all")).replace("|", "/"),
            f"{score.passed}/{score.total}",
            f"{100 * score.share:.0f} %",
            f"{100 * score.low:.0f}–{100 * score.high:.0f} %",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
