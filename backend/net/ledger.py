"""The network ledger: every host that was talked to or asked for, how much, and why."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Sums:
    requests: int = 0
    received: int = 0
    sent: int = 0
    blocked: int = 0
    last: float = 0.0
    reasons: dict[str, None] = field(default_factory=dict)


class Ledger:
    """Sums per host since the start. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._hosts: dict[str, _Sums] = {}

    def sent(self, host: str, size: int) -> None:
        """A request of `size` bytes goes to `host`."""
        with self._lock:
            sums = self._touch(host)
            sums.requests += 1
            sums.sent += size

    def received(self, host: str, size: int) -> None:
        with self._lock:
            self._hosts.setdefault(host, _Sums()).received += size

    def blocked(self, host: str) -> None:
        """The offline switch stopped a request to `host`."""
        with self._lock:
            self._touch(host).blocked += 1

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
        case "ollama":
            return tr("talking to Ollama")
        case _:
            return reason
