"""The one connection to the database, on the one thread that uses it.

Why one of each. SQLite before 3.51.3 can corrupt a WAL database when one connection resets the journal while
another writes or checkpoints, and most systems ship such a version. In this process a single connection on a
single thread does all reading and writing, so the two never meet; short reads queue behind short writes,
which at the size of a chat history costs less than a second connection would save. Between processes (a
window and a command), every write and the checkpoint it may trigger run under a lock file, the *gate*, for
the same reason.

Commits are durable: WAL with ``synchronous=FULL``, so a write that was acknowledged survives a kill and a
power cut.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from backend.errors import AppError
from backend.i18n import tr
from backend.locks import FileLock
from backend.notices import Notice
from backend.store import search_index
from backend.store.backups import Backups
from backend.store.opening import BUSY_S, Opened, open_database, open_read_only
from backend.store.schema import MIGRATIONS, Migration

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_Task = tuple[Work[Any], bool, "Future[Any]"]

# What SQLite says of a damaged search index; the second has no extension, unlike all that our schema demands.
_OF_THE_INDEX = ("SQLITE_CORRUPT_VTAB", "SQLITE_CONSTRAINT")


class Database:
    """A SQLite file with queued access. Thread-safe; work given to it must not call it back.

    Attributes:
        notices: What happened at opening that the person should know, such as a repair.
        read_only: Whether the file could not be opened for writing; `write` then raises ``store.read_only``.
    """

    def __init__(self, path: Path, *, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open `path`, creating, repairing or migrating it as needed.

        Raises:
            AppError: See `backend.store.opening.open_database`; also ``store.busy``.
        """
        self.path = path
        self.notices: tuple[Notice, ...] = ()
        self.read_only = False
        self._migrations = migrations
        self._gate = FileLock(path.with_name(path.name + ".lock"))
        self._users = FileLock(path.with_name(path.name + ".users"))
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(opened,), name="database", daemon=True)
        self._thread.start()
        opened.result()

    def read(self, work: Work[T]) -> T:
        """Run `work(connection)` in a read transaction and return its value.

        Raises:
            AppError: ``store.damaged``, ``store.busy`` or ``store.failed``.
        """
        return self._submit(work, writes=False).result()

    def write(self, work: Work[T]) -> T:
        """Run `work(connection)` in a transaction and return its value once the commit is on the disk.

        When `work` raises, the transaction is rolled back and the exception comes out here.

        Raises:
            AppError: ``store.busy`` (another process holds the database), ``store.full``,
                ``store.read_only``,
                ``store.damaged`` or ``store.failed``.
        """
        return self._submit(work, writes=True).result()

    def write_soon(self, work: Work[T]) -> Future[T]:
        """Queue `work` as `write` does and return at once; the future ends when the commit is on the disk."""
        return self._submit(work, writes=True)

    def check(self) -> str:
        """Every problem that SQLite finds in the whole file, one per line; empty when it is sound."""

        def run(connection: sqlite3.Connection) -> str:
            rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            rows += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
            return "" if rows == ["ok"] else "\n".join(row for row in rows if row != "ok")

        return self.read(run)

    def close(self) -> None:
        """Finish what is queued, make the daily backup if one is due, and close the file."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._tasks.put(None)
        self._thread.join()

    def _submit(self, work: Work[T], *, writes: bool) -> Future[T]:
        if threading.current_thread() is self._thread:
            raise RuntimeError("work inside the database thread must use the connection it was given")
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise AppError("store.closed", tr("Orangery is closing; nothing more can be saved."))
            self._tasks.put((work, writes, future))
        return future

    def _run(self, opened: Future[None]) -> None:
        try:
            handle = self._open()
        except BaseException as error:
            opened.set_exception(error)
            return
        self.notices = tuple(handle.notices)
        self.read_only = handle.read_only
        opened.set_result(None)
        connection = handle.connection
        at_opening = connection.total_changes  # a migration may have changed rows; it has its own backup
        while (task := self._tasks.get()) is not None:
            work, writes, future = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                value = self._do(connection, work, writes)
            except sqlite3.Error as error:
                future.set_exception(self._explain(error))
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(value)
            del task, work, future
        self._shut(connection, connection.total_changes > at_opening)

    def _open(self) -> Opened:
        try:
            with self._gate.holding(BUSY_S) as got:
                if not got:
                    raise self._busy()
                return open_database(self.path, self._migrations, self._users)
        except OSError as error:  # not even a lock file can be made
            return open_read_only(self.path, self._migrations, error)

    def _do(self, connection: sqlite3.Connection, work: Work[T], writes: bool) -> T:
        try:
            return self._transact(connection, work) if writes else _read(connection, work)
        except sqlite3.DatabaseError as error:
            if self.read_only or getattr(error, "sqlite_errorname", "") not in _OF_THE_INDEX:
                raise
            # Only the search index is damaged, and all of it can be made anew. The work was rolled back.
            log.warning("the search index is damaged and is filled anew: %s", error)
            self._transact(connection, search_index.refill)
            return self._transact(connection, work) if writes else _read(connection, work)

    def _transact(self, connection: sqlite3.Connection, work: Work[T]) -> T:
        if self.read_only:
            raise AppError(
                "store.read_only",
                tr("This could not be saved: the database {path} cannot be written.", path=self.path),
                tr("Check that its disk is writable and has free space, then start Orangery again."),
            )
        # The checkpoint that SQLite runs inside a COMMIT is under the gate too; see above.
        with self._gate.holding(BUSY_S) as got:
            if not got:
                raise self._busy()
            return _in_transaction(connection, "BEGIN IMMEDIATE", work)

    def _shut(self, connection: sqlite3.Connection, changed: bool) -> None:
        if self.read_only:
            connection.close()
        else:
            with self._gate.holding(BUSY_S):
                if changed:
                    self._backup_if_due(connection)
                connection.close()
        self._users.release()

    def _backup_if_due(self, connection: sqlite3.Connection) -> None:
        backups = Backups(self.path)
        try:
            if backups.due():
                backups.make(connection)
        except (OSError, sqlite3.Error) as error:
            log.warning("no backup of the database was made: %s", error)

    def _busy(self) -> AppError:
        return AppError(
            "store.busy",
            tr("The database {path} is in use by another program.", path=self.path),
            tr("Try again in a moment; close other commands of Orangery if this stays."),
            retryable=True,
        )

    def _explain(self, error: sqlite3.Error) -> Exception:
        """An environment error as a sentence; a bug (wrong SQL, a broken constraint) as it is."""
        name = getattr(error, "sqlite_errorname", "")
        detail = f"{name}: {error}"
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return self._busy()
        if name.startswith("SQLITE_FULL"):
            return AppError(
                "store.full",
                tr("This could not be saved: the disk of {path} is full.", path=self.path),
                tr("Free some space and try again."),
                detail,
                retryable=True,
            )
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return AppError(
                "store.damaged",
                tr("The database {path} is damaged.", path=self.path),
                tr(
                    "Close Orangery and start it again; it then repairs what it can and says what is missing."
                ),
                detail,
            )
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return AppError(
                "store.failed",
                tr("The database {path} could not be read or written.", path=self.path),
                tr("Check that its disk is connected, writable and has free space."),
                detail,
                retryable=True,
            )
        return error


def _read(connection: sqlite3.Connection, work: Work[T]) -> T:
    # One transaction, so that several SELECTs of one answer see the same state.
    return _in_transaction(connection, "BEGIN", work)


def _in_transaction(connection: sqlite3.Connection, begin: str, work: Work[T]) -> T:
    connection.execute(begin)
    try:
        value = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return value
