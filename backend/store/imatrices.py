"""Which importance matrices were computed here, and from what."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from backend.quantize.types import Imatrix
from backend.store.database import Database

_COLUMNS = "path, model_id, model_name, model_sha256, text_name, text_sha256, tokens, created"


class ImatrixRepository:
    """One row for each file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, found: Imatrix) -> None:
        """Remember it. Returns once it is on the disk."""
        values = (
            str(found.path),
            found.model_id,
            found.model_name,
            found.model_sha256,
            found.text_name,
            found.text_sha256,
            found.tokens,
            found.created,
        )
        self._database.write(
            lambda connection: connection.execute(
                f"INSERT OR REPLACE INTO imatrices ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values
            )
        )

    def all(self) -> tuple[Imatrix, ...]:
        """Newest first, files that are gone among them."""

        def run(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return connection.execute(f"SELECT {_COLUMNS} FROM imatrices ORDER BY created DESC").fetchall()

        return tuple(
            Imatrix(Path(str(row[0])), *row[1:])  # type: ignore[arg-type]
            for row in self._database.read(run)
        )
