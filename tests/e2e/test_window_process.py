"""The real ``main.py`` as a process of its own: it starts, opens its profile, and ends when asked to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


class Window:
    """``main.py --home HOME`` without a display."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.said = ""
        self.database = home / "data" / "orangery.sqlite3"
        self._err = (home.parent / f"{home.name}-{time.monotonic_ns()}.txt").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--home", str(home), "--offline"],
            env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
            stderr=self._err,
        )

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert self.process.poll() is None, f"it ended by itself: {self.complaints()}"
            assert time.monotonic() < deadline, f"waited in vain: {self.complaints()}"
            time.sleep(0.02)

    def ready(self) -> None:
        """Wait until its backend has the profile, and its handlers for signals are in place."""
        self.until(lambda: self.database.exists() and tables(self.database))

    def end(self) -> int:
        try:
            return self.process.wait(PATIENCE_S)
        finally:
            self.said = self.complaints()
            self._err.close()

    def complaints(self) -> str:
        """What it wrote to standard error, apart from what the platform without display says of itself."""
        self._err.seek(0)
        return "".join(line for line in self._err if "This plugin does not support" not in line)


def tables(database: Path) -> set[str]:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        connection.close()
    except sqlite3.Error:
        return set()
    return {name for (name,) in rows}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Window]]:
    windows: list[Window] = []

    def begin(name: str = "home") -> Window:
        windows.append(Window(tmp_path / name))
        return windows[-1]

    yield begin
    for window in windows:
        if window.process.poll() is None:
            window.process.kill()
            window.end()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_and_ends_on_a_signal(start: Callable[..., Window], number: int) -> None:
    window = start()
    window.ready()
    family = psutil.Process(window.process.pid).children(recursive=True)
    window.process.send_signal(number)
    assert window.end() == 0
    assert psutil.wait_procs(family, PATIENCE_S)[1] == [], "it left processes behind"
    assert window.said == ""
    assert {"chats", "messages"} <= tables(window.database)
    assert list((window.home / "config").iterdir()), "the state of the window was not saved"


def test_a_second_start_wakes_the_first(start: Callable[..., Window]) -> None:
    first = start()
    first.ready()
    second = start()
    assert second.end() == 0
    assert first.process.poll() is None
    first.process.terminate()
    assert first.end() == 0


def test_two_profiles_run_side_by_side(start: Callable[..., Window]) -> None:
    first, second = start("one"), start("two")
    first.ready()
    second.ready()
    for window in (first, second):
        window.process.terminate()
    assert [window.end() for window in (first, second)] == [0, 0]
