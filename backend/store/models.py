"""What Orangery knows about model files from having used or verified them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from backend.store import compare
from backend.store.database import Database


@dataclass(frozen=True, slots=True)
class ModelUse:
    """The last load of a model (Unix seconds), its speed when it last generated (tokens per second), and the
    memory that it took then (bytes)."""

    model_id: str
    path: str
    used: float
    tokens_per_second: float | None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a garden had under the name of a model when it was last asked (Unix seconds)."""

    model_id: str
    version: str
    sha256: str
    checked: float


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

        def run(connection: sqlite3.Connection) -> tuple[str, str, float, float | None, int | None] | None:
            row: tuple[str, str, float, float | None, int | None] | None = connection.execute(
                "SELECT model_id, path, used, tokens_per_second, memory FROM model_use WHERE model_id = ?",
                (model_id,),
            ).fetchone()
            return row

        row = self._database.read(run)
        return ModelUse(*row) if row else None

    def all_used(self) -> tuple[ModelUse, ...]:
        """Every model that was ever used, most recent first."""

        def run(connection: sqlite3.Connection) -> list[tuple[str, str, float, float | None, int | None]]:
            return connection.execute(
                "SELECT model_id, path, used, tokens_per_second, memory FROM model_use ORDER BY used DESC"
            ).fetchall()

        return tuple(ModelUse(*row) for row in self._database.read(run))

    def note_memory(self, model_id: str, path: str, memory: int) -> None:
        """Remember that the model was loaded now, and the memory it took. Does not wait for the disk."""
        self._database.write_soon(
            lambda connection: connection.execute(
                "INSERT INTO model_use (model_id, path, used, memory) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (model_id) DO UPDATE SET path = excluded.path, used = excluded.used,"
                " memory = excluded.memory",
                (model_id, path, time.time(), memory),
            )
        )

    def carry_over(self, old_id: str, new_id: str, path: str) -> tuple[int, ...]:
        """Let everything that is known of `old_id` be about `new_id`; returns the chats that use it."""

        def run(connection: sqlite3.Connection) -> tuple[int, ...]:
            for table in ("model_use", "offers"):
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET model_id = ? WHERE model_id = ?", (new_id, old_id)
                )
            connection.execute("UPDATE fit_runs SET model_id = ? WHERE model_id = ?", (new_id, old_id))
            connection.execute("UPDATE model_use SET path = ? WHERE model_id = ?", (path, new_id))
            chats = connection.execute("SELECT id FROM chats WHERE model_id = ?", (old_id,)).fetchall()
            connection.execute("UPDATE chats SET model_id = ? WHERE model_id = ?", (new_id, old_id))
            compare.carry_over(connection, old_id, new_id)
            return tuple(int(row[0]) for row in chats)

        return self._database.write(run)

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

    def verified_files(self) -> dict[str, tuple[int, int, str]]:
        """Size, modification time and digest of every file that was ever hashed, by path."""

        def run(connection: sqlite3.Connection) -> dict[str, tuple[int, int, str]]:
            rows = connection.execute(
                "SELECT path, size, mtime_ns, sha256 FROM verified_files WHERE mtime_ns >= 0"
            )
            return {str(path): (int(size), int(mtime), str(digest)) for path, size, mtime, digest in rows}

        return self._database.read(run)

    def note_damaged(self, path: str, size: int, mtime_ns: int, sha256: str) -> None:
        """Remember that the file, as its size and modification time identify it, should have had this digest
        and had not."""
        # The same row, told apart by a time that no file has, so that one note replaces the other.
        self.note_verified(path, size, ~mtime_ns, sha256)

    def damaged(self, path: str, size: int, mtime_ns: int) -> str | None:
        """The digest that the file should have had, if it is still the one that had another; else None."""
        return self.verified(path, size, ~mtime_ns)

    def damaged_files(self) -> dict[str, tuple[int, int]]:
        """Size and modification time of every file that was found damaged, by path."""

        def run(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
            rows = connection.execute("SELECT path, size, mtime_ns FROM verified_files WHERE mtime_ns < 0")
            return {str(path): (int(size), ~int(mtime)) for path, size, mtime in rows}

        return self._database.read(run)

    def add_file(self, path: str) -> None:
        """Remember a single file that belongs to the library from now on."""
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR IGNORE INTO added_files (path, added) VALUES (?, ?)", (path, time.time())
            )
        )

    def remove_file(self, path: str) -> None:
        self._database.write(
            lambda connection: connection.execute("DELETE FROM added_files WHERE path = ?", (path,))
        )

    def added_files(self) -> tuple[str, ...]:
        """The single files, in the order in which they were added."""

        def run(connection: sqlite3.Connection) -> tuple[str, ...]:
            rows = connection.execute("SELECT path FROM added_files ORDER BY added, path")
            return tuple(str(row[0]) for row in rows)

        return self._database.read(run)

    def note_offers(self, offers: Sequence[Offer]) -> None:
        """Remember what the gardens had."""
        self._database.write(
            lambda connection: connection.executemany(
                "INSERT OR REPLACE INTO offers (model_id, version, sha256, checked) VALUES (?, ?, ?, ?)",
                [(offer.model_id, offer.version, offer.sha256, offer.checked) for offer in offers],
            )
        )

    def offers(self) -> tuple[Offer, ...]:
        def run(connection: sqlite3.Connection) -> tuple[Offer, ...]:
            rows = connection.execute("SELECT model_id, version, sha256, checked FROM offers")
            return tuple(Offer(*row) for row in rows)

        return self._database.read(run)

    def made_from(self) -> dict[str, str]:
        """What the original was called, by the digest of each file that was made here."""

        def run(connection: sqlite3.Connection) -> dict[str, str]:
            rows = connection.execute("SELECT sha256, source_name FROM made_models")
            return {str(digest): str(name) for digest, name in rows}

        return self._database.read(run)
