"""The network ledger: every host that was talked to or asked for, how much, and why."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from backend.i18n import tr

current_reason: ContextVar[str] = ContextVar("current_reason", default="")
"""Why the current thread uses the network, as a short key such as ``searching``."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One host.

    Attributes:
        host: Name, with the port where it is not the usual one.
        requests: Requests that were sent.
        bytes_received, bytes_sent: Headers and bodies, as HTTP counts them (without TLS and TCP).
        reason: What it was for, in words, the latest last.
        last: Unix time of the last request or blocked try.
        blocked: Tries that the offline switch stopped before any connection.
    """

    host: str
    requests: int
    bytes_received: int
    bytes_sent: int
    reason: str
    last: float
    blocked: int


class Outcome(StrEnum):
    """What became of a request."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """The host answered that it will not."""
    STOPPED = "stopped"
    """Its answer was not read to the end."""
    FAILED = "failed"
    """There was no answer."""
    BLOCKED = "blocked"
    """The offline switch was on; nothing was sent."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request, or one try that was blocked.

    Attributes:
        number: Counts up from 1.
        began: Unix time.
        reason: What it was for, in words; may be empty.
    """

    number: int
    began: float
    host: str
    reason: str
    sent: int = 0
    received: int = 0
    outcome: Outcome = Outcome.RUNNING


MOST_REQUESTS = 1_000
"""How many of the latest requests are remembered one by one."""


@dataclass(slots=True)
class _Request:
    number: int
    began: float
    host: str
    reason: str
    sent: int
    received: int
    outcome: Outcome

    def row(self) -> RequestRow:
        return RequestRow(
            self.number,
            self.began,
            self.host,
            reason_text(self.reason) if self.reason else "",
            self.sent,
            self.received,
            self.outcome,
        )


@dataclass(slots=True)
class _Sums:
    requests: int = 0
    received: int = 0
    sent: int = 0
    blocked: int = 0
    last: float = 0.0
    reasons: dict[str, None] = field(default_factory=dict)


class Ledger:
    """Sums per host since the start, and the latest requests. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._hosts: dict[str, _Sums] = {}
        self._latest: deque[_Request] = deque(maxlen=MOST_REQUESTS)
        self._open: dict[int, _Request] = {}
        self._count = 0

    def sent(self, host: str, size: int) -> int:
        """A request of `size` bytes goes to `host`; its number, for `received` and `ended`."""
        with self._lock:
            sums = self._touch(host)
            sums.requests += 1
            sums.sent += size
            request = self._note(host, size, Outcome.RUNNING)
            self._open[request.number] = request
            return request.number

    def received(self, host: str, size: int, number: int) -> None:
        with self._lock:
            self._hosts.setdefault(host, _Sums()).received += size
            if (request := self._open.get(number)) is not None:
                request.received += size

    def ended(self, number: int, outcome: Outcome) -> None:
        """The request with this number is over."""
        with self._lock:
            if (request := self._open.pop(number, None)) is not None:
                request.outcome = outcome

    def blocked(self, host: str) -> None:
        """The offline switch stopped a request to `host`."""
        with self._lock:
            self._touch(host).blocked += 1
            self._note(host, 0, Outcome.BLOCKED)

    def requests(self) -> tuple[RequestRow, ...]:
        """The latest requests, the newest first."""
        with self._lock:
            return tuple(request.row() for request in reversed(self._latest))

    def clear(self) -> None:
        """Forget everything but what runs now."""
        with self._lock:
            self._hosts.clear()
            running = tuple(self._open.values())
            self._latest.clear()
            self._latest.extend(running)
            for request in running:
                sums = self._hosts.setdefault(request.host, _Sums())
                sums.requests, sums.last = sums.requests + 1, request.began
                sums.sent, sums.received = sums.sent + request.sent, sums.received + request.received
                if request.reason:
                    sums.reasons[request.reason] = None

    def _note(self, host: str, size: int, outcome: Outcome) -> _Request:
        self._count += 1
        request = _Request(self._count, self._clock(), host, current_reason.get(), size, 0, outcome)
        self._latest.append(request)
        return request

    def rows(self) -> tuple[LedgerRow, ...]:
        """One row per host, the latest first."""
        with self._lock:
            rows = [
                LedgerRow(
                    host,
                    s.requests,
                    s.received,
                    s.sent,
                    ", ".join(map(reason_text, s.reasons)),
                    s.last,
                    s.blocked,
                )
                for host, s in self._hosts.items()
            ]
        return tuple(sorted(rows, key=lambda row: row.last, reverse=True))

    def _touch(self, host: str) -> _Sums:
        sums = self._hosts.setdefault(host, _Sums())
        sums.last = self._clock()
        reason = current_reason.get()
        if reason:
            sums.reasons.pop(reason, None)
            sums.reasons[reason] = None
        return sums


def reason_text(reason: str) -> str:
    """The words for a reason key; other texts stand for themselves."""
    match reason:
        case "searching":
            return tr("searching models")
        case "detail":
            return tr("looking at a model")
        case "card":
            return tr("reading a model card")
        case "template":
            return tr("comparing a chat template")
        case "account":
            return tr("checking the access token")
        case "header":
            return tr("reading what a file needs")
        case "downloading":
            return tr("downloading")
        case "engine":
            return tr("answering on another engine")
        case "connection":
            return tr("looking at a connection")
        case "ollama":
            return tr("talking to Ollama")
        case _:
            return reason
