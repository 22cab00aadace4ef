"""One job, from its first file to the model that other programs see."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from backend.downloads import failures, jobs
from backend.downloads.bandwidth import Bandwidth
from backend.downloads.limits import Limits
from backend.downloads.place import Destination
from backend.downloads.stores import DaemonPort, Stores
from backend.downloads.target import Progress
from backend.downloads.transfer import Transfer
from backend.downloads.types import DownloadJob
from backend.downloads.wire import NetworkPort
from backend.errors import AppError, Cancelled

log = logging.getLogger(__name__)


class VerifiedFiles(Protocol):
    """What the queue needs of `backend.store.models.ModelRepository`."""

    def note_verified(self, path: str, size: int, mtime_ns: int, sha256: str) -> None: ...

    def verified(self, path: str, size: int, mtime_ns: int) -> str | None: ...


class JobRun:
    """Fetches all files of a job, one after the other, and makes the model known at the end.

    Args:
        report: Told how the whole job stands.
        stop: Set it to end the run within a second.
    """

    def __init__(
        self,
        job: DownloadJob,
        stores: Stores,
        network: NetworkPort,
        models: VerifiedFiles,
        limits: Limits,
        bandwidth: Bandwidth,
        report: Callable[[Progress], None],
        stop: threading.Event,
    ) -> None:
        self._job = job
        self._stores = stores
        self._network = network
        self._models = models
        self._limits = limits
        self._bandwidth = bandwidth
        self._report = report
        self._stop = stop

    def through_daemon(self, daemon: DaemonPort) -> Path:
        """Let Ollama's own server fetch, verify and name the model, in a store that it alone may write.

        Raises:
            AppError: It failed, or the model lies where this person cannot see it.
            Cancelled: `stop` was set.
        """
        request = self._job.request
        theirs = self._stores.theirs(request)
        name = f"{request.repo_id}:{request.quant.tag}"

        def progress(done: int, total: int, status: str) -> None:
            done = min(done, self._job.total)
            verifying = status.startswith("verifying")
            self._report(Progress(done, verifying, current=name, place_of=theirs.words, connections=1))

        progress(0, self._job.total, "")
        daemon.pull(name, progress, self._stop.is_set)
        if self._stop.is_set():
            raise Cancelled
        first = theirs.place(request.files[0])
        if first.existing() is None:
            if theirs.superseded():
                raise failures.superseded(name)
            raise failures.out_of_sight(name, str(theirs.root))
        return first.blob

    def fetch(self, destination: Destination) -> Path:
        """Fetch what is missing; the path of the first file.

        Raises:
            AppError: Why it failed; what has arrived stays.
            Cancelled: `stop` was set.
        """
        for _ in (1, 2):
            path = self._fetch_all(destination)
            try:
                if destination.finish():
                    return path
            except OSError as error:
                raise failures.disk(self._job.name, str(destination.root), error) from error
        raise failures.vanished(self._job.name, str(destination.root))

    def _fetch_all(self, destination: Destination) -> Path:
        paths = []
        before = 0
        for target in jobs.targets(self._stores, self._job.request, destination):

            def report(progress: Progress, before: int = before, current: str = target.name) -> None:
                self._report(
                    replace(
                        progress,
                        done=before + progress.done,
                        current=current,
                        place_of=destination.words,
                    )
                )

            transfer = Transfer(
                target,
                self._network,
                report,
                self._stop,
                limits=self._limits,
                bandwidth=self._bandwidth,
                job=self._job.id,
                verified=self._verified,
            )
            path = transfer.run()
            if target.file.sha256:
                self._note_verified(path.resolve(), target.file.sha256)
            paths.append(path)
            before += target.file.size
        return paths[0]

    def _note_verified(self, path: Path, sha256: str) -> None:
        try:
            found = path.stat()
            self._models.note_verified(str(path), found.st_size, found.st_mtime_ns, sha256)
        except (AppError, OSError) as error:  # it was good all the same; at worst it is hashed once more
            log.warning("could not remember that %s was verified: %s", path.name, error)

    def _verified(self, path: Path) -> str | None:
        found = path.stat()
        return self._models.verified(str(path), found.st_size, found.st_mtime_ns)


def known_damage(models: VerifiedFiles, job: DownloadJob) -> bool:
    """Whether a check found since that the (first) file of a finished job is not what it should be."""
    promised = job.request.quant.files[0].sha256
    try:
        real = Path(job.path or "").resolve(strict=True)
        found = real.stat()
    except OSError:
        return False
    known = models.verified(str(real), found.st_size, found.st_mtime_ns)
    return known is not None and known != promised
