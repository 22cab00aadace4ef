"""One connection at work on one segment of a file."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from backend.downloads import answers, failures
from backend.downloads.bandwidth import Bandwidth
from backend.downloads.limits import Limits
from backend.downloads.meter import Meter
from backend.downloads.partfile import PartFile
from backend.downloads.target import Target
from backend.downloads.wire import Feed, Head

_HELD_S = 0.05
"""Taking a piece for so long shows that the bandwidth limit or the disk, not the other side, is slow."""


class Foreman(Protocol):
    """Who put the line to work; called in the line's thread."""

    def accept(self, line: Line, head: Head) -> None:
        """Judge the answer; raise to refuse it. May send the line to another place of the file."""

    def wrote(self) -> None: ...

    def woken(self) -> None: ...


class Line:
    """Writes what one GET brings into [start, end) of the part, until it is retired.

    Attributes:
        position: Where the next byte belongs.
        asked: The end that was asked for; `end` may have moved nearer, when another line took over the rest.
        host: Who is talking, for messages.
        answered: Whether an answer was accepted.
        disk: The error of the file system that ended it, if one did.
    """

    def __init__(
        self,
        foreman: Foreman,
        target: Target,
        part: PartFile,
        bandwidth: Bandwidth,
        job: str,
        limits: Limits,
        segment: tuple[int, int],
        host: str,
        now: float,
    ) -> None:
        self._foreman = foreman
        self._target = target
        self._part = part
        self._bandwidth = bandwidth
        self._job = job
        self._limits = limits
        self._writing = threading.Lock()
        self._taking = False
        self._held = float("-inf")
        self._seen = self.start = self.position = segment[0]
        self.asked = self.end = segment[1]
        self.host = host
        self.answered = False
        self.retired = False
        self.disk: OSError | None = None
        self.opened = self._heard = now
        self._meter = Meter(limits.floor_window, now)
        self.feed: Feed | None = None

    @property
    def over(self) -> bool:
        return self.feed is not None and self.feed.over

    @property
    def whole(self) -> bool:
        """Whether it has brought everything that it was to bring."""
        return self.position >= self.end

    def retire(self) -> None:
        """Let it write nothing more; returns once that is certain."""
        self.retired = True
        with self._writing:
            pass

    def close(self) -> None:
        """Retire it and give up its connection."""
        self.retire()
        if self.feed is not None:
            self.feed.close()

    def begin_again(self, end: int) -> None:
        """The answer begins with the first byte of the file, whatever was asked for."""
        self._seen = self.start = self.position = 0
        self.asked = self.end = end

    def keep(self, most: int) -> None:
        """Bring no more than `most` further bytes, and leave the rest to others."""
        with self._writing:
            self.end = min(self.end, self.position + most)

    def share(self, least: int) -> tuple[int, int] | None:
        """Give the second half of what is left away; None if that would be less than `least` bytes."""
        with self._writing:
            middle = (self.position + self.end) // 2
            if self.retired or self.end - middle < least:
                return None
            given, self.end = (middle, self.end), middle
            return given

    def trouble(self, now: float) -> failures.Retry | None:
        """What is wrong with a line that has not ended: nothing comes, or nearly nothing."""
        limits = self._limits
        if not self.answered:
            # Each hop has its own timeouts; this is the bound for all of them together, and for heads that
            # come byte by byte.
            late = now - self.opened > max(limits.connect, limits.silence)
            return failures.stalled(self._target.name, self.host, limits.silence) if late else None
        arrived, self._seen = self.position - self._seen, self.position
        self._meter.add(arrived, now)
        if arrived or self._taking:
            self._heard = now
        if now - self._heard > limits.silence:
            return failures.stalled(self._target.name, self.host, limits.silence)
        slow = self._meter.full(now) and self._meter.sum(now) < limits.floor * limits.floor_window
        ours = self._taking or now - self._held < limits.floor_window  # it is we who make it wait
        if slow and not ours and not self.whole:
            return failures.stalled(self._target.name, self.host, limits.floor_window)
        return None

    def seconds_left(self, now: float) -> float:
        """How long it will take at its speed so far."""
        return (self.end - self.position) * (now - self.opened) / max(1, self.position - self.start)

    # Called by the feed, in its thread

    def begin(self, head: Head) -> None:
        self.host = head.host
        self._foreman.accept(self, head)
        self._heard = time.monotonic()
        self.answered = True

    def data(self, piece: bytes | memoryview) -> bool:
        if self.position == 0 and answers.is_page(self._target, bytes(piece[:1024])):
            raise failures.page(self._target.name, self.host)
        self._taking, began = True, time.monotonic()
        try:
            return self._take(memoryview(piece))
        finally:
            self._taking, ended = False, time.monotonic()
            if ended - began > _HELD_S:
                self._held = ended

    def _take(self, view: memoryview) -> bool:
        while view:
            step = view[: self._bandwidth.slice]
            if not self._bandwidth.take(self._job, len(step), lambda: self.retired):
                return False
            with self._writing:
                step = step[: self.end - self.position]
                if self.retired or not step:
                    return False
                try:
                    self._part.write(self.position, step)
                except OSError as error:
                    self.disk = error
                    return False
                self.position += len(step)
            self._foreman.wrote()
            view = view[len(step) :]
        return self.position < self.end or self.end == self.asked

    def ended(self) -> None:
        self._foreman.woken()
