"""The log file of the window, and the stacks that a native crash of this process leaves behind."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import re
from pathlib import Path

LOG = "orangery.log"
FAULT_LOG = "crash.log"
MAX_BYTES = 2_000_000
"""A longer log is set aside at the next start; one old log is kept."""

_SECRET = re.compile(r"\b(hf_|Bearer\s+)[A-Za-z0-9._\-]{6,}")


class _Redacting(logging.Formatter):
    """Takes access tokens out of what is written, also out of tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))


class _LogFile(logging.FileHandler):
    """A full disk must not fill the terminal with a traceback for each line that could not be written."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


def open_log(folder: Path) -> logging.Handler | None:
    """Write log records from now on into `folder`; None if that is not possible, which is no reason to
    stop."""
    path = folder / LOG
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(".1.log"))
        handler = _LogFile(path, encoding="utf-8", delay=True)
        handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(min(root.level or logging.INFO, logging.INFO))
        # The hub client tells every request at this level; the network ledger has them already.
        for name in ("httpx", "httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return handler
    return None


def close_log(handler: logging.Handler | None) -> None:
    """Stop writing."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        with contextlib.suppress(OSError):  # the last lines did not fit on a full disk
            handler.close()


def enable_fault_log(folder: Path) -> Path | None:
    """Let a native crash leave its Python stacks in `folder`; return those of the run before, if it
    crashed."""
    path = folder / FAULT_LOG
    previous: Path | None = None
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size:
            previous = path.replace(path.with_suffix(".previous.log"))
        # The file stays open as long as the process lives: faulthandler writes to it from a signal handler.
        faulthandler.enable(path.open("w", encoding="utf-8"))
    return previous
