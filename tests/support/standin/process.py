"""Starting and steering a stand-in from a test."""

from __future__ import annotations

import fnmatch
import http.client
import json
import subprocess
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class LogEntry:
    """One request that reached the stand-in, oldest first in `StandIn.log`."""

    number: int
    server: str
    method: str
    path: str
    query: str
    range: str | None
    if_range: str | None
    authorization: bool
    token: str | None
    user_agent: str | None
    status: int
    sent: int
    finished: bool
    faults: list[str]


class StandIn:
    """A stand-in as a process; use it as a context manager.

    Args:
        module: The package to run; it prints the ports of its servers as one JSON line.

    Attributes:
        ports: Ports by the name that the process gives them; commands go to ``port``.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", module, "--until-eof", *arguments]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise RuntimeError(f"{module} did not start")
        self.ports: dict[str, int] = json.loads(line)
        self._port: int = self.ports["port"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def kill(self) -> None:
        """End the process at once, so that its ports refuse connections."""
        self._process.kill()
        self._process.wait()

    # How it behaves

    def fault(
        self,
        kind: str,
        path: str = "*",
        *,
        server: str | None = None,
        method: str = "*",
        times: int | None = None,
        skip: int = 0,
        **options: Any,
    ) -> int:
        """Switch a fault on (see `faults`); returns its id for `clear_faults`."""
        result = self._command(
            op="fault", kind=kind, path=path, server=server, method=method, times=times, skip=skip, **options
        )
        return int(result)

    def clear_faults(self, fault_id: int | None = None) -> None:
        self._command(op="clear_faults", id=fault_id)

    def release(self) -> None:
        """Let the connections that `hold` or `stall` keep waiting go on."""
        self._command(op="release")

    def rate(self, bytes_per_second: float | None) -> None:
        """Limit the speed of every body from now on; None lifts the limit."""
        self._command(op="rate", bytes_per_second=bytes_per_second)

    def send_buffer(self, size: int | None) -> None:
        """Let the system keep so many bytes for new connections, so that `LogEntry.sent` is what has left."""
        self._command(op="send_buffer", size=size)

    def expire_signatures(self) -> None:
        """Make every signed address given out so far worthless."""
        self._command(op="expire_signatures")

    def signature_seconds(self, seconds: float) -> None:
        """How long signed addresses live from now on."""
        self._command(op="signature_seconds", seconds=seconds)

    def reset(self) -> None:
        """No faults, no speed limit, no connections, an empty log; the repositories stay."""
        self._command(op="reset")

    # What it saw

    def log(self, path: str = "*", *, server: str | None = None, method: str | None = None) -> list[LogEntry]:
        """Requests whose path matches the glob, oldest first."""
        names = {f.name for f in fields(LogEntry)}
        entries = [LogEntry(**{k: v for k, v in e.items() if k in names}) for e in self._log()["entries"]]
        return [
            e
            for e in entries
            if fnmatch.fnmatchcase(e.path, path) and server in (None, e.server) and method in (None, e.method)
        ]

    def connections(self) -> int:
        """TCP connections that carried requests, the control endpoint not counted."""
        return sum(self._log()["connections"].values())

    def clear_log(self) -> None:
        self._command(op="clear_log")

    def _log(self) -> Any:
        return self._request("GET", "/_log")

    def _command(self, **command: Any) -> Any:
        return self._request("POST", "/_control", json.dumps(command))["result"]

    def _request(self, method: str, path: str, body: str | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer = json.loads(response.read())
            if response.status != 200:
                raise ValueError(answer["error"])
            return answer
        finally:
            connection.close()
