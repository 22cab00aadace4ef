"""Unattended runs and their answers in the database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.compare.types import Column, RunAnswer, RunState
from backend.engines.types import FinishReason, Timings
from backend.store import codec
from backend.store.compare import dump_card, dump_columns, load_card, load_columns
from backend.store.database import Database

_RUN = "id, title, prompts, columns, state, created, finished"
_ANSWER = (
    "prompt, place, text, finish_reason, timings, seconds, peak_memory, error_title, error_hint, reasoning,"
    " card"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What there is of one column: answers, how many of them failed, and the seconds that those which did
    not fail took together."""

    answers: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run with how far each of its columns is."""

    id: int
    title: str
    prompts: tuple[str, ...]
    columns: tuple[Column, ...]
    state: RunState
    created: float
    finished: float | None
    progress: tuple[Progress, ...]


class UnattendedRepository:
    """Plain SQL over ``unattended_runs`` and ``unattended_answers``. Methods return when their commit is on
    the disk. A run that does not exist raises `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, title: str, prompts: Sequence[str], columns: Sequence[Column]) -> int:
        """A new, waiting run; returns its id."""

        def run(connection: sqlite3.Connection) -> int:
            made = connection.execute(
                "INSERT INTO unattended_runs (title, prompts, columns, state, created)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    title,
                    json.dumps(list(prompts), ensure_ascii=False),
                    dump_columns(columns),
                    RunState.WAITING,
                    time.time(),
                ),
            ).lastrowid
            assert made is not None
            return made

        return self._database.write(run)

    def all(self) -> tuple[StoredRun, ...]:
        """Newest first."""

        def run(connection: sqlite3.Connection) -> tuple[StoredRun, ...]:
            rows = connection.execute(f"SELECT {_RUN} FROM unattended_runs ORDER BY id DESC").fetchall()
            return tuple(_run(connection, row) for row in rows)

        return self._database.read(run)

    def get(self, run_id: int) -> StoredRun:
        def run(connection: sqlite3.Connection) -> StoredRun:
            row = connection.execute(f"SELECT {_RUN} FROM unattended_runs WHERE id = ?", (run_id,)).fetchone()
            if row is None:
                raise LookupError(f"no unattended run {run_id}")
            return _run(connection, row)

        return self._database.read(run)

    def set_state(self, run_id: int, state: RunState) -> None:
        """Where the run is now; the end is noted with its time."""
        finished = time.time() if state in (RunState.DONE, RunState.FAILED) else None
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE unattended_runs SET state = ?, finished = ? WHERE id = ?", (state, finished, run_id)
            )
        )

    def save(self, run_id: int, answer: RunAnswer) -> None:
        """Keep an answer, in place of an earlier one to the same prompt. Does nothing where the run was
        deleted meanwhile."""
        self._database.write(
            lambda connection: connection.execute(
                f"INSERT OR REPLACE INTO unattended_answers (run_id, {_ANSWER})"
                " SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM unattended_runs WHERE id = ?",
                (
                    answer.prompt,
                    answer.column,
                    answer.text,
                    answer.finish_reason,
                    codec.dump(answer.timings),
                    answer.seconds,
                    answer.peak_memory,
                    answer.error_title,
                    answer.error_hint,
                    answer.reasoning,
                    dump_card(answer.card),
                    run_id,
                ),
            )
        )

    def answers(self, run_id: int) -> tuple[RunAnswer, ...]:
        """Those that there are, by prompt and column."""

        def run(connection: sqlite3.Connection) -> tuple[RunAnswer, ...]:
            rows = connection.execute(
                f"SELECT {_ANSWER} FROM unattended_answers WHERE run_id = ? ORDER BY prompt, place", (run_id,)
            )
            return tuple(_answer(row) for row in rows)

        return self._database.read(run)

    def delete(self, run_id: int) -> None:
        """Remove the run with its answers."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM unattended_runs WHERE id = ?", (run_id,))
        )

    def pause_running(self) -> None:
        """Runs that a dead process left open can go on."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE unattended_runs SET state = ? WHERE state IN (?, ?)",
                (RunState.PAUSED, RunState.RUNNING, RunState.WAITING),
            )
        )


def _run(connection: sqlite3.Connection, row: tuple[Any, ...]) -> StoredRun:
    run_id, title, prompts, columns, state, created, finished = row
    found: dict[int, Progress] = {}
    for place, answers, failed, seconds in connection.execute(
        "SELECT place, count(*), sum(finish_reason = ?),"
        " sum(CASE finish_reason WHEN ? THEN 0.0 ELSE seconds END)"
        " FROM unattended_answers WHERE run_id = ? GROUP BY place",
        (FinishReason.ERROR, FinishReason.ERROR, run_id),
    ):
        found[place] = Progress(answers, failed, seconds)
    read = load_columns(columns)
    try:
        asked = json.loads(prompts)
    except ValueError:
        asked = []
    return StoredRun(
        id=run_id,
        title=title,
        prompts=tuple(str(prompt) for prompt in asked),
        columns=read,
        state=RunState(state) if state in set(RunState) else RunState.PAUSED,
        created=created,
        finished=finished,
        progress=tuple(found.get(place, Progress()) for place in range(len(read))),
    )


def _answer(row: tuple[Any, ...]) -> RunAnswer:
    values = dict(zip((name.strip() for name in _ANSWER.split(",")), row, strict=True))
    values["column"] = values.pop("place")
    values["timings"] = codec.load(Timings, values["timings"])
    values["card"] = load_card(values["card"])
    return RunAnswer(**values)
