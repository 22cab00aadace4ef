"""One file from a garden into a store: resumed, watched, verified, and only then named.

The steps: take the file's lock; accept a copy that is already there if its digest is right; else fetch what
the part file lacks, again and again until it is whole; compare its digest; give it its final name.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from backend.downloads import failures
from backend.downloads.bandwidth import Bandwidth
from backend.downloads.digest import FollowingHash
from backend.downloads.filling import POLL, Filling
from backend.downloads.limits import Limits
from backend.downloads.partfile import PartFile, discard
from backend.downloads.sleep import SleepWatch
from backend.downloads.target import Progress, Target
from backend.downloads.wire import NetworkPort
from backend.errors import Cancelled
from backend.i18n import tr
from backend.locks import FileLock
from backend.net.addresses import Resolver, resolve

log = logging.getLogger(__name__)


class Transfer:
    """Carries one target into its store. `run` once, in a thread that may block; `stop` it from any other."""

    def __init__(
        self,
        target: Target,
        network: NetworkPort,
        report: Callable[[Progress], None],
        stop: threading.Event,
        *,
        limits: Limits | None = None,
        bandwidth: Bandwidth | None = None,
        job: str = "",
        verified: Callable[[Path], str | None] = lambda path: None,
        resolver: Resolver = resolve,
        sleep: Callable[[], SleepWatch] = SleepWatch,
    ) -> None:
        """Prepare the transfer.

        Args:
            report: Told about progress, often; must be quick.
            stop: Set it to end the transfer within a second; what has arrived stays.
            bandwidth: The limit that all transfers share; `job` says for whom this one takes its part.
            verified: The digest of a file that was verified before and has not changed since, or None.
        """
        self._target = target
        self._network = network
        self._report = report
        self._stop = stop
        self._limits = limits or Limits()
        self._bandwidth = bandwidth or Bandwidth()
        self._job = job
        self._verified = verified
        self._resolver = resolver
        self._sleep = sleep

    def run(self) -> Path:
        """Return the name under which the verified file can be opened.

        Raises:
            Cancelled: `stop` was set.
            AppError: It failed; a part stays if it is worth anything.
        """
        target, place = self._target, self._target.place
        try:
            place.prepare()
            with self._locked():
                copy = place.existing()
                if copy is not None and self._matches(copy):
                    # A life that was killed while giving the file its name leaves its journal behind.
                    discard(place.part, place.journal)
                    return place.publish(None)
                return self._fetch_verified()
        except OSError as error:
            raise failures.disk(target.name, str(place.root), error) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the file's lock, which every program that writes this store like us takes."""
        lock = FileLock(self._target.place.lock)
        while not lock.acquire(timeout=0.0):
            self._report(Progress(0, note=tr("another program is downloading this file")))
            self._pause(0.5)
        try:
            yield
        finally:
            lock.release()

    def _matches(self, copy: Path) -> bool:
        """Whether a file that somebody else put there holds what the garden promises."""
        etag, size = self._target.etag, self._target.file.size
        if self._verified(copy) == etag:
            return True
        hasher = FollowingHash(copy, etag, size)
        try:
            hasher.advance(size)
            return self._wait_for(hasher) == etag
        finally:
            hasher.close()

    def _fetch_verified(self) -> Path:
        target, place = self._target, self._target.place
        found = ""
        for attempt in (1, 2):
            part = PartFile(
                place.part,
                place.journal,
                target.etag,
                target.file.size,
                checkpoint_bytes=self._limits.checkpoint_bytes,
            )
            try:
                found = self._fetch(part)
                if found == target.etag:
                    return place.publish(part)
                part.discard()
            finally:
                part.close()
            log.warning("%s arrived damaged (attempt %d): found %s", target.name, attempt, found)
            self._report(Progress(0, note=tr("arrived damaged, fetching it again")))
        raise failures.mismatch(target.name, target.etag, found)

    def _fetch(self, part: PartFile) -> str:
        """Fill the part file and return the digest of what is in it."""
        filling = Filling(
            self._target,
            part,
            self._network,
            self._bandwidth,
            self._job,
            self._limits,
            self._resolver,
            self._report,
            self._stop,
            self._sleep(),
        )
        try:
            return self._wait_for(filling.run())
        finally:
            filling.close()

    def _wait_for(self, hasher: FollowingHash) -> str:
        """The digest, with the progress of the last stretch shown as verifying."""
        size = self._target.file.size
        while True:
            self._report(Progress(size, verifying=True))
            if (digest := hasher.result(size, POLL)) is not None:
                return digest
            self._pause(0.0)

    def _pause(self, seconds: float) -> None:
        """Wait, or raise `Cancelled` as soon as the transfer is to stop."""
        if self._stop.wait(seconds):
            raise Cancelled
