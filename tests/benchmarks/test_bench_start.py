"""Time from the start of the process to the first paint of the window, against a bare window with a label.

Each run is a new process; bare window and app alternate, so that a busy machine slows both. The aim is at
most twice the bare window. The time to the first page with content is printed as well.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", time.time(), flush=True)
        QTimer.singleShot(0, QApplication.quit)
app = QApplication(["bare"])
window = Window()
window.setCentralWidget(QLabel("Hello"))
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
"""
APP = """
import sys, time
sys.path.insert(0, {root!r})
import main
import ui.window
painted = []
paint, attach = ui.window.MainWindow.paintEvent, ui.window.MainWindow.attach
def on_paint(self, event):
    paint(self, event)
    if not painted:
        painted.append(True)
        print("painted", time.time(), flush=True)
def on_attach(self, backend, bridge):
    attach(self, backend, bridge)
    print("content", time.time(), flush=True)
    self.close()
ui.window.MainWindow.paintEvent = on_paint
ui.window.MainWindow.attach = on_attach
sys.exit(main.main(["--home", {home!r}, "--offline"]))
"""


def measure(code: str) -> dict[str, float]:
    """Seconds from the start of the process to each of its marks."""
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    marks = (line.split() for line in done.stdout.splitlines())
    return {name: float(at) - began for name, at in marks}


@pytest.mark.benchmark
def test_time_to_the_first_paint(tmp_path: Path) -> None:
    app = APP.format(root=str(ROOT), home=str(tmp_path / "home"))
    measure(BARE), measure(app)  # bytecode, file cache, profile
    bare: list[float] = []
    first: list[float] = []
    content: list[float] = []
    for _ in range(RUNS):
        bare.append(measure(BARE)["painted"])
        marks = measure(app)
        first.append(marks["painted"])
        content.append(marks["content"])
    ratio = statistics.median(ours / reference for ours, reference in zip(first, bare, strict=True))
    print(f"\nbare window        {statistics.median(bare):6.2f} s to the first paint")
    print(f"Orangery           {statistics.median(first):6.2f} s, ratio {ratio:.2f} (aim: at most 2)")
    print(f"  with its page    {statistics.median(content):6.2f} s")
