"""One file from the hub into the cache: resumed, watched, verified, and only then named.

The steps: take the file's lock; accept a copy that is already there if its digest is right; else fetch what
the part file lacks, again and again until it is whole; compare its digest; give it its final name. Signed
addresses live for one attempt: every attempt starts at the hub's own, commit-pinned one.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from backend.downloads import failures
from backend.downloads.digest import FollowingHash
from backend.downloads.failures import Retry
from backend.downloads.meter import Meter
from backend.downloads.partfile import CHECKPOINT_BYTES, PartFile, discard
from backend.downloads.publish import existing_copy, prepare, publish
from backend.downloads.wire import Feed, Head, HubPort, NetworkPort, Timeouts
from backend.errors import Cancelled
from backend.hubs.types import RemoteFile
from backend.i18n import tr
from backend.library.layout import RepoFolder
from backend.locks import FileLock
from backend.net.addresses import Resolver, resolve

log = logging.getLogger(__name__)

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_STRONG_ETAG = re.compile(r'"[\x21\x23-\x7e]{1,200}"')
_POLL = 0.1
_PROGRESS_THAT_COUNTS = 256 << 10
_PAGES = (b"<!doctype", b"<html", b"<?xml", b'{"', b"[{")


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop waiting, and how often to try.

    Attributes:
        silence: Seconds without a byte after which a connection is given up.
        floor: Bytes per second that must come on average over `floor_window` seconds.
        attempts: Failed attempts in a row, without progress that counts, until the transfer fails.
        backoff: Seconds before the second attempt; doubled each time, up to `backoff_most`.
        longest_wait: Seconds that a server may ask to wait; beyond that the transfer fails and says so.
        checkpoint_bytes: Bytes between two checkpoints; a kill loses at most twice as many.
    """

    silence: float = 30.0
    floor: float = 1024.0
    floor_window: float = 30.0
    connect: float = 15.0
    attempts: int = 8
    backoff: float = 1.0
    backoff_most: float = 60.0
    longest_wait: float = 900.0
    checkpoint_bytes: int = CHECKPOINT_BYTES


@dataclass(frozen=True, slots=True)
class Target:
    """The file to fetch and where it belongs."""

    repo_id: str
    commit: str
    file: RemoteFile
    folder: RepoFolder

    @property
    def name(self) -> str:
        """For people: the file name without folders."""
        return self.file.path.rsplit("/", 1)[-1]

    @property
    def etag(self) -> str:
        """The digest that names the blob: SHA-256 in LFS, else the git blob id."""
        etag = self.file.sha256 or self.file.git_sha1
        if not etag:
            raise failures.no_digest(self.name, self.repo_id)
        return etag


@dataclass(frozen=True, slots=True)
class Progress:
    """How a transfer stands. `verifying` says that all bytes are there and are being hashed."""

    done: int
    verifying: bool = False
    note: str = ""


