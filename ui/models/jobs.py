"""The jobs of the drawer as a Qt list model that changes row by row, never as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend.downloads.types import DownloadJob, DownloadState

_Index = QModelIndex | QPersistentModelIndex


class Section(IntEnum):
    """Groups of the drawer, in their order."""

    NEEDS_YOU = 0
    RUNNING = 1
    PAUSED = 2
    FINISHED = 3


def section_of(job: DownloadJob) -> Section:
    """The group that `job` stands in."""
    match job.state:
        case DownloadState.FAILED:
            return Section.NEEDS_YOU
        case DownloadState.QUEUED | DownloadState.RUNNING | DownloadState.VERIFYING:
            return Section.RUNNING
        case DownloadState.PAUSED:
            return Section.PAUSED
        case DownloadState.DONE | DownloadState.CANCELLED:
            return Section.FINISHED


def _place(job: DownloadJob) -> tuple[int, float]:
    """Sort key: the oldest first while work is left, the newest first once it is done."""
    section = section_of(job)
    return section, -job.sequence if section is Section.FINISHED else job.sequence


class JobsModel(QAbstractListModel):
    """Rows are sorted by section, then by age."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[DownloadJob] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._jobs):
            return None
        job = self._jobs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{job.name} {job.label}".strip()
        return None

    def jobs(self) -> tuple[DownloadJob, ...]:
        """All rows in their order."""
        return tuple(self._jobs)

    def job(self, job_id: str) -> DownloadJob | None:
        row = self._row(job_id)
        return None if row < 0 else self._jobs[row]

    def count(self, section: Section) -> int:
        """How many rows stand in `section`."""
        return sum(section_of(job) is section for job in self._jobs)

    def replace(self, jobs: Iterable[DownloadJob]) -> None:
        """Take over the service's whole list, touching only the rows that differ."""
        wanted = {job.id: job for job in jobs}
        for job in tuple(self._jobs):
            if job.id not in wanted:
                self.remove(job.id)
        for job in wanted.values():
            self.update(job)

    def update(self, job: DownloadJob) -> None:
        """Add `job`, or change its row and move it where it now belongs."""
        row = self._row(job.id)
        if row < 0:
            place = self._insertion(job, self._jobs)
            self.beginInsertRows(QModelIndex(), place, place)
            self._jobs.insert(place, job)
            self.endInsertRows()
            return
        if self._jobs[row] == job:
            return
        others = self._jobs[:row] + self._jobs[row + 1 :]
        place = self._insertion(job, others)
        if place != row:
            # Qt counts the destination in the list that still has the row.
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), place + (place > row))
            del self._jobs[row]
            self._jobs.insert(place, job)
            self.endMoveRows()
        self._jobs[place] = job
        index = self.index(place)
        self.dataChanged.emit(index, index)

    def remove(self, job_id: str) -> None:
        """Take the row away, if it is there."""
        row = self._row(job_id)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._jobs[row]
            self.endRemoveRows()

    def _row(self, job_id: str) -> int:
        return next((row for row, job in enumerate(self._jobs) if job.id == job_id), -1)

    @staticmethod
    def _insertion(job: DownloadJob, rows: list[DownloadJob]) -> int:
        key = _place(job)
        return next((row for row, other in enumerate(rows) if _place(other) > key), len(rows))
