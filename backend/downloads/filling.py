"""Filling the part file of one transfer over several connections at once, until it is whole.

One thread, that of the job, decides: which bytes to ask for, what to do when a connection fails, when to give
up. The connections write by themselves. The first one also finds out whether the server sends parts of a file
at all, and how fast it is by itself; only then, and only if they could be of use, are others opened.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx2

from backend.downloads import answers, failures
from backend.downloads.bandwidth import Bandwidth
from backend.downloads.digest import FollowingHash
from backend.downloads.failures import Retry
from backend.downloads.limits import Limits
from backend.downloads.line import Line
from backend.downloads.partfile import PartFile
from backend.downloads.segments import coarse, next_segment
from backend.downloads.sleep import SleepWatch
from backend.downloads.target import Progress, Target
from backend.downloads.wire import Feed, Head, NetworkPort, Timeouts
from backend.errors import Cancelled
from backend.i18n import tr
from backend.net.addresses import Resolver

log = logging.getLogger(__name__)

POLL = 0.1
_PROGRESS_THAT_COUNTS = 256 << 10
_SLOW_LIMIT = 1_000_000
"""Bytes per second that one connection takes anyhow; a lower bandwidth limit needs no second one."""
_WORTH_SHARING_S = 2.0
_CROWDED = ("download.rate_limit", "download.server", "download.network", "download.bad_answer")
"""Errors of a further connection that may only mean that there are too many."""


class Filling:
    """Fills `part` and hashes it meanwhile. `run` once; `close` whatever came of it."""

    def __init__(
        self,
        target: Target,
        part: PartFile,
        network: NetworkPort,
        bandwidth: Bandwidth,
        job: str,
        limits: Limits,
        resolver: Resolver,
        report: Callable[[Progress], None],
        stop: threading.Event,
        sleep: SleepWatch,
    ) -> None:
        self._target = target
        self._part = part
        self._network = network
        self._bandwidth = bandwidth
        self._job = job
        self._limits = limits
        self._resolver = resolver
        self._report = report
        self._stop = stop
        self._sleep = sleep
        self._changed = threading.Condition(threading.RLock())
        self._woken = False
        self._lines: list[Line] = []
        self._hash = FollowingHash(part.path, target.etag, target.file.size)
        self._hash.advance(part.contiguous)
        self._parts_allowed = False
        self._most = limits.connections if target.file.size >= 2 * limits.segment_least else 1
        self._alone = self._most > 1 and limits.alone > 0
        self._mark = 0.0, 0
        self._failed = 0
        self._best = part.have
        self._last_failure = 0.0
        self._not_before = 0.0
        self._note = ""

    def run(self) -> FollowingHash:
        """Return the hash, all of whose bytes are in the part.

        Raises:
            Cancelled: `stop` was set.
            AppError: No further attempt makes sense.
            OSError: The disk.
        """
        while not self._part.complete:
            if self._stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if self._sleep.slept():
                self._wake_up()
            self._reap(now)
            self._watch(now)
            if not self._part.complete:
                self._open(now)
                self._tell(now)
            with self._changed:
                self._changed.wait_for(lambda: self._woken or self._part.complete, POLL)
                self._woken = False
        for line in self._lines:
            if line.feed is not None and line.end == line.asked:
                line.feed.join(POLL)  # its connection can serve again
        self._close_lines()
        return self._hash

    def close(self) -> None:
        self._close_lines()
        self._hash.close()

    # What the job's thread does in turn

    def _reap(self, now: float) -> None:
        """See what became of the lines that have ended."""
        for line in [line for line in self._lines if line.over]:
            self._lines.remove(line)
            if line.disk is not None:
                raise line.disk
            if line.retired:
                continue
            error = line.feed.error if line.feed is not None else None
            if error is not None or not line.whole:
                self._failed_with(line, self._as_retry(line, error), now)

    def _watch(self, now: float) -> None:
        """Give up lines on which nothing comes; the others do not notice."""
        for line in tuple(self._lines):
            if not line.over and (trouble := line.trouble(now)) is not None:
                self._lines.remove(line)
                line.close()
                self._failed_with(line, trouble, now)

    def _as_retry(self, line: Line, error: Exception | None) -> Retry:
        name, host = self._target.name, line.host
        match error:
            case None:
                where = f"ended after {line.position} of {line.end} bytes"
                return failures.connection_lost(name, host, where)
            case Retry():
                return error
            case httpx2.TimeoutException():
                return failures.stalled(name, host, self._limits.silence)
            case httpx2.HTTPError():
                return failures.connection_lost(name, host, f"{type(error).__name__}: {error}")
        raise error

    def _failed_with(self, line: Line, trouble: Retry, now: float) -> None:
        """One line failed: when to try again, and whether."""
        limits = self._limits
        if self._part.have >= self._best + _PROGRESS_THAT_COUNTS:
            self._failed, self._best = 0, self._part.have
        if self._failed == 0 or line.opened >= self._last_failure:
            # What hits several lines at once is one failure.
            self._failed += 1
            self._last_failure = now
        log.info("%s: attempt failed (%d): %s", self._target.name, self._failed, trouble.error)
        others = len(self._lines)
        if others and trouble.error.code in _CROWDED:
            self._most = min(self._most, others)
        wait = trouble.wait
        if self._failed >= limits.attempts or (wait or 0.0) > limits.longest_wait:
            if not others:
                raise trouble.error
            wait = limits.backoff_most
        elif wait is None and trouble.at_once and self._failed == 1:
            wait = 0.0
        elif wait is None:
            wait = min(limits.backoff * 2 ** (self._failed - 1), limits.backoff_most)
        self._not_before = max(self._not_before, now + wait)
        self._note = trouble.note

    def _open(self, now: float) -> None:
        """Put lines to work while there are bytes that nobody fetches."""
        if now < self._not_before:
            return
        limits = self._limits
        most = self._most if self._parts_allowed else 1
        rate = self._bandwidth.rate
        if rate is not None and rate < _SLOW_LIMIT:
            most = 1
        if self._alone and (most == 1 or self._fast_enough(now)):
            most = 1
        elif self._alone:
            self._alone = False
            for line in self._lines:
                line.keep(limits.segment_most)
        with self._changed:  # no line may begin again elsewhere meanwhile
            while len(self._lines) < most:
                segment = self._next()
                if segment is None:
                    return
                self._lines.append(self._line(segment, now))

    def _fast_enough(self, now: float) -> bool:
        """Whether the only connection has shown no reason yet to open others."""
        since, before = self._mark
        if now - since < self._limits.alone:
            return True
        self._mark = now, self._part.have
        return self._part.have - before >= self._limits.fast * (now - since)

    def _next(self) -> tuple[int, int] | None:
        part, limits = self._part, self._limits
        connections = 1 if self._alone else self._most
        taken = [*part.ranges, *((line.start, line.end) for line in self._lines)]
        found = next_segment(part.size, taken, connections, limits.segment_least, limits.segment_most)
        if found is not None or not self._lines:
            return found
        now = time.monotonic()
        slowest = max(self._lines, key=lambda line: line.seconds_left(now))
        if slowest.seconds_left(now) < _WORTH_SHARING_S or not slowest.answered:
            return None
        return slowest.share(limits.segment_least // 8)

    def _line(self, segment: tuple[int, int], now: float) -> Line:
        part, address = self._part, self._target.address
        url = address.url()
        start, end = segment
        headers = {**address.headers(url), "Accept-Encoding": "identity"}
        if start > 0 or end < part.size or self._most > 1:
            headers["Range"] = f"bytes={start}-" if end == part.size else f"bytes={start}-{end - 1}"
            if part.validator:
                headers["If-Range"] = part.validator
        line = Line(
            self,
            self._target,
            part,
            self._bandwidth,
            self._job,
            self._limits,
            segment,
            urlsplit(url).hostname or "",
            now,
        )
        timeouts = Timeouts(self._limits.connect, self._limits.silence)
        line.feed = Feed(self._network, url, headers, line, timeouts=timeouts, resolver=self._resolver)
        return line

    def _tell(self, now: float) -> None:
        open_now = sum(line.answered and not line.over for line in self._lines)
        note = ""
        if not self._lines and (left := self._not_before - now) > 0:
            note = tr("{what}; trying again in {seconds} s", what=self._note, seconds=max(1, round(left)))
        elif not open_now and self._note and not self._failed:
            note = self._note
        self._report(Progress(self._part.have, False, note, coarse(self._part.ranges), open_now))

    def _wake_up(self) -> None:
        """The computer slept: what was open is dead, and none of it is the server's fault."""
        log.info("%s: the computer slept; connecting again", self._target.name)
        self._close_lines()
        self._failed, self._not_before = 0, 0.0
        self._note = tr("the computer was asleep; connecting again")

    def _close_lines(self) -> None:
        lines, self._lines = self._lines, []
        for line in lines:
            line.close()

    # What lines call in their own threads

    def woken(self) -> None:
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def wrote(self) -> None:
        with self._changed:
            if self._part.contiguous > self._hash.limit:
                self._hash.advance(self._part.contiguous)
            if self._part.complete:
                self._changed.notify_all()

    def accept(self, line: Line, head: Head) -> None:
        """Check the answer. May empty the part, and send the line to its beginning.

        Raises:
            Retry, AppError: Its body must not be taken.
        """
        target, part = self._target, self._part
        answers.check_promises(target, head)
        if head.status not in (200, 206, 416):
            raise failures.refused(target, head)
        if head.status != 416:
            answers.check_body(target, head)
        validator = answers.validator_of(head)
        with self._changed:
            if line.retired:
                raise Cancelled
            alone = all(other is line or other.retired for other in tuple(self._lines))
            if head.status == 206:
                answers.check_range(target, head, line.start, line.asked)
                if validator and part.validator and validator != part.validator:
                    if alone:  # else it is one server of many, and the digest will tell
                        self._start_over(line)
                    raise failures.bad_answer(
                        target.name, head, f"etag {validator} in the middle of another file"
                    )
                part.validator = part.validator or validator
                if not self._parts_allowed:
                    self._mark = time.monotonic(), part.have
                self._parts_allowed = self._woken = True
                self._changed.notify_all()
                return
            if not alone:  # this server of many does not know how; the others go on
                raise failures.bad_answer(target.name, head, "not the part that was asked for")
            if head.status == 416:
                self._start_over(line)
                raise failures.bad_answer(target.name, head, f"416 to bytes {line.start}-{line.asked - 1}")
            answers.check_length(target, head)
            if part.have:
                # The server ignores ranges or has another copy now: it starts from the first byte; so do we.
                log.info("%s: the server starts again from the first byte", target.name)
                self._start_over(line)
            line.begin_again(part.size)
            part.validator = validator

    def _start_over(self, line: Line) -> None:
        """Throw away what is there; only `line` may still write."""
        for other in tuple(self._lines):
            if other is not line:
                other.retire()
        self._part.restart()
        self._hash.close()
        self._hash = FollowingHash(self._part.path, self._target.etag, self._target.file.size)
        self._best = 0
