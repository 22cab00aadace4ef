"""A download queue that transfers nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.events import EventBus, JobChanged, JobRemoved
from tests.support import fake_data as data


class FakeDownloads:
    """Changes state at once; nothing is transferred."""

    def __init__(self, bus: EventBus, jobs: tuple[DownloadJob, ...]) -> None:
        self._bus = bus
        self._jobs = {job.id: job for job in jobs}
        self.hub_cache = Path(data.DISK.path)
        self.limit = 2

    def jobs(self) -> tuple[DownloadJob, ...]:
        return tuple(self._jobs.values())

    def start(self, request: DownloadRequest) -> DownloadJob:
        number = len(self._jobs) + 1
        job = DownloadJob(
            f"job-{number}",
            request,
            DownloadState.RUNNING,
            request.repo_id.split("/")[-1],
            request.quant.label,
            request.quant.size,
            sequence=number,
            created=data.NOW,
        )
        self.change(job)
        return job

    def change(self, job: DownloadJob) -> None:
        """Set a row and tell everybody."""
        self._jobs[job.id] = job
        self._bus.publish(JobChanged(job))

    def _set(self, job_id: str, state: DownloadState) -> None:
        self.change(replace(self._jobs[job_id], state=state, error_code="", error_title="", error_hint=""))

    def pause(self, job_id: str) -> None:
        self._set(job_id, DownloadState.PAUSED)

    def resume(self, job_id: str) -> None:
        self._set(job_id, DownloadState.RUNNING)

    def retry(self, job_id: str) -> None:
        self._set(job_id, DownloadState.RUNNING)

    def cancel(self, job_id: str) -> None:
        self._set(job_id, DownloadState.CANCELLED)

    def pause_all(self) -> None:
        for job in tuple(self._jobs.values()):
            if job.state.active:
                self.pause(job.id)

    def resume_all(self) -> None:
        for job in tuple(self._jobs.values()):
            if job.state is DownloadState.PAUSED:
                self.resume(job.id)

    def clear_finished(self) -> None:
        for job in tuple(self._jobs.values()):
            if job.state in (DownloadState.DONE, DownloadState.CANCELLED):
                del self._jobs[job.id]
                self._bus.publish(JobRemoved(job.id))

    def set_limit(self, at_once: int) -> None:
        self.limit = at_once

    def move(self, job_id: str, place: int) -> None:
        waiting = [job for job in self._jobs.values() if job.state is DownloadState.QUEUED]
        waiting.sort(key=lambda job: job.sequence)
        numbers = [job.sequence for job in waiting]
        moved = self._jobs[job_id]
        waiting.remove(moved)
        waiting.insert(place, moved)
        for job, number in zip(waiting, numbers, strict=True):
            if job.sequence != number:
                self.change(replace(job, sequence=number))
