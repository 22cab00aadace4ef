"""Mixes in the database."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from backend.adapters.types import Mix, Rack
from backend.store import codec
from backend.store.database import Database

_MIX = "id, name, base_id, rack, created"


class MixRepository:
    """Plain SQL over ``mixes``. Methods return when their commit is on the disk. A mix that does not exist
    raises `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Mix, ...]:
        """Those that are not deleted, by base and then by name."""

        def run(connection: sqlite3.Connection) -> tuple[Mix, ...]:
            rows = connection.execute(
                f"SELECT {_MIX} FROM mixes WHERE deleted = 0 ORDER BY base_id, name COLLATE NOCASE, id"
            )
            return tuple(_mix(row) for row in rows)

        return self._database.read(run)

    def get(self, mix_id: int) -> tuple[Mix, bool]:
        """A mix, and whether it is deleted."""

        def run(connection: sqlite3.Connection) -> tuple[Mix, bool]:
            row = connection.execute(f"SELECT {_MIX}, deleted FROM mixes WHERE id = ?", (mix_id,)).fetchone()
            if row is None:
                raise LookupError(f"no mix {mix_id}")
            return _mix(row[:-1]), bool(row[-1])

        return self._database.read(run)

    def save(self, name: str, base_id: str, rack: Rack, mix_id: int | None) -> Mix:
        """A new mix, or other values for the one with `mix_id`."""

        def run(connection: sqlite3.Connection) -> Mix:
            if mix_id is None:
                made = connection.execute(
                    "INSERT INTO mixes (name, base_id, rack, created) VALUES (?, ?, ?, ?)",
                    (name, base_id, codec.dump(rack), time.time()),
                ).lastrowid
            else:
                connection.execute(
                    "UPDATE mixes SET name = ?, base_id = ?, rack = ? WHERE id = ?",
                    (name, base_id, codec.dump(rack), mix_id),
                )
                made = mix_id
            row = connection.execute(f"SELECT {_MIX} FROM mixes WHERE id = ?", (made,)).fetchone()
            if row is None:
                raise LookupError(f"no mix {made}")
            return _mix(row)

        return self._database.write(run)

    def set_deleted(self, mix_id: int, deleted: bool) -> None:
        """Hide it, or show it again."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE mixes SET deleted = ? WHERE id = ?", (int(deleted), mix_id)
            )
        )


def _mix(row: tuple[Any, ...]) -> Mix:
    mix_id, name, base_id, rack, created = row
    return Mix(mix_id, name, base_id, codec.load(Rack, rack), created)
