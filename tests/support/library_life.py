"""A process that moves or shares models of a `LibraryDesk` and dies at a chosen call into the system:
`-m tests.support.library_life HOME MODE TARGET CALLS`.

It counts the calls that change files, and kills itself with SIGKILL instead of making the one with number
`CALLS`; 0 lets it live. The number of calls it made is printed at the end of a life that was not cut short.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.library import moving
from tests.support.library_desk import LibraryDesk


def deadly(module: Any, name: str, counter: list[int], limit: int) -> None:
    """Let the function count, and kill the process at the limit."""
    real: Callable[..., Any] = getattr(module, name)

    def call(*arguments: Any, **options: Any) -> Any:
        counter[0] += 1
        if counter[0] == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)

    setattr(module, name, call)


def main() -> None:
    home, mode, target, limit = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    with LibraryDesk(home) as desk:
        desk.library.rescan()
        if mode == "share":
            desk.done(desk.library.compare())
        else:
            moving._same_disk = lambda pair: False
        # The database has threads and promises of its own, which are tested elsewhere.
        counter = [0]
        for name in ("write", "link", "rename", "replace", "unlink", "mkdir", "rmdir", "fsync"):
            deadly(os, name, counter, limit)
        if mode == "share":
            (group,) = desk.library.duplicates()
            row = desk.done(desk.library.share(group))
        else:
            row = desk.done(desk.library.move(next(iter(desk.rows())), target))
        print(row.state, counter[0], row.error_detail, flush=True)


if __name__ == "__main__":
    main()
