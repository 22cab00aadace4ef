"""Bringing a database to the newest schema.

A database carries the number of its last step in `user_version`. Each step runs in one transaction together
with the new number, so a killed migration leaves the old or the new schema, never a mixture.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from backend.store.schema import MIGRATIONS, Migration


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the database behind `connection` (in autocommit mode) to the newest schema.

    Raises:
        sqlite3.Error: A step failed; the transaction of that step was rolled back.
    """
    version = schema_version(connection)
    # A step may rebuild a table that others refer to; inside a transaction this switch has no effect.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number, step in enumerate(migrations[version:], start=version + 1):
            connection.execute("BEGIN IMMEDIATE")
            try:
                for statement in step:
                    if callable(statement):
                        statement(connection)
                    else:
                        connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the last step that this database went through; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