class Transfer:
    """Carries one target into the cache. `run` once, in a thread that may block; `stop` it from any other."""

    def __init__(
        self,
        target: Target,
        network: NetworkPort,
        hub: HubPort,
        report: Callable[[Progress], None],
        stop: threading.Event,
        *,
        limits: Limits | None = None,
        verified: Callable[[Path], str | None] = lambda path: None,
        resolver: Resolver = resolve,
    ) -> None:
        """Prepare the transfer.

        Args:
            report: Told about progress, often; must be quick.
            stop: Set it to end the transfer within a second; what has arrived stays.
            verified: The digest of a file that was verified before and has not changed since, or None.
        """
        self._target = target
        self._network = network
        self._hub = hub
        self._report = report
        self._stop = stop
        self._limits = limits or Limits()
        self._verified = verified
        self._resolver = resolver
        self._hash: FollowingHash | None = None

    def run(self) -> Path:
        """Return the name under which the verified file can be opened.

        Raises:
            Cancelled: `stop` was set.
            AppError: It failed; a part stays if it is worth anything.
        """
        target, folder = self._target, self._target.folder
        try:
            prepare(folder, target.etag)
            with self._locked():
                copy = existing_copy(folder, target.etag, target.commit, target.file)
                if copy is not None and self._matches(copy):
                    # A life that was killed while giving the file its name leaves its journal behind.
                    discard(folder.part(target.etag), folder.journal(target.etag))
                    return publish(folder, target.etag, target.commit, target.file.path, None)
                return self._fetch_verified()
        except OSError as error:
            raise failures.disk(target.name, str(folder.root), error) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the blob's lock, which every program that writes this cache takes."""
        lock = FileLock(self._target.folder.lock(self._target.etag))
        while not lock.acquire(timeout=0.0):
            self._report(Progress(0, note=tr("another program is downloading this file")))
            self._pause(0.5)
        try:
            yield
        finally:
            lock.release()

    def _matches(self, copy: Path) -> bool:
        """Whether a file that somebody else put there holds what the hub promises."""
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
        target = self._target
        found = ""
        for attempt in (1, 2):
            part = PartFile(
                target.folder.part(target.etag),
                target.folder.journal(target.etag),
                target.etag,
                target.file.size,
                checkpoint_bytes=self._limits.checkpoint_bytes,
            )
            try:
                found = self._fetch(part)
                if found == target.etag:
                    return publish(target.folder, target.etag, target.commit, target.file.path, part)
                part.discard()
            finally:
                part.close()
            log.warning("%s arrived damaged (attempt %d): found %s", target.name, attempt, found)
            self._report(Progress(0, note=tr("arrived damaged, fetching it again")))
        raise failures.mismatch(target.name, target.etag, found)

    def _fetch(self, part: PartFile) -> str:
        """Fill the part file and return the digest of what is in it."""
        self._hash = None
        try:
            self._restart_hash(part)
            failed, best = 0, part.have
            while not part.complete:
                try:
                    self._attempt(part)
                except Retry as trouble:
                    if part.have >= best + _PROGRESS_THAT_COUNTS:
                        failed, best = 0, part.have
                    failed += 1
                    log.info("%s: attempt failed (%d): %s", self._target.name, failed, trouble.error)
                    self._before_next(part, trouble, failed)
            assert self._hash is not None
            return self._wait_for(self._hash)
        finally:
            if self._hash is not None:
                self._hash.close()

    def _restart_hash(self, part: PartFile) -> None:
        if self._hash is not None:
            self._hash.close()
        self._hash = FollowingHash(part.path, self._target.etag, self._target.file.size)
        self._hash.advance(part.contiguous)

    def _wait_for(self, hasher: FollowingHash) -> str:
        """The digest, with the progress of the last stretch shown as verifying."""
        size = self._target.file.size
        while True:
            self._report(Progress(size, verifying=True))
            if (digest := hasher.result(size, _POLL)) is not None:
                return digest
            self._pause(0.0)

    def _before_next(self, part: PartFile, trouble: Retry, failed: int) -> None:
        limits = self._limits
        if failed >= limits.attempts or (trouble.wait or 0.0) > limits.longest_wait:
            raise trouble.error
        if trouble.wait is not None:
            wait = trouble.wait
        elif trouble.at_once and failed == 1:
            wait = 0.0
        else:
            wait = min(limits.backoff * 2 ** (failed - 1), limits.backoff_most)
        until = time.monotonic() + wait
        while (left := until - time.monotonic()) > 0:
            seconds = max(1, round(left))
            note = tr("{what}; trying again in {seconds} s", what=trouble.note, seconds=seconds)
            self._report(Progress(part.have, note=note))
            self._pause(min(left, 1.0))
        self._pause(0.0)

    def _pause(self, seconds: float) -> None:
        """Wait, or raise `Cancelled` as soon as the transfer is to stop."""
        if self._stop.wait(seconds):
            raise Cancelled

    # One attempt

    def _attempt(self, part: PartFile) -> None:
        """Fetch the first hole of the part with one request.

        Raises:
            Retry: Another attempt may go on where this one ended.
        """
        target = self._target
        url = self._hub.resolve_url(target.repo_id, target.commit, target.file.path)
        start, end = part.hole()
        headers = {**self._hub.auth_headers(url), "Accept-Encoding": "identity"}
        if start > 0 or end < part.size:
            headers["Range"] = f"bytes={start}-" if end == part.size else f"bytes={start}-{end - 1}"
            if part.validator:
                headers["If-Range"] = part.validator
        timeouts = Timeouts(self._limits.connect, self._limits.silence)
        host = urlsplit(url).hostname or ""
        feed = Feed(self._network, url, headers, timeouts=timeouts, resolver=self._resolver)
        try:
            head = self._head(feed, host)
            host = head.host
            self._receive(part, feed, head, self._accept(part, head, start, end), end)
        except httpx2.TimeoutException as error:
            raise failures.stalled(target.name, host, self._limits.silence) from error
        except httpx2.HTTPError as error:
            detail = f"{type(error).__name__}: {error}"
            raise failures.connection_lost(target.name, host, detail) from error
        finally:
            feed.close()

    def _head(self, feed: Feed, host: str) -> Head:
        # Each hop has its own timeouts; this is the bound for all of them together.
        deadline = time.monotonic() + 2 * (self._limits.connect + self._limits.silence)
        while (head := feed.head(_POLL)) is None:
            self._pause(0.0)
            if time.monotonic() > deadline:
                raise failures.stalled(self._target.name, host, self._limits.silence)
        return head

    def _accept(self, part: PartFile, head: Head, start: int, end: int) -> int:
        """Check the answer; where its first byte belongs. May empty the part.

        Raises:
            Retry, AppError: Its body must not be taken.
        """
        self._check_promises(head)
        name, headers = self._target.name, head.headers
        if head.status == 416:
            part.restart()
            self._restart_hash(part)
            raise failures.bad_answer(name, head, f"416 to bytes {start}-{end - 1}")
        if head.status not in (200, 206):
            raise failures.refused(name, self._target.repo_id, head)
        self._check_body(head)
        etag = headers.get("etag", "")
        validator = etag if _STRONG_ETAG.fullmatch(etag) else ""
        if head.status == 206:
            self._check_range(part, head, start, end)
            if validator and part.validator and validator != part.validator:
                part.restart()
                self._restart_hash(part)
                raise failures.bad_answer(name, head, f"etag {etag} in the middle of another file")
            part.validator = part.validator or validator
            return start
        length = headers.get("content-length", "")
        if length and length != str(part.size):
            raise failures.bad_answer(name, head, f"length {length} instead of {part.size}")
        if part.have:
            # The server ignores ranges or has another copy now: it starts from the first byte, and so do we.
            log.info("%s: the server starts again from the first byte", name)
            part.restart()
            self._restart_hash(part)
        part.validator = validator
        return 0

    def _check_body(self, head: Head) -> None:
        """The body must be the file's own bytes: no page of a sign-in portal, no compression."""
        name, headers = self._target.name, head.headers
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        if name.endswith(".gguf") and kind in ("text/html", "application/json", "application/xhtml+xml"):
            raise failures.portal(name, head)
        if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise failures.bad_answer(name, head, f"content-encoding {headers['content-encoding']}")

    def _check_promises(self, head: Head) -> None:
        """What the hub itself says about the file must be what the listing said."""
        file, promised = self._target.file, head.first
        etag = promised.get("x-linked-etag", "").strip('"')
        size = promised.get("x-linked-size", "")
        if file.sha256 and re.fullmatch(r"[0-9a-f]{64}", etag) and etag != file.sha256:
            raise failures.changed(self._target.name, self._target.repo_id, f"{etag}, not {file.sha256}")
        if size.isdecimal() and int(size) != file.size:
            raise failures.changed(self._target.name, self._target.repo_id, f"{size} bytes, not {file.size}")

    def _check_range(self, part: PartFile, head: Head, start: int, end: int) -> None:
        said = head.headers.get("content-range", "")
        length = head.headers.get("content-length", "")
        match = _CONTENT_RANGE.fullmatch(said)
        if not match:
            raise failures.bad_answer(self._target.name, head, f"206 with content-range {said!r}")
        first, last = int(match[1]), int(match[2])
        fits = first == start <= last < end and match[3] in ("*", str(part.size))
        if not fits or (length and length != str(last - first + 1)):
            why = f"asked for {start}-{end - 1} of {part.size}, got {said!r} and {length or 'no'} length"
            raise failures.bad_answer(self._target.name, head, why)

    def _receive(self, part: PartFile, feed: Feed, head: Head, offset: int, end: int) -> None:
        """Write what comes at `offset`, watching that it comes."""
        limits, name = self._limits, self._target.name
        heard = time.monotonic()
        meter = Meter(limits.floor_window, heard)
        while offset < end:
            data = feed.take(_POLL)
            self._pause(0.0)
            now = time.monotonic()
            if data is None:
                raise failures.connection_lost(name, head.host, f"ended after {offset} of {end} bytes")
            if data:
                heard = now
                if offset == 0 and name.endswith(".gguf") and data.lstrip().lower().startswith(_PAGES):
                    raise failures.portal(name, head)
                data = data[: end - offset]
                part.write(offset, data)
                offset += len(data)
                meter.add(len(data), now)
                assert self._hash is not None
                self._hash.advance(part.contiguous)
                self._report(Progress(part.have))
            else:
                self._report(Progress(part.have))
                if now - heard > limits.silence:
                    raise failures.stalled(name, head.host, limits.silence)
            if meter.full(now) and meter.sum(now) < limits.floor * limits.floor_window and offset < end:
                raise failures.stalled(name, head.host, limits.floor_window)
