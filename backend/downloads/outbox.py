"""What has to be saved and told after a change, in the order of the changes and outside of any lock."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import Protocol

from backend.downloads.types import DownloadJob
from backend.errors import AppError
from backend.events import Event, EventBus, JobChanged, JobRemoved

log = logging.getLogger(__name__)


class DownloadRows(Protocol):
    """What the queue needs of `backend.store.downloads.DownloadRepository`."""

    def save(self, job: DownloadJob) -> None: ...

    def delete(self, job_id: str) -> None: ...

    def all(self) -> tuple[DownloadJob, ...]: ...


class Outbox:
    """Changes are posted under the queue's own lock and delivered by `drain` after it is released.

    Whoever drains also delivers what others post meanwhile, so nobody waits for anybody and order is kept.
    """

    def __init__(self, rows: DownloadRows, bus: EventBus) -> None:
        self._rows = rows
        self._bus = bus
        self._pending: deque[tuple[Event, bool]] = deque()
        self._draining = threading.Lock()

    def post(self, event: Event, *, save: bool = True) -> None:
        """Queue `event`; with `save`, the job row it is about goes to (or out of) the database first."""
        self._pending.append((event, save))

    def drain(self) -> None:
        """Deliver what is queued. Must not be called with a lock held."""
        while self._pending and self._draining.acquire(blocking=False):
            try:
                while self._pending:
                    event, save = self._pending.popleft()
                    if save:
                        self._save(event)
                    self._bus.publish(event)
            finally:
                self._draining.release()

    def _save(self, event: Event) -> None:
        try:
            match event:
                case JobChanged(job):
                    self._rows.save(job)
                case JobRemoved(job_id):
                    self._rows.delete(job_id)
                case _:
                    pass
        except AppError as error:
            # A full disk must not end the queue as well; the journals beside the files know the bytes.
            log.warning("a download row was not saved: %s", error)
