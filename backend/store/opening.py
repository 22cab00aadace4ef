"""From a path to an open, checked, migrated connection, whatever state the file is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr
from backend.locks import FileLock
from backend.notices import Notice
from backend.store import search_index
from backend.store.backups import Backups
from backend.store.migrations import migrate, schema_version
from backend.store.salvage import damage_of, recover
from backend.store.schema import Migration

MAGIC = b"SQLite format 3\x00"
BUSY_S = 5.0
ALWAYS_CHECKED = 100_000_000
"""Bytes up to which the whole file is checked at every opening (0.2 s or less); a larger one only after a
crash.
"""
_WITH_SEARCH = 4  # the first schema with a search index
_USER_VERSION_AT = 60  # big-endian 32 bits, https://www.sqlite.org/fileformat2.html#user_version_number


@dataclass(slots=True)
class Opened:
    """What `open_database` hands over. With `read_only`, why is among the notices."""

    connection: sqlite3.Connection
    notices: list[Notice]
    read_only: bool = False


def open_database(path: Path, migrations: Sequence[Migration], users: FileLock) -> Opened:
    """Open `path`, repairing and migrating it first where needed. The caller holds the write gate.

    `users` is held shared from here on by everybody who has the file open: a repair replaces the file and
    must not pull it away from under another process.

    Raises:
        AppError: ``store.newer`` (a newer Orangery wrote it; left untouched), ``store.damaged`` (it needs
            repair, but another process has it open), ``store.cannot_migrate`` (no space for the backup or
            the new schema).
    """
    notices: list[Notice] = []
    _refuse_newer(path, len(migrations))
    damage = _damage_before_opening(path)
    if damage:
        notices.append(_repair(path, migrations, users, damage))
    if not users.acquire(BUSY_S, shared=True):
        raise _somebody_repairs(path)
    try:
        try:
            check = _needs_check(path)
            connection = connect(path)
            damage = _damage_or_close(connection) if check else ""
            if damage:
                connection.close()
                users.release()
                notices.append(_repair(path, migrations, users, damage))
                users.acquire(BUSY_S, shared=True)
                connection = connect(path)
        except sqlite3.OperationalError as error:
            return open_read_only(path, migrations, error)
        try:
            _migrate_with_backup(connection, path, migrations)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        users.release()
        raise
    return Opened(connection, notices)


def _damage_or_close(connection: sqlite3.Connection) -> str:
    try:
        return damage_of(connection)
    except sqlite3.OperationalError:
        connection.close()
        raise


def connect(path: Path) -> sqlite3.Connection:
    """An autocommit connection in WAL mode that survives power loss: every commit waits for the disk.

    Raises:
        sqlite3.OperationalError: The folder or file cannot be written, or the disk is full.
    """
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, cached_statements=256)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # The triggers of the search index write to a virtual table, which older SQLite lets only a
        # trusted schema do. Nothing that a schema could call is dangerous here: extensions stay off.
        connection.execute("PRAGMA trusted_schema = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        # "file is not a database" despite its magic: let `damage_of` say so about a connection that reads
        # nothing.
        return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    return connection


def _refuse_newer(path: Path, known: int) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_USER_VERSION_AT + 4)
    except OSError:
        return
    if len(head) < _USER_VERSION_AT + 4 or not head.startswith(MAGIC):
        return
    version = int.from_bytes(head[_USER_VERSION_AT:], "big")
    journal = path.with_name(path.name + "-wal")
    if version <= known and journal.exists() and journal.stat().st_size:
        # The newer schema may still be in the journal alone. A read-only connection never checkpoints it
        # away.
        try:
            peek = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                version = schema_version(peek)
            finally:
                peek.close()
        except sqlite3.Error:
            return
    if version > known:
        raise AppError(
            "store.newer",
            tr("The database {path} was written by a newer version of Orangery.", path=path),
            tr("Update Orangery. The file was left as it is."),
            f"schema {version}, this version knows {known}",
        )


def _damage_before_opening(path: Path) -> str:
    """What is wrong with the file as far as its first bytes tell; empty for a sound or a missing one."""
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError:
        return ""
    if head == MAGIC:
        return ""
    if not head:
        # SQLite takes an empty file for a new database; it is one only if there has never been another.
        return "the file is empty" if Backups(path).all() else ""
    return "the file does not begin like a database"


def _needs_check(path: Path) -> bool:
    # The last connection to close removes the journal, so one that is left tells of a crash.
    journal = path.with_name(path.name + "-wal")
    return journal.exists() or (path.exists() and path.stat().st_size <= ALWAYS_CHECKED)


def _repair(path: Path, migrations: Sequence[Migration], users: FileLock, damage: str) -> Notice:
    if not users.acquire(0.0):
        raise _somebody_repairs(path)
    try:
        return recover(path, migrations, damage)
    except (OSError, sqlite3.OperationalError) as error:
        raise AppError(
            "store.damaged",
            tr("The database {path} is damaged and could not be repaired.", path=path),
            tr("Check that its disk is writable and has free space, then start Orangery again."),
            f"{damage}; {error}",
            retryable=True,
        ) from error
    finally:
        users.release()


def _somebody_repairs(path: Path) -> AppError:
    return AppError(
        "store.damaged",
        tr("The database {path} is damaged, and another Orangery has it open.", path=path),
        tr("Close all windows and commands of Orangery, then start it again to repair the database."),
        retryable=True,
    )


def _migrate_with_backup(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version = schema_version(connection)
    try:
        if version < len(migrations):
            if version:
                Backups(path).make(connection)
            migrate(connection, migrations)
        if len(migrations) >= _WITH_SEARCH:
            search_index.mend(connection)
    except (OSError, sqlite3.OperationalError) as error:
        raise AppError(
            "store.cannot_migrate",
            tr("The database {path} could not be brought to the form of this version.", path=path),
            tr("Free some space on its disk, then start Orangery again. Nothing was changed."),
            str(error),
            retryable=True,
        ) from error


def open_read_only(path: Path, migrations: Sequence[Migration], error: Exception) -> Opened:
    """Show what is there when nothing can be written: the file as it is, else an empty database in memory."""
    connection = _readable(path, len(migrations))
    if connection is None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(connection, migrations)
    notice = Notice(
        "store.read_only",
        tr("Nothing can be saved: the database {path} cannot be written.", path=path),
        tr(
            "Check that its disk is writable and has free space, then start Orangery again. ({error})",
            error=error,
        ),
    )
    return Opened(connection, [notice], read_only=True)


def _readable(path: Path, version: int) -> sqlite3.Connection | None:
    """A reading connection to the file at `path`; None where it cannot be read or has another schema."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
        except sqlite3.Error:
            continue
        try:
            if schema_version(connection) == version:
                return connection
        except sqlite3.Error:
            pass
        connection.close()
    return None
