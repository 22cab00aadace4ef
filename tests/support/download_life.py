"""A process whose lives download until they are killed: `-m tests.support.download_life HOME HUB REGISTRY`.

It loads everything once and then forks one life for each line of JSON on its standard input, so that a life
takes milliseconds to begin. A line has a ``request``, the ``limits`` that differ from `QUICK`, and
``kill_after``: the seconds after which the life is killed (null: never), counted from its birth or, with
``once_receiving``, from the first bytes that it received. Each life is answered with its exit status on a
line; a killed one with -9.

`Lives` is the other end of it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from backend.downloads.types import DownloadRequest, DownloadState
from backend.events import JobChanged
from backend.hubs.types import QuantFile, RemoteFile, Source
from tests.support.downloading import QUICK, desk

CHECKPOINT = 16 << 10
"""Bytes between two checkpoints in a life, unless its limits say otherwise."""
PROJECT = Path(__file__).resolve().parents[2]


class Lives:
    """The process, as a context manager. `folder` holds the stores of all lives."""

    def __init__(self, home: Path, hub: str = "http://127.0.0.1:9", registry: str = "http://127.0.0.1:9"):
        self.home = home
        command = [sys.executable, "-m", "tests.support.download_life", str(home), hub, registry]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(70)

    def live(
        self,
        request: DownloadRequest,
        kill_after: float | None = None,
        *,
        once_receiving: bool = False,
        **limits: float,
    ) -> int:
        """The exit status of one life; -9 for a killed one."""
        order = {
            "request": asdict(request),
            "kill_after": kill_after,
            "once_receiving": once_receiving,
            "limits": {"checkpoint_bytes": CHECKPOINT, **limits},
        }
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def request_of(data: dict[str, Any]) -> DownloadRequest:
    """The request whose fields `data` has."""
    quant = data["quant"]
    files = {name: tuple(RemoteFile(**file) for file in quant[name]) for name in ("files", "extras")}
    return DownloadRequest(
        data["repo_id"], data["commit"], QuantFile(**{**quant, **files}), Source(data["source"])
    )


def live(home: Path, hub: str, registry: str, order: dict[str, Any], receiving: int) -> None:
    """Download what `order` says; a byte is written to `receiving` when the first ones have come."""

    def tell(event: object) -> None:
        if isinstance(event, JobChanged) and event.job.speed > 0:
            os.write(receiving, b"x")

    with desk(home, hub, registry=registry, limits=replace(QUICK, **order["limits"])) as place:
        place.bus.subscribe(tell)
        job = place.downloads.wait(place.downloads.start(request_of(order["request"])).id, 60)
    if job.state is not DownloadState.DONE:
        raise RuntimeError(f"{job.state}: {job.error_title} {job.error_detail}")


def main() -> None:
    home, hub, registry = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                live(home, hub, registry, order, writing)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        os.close(writing)
        if order["kill_after"] is not None:
            if order["once_receiving"]:
                select.select([reading], [], [], 20)  # also when the life has ended
            time.sleep(order["kill_after"])  # the fault itself, not a wait for anything
            os.kill(child, signal.SIGKILL)  # not yet waited for, so the number is still its own
        _, status = os.waitpid(child, 0)
        os.close(reading)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
