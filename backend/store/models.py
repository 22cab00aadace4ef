"""What Orangery knows about model files from having used or verified them."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass

from backend.store.database import Database


@dataclass(frozen=True, slots=True)
class ModelUse:
    """The last load of a model (Unix seconds), and its speed when it last generated (tokens per second)."""

    model_id: str
    path: str
    used: float
    tokens_per_second: float | None


class ModelRepository:
    """Uses by model id; verified contents by path."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_use(self, model_id: str, path: str, tokens_per_second: float | None) -> None:
        """Remember that the model was used now. A None speed keeps the one measured before."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO model_use (model_id, path, used, tokens_per_second) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (model_id) DO UPDATE SET path = excluded.path, used = excluded.used,"
                " tokens_per_second = coalesce(excluded.tokens_per_second, tokens_per_second)",
                (model_id, path, time.time(), tokens_per_second),
            )
        )

    def used(self, model_id: str) -> ModelUse | None:
        """The last use of the model, or None if it was never loaded."""

        def run(connection: sqlite3.Connection) -> tuple[str, str, float, float | None] | None:
            row: tuple[str, str, float, float | None] | None = connection.execute(
                "SELECT model_id, path, used, tokens_per_second FROM model_use WHERE model_id = ?",
                (model_id,),
            ).fetchone()
            return row

        row = self._database.read(run)
        return ModelUse(*row) if row else None

    def all_used(self) -> tuple[ModelUse, ...]:
        """Every model that was ever used, most recent first."""

        def run(connection: sqlite3.Connection) -> list[tuple[str, str, float, float | None]]:
            return connection.execute(
                "SELECT model_id, path, used, tokens_per_second FROM model_use ORDER BY used DESC"
            ).fetchall()

        return tuple(ModelUse(*row) for row in self._database.read(run))

    def note_verified(self, path: str, size: int, mtime_ns: int, sha256: str) -> None:
        """Remember that the file, as its size and modification time identify it, has this digest."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO verified_files (path, size, mtime_ns, sha256) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns,"
                " sha256 = excluded.sha256",
                (path, size, mtime_ns, sha256),
            )
        )

    def verified(self, path: str, size: int, mtime_ns: int) -> str | None:
        """The digest of the file if it was verified and has not changed since; else None."""

        def run(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(
                "SELECT sha256 FROM verified_files WHERE path = ? AND size = ? AND mtime_ns = ?",
                (path, size, mtime_ns),
            ).fetchone()
            return str(row[0]) if row else None

        return self._database.read(run)
