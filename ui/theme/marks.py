"""The few pictures that a style sheet takes from files (check mark, arrows), in the theme's colours."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psutil

from backend.paths import RESOURCES

_MARKS = (
    ("check", "check", "accent.ink", 3.0),
    ("check.disabled", "check", "text.disabled", 3.0),
    ("minus", "minus", "accent.ink", 3.0),
    ("down", "chevron-down", "text.3", 2.0),
    ("up", "chevron-up", "text.3", 2.0),
    ("right", "chevron-right", "text.3", 2.0),
    ("left", "chevron-left", "text.3", 2.0),
    ("updown", "chevrons-up-down", "text.3", 2.0),
    ("updown.disabled", "chevrons-up-down", "text.disabled", 2.0),
    ("close", "x", "text.3", 2.0),
    ("tick", "check", "text.1", 2.4),
)
"""Name in the style sheet, icon file, colour token, stroke width on the 24 unit grid."""


_PREFIX = "orangery-theme-"
"""Of the folder's name; the number of the process follows, then a dash and what makes it unique."""


@cache
def _folder() -> Path:
    _remove_orphans()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _remove_orphans() -> None:
    """Remove the folders of processes that ended without doing so: they were killed, or crashed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def write(colour: Callable[[str], str]) -> dict[str, str]:
    """Write every mark tinted by `colour(token)`; return the path of each by name, with forward slashes.

    A file name carries its colour, so that Qt's picture cache never shows the mark of another theme.
    """
    paths: dict[str, str] = {}
    for name, icon, token, stroke in _MARKS:
        tint = colour(token)
        path = _folder() / f"{name}-{tint[1:]}.svg"
        if not path.exists():
            svg = (RESOURCES / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
            svg = svg.replace("currentColor", tint).replace('stroke-width="2"', f'stroke-width="{stroke}"')
            path.write_text(svg, encoding="utf-8")
        paths[name] = path.as_posix()
    return paths
