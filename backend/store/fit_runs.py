"""What was predicted for the loads of models, and what came of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TypeVar

from backend.capacity.types import FitRun, RunConfig
from backend.store import codec
from backend.store.database import Database

KEPT = 2000
"""Rows; the oldest are dropped beyond that."""
_COLUMNS = (
    "at, model_id, name, quant, backend, run, formula, probe, measured, rss, predicted_generation,"
    " measured_generation, predicted_prompt, measured_prompt, cause"
)

Sums = TypeVar("Sums", bound=tuple[int, ...])


class FitRunRepository:
    """Rows of the fit ledger, in the order in which they were added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run: FitRun) -> Future[int]:
        """Add a row; its own `id` does not matter. Does not wait for the disk; the result is the new id."""
        values = (
            run.at,
            run.model_id,
            run.name,
            run.quant,
            run.backend,
            codec.dump(run.run),
            _sums(run.formula),
            _sums(run.probe),
            _sums(run.measured),
            run.rss,
            run.predicted_generation,
            run.measured_generation,
            run.predicted_prompt,
            run.measured_prompt,
            run.cause,
        )

        def work(connection: sqlite3.Connection) -> int:
            marks = ", ".join("?" * len(values))
            cursor = connection.execute(f"INSERT INTO fit_runs ({_COLUMNS}) VALUES ({marks})", values)
            connection.execute(
                "DELETE FROM fit_runs WHERE id <="
                " (SELECT id FROM fit_runs ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (KEPT,),
            )
            return int(cursor.lastrowid or 0)

        return self._database.write_soon(work)

    def note_speed(self, number: int, generation: float | None, prompt: float | None) -> Future[None]:
        """Remember the measured speeds (tokens per second) of a load. Does not wait for the disk."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE fit_runs SET measured_generation = ?, measured_prompt = ? WHERE id = ?",
                (generation, prompt, number),
            )

        return self._database.write_soon(work)

    def all(self) -> tuple[FitRun, ...]:
        """Every row, newest first."""

        def work(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            return connection.execute(f"SELECT id, {_COLUMNS} FROM fit_runs ORDER BY id DESC").fetchall()

        return tuple(_fit_run(row) for row in self._database.read(work))

    def clear(self) -> None:
        self._database.write(lambda connection: connection.execute("DELETE FROM fit_runs"))


def _sums(values: Sequence[int] | None) -> str | None:
    return None if values is None else json.dumps(values)


def _read(text: str | None, count: int) -> tuple[int, ...] | None:
    """The numbers that `_sums` wrote; None for anything else."""
    try:
        values = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(values, list) or len(values) != count or not all(type(v) is int for v in values):
        return None
    return tuple(values)


def _fit_run(row: Sequence[object]) -> FitRun:
    number, at, model_id, name, quant, backend, run, formula, probe, measured, *rest = row
    return FitRun(
        number,  # type: ignore[arg-type]  # the table is STRICT
        at,  # type: ignore[arg-type]
        str(model_id),
        str(name),
        str(quant),
        str(backend),
        codec.load(RunConfig, str(run)),
        _read(formula, 4),  # type: ignore[arg-type]
        _read(probe, 4),  # type: ignore[arg-type]
        _read(measured, 3),  # type: ignore[arg-type]
        *rest,  # type: ignore[arg-type]
    )
