"""Named mixes in the database."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from backend.adapters.types import Mix, Rack
from backend.store import codec
from backend.store.database import Database

_COLUMNS = "id, name, base_id, rack, created"


class MixRepository:
    """Plain SQL over the table of mixes. A mix that does not exist raises `LookupError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Mix, ...]:
        """Those that are not deleted, by name."""

        def run(connection: sqlite3.Connection) -> tuple[Mix, ...]:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM mixes WHERE deleted = 0 ORDER BY name COLLATE NOCASE, id"
            )
            return tuple(_mix(row) for row in rows)

        return self._database.read(run)

    def get(self, mix_id: int) -> Mix:
        return self._database.read(lambda connection: _get(connection, mix_id))

    def add(self, name: str, base_id: str, rack: Rack) -> Mix:
        def run(connection: sqlite3.Connection) -> Mix:
            mix_id = connection.execute(
                "INSERT INTO mixes (name, base_id, rack, created) VALUES (?, ?, ?, ?)",
                (name, base_id, codec.dump(rack), time.time()),
            ).lastrowid
            assert mix_id is not None
            return _get(connection, mix_id)

        return self._database.write(run)

    def change(self, mix_id: int, name: str, rack: Rack) -> Mix:
        """Give it another name and other faders."""

        def run(connection: sqlite3.Connection) -> Mix:
            connection.execute(
                "UPDATE mixes SET name = ?, rack = ? WHERE id = ?", (name, codec.dump(rack), mix_id)
            )
            return _get(connection, mix_id)

        return self._database.write(run)

    def set_deleted(self, mix_id: int, deleted: bool) -> Mix:
        """Hide it, or show it again."""

        def run(connection: sqlite3.Connection) -> Mix:
            connection.execute("UPDATE mixes SET deleted = ? WHERE id = ?", (int(deleted), mix_id))
            return _get(connection, mix_id)

        return self._database.write(run)

    def purge_deleted(self) -> None:
        """Remove for good what was deleted."""
        self._database.write(lambda connection: connection.execute("DELETE FROM mixes WHERE deleted = 1"))


def _get(connection: sqlite3.Connection, mix_id: int) -> Mix:
    row = connection.execute(f"SELECT {_COLUMNS} FROM mixes WHERE id = ?", (mix_id,)).fetchone()
    if row is None:
        raise LookupError(f"there is no mix {mix_id}")
    return _mix(row)


def _mix(row: tuple[Any, ...]) -> Mix:
    mix_id, name, base_id, rack, created = row
    return Mix(mix_id, name, base_id, codec.load(Rack, rack), created)
