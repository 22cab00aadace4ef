"""Benchmarks, their rows, and the person's own suites in the database."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import time
from collections.abc import Sequence
from typing import Any, Literal, cast

from backend.bench.types import (
    BenchRun,
    MachineState,
    SpeedRequest,
    SpeedRow,
    SuiteRequest,
    SuiteRow,
)
from backend.compare.types import Column, RunState
from backend.engines.types import RunCard
from backend.store import codec
from backend.store.database import Database

Request = SpeedRequest | SuiteRequest
Row = SpeedRow | SuiteRow
_RUN = (
    "id, kind, title, state, created, finished, machine, suite, suite_version, columns, cards, total,"
    " imported, error_title, error_hint"
)


class BenchRepository:
    """Plain SQL over ``bench_runs``, ``bench_rows`` and ``bench_suites``. Methods return when their commit is
    on the disk. What does not exist raises `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- runs -----------------------------------------------------------------------------------------------

    def create(
        self,
        kind: Literal["speed", "suite"],
        title: str,
        request: Request | None,
        *,
        total: int,
        machine: MachineState,
        suite: str = "",
        suite_version: int = 0,
        columns: Sequence[Column] = (),
    ) -> int:
        """A run that waits; without a request it was imported."""

        def run(connection: sqlite3.Connection) -> int:
            made = connection.execute(
                "INSERT INTO bench_runs (kind, title, state, created, request, machine, suite, suite_version,"
                " columns, cards, total, imported, error_title, error_hint)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, '', '')",
                (
                    kind,
                    title,
                    RunState.WAITING if request is not None else RunState.DONE,
                    time.time(),
                    codec.dump(request) if request is not None else "{}",
                    codec.dump(machine),
                    suite,
                    suite_version,
                    _dump_all(columns),
                    total,
                    int(request is None),
                ),
            ).lastrowid
            assert made is not None
            return made

        return self._database.write(run)

    def request(self, run_id: int) -> Request:
        """What was asked of a run of this machine."""

        def run(connection: sqlite3.Connection) -> Request:
            row = connection.execute(
                "SELECT kind, request FROM bench_runs WHERE id = ?", (run_id,)
            ).fetchone()
            if row is None:
                raise LookupError(f"no benchmark {run_id}")
            raw = json.loads(row[1])
            if row[0] == "speed":
                return codec.build(SpeedRequest, raw)
            return codec.build(SuiteRequest, raw)

        return self._database.read(run)

    def set_state(self, run_id: int, state: RunState, *, title: str = "", hint: str = "") -> None:
        """The run is in another state; `title` and `hint` say why it failed."""
        finished = time.time() if state in (RunState.DONE, RunState.FAILED) else None
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE bench_runs SET state = ?, finished = ?, error_title = ?, error_hint = ? WHERE id = ?",
                (state, finished, title, hint, run_id),
            )
        )

    def set_cards(self, run_id: int, cards: Sequence[RunCard]) -> None:
        """What was measured: one card per model."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE bench_runs SET cards = ? WHERE id = ?", (_dump_all(cards), run_id)
            )
        )

    def set_machine(self, run_id: int, machine: MachineState) -> None:
        """What the machine was doing when it began."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE bench_runs SET machine = ? WHERE id = ?", (codec.dump(machine), run_id)
            )
        )

    def put_row(self, run_id: int, place: int, row: Row) -> None:
        """A test or an answer is done. One of a run that was deleted meanwhile is dropped."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO bench_rows (run_id, place, row)"
                " SELECT id, ?, ? FROM bench_runs WHERE id = ?",
                (place, codec.dump(row), run_id),
            )
        )

    def places(self, run_id: int) -> frozenset[int]:
        """Which tests or answers are done."""
        return self._database.read(
            lambda connection: frozenset(
                place
                for (place,) in connection.execute("SELECT place FROM bench_rows WHERE run_id = ?", (run_id,))
            )
        )

    def all(self) -> tuple[BenchRun, ...]:
        """Newest first, with the rows of sweeps; answers of suites only come with `get`."""

        def run(connection: sqlite3.Connection) -> tuple[BenchRun, ...]:
            rows = connection.execute(
                f"SELECT {_RUN} FROM bench_runs WHERE deleted = 0 ORDER BY id DESC"
            ).fetchall()
            return tuple(_run(connection, row, answers=False) for row in rows)

        return self._database.read(run)

    def get(self, run_id: int) -> BenchRun:
        """One run with all its rows."""

        def run(connection: sqlite3.Connection) -> BenchRun:
            row = connection.execute(f"SELECT {_RUN} FROM bench_runs WHERE id = ?", (run_id,)).fetchone()
            if row is None:
                raise LookupError(f"no benchmark {run_id}")
            return _run(connection, row, answers=True)

        return self._database.read(run)

    def set_deleted(self, run_id: int, deleted: bool) -> None:
        """Hide a run, or show it again."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE bench_runs SET deleted = ? WHERE id = ?", (int(deleted), run_id)
            )
        )

    def recover(self) -> None:
        """Runs that a dead process left open can go on; those that were deleted are removed for good."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE bench_runs SET state = ? WHERE state IN (?, ?)",
                (RunState.PAUSED, RunState.RUNNING, RunState.WAITING),
            )
            connection.execute("DELETE FROM bench_runs WHERE deleted = 1")

        self._database.write(run)

    # -- suites ---------------------------------------------------------------------------------------------

    def suites(self) -> tuple[str, ...]:
        """The texts of the person's suites, as JSON Lines."""
        return self._database.read(
            lambda connection: tuple(
                text for (text,) in connection.execute("SELECT text FROM bench_suites ORDER BY name")
            )
        )

    def save_suite(self, name: str, text: str) -> None:
        """Keep a suite under its name, in place of an older one."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO bench_suites (name, text, updated) VALUES (?, ?, ?)",
                (name, text, time.time()),
            )
        )

    def delete_suite(self, name: str) -> None:
        """Forget a suite; results stay."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM bench_suites WHERE name = ?", (name,))
        )


def _dump_all(values: Sequence[Any]) -> str:
    return json.dumps([dataclasses.asdict(value) for value in values], ensure_ascii=False)


def _load_all(kind: type[Any], text: str) -> tuple[Any, ...]:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    found = []
    for each in raw if isinstance(raw, list) else ():
        try:
            found.append(codec.build(kind, each))
        except TypeError:
            continue
    return tuple(found)


def _run(connection: sqlite3.Connection, row: tuple[Any, ...], *, answers: bool) -> BenchRun:
    values = dict(zip((name.strip() for name in _RUN.split(",")), row, strict=True))
    run_id, kind = values["id"], values["kind"]
    (done,) = connection.execute("SELECT count(*) FROM bench_rows WHERE run_id = ?", (run_id,)).fetchone()
    speed: tuple[SpeedRow, ...] = ()
    found: tuple[SuiteRow, ...] = ()
    if kind == "speed" or answers:
        texts = connection.execute("SELECT row FROM bench_rows WHERE run_id = ? ORDER BY place", (run_id,))
        built = [_row(SpeedRow if kind == "speed" else SuiteRow, text) for (text,) in texts]
        rows = tuple(each for each in built if each is not None)
        if kind == "speed":
            speed = cast(tuple[SpeedRow, ...], rows)
        else:
            found = cast(tuple[SuiteRow, ...], rows)
    try:
        state = RunState(values["state"])
    except ValueError:
        state = RunState.DONE  # of a version that knows more states
    return BenchRun(
        id=run_id,
        kind="speed" if kind == "speed" else "suite",
        title=values["title"],
        state=state,
        created=values["created"],
        finished=values["finished"],
        machine=codec.load(MachineState, values["machine"]),
        done=done,
        total=values["total"],
        speed=speed,
        suite=values["suite"],
        suite_version=values["suite_version"],
        columns=_load_all(Column, values["columns"]),
        answers=found,
        cards=_load_all(RunCard, values["cards"]),
        imported=bool(values["imported"]),
        error_title=values["error_title"],
        error_hint=values["error_hint"],
    )


def _row(kind: type[Any], text: str) -> Row | None:
    try:
        return cast(Row, codec.build(kind, json.loads(text)))
    except (ValueError, TypeError, RecursionError):
        return None
