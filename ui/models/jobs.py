"""The jobs of the drawer, downloads and local work, as a Qt list model that changes row by row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend.activities.types import Activity, ActivityState
from backend.downloads.types import DownloadJob, DownloadState

_Index = QModelIndex | QPersistentModelIndex

Job = DownloadJob | Activity


class Section(IntEnum):
    """Groups of the drawer, in their order."""

    NEEDS_YOU = 0
    RUNNING = 1
    WAITING = 2
    PAUSED = 3
    FINISHED = 4


def key_of(job: Job) -> str:
    """Names a row among downloads and local work, whose ids are counted apart."""
    return job.id if isinstance(job, DownloadJob) else f"activity:{job.id}"


def section_of(job: Job) -> Section:
    """The group that `job` stands in."""
    match job.state:
        case DownloadState.FAILED | ActivityState.FAILED:
            return Section.NEEDS_YOU
        case DownloadState.RUNNING | DownloadState.VERIFYING | ActivityState.RUNNING:
            return Section.RUNNING
        case DownloadState.QUEUED | ActivityState.QUEUED:
            return Section.WAITING
        case DownloadState.PAUSED:
            return Section.PAUSED
        case _:
            return Section.FINISHED


_Place = tuple[int, bool, float, float, str]


def _place(job: Job) -> _Place:
    """Sort key: the order of the queue while work is left, the newest first once it is done."""
    section, local = section_of(job), isinstance(job, Activity)
    sequence = job.sequence if isinstance(job, DownloadJob) else job.created
    if section is Section.FINISHED:
        return section, False, -(job.finished or 0.0), -sequence, key_of(job)
    return section, local, sequence, 0.0, key_of(job)


class JobsModel(QAbstractListModel):
    """Rows are sorted by section, then by their place in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._places: list[_Place] = []
        self._known: dict[str, _Place] = {}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._jobs):
            return None
        job = self._jobs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{job.name} {job.label}".strip()
        return None

    def jobs(self) -> tuple[Job, ...]:
        """All rows in their order."""
        return tuple(self._jobs)

    def job(self, key: str) -> Job | None:
        row = self._row(key)
        return None if row < 0 else self._jobs[row]

    def count(self, section: Section) -> int:
        """How many rows stand in `section`."""
        below: _Place = (section, False, float("-inf"), 0.0, "")
        above: _Place = (section + 1, False, float("-inf"), 0.0, "")
        return bisect_left(self._places, above) - bisect_left(self._places, below)

    def waiting(self) -> tuple[str, ...]:
        """Keys of the downloads that wait for their turn, the next one first."""
        return tuple(
            job.id
            for job in self._jobs
            if isinstance(job, DownloadJob) and section_of(job) is Section.WAITING
        )

    def replace(self, jobs: Iterable[Job], kind: type[Job] = DownloadJob) -> None:
        """Take over a service's whole list of rows of one `kind`, touching only those that differ."""
        wanted = {key_of(job): job for job in jobs}
        for job in tuple(self._jobs):
            if isinstance(job, kind) and key_of(job) not in wanted:
                self.remove(key_of(job))
        for job in wanted.values():
            self.update(job)

    def update(self, job: Job) -> None:
        """Add `job`, or change its row and move it where it now belongs."""
        row, place = self._row(key_of(job)), _place(job)
        if row < 0:
            target = bisect_left(self._places, place)
            self.beginInsertRows(QModelIndex(), target, target)
            self._put(target, job, place)
            self.endInsertRows()
            return
        if self._jobs[row] == job:
            return
        target = bisect_left(self._places, place)
        if target > row:
            target -= 1  # its own row is before the place
        if target != row:
            # Qt counts the destination in the list that still has the row.
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + (target > row))
            self._take(row)
            self._put(target, job, place)
            self.endMoveRows()
        else:
            self._take(row)
            self._put(row, job, place)
        index = self.index(target)
        self.dataChanged.emit(index, index)

    def remove(self, key: str) -> None:
        """Take the row away, if it is there."""
        row = self._row(key)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._take(row)
            self.endRemoveRows()

    def _put(self, row: int, job: Job, place: _Place) -> None:
        self._jobs.insert(row, job)
        self._places.insert(row, place)
        self._known[key_of(job)] = place

    def _take(self, row: int) -> None:
        del self._known[key_of(self._jobs[row])]
        del self._jobs[row], self._places[row]

    def _row(self, key: str) -> int:
        place = self._known.get(key)
        return -1 if place is None else bisect_left(self._places, place)
