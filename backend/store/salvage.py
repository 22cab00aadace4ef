"""What to do with a damaged database: keep a copy aside, and build a sound one from the newest backup and
every row that can still be read.

The damaged file stays in place until the new one is complete, so a kill in the middle only means starting
over.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.files import sync_file, sync_folder
from backend.i18n import tr
from backend.notices import Notice
from backend.store import search_index
from backend.store.backups import Backups
from backend.store.migrations import migrate, schema_version
from backend.store.schema import Migration

_HEADER = 100  # bytes; https://www.sqlite.org/fileformat2.html#the_database_header
_BESIDE = ("-wal", "-shm", "-journal")


def damage_of(connection: sqlite3.Connection) -> str:
    """The first structural fault that SQLite finds in the file, or an empty text.

    Raises:
        sqlite3.OperationalError: The file could not be read for a reason that is not damage.
    """
    try:
        verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if _means_damage(error):
            return str(error)
        raise
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if verdict == "ok" else verdict


def _means_damage(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    # A file cut in the middle of a page reads short; a damaged schema names no code of its own.
    return (
        name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ"))
        or name == "SQLITE_ERROR"
    )


@dataclass(slots=True)
class _Count:
    saved: int = 0
    chats: int = 0
    messages: int = 0
    unreadable: int = 0


def recover(path: Path, migrations: Sequence[Migration], damage: str) -> Notice:
    """Replace the damaged database at `path` by a sound one and say what came of it.

    Raises:
        OSError, sqlite3.OperationalError: The disk is full or not writable; `path` is still the damaged file.
    """
    aside = _set_aside(path)
    fresh = path.with_name(path.name + ".repaired")
    work = path.with_name(path.name + ".reading")
    _discard(fresh, work)
    try:
        backup = _start_from_backup(Backups(path), fresh, migrations)
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as target:
            if backup is None:
                migrate(target, migrations)
            header = fresh.read_bytes()[:_HEADER]
            _copy_with_journal(aside, work)
            _mend_header(work, header)
            count = _merge(work, target)
            _mend_references(target)
            search_index.refill(target)
            if damage_of(target):
                raise sqlite3.OperationalError("the repaired database is not sound")
        sync_file(fresh)
        # An old journal beside a new database would be replayed into it.
        for suffix in _BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        _discard(fresh, work)
    return _notice(aside, backup, count, damage)


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    _copy_with_journal(path, aside)
    sync_folder(path.parent)
    return aside


def _copy_with_journal(source: Path, target: Path) -> None:
    # The journal belongs to the file and may hold its newest commits. The shared-memory file is only an index
    # to it.
    for suffix in ("-wal", ""):
        part = source.with_name(source.name + suffix)
        if part.exists():
            copy = target.with_name(target.name + suffix)
            shutil.copyfile(part, copy)
            sync_file(copy)


def _discard(*databases: Path) -> None:
    for database in databases:
        for suffix in ("", *_BESIDE):
            database.with_name(database.name + suffix).unlink(missing_ok=True)


def _start_from_backup(backups: Backups, fresh: Path, migrations: Sequence[Migration]) -> Path | None:
    """Make `fresh` a copy of the newest backup that is sound and not newer than this version; None without
    one.
    """
    for backup in backups.all():
        shutil.copyfile(backup, fresh)
        try:
            with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
                if damage_of(connection) or not 0 < schema_version(connection) <= len(migrations):
                    continue
                migrate(connection, migrations)
            return backup
        except sqlite3.DatabaseError:
            continue
        finally:
            if not _is_sound(fresh):
                _discard(fresh)
    return None


def _is_sound(path: Path) -> bool:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return not damage_of(connection) and schema_version(connection) > 0
    except sqlite3.Error:
        return False


def _mend_header(work: Path, template: bytes) -> None:
    """Give a file whose first 100 bytes were overwritten the header of a sound database of the same schema.

    The rest of the first page, with the table of contents, is often still there. The free list is given up:
    its pages are lost to a file that is about to be thrown away.
    """
    with work.open("r+b") as file:
        if file.read(16) == template[:16]:
            return
        file.seek(0, os.SEEK_END)
        page_size = int.from_bytes(template[16:18], "big")
        page_size = 65536 if page_size == 1 else page_size
        header = bytearray(template)
        header[18:20] = b"\x02\x02"  # WAL mode, so that the journal beside it is read
        header[28:32] = (file.tell() // page_size).to_bytes(4, "big")
        header[32:40] = bytes(8)  # no free list
        header[92:96] = header[24:28]  # the page count is valid for this change counter
        file.seek(0)
        file.write(header)


def _merge(work: Path, target: sqlite3.Connection) -> _Count:
    """Put every readable row of `work` into `target`, in place of an older one with the same key."""
    count = _Count()
    try:
        source = sqlite3.connect(work, isolation_level=None)
    except sqlite3.Error:
        return count
    source.text_factory = lambda raw: raw.decode("utf-8", "replace")
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN")
    with contextlib.closing(source):
        for table in _tables(target):
            wanted = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
            try:
                present = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
            except sqlite3.DatabaseError:
                continue
            columns = [name for name in wanted if name in present]
            if not columns:
                continue
            names = ", ".join(columns)
            insert = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
            for row in _rows(source, table, names, count):
                try:
                    target.execute(insert, row)
                except sqlite3.Error:
                    count.unreadable += 1  # garbage that the constraints of the schema do not let in
                    continue
                count.saved += 1
                count.chats += table == "chats"
                count.messages += table == "messages"
    target.execute("COMMIT")
    return count


def _tables(target: sqlite3.Connection) -> list[str]:
    """Every table with rows of its own, so not those of the search index; chats before their messages."""
    virtual: list[str] = []
    plain: list[str] = []
    for name, text in target.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY name <> 'chats', name"
    ):
        (virtual if text.startswith("CREATE VIRTUAL") else plain).append(name)
    return [name for name in plain if not any(name.startswith(f"{index}_") for index in virtual)]


def _rows(source: sqlite3.Connection, table: str, names: str, count: _Count) -> Iterator[tuple[object, ...]]:
    """The rows of `table` from both ends up to the damage, then one by one inside it."""
    seen: set[int] = set()
    for order in ("ASC", "DESC"):
        try:
            for rowid, *row in source.execute(f"SELECT rowid, {names} FROM {table} ORDER BY rowid {order}"):
                if rowid in seen:
                    return
                seen.add(rowid)
                yield tuple(row)
            return
        except sqlite3.DatabaseError:
            continue
    top = max(seen, default=0)
    for rowid in range(1, top):
        if rowid in seen:
            continue
        try:
            found = source.execute(f"SELECT {names} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()
        except sqlite3.DatabaseError:
            count.unreadable += 1
            continue
        if found is not None:
            yield tuple(found)


def _mend_references(target: sqlite3.Connection) -> None:
    """Give messages whose chat or parent was lost a place, so that no text that was read is out of reach."""
    now = time.time()
    target.execute("BEGIN")
    for (chat_id,) in target.execute(
        "SELECT DISTINCT chat_id FROM messages WHERE chat_id NOT IN (SELECT id FROM chats)"
    ).fetchall():
        target.execute(
            "INSERT INTO chats (id, title, system_prompt, sampling, created, updated, sequence)"
            " VALUES (?, ?, '', '{}', ?, ?, (SELECT coalesce(max(sequence), 0) + 1 FROM chats))",
            (chat_id, tr("Recovered chat"), now, now),
        )
    # The next older message of the chat stands in for a lost parent and keeps the order of the conversation.
    target.execute(
        "UPDATE messages SET parent_id = (SELECT max(older.id) FROM messages AS older"
        " WHERE older.chat_id = messages.chat_id AND older.id < messages.id)"
        " WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM messages)"
    )
    target.execute(
        "UPDATE chats SET leaf_id = (SELECT max(id) FROM messages WHERE chat_id = chats.id"
        " AND deleted_with IS NULL)"
        " WHERE leaf_id IS NULL OR leaf_id NOT IN (SELECT id FROM messages WHERE chat_id = chats.id)"
    )
    target.execute("UPDATE chats SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM chat_folders)")
    # What else belongs to something that was lost, such as a file to a message, has no use without it.
    while orphans := [row for row in target.execute("PRAGMA foreign_key_check") if row[1] is not None]:
        for table, rowid, *_ in orphans:
            target.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
    target.execute("COMMIT")


def _notice(aside: Path, backup: Path | None, count: _Count, damage: str) -> Notice:
    kept = tr("The damaged file is kept as {path} ({damage}).", path=aside, damage=damage)
    if count.saved:
        read = tr(
            "{chats} chats and {messages} messages were read from it.",
            chats=count.chats,
            messages=count.messages,
        )
        lost = tr("{n} entries could not be read.", n=count.unreadable) if count.unreadable else ""
    else:
        read = tr("Nothing in it could be read.")
        lost = ""
    if backup is not None:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(backup.stat().st_mtime))
        rest = tr("The rest comes from the backup of {when}; what was newer may be missing.", when=when)
    elif count.saved:
        rest = tr("There was no backup, so what could not be read is missing.")
    else:
        rest = tr("There was no backup: chats, the download list and measured speeds start empty.")
    return Notice(
        "store.repaired",
        tr("The database was damaged and has been repaired."),
        " ".join(part for part in (read, lost, rest, kept) if part),
    )
