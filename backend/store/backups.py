"""Whole copies of the database, beside it in ``backups/``; the newest three are kept.

Copies are numbered, because a clock may go back. Each is written under a temporary name and renamed once it
is on the disk, so a numbered copy is always complete.
"""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

from backend.files import sync_file, sync_folder

KEEP = 3
DAILY_S = 24 * 3600.0
_NAME = re.compile(r"backup-(\d{4,})\.sqlite3")


class Backups:
    """The backups of the database at `database`."""

    def __init__(self, database: Path) -> None:
        self.folder = database.parent / "backups"

    def all(self) -> tuple[Path, ...]:
        """Complete copies, newest first."""
        try:
            names = [entry for entry in self.folder.iterdir() if _NAME.fullmatch(entry.name)]
        except FileNotFoundError:
            return ()
        return tuple(sorted(names, key=_number, reverse=True))

    def due(self) -> bool:
        """Whether the newest copy is a day old, is dated in the future, or does not exist."""
        newest = self.all()
        return not newest or not 0 <= time.time() - newest[0].stat().st_mtime < DAILY_S

    def make(self, connection: sqlite3.Connection) -> Path:
        """Copy the database behind `connection` (in autocommit mode) and drop copies beyond the newest three.

        Raises:
            sqlite3.Error: The database could not be read, or the disk is full; no copy is left behind.
            OSError: As above.
        """
        self.folder.mkdir(exist_ok=True)
        existing = self.all()
        target = self.folder / f"backup-{_number(existing[0]) + 1 if existing else 1:04}.sqlite3"
        unfinished = target.with_suffix(".new")
        self.sweep()
        try:
            # VACUUM INTO reads in one transaction and leaves out deleted content, so a copy is also smaller.
            connection.execute("VACUUM INTO ?", (str(unfinished),))
            sync_file(unfinished)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.replace(target)
        sync_folder(self.folder)
        for old in self.all()[KEEP:]:
            old.unlink(missing_ok=True)
        return target

    def sweep(self) -> None:
        """Remove what a killed `make` left behind."""
        if self.folder.is_dir():
            for unfinished in self.folder.glob("backup-*.new*"):
                unfinished.unlink(missing_ok=True)


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0
