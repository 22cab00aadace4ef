"""The order of the queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backend.downloads.types import DownloadJob, DownloadState


def in_order(jobs: Iterable[DownloadJob]) -> tuple[DownloadJob, ...]:
    return tuple(sorted(jobs, key=lambda job: (job.sequence, job.created)))


def moved(jobs: Iterable[DownloadJob], job_id: str, place: int) -> tuple[DownloadJob, ...]:
    """The waiting jobs whose place in the queue changes when `job_id` goes to `place` among them (0: next).

    Nothing changes for a job that does not wait.
    """
    waiting = [job for job in in_order(jobs) if job.state is DownloadState.QUEUED]
    mover = next((job for job in waiting if job.id == job_id), None)
    if mover is None:
        return ()
    numbers = [job.sequence for job in waiting]
    waiting.remove(mover)
    waiting.insert(max(0, place), mover)
    return tuple(
        replace(job, sequence=number)
        for job, number in zip(waiting, numbers, strict=True)
        if job.sequence != number
    )
