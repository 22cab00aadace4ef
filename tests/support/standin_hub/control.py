"""Starting and steering the stand-in hub from a test."""

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

from tests.support.standin_hub.declare import Repo, to_json

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class LogEntry:
    """One request that reached the stand-in, oldest first in `StandInHub.log`."""

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


class StandInHub:
    """The stand-in as a process; use it as a context manager.

    Attributes:
        endpoint: Address of the hub, for HF_ENDPOINT.
        cdn: Address of the CDN.
    """

    def __init__(self, root: Path | None = None) -> None:
        command = [sys.executable, "-m", "tests.support.standin_hub", "--until-eof"]
        if root is not None:
            command += ["--root", str(root)]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise RuntimeError("the stand-in hub did not start")
        ports = json.loads(line)
        self._port: int = ports["port"]
        self.endpoint = f"http://127.0.0.1:{ports['port']}"
        self.cdn = f"http://127.0.0.1:{ports['cdn_port']}"

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

    # What it offers

    def add_repo(self, repo: Repo) -> str:
        """Add or replace a repository; returns its commit. Older commits stay reachable by their id."""
        return str(self._command(op="repo", repo=to_json(repo)))

    def add_rows(self, count: int, prefix: str = "garden", head: Path | None = None) -> None:
        """Add many made-up repositories, for paging; `head` is a GGUF whose bytes begin all their files."""
        self._command(op="rows", count=count, prefix=prefix, head=str(head) if head else None)

    def remove_repo(self, repo_id: str) -> None:
        self._command(op="remove", id=repo_id)

    def alias(self, old: str, new: str) -> None:
        """Redirect the repository id `old` to `new`, as after a rename."""
        self._command(op="alias", old=old, new=new)

    def branch(self, repo_id: str, name: str, commit: str) -> None:
        """Let the revision `name` of a repository mean `commit`, which was there before or is now."""
        self._command(op="branch", id=repo_id, name=name, commit=commit)

    def account(self, token: str, name: str) -> None:
        """Let `token` belong to the account `name`."""
        self._command(op="account", token=token, name=name)

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

    def small_files(self, how: str) -> None:
        """Serve files outside LFS ``direct`` or through a ``redirect`` (307)."""
        self._command(op="small_files", how=how)

    def expire_signatures(self) -> None:
        """Make every signed address given out so far worthless."""
        self._command(op="expire_signatures")

    def signature_seconds(self, seconds: float) -> None:
        """How long signed addresses live from now on."""
        self._command(op="signature_seconds", seconds=seconds)

    def reset(self) -> None:
        """No faults, no speed limit, an empty log; the repositories stay."""
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
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer = json.loads(response.read())
            if response.status != 200:
                raise ValueError(answer["error"])
            return answer
        finally:
            connection.close()
