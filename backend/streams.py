"""The three standard streams of a process that may have been started without them."""

from __future__ import annotations

import os
import sys


def complete() -> None:
    """Let missing standard streams read nothing and swallow everything.

    A process may be started without them (``2>&-`` in a shell, a service, ``pythonw``). The next file that it
    opens then gets number 1 or 2, be it the database, and what a native library prints lands in there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number: this one
    # Kept open until the end of the process, as the ordinary ones are.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
