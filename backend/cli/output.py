"""What commands print: results on stdout, as lines for people or one JSON document; everything else on
stderr.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from backend.i18n import tr

_CONTROLS = dict.fromkeys(
    (code for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"), "\ufffd"
)


def prepare() -> None:
    """Let no letter end a command: what the terminal or pipe cannot take becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def clean(text: str) -> str:
    """`text` without what steers a terminal: names, headers and answers come from strangers."""
    return text.translate(_CONTROLS)


def document(value: Any) -> None:
    """Print `value` as the one JSON document of this command; dataclasses become objects."""
    anything = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(value, default=_plain, ensure_ascii=not anything, indent=2), flush=True)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def line(text: str = "") -> None:
    """Print one line of the result."""
    print(clean(text), flush=True)


def say(text: str) -> None:
    """Print one line beside the result, on stderr."""
    print(clean(text), file=sys.stderr, flush=True)


def table(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Print rows in columns as wide as their widest cell; the last column is not padded."""
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in lines) for column in range(len(heads))]
    for row in lines:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        line("  ".join(cells).rstrip())


def size(count: float | None) -> str:
    """Bytes in decimal units, such as ``4.7 GB``."""
    if count is None:
        return "–"
    value = float(count)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def count(number: int | None) -> str:
    """A count in short, such as ``2.1M``; a dash where it is not known."""
    if number is None:
        return "–"
    value = float(number)
    for unit in ("", "K", "M"):
        if value < 1000:
            return f"{value:.0f}{unit}" if value >= 10 or unit == "" else f"{value:.1f}{unit}"
        value /= 1000
    return f"{value:.1f}B"


class Progress:
    """One line on stderr that is written over on a terminal, and repeated now and then elsewhere."""

    def __init__(self, every_s: float = 5.0) -> None:
        self._terminal = sys.stderr.isatty()
        self._every = 0.1 if self._terminal else every_s
        self._last = -1e9
        self._width = 0

    def show(self, text: str, *, now: bool = False) -> None:
        """Show `text`, unless something was shown a moment ago and it is not asked for `now`."""
        moment = time.monotonic()
        if not now and moment - self._last < self._every:
            return
        self._last = moment
        if self._terminal:
            text = clean(text)
            print(f"\r{text.ljust(self._width)}", end="", file=sys.stderr, flush=True)
            self._width = len(text)
        else:
            say(text)

    def end(self) -> None:
        """Leave the line, so that what follows begins on its own."""
        if self._terminal and self._width:
            print(file=sys.stderr, flush=True)
            self._width = 0


def cancelled() -> None:
    say(tr("Cancelled."))
