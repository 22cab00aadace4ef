"""A process whose lives download until they are killed: `-m tests.support.download_life HOME ENDPOINT`.

It loads everything once and then forks one life for each line of JSON on its standard input, so that a life
takes milliseconds to begin. A line has the fields of a request, and `kill_after`: the seconds after which
the life is killed (null: never), counted from its birth or, with `once_receiving`, from the first bytes that
it received. Each life is answered with its exit status on a line; a killed one with -9.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.downloads.types import DownloadRequest, DownloadState
from backend.events import JobChanged
from backend.hubs.types import QuantFile, RemoteFile
from tests.support.downloading import QUICK, desk

CHECKPOINT = 16 << 10
"""Bytes between two checkpoints in a life."""


def live(home: Path, endpoint: str, order: dict[str, Any], receiving: int) -> None:
    """Download what `order` says; a byte is written to `receiving` when the first ones have come."""
    file = RemoteFile(order["path"], order["size"], order["sha256"])
    request = DownloadRequest(order["repo"], order["commit"], QuantFile("Q4_K_M", (file,)))

    def tell(event: object) -> None:
        if isinstance(event, JobChanged) and event.job.speed > 0:
            os.write(receiving, b"x")

    with desk(home, endpoint, limits=replace(QUICK, checkpoint_bytes=CHECKPOINT)) as place:
        place.bus.subscribe(tell)
        job = place.downloads.wait(place.downloads.start(request).id, 60)
    if job.state is not DownloadState.DONE:
        raise RuntimeError(f"{job.state}: {job.error_title} {job.error_detail}")


def main() -> None:
    home, endpoint = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                live(home, endpoint, order, writing)
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
