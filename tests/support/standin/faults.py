"""Faults that can be switched on while the stand-in runs.

A fault applies to requests whose path matches a glob: on the hub the path of the URL
(``/acme/Tiny/resolve/main/x.gguf``), on the CDN ``/owner/name/file``. ``times`` counts down per use, None
means for ever; ``skip`` lets the first ones through. The stand-in of Ollama has the servers ``registry``,
``store`` and ``library``; there, request faults hold for all of them, and ``expired`` for ``store``.

Request faults answer in place of the server (first match wins; hub only unless ``server`` says otherwise):
    status        ``code``, optional ``error_code``, ``message``, ``headers``; for 401/403/404/429/503 …
    html          a captive portal: 200 with an HTML page
    endless_json  200 and JSON rows without end
    bad_utf8      200, ``application/json``, bytes that are not UTF-8
    garbage       200, ``application/json``, ``body`` as given, optional ``headers``
    redirect      302 to ``location`` (``status`` may be given as ``code``)
    redirect_loop 302 to the same address
    refuse        the connection is reset before any answer
    hold          no answer until released
Header faults (hub):
    drop_headers  removes ``names`` from the answer of a resolve request
    size          announces ``value`` as the linked size
Content faults (hub and CDN; all that match apply together; GET only):
    cut           after ``after`` body bytes the connection ends (``how``: ``fin`` or ``rst``)
    stall         after ``after`` body bytes silence until released or the client leaves
    slow          ``rate`` bytes a second, from ``after`` on
    ignore_range  answers 200 with the whole file
    content_range wrong Content-Range: ``start`` and ``total`` are added to the true ones (bytes stay right)
    shifted       the bytes come from ``by`` bytes further on, the headers claim the asked range
    wrong_bytes   same length, other bytes
    flip          the byte at file offset ``at`` has one bit flipped
    etag          another ETag: ``value`` (If-Range with the old one no longer matches)
    short, long   a file that is ``by`` bytes shorter/longer, consistently announced
    no_length     no Content-Length; the end of the connection ends the body
    not_satisfiable  416
    expired       403, as for an expired signature (CDN only)
"""

from __future__ import annotations

import fnmatch
import threading
from dataclasses import dataclass, field
from typing import Any

REQUEST = (
    "status",
    "html",
    "endless_json",
    "bad_utf8",
    "garbage",
    "redirect",
    "redirect_loop",
    "refuse",
    "hold",
)
HEADER = ("drop_headers", "size")
CONTENT = (
    "cut",
    "stall",
    "slow",
    "ignore_range",
    "content_range",
    "shifted",
    "wrong_bytes",
    "flip",
    "etag",
    "short",
    "long",
    "no_length",
    "not_satisfiable",
    "expired",
)


@dataclass
class Fault:
    id: int
    kind: str
    path: str = "*"
    server: str = "any"
    method: str = "*"
    times: int | None = None
    skip: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def option(self, name: str, default: Any) -> Any:
        return self.options.get(name, default)


class FaultBook:
    """The faults that are on, and the switch that releases held connections."""

    def __init__(self, front: str = "hub", back: str = "cdn") -> None:
        self._front = front
        self._back = back
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._next = 1
        self._gate = threading.Event()

    def add(
        self,
        kind: str,
        path: str = "*",
        server: str | None = None,
        method: str = "*",
        times: int | None = None,
        skip: int = 0,
        **options: Any,
    ) -> int:
        if kind not in REQUEST + HEADER + CONTENT:
            raise ValueError(f"unknown fault {kind!r}")
        if server is None:
            server = self._front if kind in REQUEST + HEADER else self._back if kind == "expired" else "any"
        with self._lock:
            fault = Fault(self._next, kind, path, server, method, times, skip, options)
            self._next += 1
            self._faults.append(fault)
            return fault.id

    def remove(self, fault_id: int | None = None) -> None:
        with self._lock:
            self._faults = [f for f in self._faults if fault_id is not None and f.id != fault_id]

    def take(
        self, kinds: tuple[str, ...], server: str, method: str, path: str, first: bool = False
    ) -> list[Fault]:
        """The faults of `kinds` that apply to this request, each use counted."""
        found = []
        with self._lock:
            for fault in self._faults:
                if (
                    fault.kind not in kinds
                    or fault.server not in ("any", server)
                    or fault.method not in ("*", method)
                    or not fnmatch.fnmatchcase(path, fault.path)
                    or fault.times == 0
                ):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                found.append(fault)
                if first:
                    break
        return found

    @property
    def gate(self) -> threading.Event:
        """Set when the connections held at this moment may go on."""
        return self._gate

    def release(self) -> None:
        """Let every connection that is held now go on, and hold later ones again."""
        gate, self._gate = self._gate, threading.Event()
        gate.set()
