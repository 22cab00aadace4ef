"""The full-text index over messages and titles, kept up to date by triggers inside the database.

It is SQLite's FTS5, which nearly every build has. Where a build lacks it, the triggers are taken out, so that
chats can still be written, and the index is filled again by the next build that has it.

Only committed messages are in it: text that is streaming changes every second.
"""

from __future__ import annotations

import sqlite3

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'"
_TABLES = (
    # FTS5 reads the words of a hit from here, and everything when it is filled anew.
    """CREATE VIEW IF NOT EXISTS searchable_messages AS
        SELECT id, text FROM messages WHERE state <> 'streaming' AND deleted_with IS NULL""",
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS message_index USING fts5
        (text, content = 'searchable_messages', content_rowid = 'id', {_TOKENS})""",
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS title_index USING fts5
        (title, content = 'chats', content_rowid = 'id', {_TOKENS})""",
)
_MESSAGE_IN = "INSERT INTO message_index (rowid, text) VALUES (new.id, new.text)"
_MESSAGE_OUT = "INSERT INTO message_index (message_index, rowid, text) VALUES ('delete', old.id, old.text)"
_TITLE_IN = "INSERT INTO title_index (rowid, title) VALUES (new.id, new.title)"
_TITLE_OUT = "INSERT INTO title_index (title_index, rowid, title) VALUES ('delete', old.id, old.title)"
_NEW = "new.state <> 'streaming' AND new.deleted_with IS NULL"
_OLD = "old.state <> 'streaming' AND old.deleted_with IS NULL"
# The old words leave before and the new ones enter after an update: triggers of one kind have no order.
_TRIGGERS = {
    "message_added": f"AFTER INSERT ON messages WHEN {_NEW} BEGIN {_MESSAGE_IN}; END",
    "message_removed": f"AFTER DELETE ON messages WHEN {_OLD} BEGIN {_MESSAGE_OUT}; END",
    "message_before": f"BEFORE UPDATE OF text, state, deleted_with ON messages WHEN {_OLD}"
    f" BEGIN {_MESSAGE_OUT}; END",
    "message_after": f"AFTER UPDATE OF text, state, deleted_with ON messages WHEN {_NEW}"
    f" BEGIN {_MESSAGE_IN}; END",
    "title_added": f"AFTER INSERT ON chats BEGIN {_TITLE_IN}; END",
    "title_removed": f"AFTER DELETE ON chats BEGIN {_TITLE_OUT}; END",
    "title_before": f"BEFORE UPDATE OF title ON chats BEGIN {_TITLE_OUT}; END",
    "title_after": f"AFTER UPDATE OF title ON chats BEGIN {_TITLE_IN}; END",
}


def available(connection: sqlite3.Connection) -> bool:
    """Whether this build of SQLite has FTS5."""
    return bool(connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone())


def installed(connection: sqlite3.Connection) -> bool:
    """Whether the index is there and kept up to date."""
    row = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('messages', 'chats')"
    ).fetchone()
    return bool(row[0] == len(_TRIGGERS))


def install(connection: sqlite3.Connection) -> None:
    """Make the index and fill it; without FTS5 make none. Inside a transaction of the caller."""
    if not available(connection):
        return
    for statement in _TABLES:
        connection.execute(statement)
    for name, rest in _TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {rest}")
    refill(connection)


def refill(connection: sqlite3.Connection) -> None:
    """Build an installed index anew from the rows."""
    if installed(connection):
        connection.execute("INSERT INTO message_index (message_index) VALUES ('rebuild')")
        connection.execute("INSERT INTO title_index (title_index) VALUES ('rebuild')")


def mend(connection: sqlite3.Connection) -> None:
    """Fit the index to this build of SQLite: without FTS5 every write would fail in a trigger. In autocommit
    mode.
    """
    there, possible = installed(connection), available(connection)
    if there == possible:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if possible:
            install(connection)
        else:
            for name in _TRIGGERS:
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
