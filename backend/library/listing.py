"""The rows of the last look at the disk, and how they come about."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from backend.hubs.types import Source
from backend.library import rows
from backend.library.facts import FactsCache
from backend.library.ports import ModelRecords
from backend.library.rows import Entry
from backend.library.scanner import Scanner, store_infos
from backend.library.stores.found import FoundModel, Inside
from backend.library.stores.plain import single
from backend.library.types import LibraryModel, Store, StoreInfo


class Listing:
    """Thread-safe. Only `scan` waits for the disk, and only one thread scans at a time."""

    def __init__(self, records: ModelRecords, scanner: Scanner, facts: FactsCache, starter: Path) -> None:
        self._records = records
        self._scanner = scanner
        self._facts = facts
        self._starter = starter
        self._lock = threading.Lock()
        self._entries: tuple[Entry, ...] = ()
        self._stores: tuple[StoreInfo, ...] = ()
        self._scanned = False
        self._stale = True
        self._age = 0
        """Counts what made the rows stale."""
        self._scanning = threading.Lock()

    def fresh(self) -> tuple[LibraryModel, ...] | None:
        """The rows; None where they are stale."""
        with self._lock:
            return None if self._stale else self._rows()

    def entries(self) -> tuple[Entry, ...]:
        with self._lock:
            return self._entries

    def stores(self) -> tuple[StoreInfo, ...]:
        with self._lock:
            return self._stores

    def outdate(self) -> None:
        """There is more on the disk than the rows say."""
        with self._lock:
            self._age += 1
            self._stale = True

    def refresh(self) -> None:
        """What is remembered about the models changed; the disk did not."""
        before = self.entries()
        after = self._with_records(before)
        with self._lock:
            if self._entries is before:
                self._entries = after

    def scan(self, *, only_if_stale: bool = False) -> tuple[tuple[LibraryModel, ...], bool]:
        """New rows, and whether they differ from the last ones; there were none before the first scan."""
        with self._scanning:
            with self._lock:
                if only_if_stale and not self._stale:  # somebody else has just looked
                    return self._rows(), False
                age = self._age
                before = self._rows() if self._scanned else None
            scan = self._scanner.scan()
            verified, damaged = self._records.verified_files(), self._records.damaged_files()
            found = [*self._bundled(), *scan.models]
            described = tuple(rows.describe(model, self._facts, verified, damaged) for model in found)
            self._facts.save()
            entries = self._with_records(rows.with_neighbours(described))
            infos = store_infos(scan, found)
            with self._lock:
                self._entries = entries
                changed = self._rows() != before or infos != self._stores
                self._stores = infos
                self._scanned = True
                self._stale = age != self._age  # a download that ended during the scan may be missing from it
                return self._rows(), changed

    def scanned(self) -> bool:
        with self._lock:
            return self._scanned

    def outside(self, path: Path) -> LibraryModel | None:
        """A row for a file that is in none of the stores; None where there is no such file."""
        real = os.path.realpath(path)
        inside = Inside([os.path.realpath(path.parent), os.path.dirname(real)])  # noqa: PTH120
        found = single(path, Store.FOLDER, inside)
        if found is None:
            return None
        verified, damaged = self._records.verified_files(), self._records.damaged_files()
        return rows.describe(found, self._facts, verified, damaged).row

    def _rows(self) -> tuple[LibraryModel, ...]:
        return tuple(entry.row for entry in self._entries)

    def _with_records(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        known = rows.with_uses(entries, self._records.all_used(), self._records.offers())
        return rows.with_origins(known, self._records.made_from())

    def _bundled(self) -> list[FoundModel]:
        inside = Inside([os.path.realpath(self._starter.parent)])
        found = single(self._starter, Store.BUNDLED, inside, Source.BUNDLED)
        return [rows.starter_of(found)] if found is not None else []
